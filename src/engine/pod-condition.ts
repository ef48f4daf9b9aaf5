// How a Pod fares, in one word for drawing and in the word that a terminal prints of it (the STATUS column). What containers report comes
// before the phase, as in the API server's printer. Left out: signals, and how many init containers are done.

import type { RunningPod } from './controlplane/cluster';
import type { ContainerStatus } from './kube/pod';
import type { PodCondition } from './view';

export interface Fares {
  readonly condition: PodCondition;
  readonly status: string;
}

export function faresOf({ metadata, spec, status }: RunningPod): Fares {
  if (status.phase === 'Succeeded') return { condition: 'ended', status: 'Completed' };
  if (metadata.deletionTimestamp !== null) return { condition: 'terminating', status: 'Terminating' };
  if (status.phase === 'Failed') return { condition: 'failing', status: status.reason ?? 'Error' };
  if (spec.nodeName === null) return { condition: 'waiting', status: 'Pending' };
  const held = status.containers.map(hindrance).find((word) => word !== null) ?? null;
  if (held !== null) return { condition: STARTING.has(held) ? 'starting' : 'failing', status: held };
  if (status.phase === 'Pending') return { condition: 'starting', status: 'Pending' };
  return { condition: status.ready ? 'ready' : 'not-ready', status: status.reason ?? status.phase };
}

/** These pass by themselves. */
const STARTING: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

/** Why a container does not run; null where it does, or has done its work. */
function hindrance({ state }: ContainerStatus): string | null {
  if (state.kind === 'running') return null;
  if (state.kind === 'waiting') return state.reason;
  return state.exitCode === 0 && state.reason === 'Completed' ? null : state.reason;
}
