// The network beneath the cluster: one link on which the nodes find each other, a router that knows no Pod and no Service,
// and hosts outside, which accept every connection.
//
//   node-1 ---+--- node-2        external 203.0.113.9
//             |                        |
//             +------ router ----------+

import type { Cluster } from '../controlplane/cluster';
import type { Device } from '../linux/device';
import type { Kernel, World } from '../linux/kernel';
import type { Route } from '../linux/route';
import type { Application, Socket } from '../linux/socket';
import { hex } from '../net/bytes';
import { addressAt, type Cidr, contains, coveringPrefix, hostPrefix, prefixOf } from '../net/cidr';
import { type Family, family, type Ip } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';
import { sha1 } from '../net/sha';
import { DEFAULT_ROUTE, ETHERNET_MTU, LOOPBACK, LOOPBACK_ROUTES, localRoute, route, viaGateway } from './network';

/** The link of the nodes' own cards, in `World.segments`. */
export const UNDERLAY = 'underlay';

export interface Subnet {
  readonly prefix: Cidr;
  readonly gateway: Ip;
}

/** The nodes' subnet: a /24 (IPv6: /64), or the smallest prefix that holds them all. Its gateway is the first address, or the last one that is free. */
export function subnetOf(cluster: Cluster, of: Family): Subnet | null {
  const addresses = cluster.nodes.flatMap(({ status }) => status.internalIPs).filter((address) => family(address) === of);
  const covering = coveringPrefix(addresses);
  if (covering === null) return null;
  const prefix = prefixOf(covering.network, Math.min(covering.length, of === 4 ? 24 : 64));
  const candidates = [addressAt(prefix, 1n), addressAt(prefix, 254n), addressAt(prefix, 253n)];
  return { prefix, gateway: candidates.find((address) => !addresses.includes(address)) ?? addressAt(prefix, 1n) };
}

export function routerNetns(subnet: Subnet): string {
  return `router/${subnet.gateway}`;
}

/** What the router does not know it throws away without a word. */
export function routerKernel(subnet: Subnet): Kernel {
  const { prefix, gateway } = subnet;
  const card: Device = {
    name: 'eth0',
    addresses: [{ ip: gateway, prefix }],
    attachment: { kind: 'segment', segment: UNDERLAY },
    mtu: ETHERNET_MTU,
    proxyArp: false,
  };
  const routes = [
    localRoute(gateway, 'eth0'),
    route({ to: prefix, nextHop: { kind: 'link', device: 'eth0' }, protocol: 'kernel', scope: 'link', source: gateway }),
    route({ to: DEFAULT_ROUTE[family(gateway)], nextHop: { kind: 'blackhole' } }),
  ];
  return bareKernel(routerNetns(subnet), { devices: [card], routes, sockets: [], forwarding: true });
}

function bareKernel(
  netns: string,
  parts: { devices: readonly Device[]; routes: readonly Route[]; sockets: readonly Socket[]; forwarding: boolean },
): Kernel {
  return {
    netns,
    devices: [LOOPBACK, ...parts.devices],
    routes: [...LOOPBACK_ROUTES, ...parts.routes],
    iptables: {},
    ip6tables: {},
    sets: {},
    sockets: parts.sockets,
    sysctls: { forwarding: parts.forwarding, routeLocalnet: false },
  };
}

export function externalNetns(ip: Ip): string {
  return `external/${ip}`;
}

/** What programs of a host outside do, on every port of these protocols. */
export type ExternalPrograms = readonly {
  readonly protocol: Socket['protocol'];
  readonly port: number | null;
  readonly application: Application;
}[];

const ACCEPTS_ALL: ExternalPrograms = (['TCP', 'UDP', 'SCTP'] as const).map((protocol) => ({
  protocol,
  port: null,
  application: { kind: 'http', status: 200 },
}));

