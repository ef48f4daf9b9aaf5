// When a Pod counts as available: ready, and that for as long as its workload asks (podutil.IsPodAvailable).

import type { Pod } from '../kube/pod';
import { parseTimestamp } from '../kube/timestamp';

/** `now` is null where no clock is at hand: then every wait is over. */
export function isAvailable(pod: Pod, minReadySeconds: number, now: number | null): boolean {
  return pod.status?.ready === true && waits(pod, minReadySeconds, now) <= 0;
}

/** How long until the first of the ready Pods becomes available, in milliseconds; null where none will by waiting alone. */
export function nextAvailable(pods: readonly Pod[], minReadySeconds: number, now: number): number | null {
  const times = pods.filter((pod) => pod.status?.ready === true).map((pod) => waits(pod, minReadySeconds, now));
  return soonest(times.filter((time) => time > 0));
}

function waits({ status }: Pod, minReadySeconds: number, now: number | null): number {
  const since = status?.readySince == null ? null : parseTimestamp(status.readySince);
  return since === null || now === null ? 0 : since + minReadySeconds * 1000 - now;
}

export function soonest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}
