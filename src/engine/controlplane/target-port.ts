// From a port that is meant to a number: a Service's targetPort in one Pod, a probe's port in one container.
// Source: FindPort of pkg/api/v1/pod and k8s.io/endpointslice; sidecars are init containers that never end.

import type { Container, Pod, ServiceProtocol } from '../kube/pod';
import type { ServicePort } from '../kube/service';

/** The containers that run as long as the Pod does: the ordinary ones, then sidecars. */
export function allContainers(pod: Pod): readonly Container[] {
  return [...pod.spec.containers, ...pod.spec.initContainers.filter((container) => container.restartPolicy === 'Always')];
}

/** The number that a Service port stands for in this Pod; null where no container has a port of that name and protocol. */
export function numberOf(port: Pick<ServicePort, 'targetPort' | 'protocol'>, pod: Pod): number | null {
  return typeof port.targetPort === 'number' ? port.targetPort : namedPort(allContainers(pod), port.targetPort, port.protocol);
}

/** The first port of that name and protocol. */
export function namedPort(containers: readonly Container[], name: string, protocol: ServiceProtocol): number | null {
  const ports = containers.flatMap((container) => container.ports);
  return ports.find((port) => port.name === name && port.protocol === protocol)?.containerPort ?? null;
}
