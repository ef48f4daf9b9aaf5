// Tunnels: a device that wraps what leaves by it into a packet of the node's own, and the other way round (drivers/net/vxlan, net/ipv4/ipip.c).
// Nothing is learnt from passing packets: the network plugin writes both tables of VXLAN, as `nolearning` has it.

import { family, type Ip } from '../net/ip';
import { type Encapsulation, formatSocket, type Packet } from '../net/packet';
import type { Provenance } from '../net/provenance';
import { sha1 } from '../net/sha';
import type { Device } from './device';
import type { Kernel } from './kernel';
import { sourceAddress } from './source-address';

/** A permanent entry of `ip neigh`: whose MAC address a gateway has. */
export interface NeighbourEntry {
  readonly ip: Ip;
  readonly mac: string;
  readonly provenance: Provenance;
}

/** An entry of `bridge fdb`: behind which machine a MAC address lives. */
export interface ForwardingEntry {
  readonly mac: string;
  readonly remote: Ip;
  readonly provenance: Provenance;
}

/** How a tunnel's device wraps. */
export type Tunnel =
  | {
      readonly kind: 'vxlan';
      readonly vni: number;
      readonly port: number;
      /** The address that outer packets bear as their source. */
      readonly local: Ip;
      readonly mac: string;
      readonly neighbours: readonly NeighbourEntry[];
      readonly forwarding: readonly ForwardingEntry[];
    }
  /** The gateway of the route is the other end; there is no table. */
  | { readonly kind: 'ipip' };

/** What becomes of a packet that leaves by a tunnel. */
export type Wrapping =
  | {
      readonly kind: 'wrapped';
      readonly packet: Packet;
      /** The entries that led to the other end; null for IPIP. */
      readonly neighbour: NeighbourEntry | null;
      readonly forwarding: ForwardingEntry | null;
    }
  | { readonly kind: 'no-neighbour' | 'no-forwarding-entry' | 'no-address' };

/** The packet as the tunnel sends it: route to gateway, gateway to MAC address, MAC address to the other machine. */
export function wrap(kernel: Kernel, tunnel: Tunnel, { packet, gateway }: { readonly packet: Packet; readonly gateway: Ip }): Wrapping {
  if (tunnel.kind === 'ipip') {
    const source = sourceAddress(kernel, gateway, null);
    if (source === null) return { kind: 'no-address' };
    const outer = wrapped(packet, { encapsulation: { kind: 'ipip' }, source, destination: gateway });
    return { kind: 'wrapped', packet: outer, neighbour: null, forwarding: null };
  }
  const neighbour = tunnel.neighbours.find(({ ip }) => ip === gateway);
  if (neighbour === undefined) return { kind: 'no-neighbour' };
  const forwarding = tunnel.forwarding.find(({ mac }) => mac === neighbour.mac);
  if (forwarding === undefined) return { kind: 'no-forwarding-entry' };
  const encapsulation = { kind: 'vxlan', vni: tunnel.vni, mac: neighbour.mac } as const;
  const outer = wrapped(packet, { encapsulation, source: tunnel.local, destination: forwarding.remote, port: tunnel.port });
  return { kind: 'wrapped', packet: outer, neighbour, forwarding };
}

interface Outer {
  readonly encapsulation: Encapsulation;
  readonly source: Ip;
  readonly destination: Ip;
  readonly port?: number;
}

/** VXLAN gives the outer packet a time to live of its own, IPIP the inner one's (`ttl inherit`). */
function wrapped(inner: Packet, { encapsulation, source, destination, port }: Outer): Packet {
  const isVxlan = encapsulation.kind === 'vxlan';
  return {
    protocol: isVxlan ? 'UDP' : 'IPIP',
    source: { ip: source, port: isVxlan ? flowPort(inner) : 0 },
    destination: { ip: destination, port: port ?? 0 },
    ttl: isVxlan ? DEFAULT_TTL : inner.ttl,
    payload: { kind: 'tunnel', encapsulation, inner },
  };
}

const DEFAULT_TTL = 64;

/** net.ipv4.ip_local_port_range. */
const PORTS = { first: 32768, count: 28232 };

/** A number that stands for the inner conversation, the same in both directions (udp_flow_src_port): routers may spread flows by it. */
function flowPort({ protocol, source, destination }: Packet): number {
  const ends = [formatSocket(source), formatSocket(destination)].sort();
  const [high = 0, low = 0, last = 0] = sha1([protocol, ...ends].join(' '));
  return PORTS.first + (((high << 16) | (low << 8) | last) % PORTS.count);
}

/** The device that takes this packet out of its wrapping; null where nobody here knows such a tunnel. `addressed` is false where the frame within
 *  is for another machine's MAC address. */
export function unwrapper(
  kernel: Kernel,
  { payload, destination }: Packet,
): { readonly device: Device; readonly addressed: boolean } | null {
  if (payload.kind !== 'tunnel') return null;
  const { encapsulation } = payload;
  for (const device of kernel.devices) {
    if (device.attachment.kind !== 'tunnel') continue;
    const { tunnel } = device.attachment;
    if (tunnel.kind === 'ipip' && encapsulation.kind === 'ipip') return { device, addressed: true };
    if (tunnel.kind !== 'vxlan' || encapsulation.kind !== 'vxlan') continue;
    if (tunnel.vni === encapsulation.vni && tunnel.port === destination.port && family(tunnel.local) === family(destination.ip))
      return { device, addressed: tunnel.mac === encapsulation.mac };
  }
  return null;
}

/** As `ip neigh` prints it. */
export function formatNeighbour({ ip, mac }: NeighbourEntry, device: string): string {
  return `${ip} dev ${device} lladdr ${mac} PERMANENT`;
}

/** As `bridge fdb` prints it. */
export function formatForwarding({ mac, remote }: ForwardingEntry, device: string): string {
  return `${mac} dev ${device} dst ${remote} self permanent`;
}
