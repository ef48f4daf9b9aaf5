// `kubectl delete`: each object is told as soon as its deletion is ordered; then the command waits until all are gone (cmd/delete/delete.go).

import type { StoredObject } from '../../engine/index';
import type { Answer } from '../answer';
import type { Call } from '../call';
import { prefixed } from '../kinds';
import { type ChosenObject, chosen } from './chosen';
import { dryRun, durationIn, inWords, numberIn } from './options';
import { answered, begun, client, type Failure, failed, isFailure, onServer, type Progress, refusedBy, said, warned } from './progress';
import { type Removal, removedAll } from './removal';
import { isGone, waitFor } from './waiting';

const IMMEDIATELY =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.';

export function remove(call: Call): Answer {
  const order = orderOf(call);
  if (isFailure(order)) return refusedBy(call.server, order);
  const found = chosen(call, call.words, { verb: 'deleting', allOfType: false });
  if (isFailure(found)) return refusedBy(call.server, found);
  const noted = found.notes.reduce(warned, begun(call.server));
  const begin = order.gracePeriodSeconds === 0 ? warned(noted, IMMEDIATELY) : noted;
  const isQuiet = call.flags.isOn('ignore-not-found') || call.flags.one('selector') !== undefined || call.flags.isOn('all');
  const failures = isQuiet ? found.failures.filter((one) => !(one.kind === 'server' && one.reason === 'NotFound')) : found.failures;
  if (found.objects.length === 0 && failures.length === 0) return answered(said(begin, 'No resources found'));
  const ordered = found.objects.reduce((progress, one) => deleted(progress, call, { one, order }), begin);
  return answered(failed(waited(ordered, call, found.objects), ...failures));
}

function orderOf(call: Call): Removal | Failure {
  const { flags } = call;
  const given = numberIn(call, 'grace-period') ?? -1;
  if (flags.isOn('all') && flags.one('selector') !== undefined) return client("setting 'all' parameter but found a non empty selector. ");
  if (flags.isOn('now') && given >= 0) return client('--now and --grace-period cannot be specified together');
  if (flags.isOn('force') && given > 0) return client('--force and --grace-period greater than 0 cannot be specified together');
  const cascade = flags.one('cascade') ?? 'background';
  if (!['background', 'foreground', 'orphan', 'true', 'false'].includes(cascade))
    return client(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`);
  const output = flags.one('output');
  if (output !== undefined && output !== 'name') return client(`unexpected -o output mode: ${output}. We only support '-o name'`);
  return {
    gracePeriodSeconds: graceOf(flags.isOn('force'), flags.isOn('now'), given),
    cascade: cascade !== 'orphan' && cascade !== 'false',
  };
}

/** Without --force there is always a second (cmd/delete/delete.go, Complete). */
function graceOf(isForced: boolean, isNow: boolean, given: number): number | null {
  if (isForced) return 0;
  if (isNow || given === 0) return 1;
  return given < 0 ? null : given;
}

const PROTECTED = ['default', 'kube-system', 'kube-public'];

function deleted(progress: Progress, call: Call, { one, order }: { readonly one: ChosenObject; readonly order: Removal }): Progress {
  const { resource, live } = one;
  if (live.kind === 'Namespace' && PROTECTED.includes(live.name))
    return failed(progress, {
      kind: 'server',
      reason: 'Forbidden',
      text: `namespaces "${live.name}" is forbidden: this namespace may not be deleted`,
    });
  const mode = dryRun(call);
  const after = mode === 'none' ? onServer(progress, removedAll(progress.server, live, order)) : progress;
  const operation = order.gracePeriodSeconds === 0 ? 'force deleted' : 'deleted';
  const tail = live.namespace === null ? operation : `${operation} from ${live.namespace} namespace`;
  const [kind = ''] = prefixed(resource, live.name).split('/');
  return said(after, call.flags.one('output') === 'name' ? `${kind}/${live.name}` : `${kind} "${live.name}" ${inWords(tail, mode)}`);
}

function waited(progress: Progress, call: Call, objects: readonly ChosenObject[]): Progress {
  const isWaiting = call.flags.isOn('wait') && dryRun(call) === 'none';
  if (!isWaiting || progress.failures.length > 0) return progress;
  const patience = durationIn(call, 'timeout');
  const all: readonly StoredObject[] = objects.map(({ live }) => live);
  const { server } = waitFor(progress.server, patience === undefined || patience === null || patience === 0 ? null : patience, (now) =>
    all.every((one) => isGone(now, one)),
  );
  const { objects: now } = server;
  const left = all.find((one) => !isGone(now, one));
  const after = onServer(progress, server);
  if (left === undefined || patience === undefined || patience === null || patience === 0) return after;
  const resource = objects.find(({ live }) => live === left)?.resource;
  return failed(after, client(`timed out waiting for the condition on ${resource?.plural ?? ''}/${left.name}`));
}
