// What a Pod asks a node for: the sum of its containers, or the most that its init containers need one after the other
// (resource.PodRequests). Left out: resources of the Pod as a whole, overhead, and all but CPU and memory.

import type { Container, Pod } from './pod';
import { parseMillis, parseQuantity } from './quantity';

export interface Requests {
  /** Thousandths of a core. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
}

export function requestsOf({ spec }: Pick<Pod, 'spec'>): Requests {
  const sidecars = spec.initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always').map(ofContainer);
  let beside: Requests = { cpu: 0, memory: 0 };
  let most = [...spec.containers.map(ofContainer), ...sidecars].reduce(sum, beside);
  for (const container of spec.initContainers) {
    // A sidecar runs on beside all that follow it.
    if (container.restartPolicy === 'Always') beside = sum(beside, ofContainer(container));
    else most = larger(most, sum(beside, ofContainer(container)));
  }
  return most;
}

function ofContainer({ resources }: Container): Requests {
  const { cpuRequest, memoryRequest } = resources;
  return {
    cpu: cpuRequest === null ? 0 : (parseMillis(cpuRequest) ?? 0),
    memory: memoryRequest === null ? 0 : (parseQuantity(memoryRequest) ?? 0),
  };
}

export function sum(a: Requests, b: Requests): Requests {
  return { cpu: a.cpu + b.cpu, memory: a.memory + b.memory };
}

function larger(a: Requests, b: Requests): Requests {
  return { cpu: Math.max(a.cpu, b.cpu), memory: Math.max(a.memory, b.memory) };
}
