// Ports of the node that Pods take for themselves: two cannot have the same one (NodePorts).

import { refOf } from '../kube/meta';
import type { ContainerPort, Pod } from '../kube/pod';
import { formatRef } from '../kube/ref';

/** The ports of the node that the Pod takes for itself. */
export function hostPorts(pod: Pod): readonly ContainerPort[] {
  return pod.spec.containers.flatMap((container) => container.ports.filter((port) => port.hostPort !== null));
}

/** The first port that another Pod has, and whose it is: `8080/TCP (Pod default/a)`; null where all are free. */
export function takenPort(pod: Pod, here: readonly Pod[]): string | null {
  for (const port of hostPorts(pod)) {
    const holder = here.find((other) => hostPorts(other).some((each) => collide(port, each)));
    if (holder !== undefined) return `${port.hostPort}/${port.protocol} (${formatRef(refOf(holder))})`;
  }
  return null;
}

function collide(a: ContainerPort, b: ContainerPort): boolean {
  const anywhere = (port: ContainerPort): boolean => port.hostIP === null || port.hostIP === '0.0.0.0';
  return a.hostPort === b.hostPort && a.protocol === b.protocol && (anywhere(a) || anywhere(b) || a.hostIP === b.hostIP);
}
