// Which Pods go first when a ReplicaSet has too many (controller.ActivePodsWithRanks). Where readiness or age differ, a real controller
// compares them by order of magnitude and then throws dice; here the exact time decides, and then the name.

import type { Pod } from '../kube/pod';
import { compareText } from '../kube/ref';
import { parseTimestamp } from '../kube/timestamp';

const COST_ANNOTATION = 'controller.kubernetes.io/pod-deletion-cost';

/** The Pods, first to go first. `group`: all Pods of the same workload, this version and others, since those may share a node. */
export function inDeletionOrder(pods: readonly Pod[], group: readonly Pod[]): readonly Pod[] {
  const perNode = new Map<string, number>();
  for (const { spec } of group) if (spec.nodeName !== null) perNode.set(spec.nodeName, (perNode.get(spec.nodeName) ?? 0) + 1);
  const keys = new Map(pods.map((pod) => [pod, sortKey(pod, perNode.get(pod.spec.nodeName ?? '') ?? 0)]));
  return [...pods].sort((a, b) => compareKeys(keys.get(a) ?? [], keys.get(b) ?? []) || compareText(a.metadata.name, b.metadata.name));
}

const PHASES = { Pending: 0, Unknown: 1, Running: 2, Succeeded: 2, Failed: 2 } as const;

/** The smaller goes first. */
function sortKey({ metadata, spec, status }: Pod, neighbours: number): readonly number[] {
  const restarts = (status?.containers ?? []).map(({ restartCount }) => restartCount);
  return [
    spec.nodeName === null ? 0 : 1,
    PHASES[status?.phase ?? 'Pending'],
    status?.ready === true ? 1 : 0,
    Number(metadata.annotations[COST_ANNOTATION] ?? 0) || 0,
    -neighbours,
    -instant(status?.ready === true ? status.readySince : null),
    -Math.max(0, ...restarts),
    -instant(metadata.creationTimestamp),
  ];
}

/** A time that nobody knows is the latest: such a Pod is the youngest. */
function instant(time: string | null): number {
  return (time === null ? null : parseTimestamp(time)) ?? Number.MAX_SAFE_INTEGER;
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) if (value !== b[index]) return value - (b[index] ?? 0);
  return 0;
}
