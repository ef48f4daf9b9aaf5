// A connection opened by a program, a client's or a proxy's: the first packet, and what comes of it.

import { sourceAddress } from '../linux/source-address';
import type { Ip } from '../net/ip';
import type { Packet, Payload, Protocol } from '../net/packet';
import { unreachable } from '../net/unreachable';
import { DEFAULT_TTL, exchange, type Question, type Settled } from './exchange';
import type { Journey } from './journey';
import { nextLocalPort } from './local-port';
import type { Place } from './step';

export interface Opening {
  readonly at: Place;
  /** Whose program it is. */
  readonly by: string;
  readonly ip: Ip;
  readonly port: number;
  readonly protocol: Protocol;
  /** The source address, where somebody chose one; null lets the route decide. */
  readonly source: Ip | null;
  /** The time to live that the program asked for; the kernel's own where it did not. */
  readonly ttl?: number | undefined;
  /** What is sent, and what the program at the other end says to it, where that is not the beginning of a mere conversation. */
  readonly speech?: Speech | null;
}

export interface Speech {
  readonly payload: Payload;
  readonly answer: Question['answer'];
}

/** The packet as it left, and what came of it. */
export interface Opened {
  readonly sent: Packet;
  readonly settled: Settled;
}

export function openConnection(journey: Journey, opening: Opening): Opened {
  const { at, by, ip, port, protocol, source: chosen, ttl = DEFAULT_TTL, speech = null } = opening;
  const source = chosen ?? sourceAddress(journey.kernel(at.netns), ip, null) ?? ip;
  const own = nextLocalPort(journey.world, at.netns, journey.chance);
  const sent: Packet = {
    protocol,
    source: { ip: source, port: own },
    destination: { ip, port: protocol === 'ICMP' ? own : port },
    ttl,
    payload: speech?.payload ?? firstPayload(protocol),
  };
  const settled = exchange(journey, {
    at,
    by,
    packet: sent,
    answer: speech?.answer ?? ((_socket, _at, got) => reply(got)),
    effects: [{ kind: 'port-taken', netns: at.netns, port: own }],
  });
  return { sent, settled };
}

function firstPayload(protocol: Protocol): Payload {
  if (protocol === 'ICMP') return { kind: 'echo', type: 'request' };
  return protocol === 'TCP' ? { kind: 'segment', flags: 'SYN' } : { kind: 'datagram' };
}

function reply({ payload }: Packet): Payload {
  switch (payload.kind) {
    case 'segment':
      return { kind: 'segment', flags: 'SYN-ACK' };
    case 'echo':
      return { kind: 'echo', type: 'reply' };
    case 'datagram':
    case 'dns':
    case 'icmp-error':
    case 'tunnel':
      return { kind: 'datagram' };
    default:
      return unreachable(payload);
  }
}
