// Pods that are spread evenly over places: nodes, zones (PodTopologySpread). A constraint that need not be met is a preference.

import type { SpreadConstraint } from '../kube/affinity';
import type { Node } from '../kube/node';
import type { Pod } from '../kube/pod';
import { fitsAffinity } from './node-affinity';
import { withKeys } from './pod-affinity';
import { matchesSelector } from './selector';
import type { Host, Stage } from './stage';
import { untolerated } from './taints';

export type SpreadRefusal = { readonly reason: 'spread-label' | 'spread'; readonly detail: string };

/** The constraint that the node would break; null where it breaks none. */
export function spreadRefusal(pod: Pod, { node }: Host, stage: Stage): SpreadRefusal | null {
  for (const constraint of constraintsOf(pod, 'DoNotSchedule')) {
    const { topologyKey, maxSkew } = constraint;
    const place = node.metadata.labels[topologyKey];
    if (place === undefined) return { reason: 'spread-label', detail: topologyKey };
    const counts = countsOf(pod, constraint, stage);
    const self = isCounted(pod, pod, constraint) ? 1 : 0;
    if ((counts.get(place) ?? 0) + self - least(counts, constraint) > maxSkew)
      return { reason: 'spread', detail: `${topologyKey}=${place}` };
  }
  return null;
}

/** How many Pods of the same sort are in the node's places already, over all that the Pod would like. */
export function crowding(pod: Pod, { node }: Host, stage: Stage): number {
  return constraintsOf(pod, 'ScheduleAnyway').reduce((sum, constraint) => {
    const counts = countsOf(pod, constraint, stage);
    // A node without the label is outside of all places, and the last choice.
    const place = node.metadata.labels[constraint.topologyKey];
    return sum + (place === undefined ? Number.MAX_SAFE_INTEGER / 1024 : (counts.get(place) ?? 0));
  }, 0);
}

function constraintsOf({ spec }: Pod, when: SpreadConstraint['whenUnsatisfiable']): readonly SpreadConstraint[] {
  return spec.topologySpreadConstraints.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === when);
}

function countsOf(pod: Pod, constraint: SpreadConstraint, { hosts }: Stage): ReadonlyMap<string, number> {
  const keys = constraintsOf(pod, constraint.whenUnsatisfiable).map(({ topologyKey }) => topologyKey);
  const counts = new Map<string, number>();
  for (const { node, pods } of hosts) {
    const place = node.metadata.labels[constraint.topologyKey];
    if (place === undefined || !isPlace(pod, constraint, node) || keys.some((key) => node.metadata.labels[key] === undefined)) continue;
    const here = pods.filter((other) => other.metadata.deletionTimestamp === null && isCounted(other, pod, constraint)).length;
    counts.set(place, (counts.get(place) ?? 0) + here);
  }
  return counts;
}

/** With fewer places than there should be, the emptiest is one that is not there yet. */
function least(counts: ReadonlyMap<string, number>, { minDomains }: SpreadConstraint): number {
  return counts.size < (minDomains ?? 1) ? 0 : Math.min(...counts.values());
}

function isPlace({ spec }: Pod, { nodeAffinityPolicy, nodeTaintsPolicy }: SpreadConstraint, node: Node): boolean {
  if (nodeAffinityPolicy === 'Honor' && !fitsAffinity(spec, node)) return false;
  return nodeTaintsPolicy === 'Ignore' || untolerated(spec.tolerations, node, ['NoSchedule', 'NoExecute']).length === 0;
}

function isCounted({ metadata }: Pod, pod: Pod, { labelSelector, matchLabelKeys }: SpreadConstraint): boolean {
  if (labelSelector === null || metadata.namespace !== pod.metadata.namespace) return false;
  return matchesSelector(withKeys(labelSelector, matchLabelKeys, pod.metadata.labels), metadata.labels);
}
