// The machine that stands for a Gateway: it has the Gateway's addresses, on the link of the nodes, listens on the ports of its listeners, and
// knows the Pod ranges of every node. In life this is a balancer outside, or Pods behind a Service that the class' controller makes.

import type { Cluster } from '../controlplane/cluster';
import type { Gateway } from '../kube/gateway';
import { type Kernel, UNPROGRAMMED, type World } from '../linux/kernel';
import type { Route } from '../linux/route';
import type { Socket } from '../linux/socket';
import { type Cidr, contains, hostPrefix } from '../net/cidr';
import { family, type Ip } from '../net/ip';
import { gatewayProxies, httpListeners } from './gateway';
import { becauseOf } from './http-upstream';
import { DEFAULT_ROUTE, ETHERNET_MTU, firstOf, LOOPBACK, LOOPBACK_ROUTES, linkRoute, localRoute, route, viaGateway } from './network';
import { strayAddresses } from './node-link';
import type { Subnet } from './subnet';
import { UNDERLAY } from './underlay';

export function gatewayNetns({ metadata }: Gateway): string {
  return `gateway/${metadata.namespace}/${metadata.name}`;
}

/** The world with every Gateway that has an address in it. */
export function withGateways(world: World, cluster: Cluster, subnets: readonly Subnet[]): World {
  return cluster.gateways
    .filter(({ status }) => status.addresses.length > 0)
    .reduce((built, gateway) => withGateway(built, gateway, { cluster, subnets }), world);
}

interface Around {
  readonly cluster: Cluster;
  readonly subnets: readonly Subnet[];
}

function withGateway(world: World, gateway: Gateway, around: Around): World {
  const kernel = kernelOf(gateway, around);
  const { addresses } = gateway.status;
  const own = addresses.map((ip) => [ip, { netns: kernel.netns, device: 'eth0' }] as const);
  const proxies = [...gatewayProxies(gateway, around.cluster)].map(([port, proxy]) => [`${kernel.netns}:${port}`, proxy] as const);
  const reached = Object.values(world.kernels)
    .filter(({ netns }) => netns.startsWith('router/'))
    .map((router) => [router.netns, { ...router, routes: [...router.routes, ...addresses.flatMap(onLink(router))] }] as const);
  return {
    ...world,
    kernels: { ...world.kernels, ...Object.fromEntries(reached), [kernel.netns]: kernel },
    segments: { ...world.segments, [UNDERLAY]: { ...world.segments[UNDERLAY], ...Object.fromEntries(own) } },
    proxies: { ...world.proxies, ...Object.fromEntries(proxies) },
  };
}

/** The router finds the address on the link, where it does not do so by the link's own prefix. */
function onLink(router: Kernel): (address: Ip) => readonly Route[] {
  return (address) => {
    const speaks = router.routes.some(({ destination }) => destination.length === 0 && family(destination.network) === family(address));
    return speaks ? [route({ to: hostPrefix(address), nextHop: { kind: 'link', device: 'eth0' }, scope: 'link' })] : [];
  };
}

function kernelOf(gateway: Gateway, { cluster, subnets }: Around): Kernel {
  const { addresses } = gateway.status;
  const prefixOf = (ip: Ip): Cidr => subnets.flatMap(({ links }) => links).find((link) => contains(link, ip)) ?? hostPrefix(ip);
  const card = addresses.map((ip) => ({ ip, prefix: prefixOf(ip) }));
  return {
    netns: gatewayNetns(gateway),
    devices: [
      LOOPBACK,
      { name: 'eth0', addresses: card, attachment: { kind: 'segment', segment: UNDERLAY }, mtu: ETHERNET_MTU, proxyArp: false },
    ],
    routes: [
      ...LOOPBACK_ROUTES,
      ...addresses.map((ip) => localRoute(ip, 'eth0')),
      ...subnets.flatMap((subnet) => linkRoutes(subnet, addresses)),
      ...podRoutes(cluster, addresses),
    ],
    ...UNPROGRAMMED,
    sockets: socketsOf(gateway),
    sysctls: { forwarding: false, routeLocalnet: false, bridgeNetfilter: false },
  };
}

function linkRoutes({ links, gateway }: Subnet, addresses: readonly Ip[]): readonly Route[] {
  const own = firstOf(addresses, family(gateway));
  if (own === undefined) return [];
  return [
    ...links.map((link) => linkRoute(link, 'eth0', addresses.find((ip) => contains(link, ip)) ?? own)),
    route({ to: DEFAULT_ROUTE[family(gateway)], nextHop: viaGateway(gateway, 'eth0', true) }),
  ];
}

/** The Pods of a node are behind it. */
function podRoutes({ nodes, pods }: Cluster, addresses: readonly Ip[]): readonly Route[] {
  return nodes.flatMap((node) => {
    const ranges = [...node.spec.podCIDRs, ...strayAddresses(node, pods).map(({ address }) => hostPrefix(address))];
    return ranges.flatMap((range): readonly Route[] => {
      const of = family(range.network);
      const via = firstOf(node.status.internalIPs, of);
      if (via === undefined || firstOf(addresses, of) === undefined) return [];
      return [route({ to: range, nextHop: viaGateway(via, 'eth0', true), because: becauseOf(node, ['spec', 'podCIDR']) })];
    });
  });
}

/** One socket a port: listeners share it, and tell their requests apart by the host. */
function socketsOf(gateway: Gateway): readonly Socket[] {
  const listeners = httpListeners(gateway);
  const first = listeners.filter(({ port }, index) => listeners.findIndex((other) => other.port === port) === index);
  return first.map((listener) => ({
    protocol: 'TCP',
    address: null,
    port: listener.port,
    owner: gatewayNetns(gateway),
    application: { kind: 'proxy', proxy: `${gatewayNetns(gateway)}:${listener.port}`, tls: listener.protocol === 'HTTPS' },
    provenance: becauseOf(gateway, ['spec', 'listeners', gateway.spec.listeners.indexOf(listener)]),
  }));
}
