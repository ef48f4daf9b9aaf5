// READY, STATUS and RESTARTS of a Pod, in the order in which the API server's printer tests (printPod). Left out: the time since a
// restart, signals.

import type { Json } from '../engine/index';
import { at, listAt, numberAt, textAt } from './fields';

export interface PrintedStatus {
  readonly ready: string;
  readonly status: string;
  readonly restarts: string;
}

export function podStatus(pod: Json): PrintedStatus {
  const sidecars = listAt(pod, 'spec', 'initContainers').filter(isSidecar);
  const inits = listAt(pod, 'status', 'initContainerStatuses');
  const starting = initialising(pod, inits);
  const containers = listAt(pod, 'status', 'containerStatuses');
  const side = inits.filter((one) => sidecars.some((sidecar) => textAt(sidecar, 'name') === textAt(one, 'name')));
  const counted = starting === null ? [...containers, ...side] : [];
  const ready = counted.filter((one) => at(one, 'ready') === true && at(one, 'state', 'running') !== undefined).length;
  const restarted = starting === null ? counted : inits;
  return {
    ready: `${ready}/${listAt(pod, 'spec', 'containers').length + sidecars.length}`,
    status: deleted(pod) ?? starting ?? running(pod, containers),
    restarts: String(restarted.reduce<number>((sum, one) => sum + numberAt(one, 'restartCount'), 0)),
  };
}

function isSidecar(container: Json): boolean {
  return textAt(container, 'restartPolicy') === 'Always';
}

/** The status of a Pod whose init containers are not all done; null once they are. */
function initialising(pod: Json, statuses: readonly Json[]): string | null {
  const all = listAt(pod, 'spec', 'initContainers');
  for (const [done, one] of statuses.entries()) {
    const spec = all.find((container) => textAt(container, 'name') === textAt(one, 'name'));
    const ended = at(one, 'state', 'terminated');
    if (ended !== undefined && numberAt(ended, 'exitCode') === 0) continue;
    if (spec !== undefined && isSidecar(spec) && at(one, 'started') === true) continue;
    if (ended !== undefined) return `Init:${reasonOf(ended)}`;
    const waiting = textAt(one, 'state', 'waiting', 'reason');
    return waiting !== '' && waiting !== 'PodInitializing' ? `Init:${waiting}` : `Init:${done}/${all.length}`;
  }
  return null;
}

/** The first container's trouble wins. */
function running(pod: Json, containers: readonly Json[]): string {
  const base = textAt(pod, 'status', 'reason') || textAt(pod, 'status', 'phase');
  const troubles = containers.map((one) => {
    const ended = at(one, 'state', 'terminated');
    return textAt(one, 'state', 'waiting', 'reason') || (ended === undefined ? '' : reasonOf(ended));
  });
  const status = troubles.find((trouble) => trouble !== '') ?? base;
  const runs = containers.some((one) => at(one, 'ready') === true && at(one, 'state', 'running') !== undefined);
  if (status !== 'Completed' || !runs) return status;
  return hasCondition(pod, 'Ready') ? 'Running' : 'NotReady';
}

function reasonOf(terminated: Json): string {
  const signal = numberAt(terminated, 'signal');
  return textAt(terminated, 'reason') || (signal === 0 ? `ExitCode:${numberAt(terminated, 'exitCode')}` : `Signal:${signal}`);
}

function deleted(pod: Json): string | null {
  if (textAt(pod, 'metadata', 'deletionTimestamp') === '') return null;
  if (textAt(pod, 'status', 'reason') === 'NodeLost') return 'Unknown';
  return ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase')) ? null : 'Terminating';
}

function hasCondition(pod: Json, type: string): boolean {
  return listAt(pod, 'status', 'conditions').some((one) => textAt(one, 'type') === type && textAt(one, 'status') === 'True');
}
