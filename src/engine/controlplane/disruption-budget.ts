// PodDisruptionBudgets: how many of the Pods that one speaks of may go on purpose at a time, as the disruption controller counts it
// (pkg/controller/disruption), and whether the API server lets a Pod be evicted (pkg/registry/core/pod/storage, EvictionREST). A budget holds
// against evictions alone: deleting a Pod, and a node that is lost, do not ask it. Left out: its status of a moment ago, as a client would
// read it just after an eviction; here it counts the Pods of the moment.

import { decodeSelector } from '../kube/decode-selector';
import { amountOf } from '../kube/decode-workload';
import { isPresent, map, text } from '../kube/fields';
import type { OtherObject } from '../kube/meta';
import type { Amount, LabelSelector } from '../kube/workload';
import type { Cluster, RunningPod } from './cluster';
import { controllerOf, isOwnedBy } from './ownership';
import { resolved } from './rolling';
import { matchesSelector } from './selector';

export interface BudgetStatus {
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
  readonly expectedPods: number;
  readonly disruptionsAllowed: number;
}

export function isBudget({ originalKind, apiVersion }: OtherObject): boolean {
  return originalKind === 'PodDisruptionBudget' && apiVersion.startsWith('policy/');
}

interface Budget {
  readonly name: string;
  readonly namespace: string | null;
  /** null: of no Pod. */
  readonly selector: LabelSelector | null;
  readonly minAvailable: Amount | null;
  readonly maxUnavailable: Amount | null;
  /** Whether a Pod that is not ready may go in any case, and not only where enough others are. */
  readonly alwaysUnhealthy: boolean;
}

function budgetOf({ metadata, raw }: OtherObject): Budget {
  const spec = map(raw.spec);
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    selector: isPresent(spec.selector) ? decodeSelector(map(spec.selector)) : null,
    minAvailable: isPresent(spec.minAvailable) ? amountOf(spec.minAvailable, 0) : null,
    maxUnavailable: isPresent(spec.maxUnavailable) ? amountOf(spec.maxUnavailable, 0) : null,
    alwaysUnhealthy: text(spec.unhealthyPodEvictionPolicy) === 'AlwaysAllow',
  };
}

export function budgetStatus(object: OtherObject, cluster: Cluster): BudgetStatus {
  return statusOf(budgetOf(object), cluster);
}

function statusOf(budget: Budget, cluster: Cluster): BudgetStatus {
  const pods = cluster.pods.filter((pod) => speaksOf(budget, pod));
  const currentHealthy = pods.filter(({ status, metadata }) => status.ready && metadata.deletionTimestamp === null).length;
  const { minAvailable, maxUnavailable } = budget;
  // A plain number asks for Pods, whoever made them; a share, and what may be missing, are reckoned from what their controllers want.
  const wanted = maxUnavailable === null && typeof minAvailable === 'number' ? pods.length : scaleOf(pods, cluster);
  if (wanted === null) return { currentHealthy, desiredHealthy: 0, expectedPods: 0, disruptionsAllowed: 0 };
  const desiredHealthy =
    maxUnavailable === null
      ? resolved(minAvailable ?? 1, wanted, Math.ceil)
      : Math.max(0, wanted - resolved(maxUnavailable, wanted, Math.ceil));
  const disruptionsAllowed = wanted === 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy);
  return { currentHealthy, desiredHealthy, expectedPods: wanted, disruptionsAllowed };
}

function speaksOf({ namespace, selector }: Budget, { metadata }: RunningPod): boolean {
  return selector !== null && metadata.namespace === namespace && matchesSelector(selector, metadata.labels);
}

/** How many Pods their controllers want together; null where one of these has no scale, as a DaemonSet or a Job. */
function scaleOf(pods: readonly RunningPod[], { replicaSets, deployments, replicationControllers, statefulSets }: Cluster): number | null {
  const scales = new Map<string, number>();
  for (const pod of pods) {
    if (controllerOf(pod) === null) continue;
    const set = [...replicaSets, ...replicationControllers, ...statefulSets].find((each) => isOwnedBy(pod, each));
    if (set === undefined) return null;
    const scaled = deployments.find((each) => isOwnedBy(set, each)) ?? set;
    scales.set(`${scaled.kind}/${scaled.metadata.name}`, scaled.spec.replicas);
  }
  return [...scales.values()].reduce((sum, replicas) => sum + replicas, 0);
}

/** What the API server answers to who would have the Pod evicted; null where it lets the Pod go. */
export type EvictionRefusal =
  /** 429: later perhaps. */
  | { readonly kind: 'too-many'; readonly budget: string; readonly needs: number; readonly has: number }
  /** 500: of two budgets it cannot keep both. */
  | { readonly kind: 'several-budgets' };

export function evictionRefusal(pod: RunningPod, cluster: Cluster): EvictionRefusal | null {
  const { phase } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed' || phase === 'Pending' || pod.metadata.deletionTimestamp !== null) return null;
  const budgets = cluster.others
    .filter(isBudget)
    .map(budgetOf)
    .filter((budget) => speaksOf(budget, pod));
  const [budget] = budgets;
  if (budget === undefined) return null;
  if (budgets.length > 1) return { kind: 'several-budgets' };
  const { currentHealthy, desiredHealthy, disruptionsAllowed } = statusOf(budget, cluster);
  const isSpared = budget.alwaysUnhealthy || (currentHealthy >= desiredHealthy && desiredHealthy > 0);
  if (!pod.status.ready && isSpared) return null;
  return disruptionsAllowed > 0 ? null : { kind: 'too-many', budget: budget.name, needs: desiredHealthy, has: currentHealthy };
}
