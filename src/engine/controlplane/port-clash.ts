// Containers of one Pod share its network namespace and so its ports: of two whose programs want the same one, the second finds it taken
// (EADDRINUSE) and ends. Where the annotation kubehop.dev/listen says what the Pod listens on, declared ports mean nothing.

import type { Container, ContainerPort, ContainerStatus, Pod } from '../kube/pod';
import { LISTEN_ANNOTATION } from './listening';

/** Those that last, in the order of their start. */
function lasting({ spec }: Pick<Pod, 'spec'>): readonly Container[] {
  return [...spec.initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always'), ...spec.containers];
}

/** Whether the one's program wants a port that the other's has. */
export function wantSamePort(pod: Pick<Pod, 'metadata'>, one: Container, other: Container): boolean {
  if (LISTEN_ANNOTATION in pod.metadata.annotations) return false;
  return one.ports.some((port) => other.ports.some((taken) => isSame(port, taken)));
}

function isSame(a: ContainerPort, b: ContainerPort): boolean {
  return a.containerPort === b.containerPort && a.protocol === b.protocol;
}

/** The names of those that come too late. */
export function shutOut(pod: Pick<Pod, 'metadata' | 'spec'>): readonly string[] {
  const all = lasting(pod);
  const out: string[] = [];
  for (const [index, container] of all.entries())
    if (all.slice(0, index).some((other) => !out.includes(other.name) && wantSamePort(pod, container, other))) out.push(container.name);
  return out;
}

/** How often such a container has been started in the five minutes for which a cluster at rest has stood. */
export const RESTARTS_AT_REST = 5;

/** What the kubelet reports in the long run of a Pod in which somebody comes too late; nothing of any other. */
export function clashing(pod: Pick<Pod, 'metadata' | 'spec'>): readonly ContainerStatus[] {
  const out = shutOut(pod);
  if (out.length === 0) return [];
  return lasting(pod).map(({ name }): ContainerStatus => {
    if (!out.includes(name))
      return { name, state: { kind: 'running', startedAt: null }, last: null, ready: true, started: true, restartCount: 0 };
    const last = { exitCode: 1, reason: 'Error', startedAt: null, finishedAt: null };
    return {
      name,
      state: { kind: 'waiting', reason: 'CrashLoopBackOff' },
      last,
      ready: false,
      started: false,
      restartCount: RESTARTS_AT_REST,
    };
  });
}
