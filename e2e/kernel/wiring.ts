// A world of the engine as lines of `ip -batch`: its devices are made, its addresses given and its routes added as the tools print them, in
// real network namespaces. A shared link is a bridge in a namespace of its own, the fabric.
// Addresses come without the route that the kernel would add by itself: every route is one that the engine knows.

import type { Device } from '../../src/engine/linux/device';
import { formatRoute } from '../../src/engine/linux/ip-route';
import type { Kernel, World } from '../../src/engine/linux/kernel';
import type { Route } from '../../src/engine/linux/route';
import { family } from '../../src/engine/net/ip';
import { unreachable } from '../../src/engine/net/unreachable';

/** What a namespace is told, in this order. */
export interface NamespaceLines {
  /** `ip -batch`. */
  readonly devices: readonly string[];
  /** `bridge -batch`. */
  readonly forwarding: readonly string[];
  readonly routes4: readonly string[];
  readonly routes6: readonly string[];
  readonly sysctls: readonly (readonly [path: string, value: string])[];
}

export interface Wiring {
  /** Made from outside, since a cable has an end in two namespaces. */
  readonly cables: readonly string[];
  readonly fabric: readonly string[];
  /** By the engine's name of the namespace. */
  readonly inside: ReadonlyMap<string, NamespaceLines>;
  /** Of each cable one end, whose removal removes both: namespace and device. */
  readonly ends: readonly { readonly netns: string | null; readonly device: string }[];
}

export function wire(world: World, nameOf: (netns: string | null) => string): Wiring {
  const plan = new Plan(world, nameOf);
  for (const kernel of Object.values(world.kernels)) for (const device of kernel.devices) plan.connect(kernel, device);
  plan.publish();
  const inside = new Map(
    Object.values(world.kernels).map((kernel) => [kernel.netns, linesOf(kernel, plan.neighbours.get(kernel.netns) ?? [])]),
  );
  return { cables: plan.cables, fabric: plan.fabric, inside, ends: plan.ends };
}

/** Felix gives every host side of a Pod's veth this address; the gateway of IPv6 Pods is derived from it (felix, endpoint_mgr.go). */
const CALI_MAC = 'ee:ee:ee:ee:ee:ee';

class Plan {
  readonly cables: string[] = [];
  readonly fabric: string[] = [];
  readonly ends: { netns: string | null; device: string }[] = [];
  /** Entries that no neighbour discovery would find, by namespace. */
  readonly neighbours = new Map<string, string[]>();
  readonly #bridges: string[] = [];
  readonly #macs = new Map<string, string>();

  readonly #world: World;
  readonly #nameOf: (netns: string | null) => string;

  constructor(world: World, nameOf: (netns: string | null) => string) {
    this.#world = world;
    this.#nameOf = nameOf;
  }

  connect(kernel: Kernel, device: Device): void {
    const { attachment } = device;
    switch (attachment.kind) {
      case 'loopback':
        return;
      case 'segment':
        this.#plug(kernel, device, attachment.segment);
        return;
      case 'veth':
      case 'bridge-port':
        this.#pair(kernel, device, attachment.peer);
        return;
      case 'bridge':
      case 'tunnel':
      case 'dummy':
        // Made inside, without a cable; gone when it is removed there.
        this.ends.push({ netns: kernel.netns, device: device.name });
        return;
      default:
        unreachable(attachment);
    }
  }

  /** Addresses that answer on a link though nobody there has them: a load balancer's, announced by a node. */
  publish(): void {
    for (const [segment, neighbours] of Object.entries(this.#world.segments)) {
      const members = this.#devicesOn(segment);
      for (const [ip, at] of Object.entries(neighbours)) {
        const mac = this.#macs.get(`${at.netns} ${at.device}`);
        const owns = members.some(({ netns, device }) => netns === at.netns && device.addresses.some((address) => address.ip === ip));
        if (owns || mac === undefined) continue;
        for (const { netns, device } of members)
          if (netns !== at.netns) this.#tell(netns, `neigh replace ${ip} lladdr ${mac} dev ${device.name} nud permanent`);
      }
    }
  }

  #tell(netns: string, line: string): void {
    this.neighbours.set(netns, [...(this.neighbours.get(netns) ?? []), line]);
  }

