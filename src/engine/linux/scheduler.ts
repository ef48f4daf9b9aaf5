// How IPVS chooses a real server for a new connection (net/netfilter/ipvs/ip_vs_{rr,wrr,lc,wlc,sed,nq,sh,dh,lblc,lblcr,mh}.c).
// A server that is added stands in front of those before it (ip_vs_add_dest), so round robin begins with the last one.
// Simplified: wrr takes turns without weights (kube-proxy gives everybody 1), lblcr keeps a set of one as lblc does, and mh draws:
// kube-proxy lets it hash the client's port too, which is a matter of chance. The others were compared with Linux 6.1.

import { type Ip, ipBits } from '../net/ip';
import { formatSocket, type Packet } from '../net/packet';
import { unreachable } from '../net/unreachable';
import type { Chance } from './chance';
import type { RealServer, Scheduler, ServerMemory } from './virtual-server';

/** What a scheduler may look at beside the servers. */
export interface Asked {
  readonly packet: Packet;
  readonly memory: ServerMemory;
  readonly chance: Chance;
}

/** A real server and the connections that it has. */
export interface Loaded {
  readonly real: RealServer;
  /** Connections that are open, and those that are over but not forgotten, or that have no state (UDP): ActiveConn and InActConn. */
  readonly active: number;
  readonly inactive: number;
}

/** Who takes the connection, of those with a weight, which are given in the order in which they were added; null where there is nobody. */
export function pick(scheduler: Scheduler, added: readonly Loaded[], { packet, memory, chance }: Asked): RealServer | null {
  const loads = [...added].reverse();
  if (loads.length === 0) return null;
  switch (scheduler) {
    case 'rr':
    case 'wrr':
      return loads[chance.turn(loads.length, memory.turn)]?.real ?? null;
    case 'lc':
      return least(loads, overhead);
    case 'wlc':
      return leastWeighted(loads);
    case 'sed':
      return shortestDelay(loads);
    case 'nq':
      return loads.find(({ active }) => active === 0)?.real ?? shortestDelay(loads);
    case 'lblc':
    case 'lblcr':
      return keptLocality(loads, memory);
    case 'sh':
      return byHash(loads, packet.source.ip);
    case 'dh':
      return byHash(loads, packet.destination.ip);
    case 'mh':
      return loads.find((_, index) => chance.decide(loads.length - index).hit)?.real ?? null;
    default:
      return unreachable(scheduler);
  }
}

/** The smallest cost; of equals the first of the list. */
function least(loads: readonly Loaded[], cost: (loaded: Loaded) => number): RealServer | null {
  return loads.reduce<Loaded | null>((best, one) => (best === null || cost(one) < cost(best) ? one : best), null)?.real ?? null;
}

/** An open connection is as dear as 256 that are over (ip_vs_dest_conn_overhead). */
function overhead({ active, inactive }: Loaded): number {
  return active * 256 + inactive;
}

function leastWeighted(loads: readonly Loaded[]): RealServer | null {
  return least(loads, (one) => overhead(one) / one.real.weight);
}

/** Only open connections count, the new one among them. */
function shortestDelay(loads: readonly Loaded[]): RealServer | null {
  return least(loads, ({ active, real }) => (active + 1) / real.weight);
}

/** All connections to one address stay with one server, until it has more than its weight and another less than half of its own (is_overloaded). */
function keptLocality(loads: readonly Loaded[], { last }: ServerMemory): RealServer | null {
  const kept = loads.find(({ real }) => formatSocket(real.address) === last);
  const overloaded = kept !== undefined && kept.active > kept.real.weight && loads.some(({ active, real }) => active * 2 < real.weight);
  return kept === undefined || overloaded ? leastWeighted(loads) : kept.real;
}

/** 256 buckets, dealt out to the servers in turn, each as often as it weighs. */
function byHash(loads: readonly Loaded[], address: Ip): RealServer | null {
  const dealt = loads.flatMap(({ real }) => Array.from({ length: real.weight }, () => real));
  return dealt[bucketOf(address) % dealt.length] ?? null;
}

const GOLDEN_RATIO = 0x61c88647;

/** hash_32(address, 8); of an IPv6 address its four words folded into one. */
function bucketOf(address: Ip): number {
  let bits = ipBits(address);
  let folded = 0;
  while (bits > 0n) {
    folded ^= Number(bits & 0xffffffffn);
    bits >>= 32n;
  }
  return Math.imul(folded, GOLDEN_RATIO) >>> 24;
}
