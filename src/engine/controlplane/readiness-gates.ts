// Readiness gates: conditions of a Pod that somebody other than the kubelet sets to True, a controller of a load balancer for instance. Nobody
// here is such a controller: an annotation says when it would have done so.
//
//   kubehop.dev/gates   which conditions become True, and how long after the Pod has its address   example.com/balancer@5s, example.com/other

import { duration } from '../kube/duration';
import type { Pod } from '../kube/pod';

export const GATES_ANNOTATION = 'kubehop.dev/gates';

export interface Opening {
  readonly type: string;
  /** Milliseconds after the Pod has its address. */
  readonly after: number;
}

/** The gates of the Pod that are opened in the end. */
export function openings({ spec, metadata }: Pick<Pod, 'spec' | 'metadata'>): readonly Opening[] {
  if (spec.readinessGates.length === 0) return [];
  const said = (metadata.annotations[GATES_ANNOTATION] ?? '').split(',').map((part) => part.split('@').map((word) => word.trim()));
  return said.flatMap(([type = '', after]) => (spec.readinessGates.includes(type) ? [{ type, after: duration(after) ?? 0 }] : []));
}

/** Those that stay shut. */
export function shutGates(pod: Pick<Pod, 'spec' | 'metadata'>): readonly string[] {
  const opened = openings(pod).map(({ type }) => type);
  return pod.spec.readinessGates.filter((gate) => !opened.includes(gate));
}
