// The network beneath the cluster: one link on which the nodes find each other, a router that knows no Pod and no Service,
// and hosts outside, which accept every connection.
//
//   node-1 ---+--- node-2        external 203.0.113.9
//             |                        |
//             +------ router ----------+

import type { Device } from '../linux/device';
import { type Kernel, UNPROGRAMMED, type World } from '../linux/kernel';
import type { Route } from '../linux/route';
import type { Application, Socket } from '../linux/socket';
import { hex } from '../net/bytes';
import { addressAt, type Cidr, contains, hostPrefix } from '../net/cidr';
import { family, type Ip } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';
import { sha1 } from '../net/sha';
import { DEFAULT_ROUTE, ETHERNET_MTU, LOOPBACK, LOOPBACK_ROUTES, linkRoute, localRoute, route, viaGateway } from './network';
import { giveWay } from './router-address';
import type { Subnet } from './subnet';

/** The link of the nodes' own cards, in `World.segments`. */
export const UNDERLAY = 'underlay';

/** What the router does not know it throws away without a word. */
export function routerKernel({ links, gateway, gateways }: Subnet): Kernel {
  const addressOn = (link: Cidr): Ip | undefined => gateways.find((address) => contains(link, address));
  const routes = [
    ...gateways.map((address) => localRoute(address, 'eth0')),
    ...links.map((link) => {
      const own = addressOn(link);
      return own === undefined
        ? route({ to: link, nextHop: { kind: 'link', device: 'eth0' }, scope: 'link' })
        : linkRoute(link, 'eth0', own);
    }),
    route({ to: DEFAULT_ROUTE[family(gateway)], nextHop: { kind: 'blackhole' } }),
  ];
  const addresses = gateways.map((ip) => ({ ip, prefix: links.find((link) => contains(link, ip)) ?? hostPrefix(ip) }));
  const card: Device = { ...cardOnLink(gateway, hostPrefix(gateway)), addresses };
  return bareKernel(`router/${gateway}`, { devices: [card], routes, sockets: [], forwarding: true });
}

function cardOnLink(ip: Ip, prefix: Cidr): Device {
  return {
    name: 'eth0',
    addresses: [{ ip, prefix }],
    attachment: { kind: 'segment', segment: UNDERLAY },
    mtu: ETHERNET_MTU,
    proxyArp: false,
  };
}

function bareKernel(
  netns: string,
  parts: { devices: readonly Device[]; routes: readonly Route[]; sockets: readonly Socket[]; forwarding: boolean },
): Kernel {
  return {
    netns,
    devices: [LOOPBACK, ...parts.devices],
    routes: [...LOOPBACK_ROUTES, ...parts.routes],
    ...UNPROGRAMMED,
    sockets: parts.sockets,
    sysctls: { forwarding: parts.forwarding, routeLocalnet: false, bridgeNetfilter: false },
  };
}

/** The namespace of a host outside. */
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
  if (world.kernels[externalNetns(ip)] !== undefined) return world;
  const sockets = programs.map((program): Socket => ({ ...program, address: null, owner: ip, provenance: NO_PROVENANCE }));
  const router = routerOf(world, ip);
  if (router === null) return joinNobody(world, ip, sockets);
  const link = router.links.find((prefix) => contains(prefix, ip));
  if (link === undefined) return joinRouter(world, { ip, router: router.kernel, gateway: router.address, sockets });
  if (router.address === ip) return addExternal(giveWay(world, router.kernel, freeAddress(world, link)), ip, programs);
  return joinLink(world, { ip, link, router, sockets });
}

interface Router {
  readonly kernel: Kernel;
  readonly address: Ip;
  /** The prefixes at home on its link with the nodes. */
  readonly links: readonly Cidr[];
}

/** The router of the address's family; null where the nodes have no such addresses. */
function routerOf({ kernels }: World, ip: Ip): Router | null {
  for (const kernel of Object.values(kernels)) {
    const address = kernel.devices.find(({ name }) => name === 'eth0')?.addresses[0]?.ip;
    if (!kernel.netns.startsWith('router/') || address === undefined || family(address) !== family(ip)) continue;
    const onLink = kernel.routes.filter(({ nextHop }) => nextHop.kind === 'link' && nextHop.device === 'eth0');
    return { kernel, address, links: onLink.map(({ destination }) => destination) };
  }
  return null;
}