  #devicesOn(segment: string): readonly { netns: string; device: Device }[] {
    return Object.values(this.#world.kernels).flatMap(({ netns, devices }) =>
      devices
        .filter(({ attachment }) => attachment.kind === 'segment' && attachment.segment === segment)
        .map((device) => ({ netns, device })),
    );
  }

  #plug({ netns }: Kernel, { name, mtu }: Device, segment: string): void {
    if (!this.#bridges.includes(segment)) {
      const bridge = `br${this.#bridges.length}`;
      this.fabric.push(`link add ${bridge} type bridge stp_state 0 mcast_snooping 0`, `link set ${bridge} up`);
      this.ends.push({ netns: null, device: bridge });
      this.#bridges.push(segment);
    }
    const port = `p${this.cables.length}`;
    const mac = `02:00:00:00:${twoDigits(this.cables.length >> 8)}:${twoDigits(this.cables.length & 255)}`;
    this.#macs.set(`${netns} ${name}`, mac);
    this.cables.push(
      `link add ${port} mtu ${mtu} netns ${this.#nameOf(null)} type veth peer name ${name} address ${mac} mtu ${mtu} netns ${this.#nameOf(netns)}`,
    );
    this.fabric.push(`link set ${port} master br${this.#bridges.indexOf(segment)} up`);
    this.ends.push({ netns: null, device: port });
  }

  /** Both ends have the device in their lists: the one that comes first by name makes the pair. */
  #pair({ netns }: Kernel, device: Device, peer: { readonly netns: string; readonly device: string }): void {
    const other = this.#world.kernels[peer.netns]?.devices.find(({ name }) => name === peer.device);
    if (other === undefined || `${netns} ${device.name}` > `${peer.netns} ${peer.device}`) return;
    this.cables.push(`link add ${this.#end(netns, device)} type veth peer name ${this.#end(peer.netns, other)}`);
    this.ends.push({ netns, device: device.name });
  }

  #end(netns: string, { name, proxyArp, mtu }: Device): string {
    return `${name}${proxyArp ? ` address ${CALI_MAC}` : ''} mtu ${mtu} netns ${this.#nameOf(netns)}`;
  }
}

function twoDigits(number: number): string {
  return number.toString(16).padStart(2, '0');
}

function linesOf(kernel: Kernel, neighbours: readonly string[]): NamespaceLines {
  const devices = kernel.devices.filter(({ attachment }) => attachment.kind !== 'loopback');
  return {
    devices: [
      ...devices.flatMap(creationLines),
      ...devices.filter(({ attachment }) => attachment.kind !== 'dummy').map(({ name }) => `link set ${name} up`),
      ...devices.flatMap((device) => portLines(kernel, device)),
      ...kernel.devices.flatMap(addressLines),
      ...kernel.devices.filter(({ proxyArp }) => proxyArp).flatMap((device) => proxyLines(kernel, device)),
      ...neighbours,
    ],
    forwarding: devices.flatMap(forwardingLines),
    routes4: routeLines(kernel, 4),
    routes6: routeLines(kernel, 6),
    sysctls: [...namespaceSysctls(kernel), ...devices.flatMap(deviceSysctls)],
  };
}

/** Devices that have no cable. A bridge that has ports of every MTU takes the smallest by itself. */
function creationLines({ name, attachment, mtu }: Device): readonly string[] {
  if (attachment.kind === 'dummy') return [`link add ${name} type dummy`];
  if (attachment.kind === 'bridge') return [`link add ${name} type bridge stp_state 0 mcast_snooping 0`];
  if (attachment.kind !== 'tunnel') return [];
  const { tunnel } = attachment;
  // The kernel makes tunl0 by itself, in every namespace, where it knows IPIP.
  if (tunnel.kind === 'ipip') return [`link set ${name} mtu ${mtu}`];
  const { vni, port, local, mac, neighbours } = tunnel;
  return [
    `link add ${name} address ${mac} mtu ${mtu} type vxlan id ${vni} local ${local} dstport ${port} nolearning`,
    ...neighbours.map((entry) => `neigh replace ${entry.ip} lladdr ${entry.mac} dev ${name} nud permanent`),
  ];
}

