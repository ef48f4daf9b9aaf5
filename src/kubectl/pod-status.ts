// READY, STATUS and RESTARTS of a Pod, in the order in which the API server's printer tests (printPod).

import { type Json, parseTimestamp } from '../engine/index';
import { humanDuration } from './age';
import { at, listAt, numberAt, textAt } from './fields';

export interface PrintedStatus {
  readonly ready: string;
  readonly status: string;
  readonly restarts: string;
}

export function podStatus(pod: Json, now: number): PrintedStatus {
  const sidecars = listAt(pod, 'spec', 'initContainers').filter(isSidecar);
  const inits = listAt(pod, 'status', 'initContainerStatuses');
  const containers = listAt(pod, 'status', 'containerStatuses');
  const side = inits.filter((one) => sidecars.some((sidecar) => textAt(sidecar, 'name') === textAt(one, 'name')));
  const { trouble, ready: sideReady } = initialising(pod, inits);
  const isPast = trouble === null || hasCondition(pod, 'Initialized');
  const ready = sideReady + (isPast ? containers.filter(isReady).length : 0);
  return {
    ready: `${ready}/${listAt(pod, 'spec', 'containers').length + sidecars.length}`,
    status: deleted(pod) ?? (isPast ? running(pod, containers, trouble) : trouble),
    restarts: restarts(isPast ? [...side, ...containers] : inits, now),
  };
}

function isSidecar(container: Json): boolean {
  return textAt(container, 'restartPolicy') === 'Always';
}

function isReady(status: Json): boolean {
  return at(status, 'ready') === true && at(status, 'state', 'running') !== undefined && troubleOf(status) === '';
}

/** What holds up the first init container that is not done, null once all are; and how many sidecars before it are ready. */
function initialising(pod: Json, statuses: readonly Json[]): { readonly trouble: string | null; readonly ready: number } {
  const all = listAt(pod, 'spec', 'initContainers');
  let ready = 0;
  for (const [done, one] of statuses.entries()) {
    const spec = all.find((container) => textAt(container, 'name') === textAt(one, 'name'));
    const ended = at(one, 'state', 'terminated');
    if (ended !== undefined && numberAt(ended, 'exitCode') === 0) continue;
    if (spec !== undefined && isSidecar(spec) && at(one, 'started') === true) {
      ready += at(one, 'ready') === true ? 1 : 0;
      continue;
    }
    if (ended !== undefined) return { trouble: `Init:${reasonOf(ended)}`, ready };
    const waiting = textAt(one, 'state', 'waiting', 'reason');
    return { trouble: waiting !== '' && waiting !== 'PodInitializing' ? `Init:${waiting}` : `Init:${done}/${all.length}`, ready };
  }
  return { trouble: null, ready };
}

/** The first container's trouble wins. */
function running(pod: Json, containers: readonly Json[], initial: string | null): string {
  const base = initial ?? (isGated(pod) ? 'SchedulingGated' : textAt(pod, 'status', 'reason') || textAt(pod, 'status', 'phase'));
  const status = containers.map(troubleOf).find((trouble) => trouble !== '') ?? base;
  if (status !== 'Completed' || !containers.some(isReady)) return status;
  return hasCondition(pod, 'Ready') ? 'Running' : 'NotReady';
}

function troubleOf(status: Json): string {
  const ended = at(status, 'state', 'terminated');
  return textAt(status, 'state', 'waiting', 'reason') || (ended === undefined ? '' : reasonOf(ended));
}

function isGated(pod: Json): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (one) => textAt(one, 'type') === 'PodScheduled' && textAt(one, 'reason') === 'SchedulingGated',
  );
}

function reasonOf(terminated: Json): string {
  const signal = numberAt(terminated, 'signal');
  return textAt(terminated, 'reason') || (signal === 0 ? `ExitCode:${numberAt(terminated, 'exitCode')}` : `Signal:${signal}`);
}

/** How often they began anew, and when the last of them had ended. */
function restarts(statuses: readonly Json[], now: number): string {
  const count = statuses.reduce<number>((sum, one) => sum + numberAt(one, 'restartCount'), 0);
  const ends = statuses.flatMap((one) => parseTimestamp(textAt(one, 'lastState', 'terminated', 'finishedAt')) ?? []);
  return count === 0 || ends.length === 0 ? String(count) : `${count} (${humanDuration(now - Math.max(...ends))} ago)`;
}

function deleted(pod: Json): string | null {
  if (textAt(pod, 'metadata', 'deletionTimestamp') === '') return null;
  if (textAt(pod, 'status', 'reason') === 'NodeLost') return 'Unknown';
  return ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase')) ? null : 'Terminating';
}

function hasCondition(pod: Json, type: string): boolean {
  return listAt(pod, 'status', 'conditions').some((one) => textAt(one, 'type') === type && textAt(one, 'status') === 'True');
}
