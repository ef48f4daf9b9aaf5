// `kubectl wait`: until a condition holds, an object is there or gone, or a field has a value (cmd/wait/wait.go). All conditions of one
// object are waited for in turn; the time is given to each object anew, as with the real tool.

import type { ApiServer, StoredObject } from '../../engine/index';
import { type Answer, refused } from '../answer';
import type { Call } from '../call';
import { printTemplate } from '../jsonpath';
import { type ChosenObject, chosen } from './chosen';
import { told } from './create';
import { isSameRef, slashed } from './naming';
import { durationIn } from './options';
import { answered, begun, client, type Failure, failed, isFailure, onServer, type Progress, refusedBy } from './progress';
import { hasCondition, isGone, type Objects, waitFor } from './waiting';

type Condition =
  | { readonly kind: 'create' | 'delete' }
  | { readonly kind: 'condition'; readonly type: string; readonly status: string }
  | { readonly kind: 'jsonpath'; readonly path: string; readonly value: string | null };

const WEEK = 7 * 24 * 3_600_000;

export function wait(call: Call): Answer {
  const conditions = call.flags.all('for').map(conditionOf);
  const wrong = conditions.find(isFailure);
  if (wrong !== undefined) return refusedBy(call.server, wrong);
  if (conditions.length === 0) return refused('unrecognized condition: []');
  const known = conditions.flatMap((one) => (isFailure(one) ? [] : [one]));
  const given = durationIn(call, 'timeout');
  if (given === null)
    return refused(
      `invalid argument "${call.flags.one('timeout') ?? ''}" for "--timeout" flag: time: invalid duration "${call.flags.one('timeout') ?? ''}"`,
    );
  const patience = given === undefined ? 30_000 : given < 0 ? WEEK : given;
  const begin = known.some(({ kind }) => kind === 'create') ? waitedForCreation(call, patience) : { server: call.server, isMet: true };
  if (!begin.isMet) return answered(failed(onServer(begun(call.server), begin.server), client('timed out waiting for the condition')));
  return waited({ ...call, server: begin.server }, { conditions: known, patience, from: call.server });
}

interface Waiting {
  readonly conditions: readonly Condition[];
  readonly patience: number;
  readonly from: ApiServer;
}

function waited(call: Call, { conditions, patience, from }: Waiting): Answer {
  const found = chosen(call, call.words);
  if (isFailure(found)) return refusedBy(call.server, found);
  const isDeletion = conditions.some(({ kind }) => kind === 'delete');
  const failures = isDeletion ? found.failures.filter((one) => !(one.kind === 'server' && one.reason === 'NotFound')) : found.failures;
  const begin = onServer(begun(from), call.server);
  if (found.objects.length === 0 && failures.length === 0)
    return isDeletion ? answered(begin) : answered(failed(begin, client('no matching resources found')));
  const done = found.objects.reduce(
    (progress, one) =>
      conditions.reduce((all, condition) => (all.failures.length > 0 ? all : met(all, call, { one, condition, patience })), progress),
    begin,
  );
  return answered(failed(done, ...failures));
}

interface Wish {
  readonly one: ChosenObject;
  readonly condition: Condition;
  readonly patience: number;
}

function met(progress: Progress, call: Call, { one, condition, patience }: Wish): Progress {
  const { live, resource } = one;
  const { server, isMet } = waitFor(progress.server, patience, (now) => holds(now, live, condition));
  const after = onServer(progress, server);
  const now = server.objects.find((object) => isSameRef(object, live)) ?? live;
  if (isMet) return told(after, call, { object: now.json, operation: 'condition met', server });
  if (patience === 0) return failed(after, client(`condition not met for ${slashed(live.json)}`));
  if (condition.kind !== 'delete' && !server.objects.some((object) => isSameRef(object, live)))
    return failed(after, { kind: 'server', reason: 'NotFound', text: `${resource.plural} "${live.name}" not found` });
  return failed(after, client(`timed out waiting for the condition on ${resource.plural}/${live.name}`));
}

function conditionOf(text: string): Condition | Failure {
  const lower = text.toLowerCase();
  if (lower === 'delete' || lower === 'create') return { kind: lower };
  const [, type, status = 'true'] = /^condition=([^=]+)(?:=(.*))?$/.exec(text) ?? [];
  if (type !== undefined) return { kind: 'condition', type, status };
  if (!text.startsWith('jsonpath=')) return client(`unrecognized condition: "${text}"`);
  const parts = text.slice('jsonpath='.length).split(/(?<!=)=(?!=)/);
  if (parts.length > 2)
    return client("jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'");
  const [path = '', value] = parts;
  const bare = path.replace(/^['"]|['"]$/g, '');
  const braced = bare.startsWith('{') ? bare : `{${bare.startsWith('.') ? '' : '.'}${bare}}`;
  const wanted = value?.replace(/^['"]+|['"]+$/g, '') ?? null;
  if (wanted === '') return client("jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3");
  const printed = printTemplate(braced, {});
  return 'problem' in printed ? client(printed.problem) : { kind: 'jsonpath', path: braced, value: wanted };
}

function holds(objects: Objects, live: StoredObject, condition: Condition): boolean {
  const now = objects.find((one) => isSameRef(one, live));
  switch (condition.kind) {
    case 'create':
      return now !== undefined;
    case 'delete':
      return isGone(objects, live);
    case 'condition':
      return now !== undefined && hasCondition(now, condition.type, condition.status);
    case 'jsonpath': {
      const printed = now === undefined ? { text: '' } : printTemplate(condition.path, now.json);
      if ('problem' in printed) return false;
      return condition.value === null ? printed.text !== '' : printed.text.trim() === condition.value.trim();
    }
    default:
      return condition satisfies never;
  }
}

function waitedForCreation(call: Call, patience: number): { readonly server: ApiServer; readonly isMet: boolean } {
  return waitFor(call.server, patience, (objects) => {
    const found = chosen({ ...call, server: { ...call.server, objects } }, call.words);
    return !isFailure(found) && found.objects.length > 0;
  });
}
