// Who listens where: programs in Pods, CoreDNS, the API server on its node, kube-proxy's answer to health checks.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { isNameServer, listening } from '../controlplane/listening';
import { SERVICE_NAME_LABEL } from '../kube/endpoints';
import { refOf } from '../kube/meta';
import type { Node } from '../kube/node';
import { provenance } from '../kube/ref';
import type { Application, Socket } from '../linux/socket';
import { parseIp } from '../net/ip';
import { endpointsOf, type SlicesByService } from './endpoints';
import { because, proxiedPorts } from './service-ports';

/** The key of a Pod's programs, and of the name server that one of them may be. */
export function ownerOf({ metadata }: RunningPod): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** The metrics port of CoreDNS speaks HTTP; every other port of a name server speaks DNS. */
const METRICS_PORT = 9153;

export function podSockets(pod: RunningPod, cluster: Cluster): readonly Socket[] {
  const owner = ownerOf(pod);
  const answersNames = isNameServer(pod, cluster);
  return listening(pod, cluster).map(({ port, protocol }) => {
    const application: Application =
      answersNames && port !== METRICS_PORT ? { kind: 'dns', nameServer: owner } : { kind: 'http', status: 200 };
    return { protocol, address: null, port, owner, application, provenance: provenance(refOf(pod), ['spec', 'containers']) };
  });
}

export function nodeSockets(node: Node, { cluster, slices }: { cluster: Cluster; slices: SlicesByService }): readonly Socket[] {
  return [...apiServerSockets(node, cluster), ...healthCheckSockets(node, { cluster, slices })];
}

/** The endpoints of default/kubernetes are the API servers themselves; one that has this node's address runs here. */
function apiServerSockets(node: Node, { endpointSlices }: Cluster): readonly Socket[] {
  const slices = endpointSlices.filter(
    ({ metadata }) => metadata.namespace === 'default' && metadata.labels[SERVICE_NAME_LABEL] === 'kubernetes',
  );
  return slices.flatMap((slice) =>
    slice.endpoints.flatMap(({ addresses }) => {
      const address = parseIp(addresses[0] ?? '');
      if (address === null || !node.status.internalIPs.includes(address)) return [];
      return slice.ports.flatMap(({ port, protocol }): readonly Socket[] =>
        port === null
          ? []
          : [
              {
                protocol,
                address,
                port,
                owner: 'kube-apiserver',
                application: { kind: 'http', status: 200 },
                provenance: provenance(refOf(slice), ['endpoints']),
              },
            ],
      );
    }),
  );
}

/** kube-proxy tells load balancers whether this node has a ready endpoint of its own (pkg/proxy/healthcheck/service_health.go). */
function healthCheckSockets(node: Node, { cluster, slices }: { cluster: Cluster; slices: SlicesByService }): readonly Socket[] {
  const sockets = new Map<number, Socket>();
  for (const port of [...proxiedPorts(cluster, 4), ...proxiedPorts(cluster, 6)]) {
    if (port.healthCheckNodePort === null || sockets.has(port.healthCheckNodePort)) continue;
    const healthy = endpointsOf(port, slices, node).some((endpoint) => endpoint.ready && endpoint.nodeName === node.metadata.name);
    sockets.set(port.healthCheckNodePort, {
      protocol: 'TCP',
      address: null,
      port: port.healthCheckNodePort,
      owner: 'kube-proxy',
      application: { kind: 'http', status: healthy ? 200 : 503 },
      provenance: because(port, ['spec', 'healthCheckNodePort']),
    });
  }
  return [...sockets.values()];
}
