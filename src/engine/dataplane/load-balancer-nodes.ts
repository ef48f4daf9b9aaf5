// Where the packets for a load balancer's address go on: to each of the nodes that it uses, as a route with several gateways on
// the router (ECMP, as MetalLB announces it by BGP, and as a cloud's balancer behaves that leaves the destination alone).
// With externalTrafficPolicy Local only nodes whose health check answers 200 are used; none at all, and nobody has the address.
// Facts: cloud-provider service controller and MetalLB (label exclude-from-external-load-balancers). Left out: balancers that
// open connections of their own (ipMode Proxy), readiness of nodes, stickiness of real hash functions.

import type { Cluster } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import type { Node } from '../kube/node';
import { provenance } from '../kube/ref';
import type { Service } from '../kube/service';
import type { World } from '../linux/kernel';
import type { Gateway, NextHop, Route } from '../linux/route';
import { hostPrefix } from '../net/cidr';
import { family, type Ip } from '../net/ip';
import { firstOf, route } from './network';

const EXCLUDED = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** The route to a load balancer's address, by every node that it uses; null where the address is none, or nobody serves it. */
export function routeToBalanced(cluster: Cluster, { kernels }: Pick<World, 'kernels'>, address: Ip): Route | null {
  const service = serviceBehind(cluster, address);
  if (service === null) return null;
  const used = cluster.nodes.filter((node) => !(EXCLUDED in node.metadata.labels) && isHealthy(service, node, kernels));
  const gateways = used.flatMap(({ status }): readonly Gateway[] => {
    const ip = firstOf(status.internalIPs, family(address));
    return ip === undefined ? [] : [{ ip, device: 'eth0', onlink: true }];
  });
  const nextHop = towards(gateways);
  const because = provenance(refOf(service), ['status', 'loadBalancer']);
  return nextHop === null ? null : route({ to: hostPrefix(address), nextHop, because });
}

/** One gateway, or several that share the connections; null for none. */
function towards(gateways: readonly Gateway[]): NextHop | null {
  const [first, ...more] = gateways;
  if (first === undefined) return null;
  return more.length === 0 ? { kind: 'gateway', ...first } : { kind: 'multipath', gateways, taken: null };
}

/** The Service that a load balancer's address leads to; null where it is none of these addresses. */
export function serviceBehind({ services }: Cluster, address: Ip): Service | null {
  const owns = ({ spec, status }: Service): boolean =>
    spec.type === 'LoadBalancer' && status.loadBalancer.some(({ ip, ipMode }) => ip === address && ipMode === 'VIP');
  return services.find(owns) ?? null;
}

/** Every address at which packets for a load balancer arrive. */
export function balancedAddresses({ services }: Cluster): readonly Ip[] {
  const found = services.flatMap(({ spec, status }) =>
    spec.type === 'LoadBalancer' ? status.loadBalancer.flatMap(({ ip, ipMode }) => (ip !== null && ipMode === 'VIP' ? [ip] : [])) : [],
  );
  return [...new Set(found)];
}

function isHealthy({ spec }: Service, node: Node, kernels: World['kernels']): boolean {
  const { externalTrafficPolicy, healthCheckNodePort } = spec;
  if (externalTrafficPolicy !== 'Local' || healthCheckNodePort === null) return true;
  const sockets = kernels[`node/${node.metadata.name}`]?.sockets ?? [];
  return sockets.some(
    ({ port, protocol, application }) =>
      port === healthCheckNodePort && protocol === 'TCP' && application.kind === 'http' && application.status === 200,
  );
}
