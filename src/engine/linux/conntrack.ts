// Connection tracking: one entry a connection, two tuples. The original tuple is the flow as the client sent it,
// the reply tuple is the flow of the answers as they come in. Where NAT rewrote something, the two are not mirror images.
// (net/netfilter/nf_conntrack_core.c, nf_nat_core.c)

import { type Flow, flowOf, type IpProtocol, type Packet, reversed, sameFlow } from '../net/packet';
import type { ConnectionState } from './netfilter';

export interface Connection {
  /** Unique within its namespace, counted from 1. */
  readonly id: number;
  readonly original: Flow;
  readonly reply: Flow;
  readonly protocol: IpProtocol;
  /** Whether an answer has come by: until then `[UNREPLIED]`. */
  readonly replied: boolean;
  /** Destination rewritten (DNAT) or source rewritten (SNAT, MASQUERADE) on the way out. */
  readonly destinationTranslated: boolean;
  readonly sourceTranslated: boolean;
  /** Its destination was chosen by IPVS, which rewrites it by itself. */
  readonly virtual: boolean;
  /** The instant, in seconds, at which it was confirmed. */
  readonly since: number;
}

/** How a packet relates to the table: what conntrack calls it, and the entry and side of it that it belongs to. */
export interface Tracked {
  readonly state: ConnectionState;
  readonly connection: Connection | null;
  /** On which of the two tuples the packet travels. */
  readonly direction: 'original' | 'reply';
}

/** Looks the packet up, as nf_conntrack_in does at PREROUTING and OUTPUT. A packet that may begin a connection gets a fresh entry,
 *  which is not in the table until it is confirmed on its way out. */
export function track(connections: readonly Connection[], packet: Packet, now: number): Tracked {
  if (packet.payload.kind === 'icmp-error') return trackError(connections, packet.payload.about);
  for (const connection of connections) {
    if (sameFlow(connection.original, packet))
      return { state: connection.replied ? 'ESTABLISHED' : 'NEW', connection, direction: 'original' };
    if (sameFlow(connection.reply, packet)) return { state: 'ESTABLISHED', connection, direction: 'reply' };
  }
  if (!beginsConnection(packet)) return { state: 'INVALID', connection: null, direction: 'original' };
  return { state: 'NEW', connection: begin(connections, packet, now), direction: 'original' };
}

/** An ICMP error belongs to the connection of the packet that it quotes, and travels against it. */
function trackError(connections: readonly Connection[], about: Flow): Tracked {
  for (const connection of connections) {
    if (sameFlow(connection.reply, reversed(about))) return { state: 'RELATED', connection, direction: 'reply' };
    if (sameFlow(connection.original, reversed(about))) return { state: 'RELATED', connection, direction: 'original' };
  }
  return { state: 'INVALID', connection: null, direction: 'original' };
}

/** The first packet of TCP is a SYN: an unknown SYN-ACK or RST is INVALID (tcp_conntracks, nf_conntrack_proto_tcp.c). An echo reply likewise. */
function beginsConnection(packet: Packet): boolean {
  if (packet.payload.kind === 'segment') return packet.payload.flags === 'SYN';
  return packet.payload.kind !== 'echo' || packet.payload.type === 'request';
}

function begin(connections: readonly Connection[], packet: Packet, now: number): Connection {
  const original = flowOf(packet);
  return {
    id: (connections.at(-1)?.id ?? 0) + 1,
    original,
    reply: reversed(original),
    protocol: packet.protocol,
    replied: false,
    destinationTranslated: false,
    sourceTranslated: false,
    virtual: false,
    since: now,
  };
}

/** Whether the entry is in the table already, rather than on its way into it. */
export function isConfirmed(connections: readonly Connection[], connection: Connection): boolean {
  return connections.some((known) => known.id === connection.id);
}
