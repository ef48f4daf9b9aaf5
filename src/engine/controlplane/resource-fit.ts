// Whether a node has room for what a Pod asks for (NodeResourcesFit). A node of which nobody says how large it is has room for all.

import type { Refusal } from '../kube/advice';
import type { Pod } from '../kube/pod';
import { formatBytes, formatMillis } from '../kube/quantity';
import { requestsOf } from '../kube/requests';
import type { Host } from './stage';

/** Everything of which the node has too little. */
export function shortages(pod: Pod, { node, pods, used }: Host): readonly Refusal[] {
  const { allocatable } = node.status;
  if (allocatable.cpu === null && allocatable.memory === null && allocatable.pods === null) return [];
  const name = node.metadata.name;
  const asked = requestsOf(pod);
  const left = (all: number | null, taken: number): number => (all === null ? Number.POSITIVE_INFINITY : Math.max(0, all - taken));
  const [cpu, memory] = [left(allocatable.cpu, used.cpu), left(allocatable.memory, used.memory)];
  return [
    ...(left(allocatable.pods, pods.length) < 1 ? [{ node: name, reason: 'pods', detail: String(allocatable.pods) } as const] : []),
    ...(asked.cpu > cpu ? [{ node: name, reason: 'cpu', detail: formatMillis(cpu), asked: formatMillis(asked.cpu) } as const] : []),
    ...(asked.memory > memory
      ? [{ node: name, reason: 'memory', detail: formatBytes(memory), asked: formatBytes(asked.memory) } as const]
      : []),
  ];
}

/** How full the node is by what Pods ask for, from 0 to 1; 0 where nobody says how large it is. */
export function fullness({ node, used }: Host): number {
  const { cpu, memory } = node.status.allocatable;
  const share = (taken: number, all: number | null): number => (all === null || all === 0 ? 0 : taken / all);
  return (share(used.cpu, cpu) + share(used.memory, memory)) / 2;
}
