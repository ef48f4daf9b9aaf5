// One probe of one container: the prober's worker (pkg/kubelet/prober/worker.go). It ticks with the probe's period from the moment at
// which the kubelet learns of the Pod, and counts equal answers; a row of them takes effect.

import type { ProbeRole } from '../controlplane/readiness';
import type { Probe } from '../kube/pod';

export interface ProbeLife {
  readonly role: ProbeRole;
  /** The next tick, in milliseconds of the axis. */
  readonly next: number;
  /** What is in effect: readiness begins as failed, liveness as succeeded, startup as unknown. */
  readonly result: 'success' | 'failure' | 'unknown';
  /** How many answers in a row were the same. */
  readonly run: { readonly success: boolean; readonly count: number } | null;
  /** A failure took effect: nothing more until the container is another one. */
  readonly onHold: boolean;
}

const INITIAL: Readonly<Record<ProbeRole, ProbeLife['result']>> = { readiness: 'failure', liveness: 'success', startup: 'unknown' };

export function newProbe(role: ProbeRole, at: number): ProbeLife {
  return { role, next: at, result: INITIAL[role], run: null, onHold: false };
}

/** What the worker does at a tick, in the order of its tests: nothing, count a failure without asking, or ask. */
export type Turn = 'wait' | 'fail' | 'ask';

export interface Probed {
  /** There was a container by now. */
  readonly known: boolean;
  readonly running: boolean;
  readonly started: boolean;
  /** Milliseconds since the container started. */
  readonly age: number;
}

export function turnOf(life: ProbeLife, probe: Probe, { known, running, started, age }: Probed): Turn {
  if (life.onHold || !known) return 'wait';
  if (!running) return 'fail';
  if (Math.floor(age / 1000) < probe.initialDelaySeconds) return 'wait';
  if (life.role === 'startup' ? started : !started) return 'wait';
  return 'ask';
}

/** The probe after an answer. */
export function counted(life: ProbeLife, probe: Probe, success: boolean): ProbeLife {
  const run = life.run?.success === success ? { success, count: life.run.count + 1 } : { success, count: 1 };
  const threshold = success ? probe.successThreshold : probe.failureThreshold;
  if (run.count < threshold) return { ...life, run };
  const failed = !success && life.role !== 'readiness';
  return { ...life, run: failed ? null : run, result: success ? 'success' : 'failure', onHold: failed };
}

/** The next tick behind `now`, in step with the first one. */
export function ticked(life: ProbeLife, probe: Probe, now: number): ProbeLife {
  const period = probe.periodSeconds * 1000;
  return { ...life, next: life.next + period * Math.max(1, Math.floor((now - life.next) / period) + 1) };
}