function forwardingLines({ name, attachment }: Device): readonly string[] {
  if (attachment.kind !== 'tunnel' || attachment.tunnel.kind !== 'vxlan') return [];
  return attachment.tunnel.forwarding.map(({ mac, remote }) => `fdb replace ${mac} dev ${name} dst ${remote} self permanent`);
}

function portLines({ devices }: Kernel, { name, attachment }: Device): readonly string[] {
  if (attachment.kind !== 'bridge-port') return [];
  const bridge = devices.find((device) => device.name === attachment.bridge)?.attachment;
  const hairpin = bridge?.kind === 'bridge' && bridge.hairpin ? [`link set ${name} type bridge_slave hairpin on`] : [];
  return [`link set ${name} master ${attachment.bridge}`, ...hairpin];
}

function addressLines({ name, addresses }: Device): readonly string[] {
  return addresses.map(({ ip, prefix }) => `addr add ${ip}/${prefix.length} dev ${name} noprefixroute${family(ip) === 6 ? ' nodad' : ''}`);
}

/** IPv6 answers for others one address at a time: those of this kernel that hang on another device. */
function proxyLines({ devices }: Kernel, proxy: Device): readonly string[] {
  const others = devices.filter((device) => device !== proxy).flatMap(({ addresses }) => addresses);
  return others.filter(({ ip }) => family(ip) === 6).map(({ ip }) => `neigh add proxy ${ip} dev ${proxy.name}`);
}

/** Routes of one family as lines of `route add`: those without a gateway first, so that each gateway is known when it is named. */
export function routeLines({ routes, devices }: Pick<Kernel, 'routes' | 'devices'>, of: 4 | 6): readonly string[] {
  const own = new Set<string>(devices.flatMap(({ addresses }) => addresses.map(({ ip }) => ip)));
  const added = routes.filter((route) => family(route.destination.network) === of && !comesByItself(route, own));
  const distance = ({ nextHop, scope }: Route): number =>
    nextHop.kind === 'gateway' || nextHop.kind === 'multipath' ? 1 : scope === 'link' ? -1 : 0;
  return [...added].sort((a, b) => distance(a) - distance(b)).map(routeText);
}

function routeText(route: Route): string {
  return `${formatRoute(route)}${route.nextHop.kind === 'local' ? ' table local' : ''}`;
}

/** The kernel writes into table local what follows from addresses and from lo; every device has its link-local prefix. */
function comesByItself({ destination, nextHop }: Route, own: ReadonlySet<string>): boolean {
  if (destination.network === 'fe80::' && nextHop.kind === 'link') return true;
  if (nextHop.kind !== 'local') return false;
  const isLoopback = destination.network === '127.0.0.0' || destination.network === '::1';
  return isLoopback || own.has(destination.network);
}

function namespaceSysctls({ sysctls }: Kernel): NamespaceLines['sysctls'] {
  return [
    ['/proc/sys/net/ipv4/ip_forward', String(Number(sysctls.forwarding))],
    ['/proc/sys/net/ipv6/conf/all/forwarding', String(Number(sysctls.forwarding))],
    ['/proc/sys/net/ipv4/conf/all/route_localnet', String(Number(sysctls.routeLocalnet))],
  ];
}

/** Short searches for neighbours, so that a host that nobody has is known to be unreachable in a fifth of a second. */
function deviceSysctls({ name, proxyArp }: Device): NamespaceLines['sysctls'] {
  const neighbour = (of: string): NamespaceLines['sysctls'] => [
    [`/proc/sys/net/${of}/neigh/${name}/retrans_time_ms`, '60'],
    [`/proc/sys/net/${of}/neigh/${name}/proxy_delay`, '0'],
  ];
  const proxies: NamespaceLines['sysctls'] = [
    [`/proc/sys/net/ipv4/conf/${name}/proxy_arp`, '1'],
    [`/proc/sys/net/ipv6/conf/${name}/proxy_ndp`, '1'],
  ];
  return [[`/proc/sys/net/ipv4/conf/${name}/rp_filter`, '0'], ...neighbour('ipv4'), ...neighbour('ipv6'), ...(proxyArp ? proxies : [])];
}
