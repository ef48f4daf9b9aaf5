// `kubectl rollout status|history|undo|pause|resume|restart` (cmd/rollout).

import { formatTimestamp, type JsonMap, type StoredObject } from '../../engine/index';
import { type Answer, refused } from '../answer';
import type { Call } from '../call';
import { at } from '../fields';
import { qualifiedPlural } from '../kinds';
import { agreedMap } from './apply';
import { type ChosenObject, chosen } from './chosen';
import { mapAt, withAt } from './cluster-change';
import { each, edited } from './each';
import { CHANGE_CAUSE } from './label';
import { groupOf, isSameRef, slashed } from './naming';
import { dryRun, durationIn, numberIn, printed } from './options';
import { answered, begun, client, type Failure, failed, isFailure, onServer, type Progress, said, warned } from './progress';
import { isSameTemplate, type Revision, revisionsOf } from './revisions';
import { type RolloutStatus, rolloutStatus } from './rollout-status';
import { templateText } from './template-text';
import { waitFor } from './waiting';

/** No object is named, or the type names none. */
function problem(call: Call): Answer | null {
  const isEmpty = call.words.length === 0 && call.flags.all('filename').length === 0;
  if (isEmpty) return refused('required resource not specified');
  const revision = numberIn(call, 'revision') ?? 0;
  return revision < 0 ? refused(`revision must be a positive integer: ${revision}`) : null;
}

/** `kubectl rollout pause deploy` without any Deployment says so on standard error. */
function eachRolledOut(call: Call, step: (progress: Progress, one: ChosenObject) => Progress): Answer {
  const wrong = problem(call);
  if (wrong !== null) return wrong;
  const found = chosen(call, call.words, { allOfType: true });
  if (!isFailure(found) && found.objects.length === 0 && found.failures.length === 0)
    return answered(warned(begun(call.server), `No resources found in ${call.namespace} namespace.`));
  return each(call, { words: call.words, allOfType: true, step });
}

export function status(call: Call): Answer {
  return eachRolledOut(call, (progress, one) => (progress.failures.length > 0 ? progress : watched(progress, call, one)));
}

function watched(progress: Progress, call: Call, { live }: ChosenObject): Progress {
  const revision = numberIn(call, 'revision') ?? 0;
  if (rolloutStatus(live, revision) === null)
    return failed(progress, client(`no status viewer has been implemented for ${groupKind(live)}`));
  const lines: string[] = [];
  let last: RolloutStatus | null = null;
  const patience = durationIn(call, 'timeout') ?? 0;
  const once = !call.flags.isOn('watch');
  const { server, isMet } = waitFor(progress.server, patience > 0 ? patience : null, (now) => {
    const object = now.find((one) => isSameRef(one, live));
    last = object === undefined ? { kind: 'failed', text: 'object has been deleted' } : rolloutStatus(object, revision);
    if (last !== null && last.kind !== 'failed' && last.text !== lines.at(-1)) lines.push(last.text);
    return once || last === null || last.kind !== 'going';
  });
  const told = lines.reduce(said, onServer(progress, server));
  const ending = last as RolloutStatus | null;
  if (ending?.kind === 'failed') return failed(told, client(ending.text));
  return isMet ? told : failed(told, client('timed out waiting for the condition'));
}

function groupKind({ json, kind }: StoredObject): string {
  const [group = '', version] = String(json.apiVersion).split('/');
  return version === undefined ? kind : `${kind}.${group}`;
}

