// Network address translation: table nat decides once, for the first packet; every later packet, in both directions, is rewritten
// from the two tuples of its connection (nf_nat_core.c). Destinations are rewritten where a packet enters (PREROUTING, OUTPUT),
// sources where it leaves (POSTROUTING, INPUT); an answer is treated the other way round.

import type { Ip } from '../net/ip';
import { type Flow, type Packet, reversed, type SocketAddress, sameFlow, sameSocket } from '../net/packet';
import type { Chance } from './chance';
import type { Connection } from './conntrack';
import type { Hook } from './netfilter';

export type Manipulation = 'destination' | 'source';

/** Which half of the packet this hook may rewrite; null for FORWARD, which has no table nat. */
export function manipulationAt(hook: Hook): Manipulation | null {
  if (hook === 'PREROUTING' || hook === 'OUTPUT') return 'destination';
  return hook === 'FORWARD' ? null : 'source';
}

/** The entry after its destination was chosen: answers will come from there. */
export function bindDestination(connection: Connection, to: SocketAddress): Connection {
  const reply: Flow = { ...connection.reply, source: { ip: to.ip, port: to.port === 0 ? connection.reply.source.port : to.port } };
  return { ...connection, reply, destinationTranslated: true };
}

/** The entry after IPVS chose a real server: answers will come from there, and NAT has no hand in it (ip_vs_update_conntrack). */
export function bindVirtual(connection: Connection, to: SocketAddress): Connection {
  return { ...connection, reply: { ...connection.reply, source: to }, virtual: true };
}

/** The entry after its source was replaced by `ip` alone; null where another connection has the port there. */
export function bindKeepingPort(connection: Connection, ip: Ip, others: readonly Connection[]): Connection | null {
  const { port } = connection.reply.destination;
  const bound = { ...connection, reply: { ...connection.reply, destination: { ip, port } }, sourceTranslated: true };
  return clashes(bound, others) ? null : bound;
}

/** The entry after its source was replaced by `ip` and a random free port (`--random-fully`). */
export function bindMasquerade(connection: Connection, ip: Ip, others: readonly Connection[], chance: Chance): Connection {
  const bound = (port: number): Connection => ({
    ...connection,
    reply: { ...connection.reply, destination: { ip, port } },
    sourceTranslated: true,
  });
  if (connection.protocol === 'ICMP' || connection.protocol === 'IPIP') return bound(connection.reply.destination.port);
  return firstFree(bound, others, chance);
}

/** Where another connection has the same answers already, the kernel takes another source port though no rule asks for it (nf_nat_alloc_null_binding). */
export function avoidClash(connection: Connection, others: readonly Connection[], chance: Chance): Connection {
  if (!clashes(connection, others)) return connection;
  const { ip } = connection.reply.destination;
  return firstFree(
    (port) => ({ ...connection, reply: { ...connection.reply, destination: { ip, port } }, sourceTranslated: true }),
    others,
    chance,
  );
}

const ATTEMPTS = 128;

function firstFree(bound: (port: number) => Connection, others: readonly Connection[], chance: Chance): Connection {
  let candidate = bound(chance.between(1024, 65535));
  for (let attempt = 1; attempt < ATTEMPTS && clashes(candidate, others); attempt += 1) candidate = bound(chance.between(1024, 65535));
  return candidate;
}

function clashes(connection: Connection, others: readonly Connection[]): boolean {
  return others.some((other) => other.id !== connection.id && sameFlow(other.reply, connection.reply));
}

/** The packet as it leaves the hook: what the tuples of its connection say about the half that this hook may rewrite. */
export function rewrite(packet: Packet, connection: Connection, direction: 'original' | 'reply', manipulation: Manipulation): Packet {
  const wanted = direction === 'original' ? reversed(connection.reply) : reversed(connection.original);
  if (packet.payload.kind === 'icmp-error') return rewriteError(packet, { connection, direction, manipulation, wanted });
  if (manipulation === 'destination')
    return sameSocket(packet.destination, wanted.destination) ? packet : { ...packet, destination: wanted.destination };
  return sameSocket(packet.source, wanted.source) ? packet : { ...packet, source: wanted.source };
}

/** An error's own addresses follow the connection, and so do those of the packet that it quotes (nf_nat_icmp_reply_translation). */
function rewriteError(
  packet: Packet,
  how: { connection: Connection; direction: 'original' | 'reply'; manipulation: Manipulation; wanted: Flow },
): Packet {
  if (packet.payload.kind !== 'icmp-error') return packet;
  const { connection, direction, manipulation, wanted } = how;
  const translated = manipulation === 'destination' ? connection.sourceTranslated : connection.destinationTranslated || connection.virtual;
  if (direction === 'original' || !translated) return packet;
  const about = packet.payload.about;
  if (manipulation === 'destination') {
    const quoted = { ...about, source: wanted.destination };
    return { ...packet, destination: { ...packet.destination, ip: wanted.destination.ip }, payload: { ...packet.payload, about: quoted } };
  }
  const quoted = { ...about, destination: wanted.source };
  return { ...packet, source: { ...packet.source, ip: wanted.source.ip }, payload: { ...packet.payload, about: quoted } };
}