/** The world with this host outside in it: on the nodes' own link where its address belongs there, behind the router elsewhere. */
export function addExternal(world: World, ip: Ip, programs: ExternalPrograms = ACCEPTS_ALL): World {
  const netns = externalNetns(ip);
  const router = Object.values(world.kernels).find((kernel) => kernel.netns.startsWith('router/') && gatewayOf(kernel, ip) !== null);
  if (world.kernels[netns] !== undefined || router === undefined) return world;
  const sockets = programs.map((program): Socket => ({ ...program, address: null, owner: ip, provenance: NO_PROVENANCE }));
  const link = gatewayOf(router, ip);
  if (link === null) return world;
  return contains(link.prefix, ip) ? joinLink(world, { ip, link, sockets }) : joinRouter(world, { ip, router, gateway: link.ip, sockets });
}

/** The router's address on the link, where it is of the host's family. */
function gatewayOf(router: Kernel, ip: Ip): { readonly ip: Ip; readonly prefix: Cidr } | null {
  return router.devices.flatMap((device) => device.addresses).find((address) => family(address.ip) === family(ip)) ?? null;
}

function joinLink(world: World, { ip, link, sockets }: { ip: Ip; link: { ip: Ip; prefix: Cidr }; sockets: readonly Socket[] }): World {
  const netns = externalNetns(ip);
  const card: Device = {
    name: 'eth0',
    addresses: [{ ip, prefix: link.prefix }],
    attachment: { kind: 'segment', segment: UNDERLAY },
    mtu: ETHERNET_MTU,
    proxyArp: false,
  };
  const routes = [
    localRoute(ip, 'eth0'),
    route({ to: link.prefix, nextHop: { kind: 'link', device: 'eth0' }, protocol: 'kernel', scope: 'link', source: ip }),
    route({ to: DEFAULT_ROUTE[family(ip)], nextHop: viaGateway(link.ip, 'eth0') }),
  ];
  const kernel = bareKernel(netns, { devices: [card], routes, sockets, forwarding: false });
  const neighbours = { ...world.segments[UNDERLAY], [ip]: { netns, device: 'eth0' } };
  return { ...world, kernels: { ...world.kernels, [netns]: kernel }, segments: { ...world.segments, [UNDERLAY]: neighbours } };
}

function joinRouter(
  world: World,
  { ip, router, gateway, sockets }: { ip: Ip; router: Kernel; gateway: Ip; sockets: readonly Socket[] },
): World {
  const netns = externalNetns(ip);
  const port = `ext${hex(sha1(ip)).slice(0, 10)}`;
  const card: Device = {
    name: 'eth0',
    addresses: [{ ip, prefix: hostPrefix(ip) }],
    attachment: { kind: 'veth', peer: { netns: router.netns, device: port } },
    mtu: ETHERNET_MTU,
    proxyArp: false,
  };
  const cable: Device = {
    name: port,
    addresses: [],
    attachment: { kind: 'veth', peer: { netns, device: 'eth0' } },
    mtu: ETHERNET_MTU,
    proxyArp: true,
  };
  const kernel = bareKernel(netns, {
    devices: [card],
    routes: [localRoute(ip, 'eth0'), route({ to: DEFAULT_ROUTE[family(ip)], nextHop: viaGateway(gateway, 'eth0', true) })],
    sockets,
    forwarding: false,
  });
  const wired: Kernel = {
    ...router,
    devices: [...router.devices, cable],
    routes: [...router.routes, route({ to: hostPrefix(ip), nextHop: { kind: 'link', device: port }, scope: 'link' })],
  };
  return { ...world, kernels: { ...world.kernels, [netns]: kernel, [router.netns]: wired } };
}

/** The world in which packets of this host to `destination` reach the cluster at this node: a route where its way begins. */
export function routeThrough(world: World, { external, destination, node }: { external: Ip; destination: Ip; node: string }): World {
  const gateway = world.kernels[`node/${node}`]?.devices
    .flatMap((device) => device.addresses)
    .find((address) => family(address.ip) === family(destination))?.ip;
  const host = world.kernels[externalNetns(external)];
  if (gateway === undefined || host === undefined || gateway === destination) return world;
  const card = host.devices.find(({ name }) => name === 'eth0');
  const start = card?.attachment.kind === 'veth' ? world.kernels[card.attachment.peer.netns] : host;
  if (start === undefined) return world;
  const led: Kernel = {
    ...start,
    routes: [...start.routes, route({ to: hostPrefix(destination), nextHop: viaGateway(gateway, 'eth0', true) })],
  };
  return { ...world, kernels: { ...world.kernels, [start.netns]: led } };
}
