// How many Pods a rolling update may add and take away at a time (ResolveFenceposts, pkg/controller/deployment/util).

import type { Amount, Deployment } from '../kube/workload';

export interface Fenceposts {
  /** Beyond the number that is wanted. */
  readonly surge: number;
  /** Below it. */
  readonly unavailable: number;
}

/** A share of all Pods is rounded, a number is taken as it is. */
export function resolved(amount: Amount, all: number, round: (value: number) => number): number {
  // Hundredths are divided last: 7 % of 100 is 7, not 7.000000000000001.
  return typeof amount === 'number' ? amount : round((Number(amount.slice(0, -1)) * all) / 100);
}

export function fenceposts({ spec: { replicas, strategy } }: Deployment): Fenceposts {
  if (strategy.type === 'Recreate') return { surge: 0, unavailable: 0 };
  const surge = resolved(strategy.maxSurge, replicas, Math.ceil);
  const unavailable = resolved(strategy.maxUnavailable, replicas, Math.floor);
  // Validation refuses two zeros, but small percentages may come to them: then nothing would ever move.
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, replicas) };
}
