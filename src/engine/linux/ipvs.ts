// IPVS at work: which real server takes a packet that is for a virtual one (net/netfilter/ipvs/ip_vs_core.c: ip_vs_in, ip_vs_schedule,
// ip_vs_sched_persist). What it chose is remembered by the connection itself, as `vs.conntrack=1` has it.
// Left out: graceful removal, connections that end.

import type { Ip } from '../net/ip';
import { formatSocket, type Packet, sameSocket } from '../net/packet';
import type { Surroundings } from './match';
import { type Loaded, pick } from './scheduler';
import { keyOfVirtual, NO_MEMORY, type RealServer, type ServerMemory, type VirtualServer } from './virtual-server';

/** What IPVS was asked, and what it chose. */
export interface Scheduled {
  readonly server: VirtualServer;
  /** null: nobody is behind it. */
  readonly real: RealServer | null;
  readonly how: Choice;
  /** Everybody behind it, in the order in which they were added. */
  readonly candidates: readonly Loaded[];
}

/** How a real server was found. */
export type Choice =
  /** Persistence decided, not the scheduler. */
  { readonly kind: 'remembered'; readonly seconds: number } | { readonly kind: 'scheduled'; readonly among: number };

/** Asks the virtual server that the packet is for; null where there is none. */
export function scheduleVirtual(packet: Packet, around: Surroundings): Scheduled | null {
  const server = virtualServerFor(around.kernel.ipvs, packet);
  if (server === null) return null;
  const memory = around.state.virtual[keyOfVirtual(server)] ?? NO_MEMORY;
  const candidates = server.servers.map((real) => loaded(server, real, around));
  const seconds = server.persistentSeconds;
  const remembered = seconds === null ? null : rememberedServer(server, memory, { client: packet.source.ip, since: around.now - seconds });
  if (remembered !== null && seconds !== null) return { server, real: remembered, how: { kind: 'remembered', seconds }, candidates };
  const ready = candidates.filter(({ real }) => real.weight > 0);
  const real = pick(server.scheduler, ready, { packet, memory, chance: around.chance });
  return { server, real, how: { kind: 'scheduled', among: ready.length }, candidates };
}

/** The connections that a real server has from the virtual one. A request is over when the next one begins, so of TCP only those are open
 *  that still wait for an answer; those of UDP never count as open (IP_VS_CONN_F_INACTIVE). */
export function loaded({ address }: VirtualServer, real: RealServer, { state }: Pick<Surroundings, 'state'>): Loaded {
  const own = state.connections.filter(
    ({ virtual, original, reply }) => virtual && sameSocket(original.destination, address) && sameSocket(reply.source, real.address),
  );
  const active = own.filter(({ protocol, replied }) => protocol === 'TCP' && !replied).length;
  return { real, active, inactive: own.length - active };
}

// Virtual servers never change once they are programmed.
const indices = new WeakMap<readonly VirtualServer[], ReadonlyMap<string, VirtualServer>>();

function virtualServerFor(servers: readonly VirtualServer[], { protocol, destination }: Packet): VirtualServer | null {
  const index = indices.get(servers) ?? new Map(servers.map((server) => [keyOfVirtual(server), server]));
  indices.set(servers, index);
  return index.get(keyOfVirtual({ protocol, address: destination })) ?? null;
}

/** A template of persistence is good for as long as its real server takes connections (`vs.expire_quiescent_template=1`). */
function rememberedServer(
  { servers }: VirtualServer,
  { clients }: ServerMemory,
  { client, since }: { readonly client: Ip; readonly since: number },
): RealServer | null {
  const seen = clients[client];
  if (seen === undefined || seen.at < since) return null;
  return servers.find(({ address, weight }) => weight > 0 && formatSocket(address) === seen.real) ?? null;
}
