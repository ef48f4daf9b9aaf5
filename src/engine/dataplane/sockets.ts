// Who listens where: programs in Pods, CoreDNS, the API server on its node, kube-proxy's answer to health checks.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { entryPorts } from '../controlplane/ingress';
import { isNameServer, listening } from '../controlplane/listening';
import { SERVICE_NAME_LABEL } from '../kube/endpoints';
import { refOf } from '../kube/meta';
import type { Node } from '../kube/node';
import { type ObjectRef, provenance } from '../kube/ref';
import type { Application, Socket } from '../linux/socket';
import { contains } from '../net/cidr';
import { type Ip, parseIp } from '../net/ip';
import { endpointsOf, type SlicesByService } from './endpoints';
import { NGINX_PROXY } from './ingress-nginx';
import { type ProxiedPort, proxiedPorts } from './service-ports';

/** The key of a Pod's programs, and of the name server that one of them may be. */
export function ownerOf({ metadata }: RunningPod): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** The metrics port of CoreDNS speaks HTTP; every other port of a name server speaks DNS. */
const METRICS_PORT = 9153;

export function podSockets(pod: RunningPod, cluster: Cluster): readonly Socket[] {
  const owner = ownerOf(pod);
  const answersNames = isNameServer(pod, cluster);
  const proxied = proxyOn(pod, cluster);
  return listening(pod, cluster).map(({ port, protocol }) => {
    const application: Application =
      answersNames && port !== METRICS_PORT
        ? { kind: 'dns', nameServer: owner }
        : (proxied(port, protocol) ?? { kind: 'http', status: 200 });
    return { protocol, address: null, port, owner, application, provenance: provenance(refOf(pod), ['spec', 'containers']) };
  });
}

/** What the Pod of an Ingress controller does on a port; null for all other Pods, and for ports on which it serves no requests. */
function proxyOn(pod: RunningPod, cluster: Cluster): (port: number, protocol: string) => Application | null {
  const ports = entryPorts(pod, cluster);
  return (port, protocol) => {
    const tls = protocol === 'TCP' ? ports.get(port) : undefined;
    return tls === undefined ? null : { kind: 'proxy', proxy: NGINX_PROXY, tls };
  };
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

/** kube-proxy tells load balancers whether this node has a ready endpoint of its own (pkg/proxy/healthcheck/service_health.go). It listens on
 *  all addresses of the node, or on those of --nodeport-addresses. */
function healthCheckSockets(node: Node, { cluster, slices }: { cluster: Cluster; slices: SlicesByService }): readonly Socket[] {
  const ports = [...proxiedPorts(cluster, 4), ...proxiedPorts(cluster, 6)].filter(
    ({ healthCheckNodePort }) => healthCheckNodePort !== null,
  );
  const byNumber = new Map<number, ProxiedPort[]>();
  for (const port of ports) {
    const number = port.healthCheckNodePort ?? 0;
    byNumber.set(number, [...(byNumber.get(number) ?? []), port]);
  }
  return [...byNumber].flatMap(([number, served]): readonly Socket[] => {
    const [port] = served;
    if (port === undefined) return [];
    const application = healthAnswer(port.ref, localEndpoints(node, served, slices));
    const because = provenance(port.ref, ['spec', 'healthCheckNodePort']);
    return listeningAddresses(node, cluster).map((address) => ({
      protocol: 'TCP',
      address,
      port: number,
      owner: 'kube-proxy',
      application,
      provenance: because,
    }));
  });
}

/** Addresses of ready endpoints on the node, each counted once whatever its ports (EndpointsMap.LocalReadyEndpoints). */
function localEndpoints(node: Node, ports: readonly ProxiedPort[], slices: SlicesByService): number {
  const local = ports
    .flatMap((port) => endpointsOf(port, slices, node))
    .filter(({ ready, nodeName }) => ready && nodeName === node.metadata.name);
  return new Set(local.map(({ address }) => address.ip)).size;
}

function healthAnswer({ namespace, name }: ObjectRef, count: number): Application {
  const body = JSON.stringify({ service: { namespace, name }, localEndpoints: count, serviceProxyHealthy: true });
  return { kind: 'http', status: count > 0 ? 200 : 503, body };
}

function listeningAddresses({ status }: Node, { settings }: Cluster): readonly (Ip | null)[] {
  const ranges = settings.nodePortAddresses;
  return ranges.length === 0 ? [null] : status.internalIPs.filter((ip) => ranges.some((range) => contains(range, ip)));
}
