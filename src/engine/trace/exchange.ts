// One question and its answer: a packet out, what the program at the other end (or a kernel on the way) says, a packet back.

import type { Effect } from '../linux/effect';
import type { RejectWith } from '../linux/netfilter';
import { isLocalAddress } from '../linux/route-lookup';
import type { Socket } from '../linux/socket';
import { sourceAddress } from '../linux/source-address';
import { flowOf, type IcmpError, type Packet, type Payload, reversed, type SocketAddress } from '../net/packet';
import type { Journey } from './journey';
import type { Home } from './leg';
import type { DropReason, Place, RejectReason } from './step';
import { carry } from './walk';

export interface Question {
  readonly at: Place;
  readonly by: string;
  readonly packet: Packet;
  /** What the program behind the socket says. It may write steps of its own before it answers. */
  readonly answer: (socket: Socket | null, at: Place, packet: Packet) => Payload;
  /** What sending it changes: a local port taken. */
  readonly effects: readonly Effect[];
}

export type Settled =
  | {
      readonly kind: 'answered';
      readonly netns: string;
      readonly socket: Socket | null /** The packet as the program got it. */;
      readonly delivered: Packet;
      readonly reply: Packet;
    }
  | { readonly kind: 'rejected'; readonly reason: RejectReason; readonly netns: string; readonly destination: SocketAddress }
  | {
      readonly kind: 'dropped';
      readonly reason: DropReason;
      readonly netns: string;
      readonly destination: SocketAddress;
      readonly delivered: Packet | null;
    };

/** Packets start with the TTL that Linux gives them (net.ipv4.ip_default_ttl). */
export const DEFAULT_TTL = 64;

/** Sends the question and waits for what comes of it. */
export function exchange(journey: Journey, question: Question): Settled {
  const fate = carry(journey, question, null, question.effects);
  const back: Place = { ...question.at, direction: 'reply' };
  const home: Home = { netns: question.at.netns, by: question.by, sent: flowOf(question.packet) };
  switch (fate.kind) {
    case 'dropped':
      return { kind: 'dropped', reason: fate.reason, netns: fate.netns, destination: fate.packet.destination, delivered: null };
    case 'rejected': {
      const refusal: Settled = { kind: 'rejected', reason: fate.reason, netns: fate.netns, destination: fate.packet.destination };
      if (fate.local) return refusal;
      const at = { ...back, netns: fate.netns };
      return lost(carry(journey, { at, by: fate.netns, packet: refusalPacket(journey, fate) }, home), null) ?? refusal;
    }
    case 'delivered': {
      const { netns, socket, packet } = fate;
      const at = { ...back, netns };
      const payload = question.answer(socket, at, packet);
      const reply: Packet = { ...reversed(packet), ttl: DEFAULT_TTL, payload };
      const returned = carry(journey, { at, by: socket?.owner ?? netns, packet: reply }, home);
      if (returned.kind === 'received') return { kind: 'answered', netns, socket, delivered: packet, reply: returned.packet };
      return lost(returned, packet) ?? { kind: 'rejected', reason: 'no-socket', netns, destination: packet.destination };
    }
    case 'received':
      throw new Error('a question was received as an answer');
  }
}

/** An answer that does not come home is silence to the client. An answer that is refused on its way is silence too. */
function lost(fate: ReturnType<typeof carry>, delivered: Packet | null): Settled | null {
  if (fate.kind === 'received') return null;
  const reason: DropReason = fate.kind === 'dropped' ? fate.reason : 'not-ours';
  return { kind: 'dropped', reason, netns: fate.netns, destination: fate.packet.destination, delivered };
}

function refusalPacket(journey: Journey, fate: { netns: string; packet: Packet; with: RejectWith | IcmpError }): Packet {
  const { packet, netns } = fate;
  if (fate.with === 'tcp-reset') return { ...reversed(packet), ttl: DEFAULT_TTL, payload: { kind: 'segment', flags: 'RST' } };
  const kernel = journey.kernel(netns);
  // What was for the kernel itself is refused under the address that was called (icmp_send, net/ipv4/icmp.c).
  const called = isLocalAddress(kernel, packet.destination.ip) ? packet.destination.ip : null;
  const ip = called ?? sourceAddress(kernel, packet.source.ip, null) ?? packet.destination.ip;
  const error: Payload = { kind: 'icmp-error', error: fate.with, about: flowOf(packet) };
  return { protocol: 'ICMP', source: { ip, port: 0 }, destination: { ip: packet.source.ip, port: 0 }, ttl: DEFAULT_TTL, payload: error };
}
