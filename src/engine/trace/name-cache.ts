// What a name server remembers of its own answers (CoreDNS, plugin/cache): each for as long as its records may be kept, and no longer than the
// server is told. Who asks meanwhile is told the same again, whatever the zone says by now. The shuffling comes behind it.
// Left out: fetching ahead, serving what is stale.

import type { RememberedAnswer } from '../linux/kernel';
import type { DnsQuestion } from '../net/dns';
import type { NameServer } from '../net/zone';
import { type Answer, zoneOf } from './name-server';

export function keyOfQuestion({ name, type }: DnsQuestion): string {
  return `${type} ${name.toLowerCase()}`;
}

/** The answer as the server remembers it, its records with what is left of their time; null where none holds any more. */
export function remembered({ cache, since }: NameServer, known: RememberedAnswer | undefined, now: number): Answer | null {
  if (cache === null || known === undefined || known.at < since || now >= known.at + known.keeps) return null;
  const age = now - known.at;
  return { rcode: known.rcode, answers: known.answers.map((record) => ({ ...record, ttl: Math.max(0, record.ttl - age) })) };
}

/** A failure is remembered so long (`servfail`). */
const FAILURE = 5;

/** How many seconds the answer is remembered; null where it is not. */
export function keepsFor(server: NameServer, question: DnsQuestion, { rcode, answers }: Answer): number | null {
  const { cache } = server;
  const name = question.name.toLowerCase();
  if (cache === null || !isIn(name, cache.zones) || rcode === 'REFUSED') return null;
  if (rcode === 'SERVFAIL') return FAILURE;
  const isDenial = answers.length === 0;
  const { most, notFor } = isDenial ? cache.denial : cache.success;
  if (notFor.length > 0 && isIn(name, notFor)) return null;
  const ttl = isDenial ? (zoneOf(server, question.name)?.ttl ?? most) : Math.min(...answers.map((record) => record.ttl));
  return Math.min(most, Math.max(LEAST, ttl));
}

/** Nothing is forgotten sooner (minTTL). */
const LEAST = 5;

function isIn(name: string, zones: readonly string[]): boolean {
  return zones.some((zone) => zone === '.' || name === zone || name.endsWith(`.${zone}`));
}