/** Kinds of which kubectl knows that they cannot; others it does not know at all (polymorphichelpers, kind visitors). */
const VISITED = ['DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'CronJob'];

function unsupported(live: StoredObject, part: string, what: string): string {
  if (VISITED.includes(live.kind)) return `no ${part} has been implemented for "${groupKind(live)}"`;
  return `error retrieving ${what} for "${groupKind(live)}", no visitor method exists for {${groupOf(live.json)} ${live.kind}}`;
}

export function history(call: Call): Answer {
  return eachRolledOut(call, (progress, one) => remembered(progress, call, one));
}

function remembered(progress: Progress, call: Call, { live }: ChosenObject): Progress {
  const revisions = revisionsOf(progress.server.objects, live);
  if (revisions === null) return failed(progress, client(unsupported(live, 'history viewer', 'history')));
  const wanted = numberIn(call, 'revision') ?? 0;
  if (call.flags.one('output') !== undefined) return printedRevisions(progress, call, revisions);
  if (revisions.length === 0) return said(progress, `${slashed(live.json)} \nNo rollout history found.`);
  if (wanted === 0) return said(progress, `${slashed(live.json)} \n${historyTable(revisions)}`);
  const found = revisions.find(({ number }) => number === wanted);
  if (found === undefined) return failed(progress, client('unable to find the specified revision'));
  return said(progress, `${slashed(live.json)} with revision #${wanted}\n${templateText(withCause(found))}`);
}

/** With -o the objects that hold the revisions: one, or all of them. */
function printedRevisions(progress: Progress, call: Call, revisions: readonly Revision[]): Progress {
  const wanted = numberIn(call, 'revision') ?? 0;
  const chosen = revisions.filter(({ number }) => wanted <= 0 || number === wanted);
  if (wanted > 0 && chosen.length === 0) return failed(progress, client('unable to find the specified revision'));
  return chosen.reduce((before, { holder }) => {
    const after = printed(before, call, { object: holder, operation: '' });
    return isFailure(after) ? failed(before, after) : after;
  }, progress);
}

/** The cause stands among the template's annotations (ViewHistory). */
function withCause({ own, cause }: Revision): JsonMap {
  return cause === '' ? own : withAt(own, ['metadata', 'annotations', CHANGE_CAUSE], cause);
}

/** A tabwriter with padding 2; an empty line ends it. */
function historyTable(revisions: readonly Revision[]): string {
  const rows = [['REVISION', 'CHANGE-CAUSE'], ...revisions.map(({ number, cause }) => [String(number), cause || '<none>'])];
  const width = Math.max(...rows.map(([first = '']) => first.length)) + 2;
  return `${rows.map(([first = '', second = '']) => first.padEnd(width) + second).join('\n')}\n`;
}

export function undo(call: Call): Answer {
  return eachRolledOut(call, (progress, one) => undone(progress, call, one));
}

function undone(progress: Progress, call: Call, one: ChosenObject): Progress {
  const { live } = one;
  const revisions = revisionsOf(progress.server.objects, live);
  if (revisions === null) return failed(progress, client(unsupported(live, 'rollbacker', 'rollbacker')));
  const target = targetOf(revisions, numberIn(call, 'to-revision') ?? 0, live);
  if (isFailure(target)) return failed(progress, target);
  if (dryRun(call) === 'client') return said(progress, `${slashed(live.json)} ${templateText(target.own)} (dry run)`);
  if (at(live.json, 'spec', 'paused') === true)
    return failed(progress, client("you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again"));
  if (isSameTemplate(target.template, mapAt(live.json, 'spec', 'template')))
    return said(progress, `${slashed(live.json)} skipped rollback (current template already matches revision ${target.number})`);
  return edited(progress, call, { one, change: (object) => withRevision(object, live.json, target), operation: 'rolled back' });
}

function targetOf(revisions: readonly Revision[], wanted: number, { kind, name }: StoredObject): Revision | Failure {
  if (wanted === 0) {
    const none = kind === 'Deployment' ? `no rollout history found for deployment "${name}"` : 'no last revision to roll back to';
    return revisions.at(-2) ?? client(none);
  }
  return revisions.find(({ number }) => number === wanted) ?? client(`unable to find specified revision ${wanted} in history`);
}

/** The template of that revision, and why it was made. */
function withRevision(object: JsonMap, live: JsonMap, { template, cause }: Revision): JsonMap {
  const way = ['spec', 'template'];
  const rolledBack = withAt(object, way, agreedMap(template, mapAt(object, ...way), mapAt(live, ...way)));
  const now = at(object, 'metadata', 'annotations', CHANGE_CAUSE);
  return now === undefined && cause === '' ? rolledBack : withAt(rolledBack, ['metadata', 'annotations', CHANGE_CAUSE], cause || undefined);
}

export function pause(call: Call): Answer {
  return eachRolledOut(call, (progress, one) => paused(progress, call, { one, isPaused: true }));
}

export function resume(call: Call): Answer {
  return eachRolledOut(call, (progress, one) => paused(progress, call, { one, isPaused: false }));
}

function paused(progress: Progress, call: Call, { one, isPaused }: { readonly one: ChosenObject; readonly isPaused: boolean }): Progress {
  const { resource, live } = one;
  const named = `${qualifiedPlural(resource)} "${live.name}"`;
  if (live.kind !== 'Deployment') return failed(progress, client(`error: ${named} ${isPaused ? 'pausing' : 'resuming'} is not supported`));
  if ((at(live.json, 'spec', 'paused') === true) === isPaused)
    return failed(progress, client(`error: ${named} is ${isPaused ? 'already' : 'not'} paused`));
  const change = (object: JsonMap): JsonMap => withAt(object, ['spec', 'paused'], isPaused ? true : undefined);
  return edited(progress, call, { one, change, operation: isPaused ? 'paused' : 'resumed' });
}

const RESTARTED = 'kubectl.kubernetes.io/restartedAt';

export function restart(call: Call): Answer {
  return eachRolledOut(call, (progress, one) => restarted(progress, call, one));
}

function restarted(progress: Progress, call: Call, one: ChosenObject): Progress {
  const { resource, live } = one;
  const named = `${qualifiedPlural(resource)} "${live.name}"`;
  if (!['Deployment', 'StatefulSet', 'DaemonSet'].includes(live.kind))
    return failed(progress, client(`error: ${named} restarting is not supported`));
  if (at(live.json, 'spec', 'paused') === true)
    return failed(progress, client(`error: ${named} can't restart paused deployment (run rollout resume first)`));
  const time = formatTimestamp(Math.floor(progress.server.now / 1000) * 1000);
  const way = ['spec', 'template', 'metadata', 'annotations', RESTARTED];
  if (at(live.json, ...way) === time)
    return failed(
      progress,
      client(
        `failed to create patch for ${live.name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
      ),
    );
  return edited(progress, call, { one, change: (object) => withAt(object, way, time), operation: 'restarted' });
}