/** The last address of the prefix that nobody on the link has. */
function freeAddress({ segments }: World, link: Cidr): Ip {
  const taken = segments[UNDERLAY] ?? {};
  let offset = family(link.network) === 4 ? 254n : 0xfffen;
  while (taken[addressAt(link, offset)] !== undefined && offset > 1n) offset -= 1n;
  return addressAt(link, offset);
}

/** A host whose family nobody in the cluster speaks: it has an address and no way to anybody. */
function joinNobody(world: World, ip: Ip, sockets: readonly Socket[]): World {
  const parts = { devices: [cardOnLink(ip, hostPrefix(ip))], routes: [localRoute(ip, 'eth0')], sockets, forwarding: false };
  const kernel = bareKernel(externalNetns(ip), parts);
  return { ...world, kernels: { ...world.kernels, [kernel.netns]: kernel } };
}

function joinLink(world: World, { ip, link, router, sockets }: { ip: Ip; link: Cidr; router: Router; sockets: readonly Socket[] }): World {
  const netns = externalNetns(ip);
  const routes = [
    localRoute(ip, 'eth0'),
    ...router.links.map((other) =>
      other === link ? linkRoute(link, 'eth0', ip) : route({ to: other, nextHop: { kind: 'link', device: 'eth0' }, scope: 'link' }),
    ),
    route({ to: DEFAULT_ROUTE[family(ip)], nextHop: viaGateway(router.address, 'eth0', !contains(link, router.address)) }),
  ];
  const kernel = bareKernel(netns, { devices: [cardOnLink(ip, link)], routes, sockets, forwarding: false });
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
  const wired = world.kernels[`node/${node}`]?.devices.filter(({ attachment }) => attachment.kind === 'segment') ?? [];
  const addresses = wired.flatMap((device) => device.addresses);
  const gateway = addresses.find((address) => family(address.ip) === family(destination))?.ip;
  if (gateway === undefined) return world;
  const direct = addresses.some((address) => address.ip === destination);
  const detour = direct ? null : route({ to: hostPrefix(destination), nextHop: viaGateway(gateway, 'eth0', true) });
  return withDetour(world, { external, destination, detour });
}

/** The world in which packets of this host to `destination` take this route where their way begins, and no other to this one address. */
export function withDetour(
  world: World,
  { external, destination, detour }: { external: Ip; destination: Ip; detour: Route | null },
): World {
  const host = world.kernels[externalNetns(external)];
  const card = host?.devices.find(({ name }) => name === 'eth0');
  const start = card?.attachment.kind === 'veth' ? world.kernels[card.attachment.peer.netns] : host;
  return start === undefined ? world : withKernel(world, rerouted(start, destination, detour));
}

/** The world in which every router takes the packets for `destination` by this route. */
export function announced(world: World, destination: Ip, announcement: Route): World {
  const routers = Object.values(world.kernels).filter(({ netns, routes }) => netns.startsWith('router/') && speaks(routes, destination));
  return routers.reduce((built, router) => withKernel(built, rerouted(router, destination, announcement)), world);
}

function speaks(routes: readonly Route[], destination: Ip): boolean {
  return routes.some((known) => known.destination.length === 0 && family(known.destination.network) === family(destination));
}

function rerouted(kernel: Kernel, destination: Ip, detour: Route | null): Kernel {
  const others = kernel.routes.filter((known) => !isDetour(known, destination));
  return { ...kernel, routes: detour === null ? others : [...others, detour] };
}

function withKernel(world: World, kernel: Kernel): World {
  return { ...world, kernels: { ...world.kernels, [kernel.netns]: kernel } };
}

/** A route to this one host by way of others: what an earlier request asked for, or a load balancer announced. */
function isDetour({ destination, nextHop }: Route, to: Ip): boolean {
  const led = nextHop.kind === 'gateway' || nextHop.kind === 'multipath';
  return led && destination.network === to && destination.length === hostPrefix(to).length;
}

/** The world in which this address answers questions about names: the router itself, or a host outside. */
export function addResolver(world: World, ip: Ip, nameServer: string): World {
  const programs: ExternalPrograms = (['UDP', 'TCP'] as const).map((protocol) => ({
    protocol,
    port: 53,
    application: { kind: 'dns', nameServer },
  }));
  const router = world.kernels[`router/${ip}`];
  if (router === undefined) return addExternal(world, ip, programs);
  const sockets = programs.map((program): Socket => ({ ...program, address: null, owner: ip, provenance: NO_PROVENANCE }));
  return { ...world, kernels: { ...world.kernels, [router.netns]: { ...router, sockets: [...router.sockets, ...sockets] } } };
}
