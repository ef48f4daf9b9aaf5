// From ports behind a name to its records (plugin/backend_lookup.go A, AAAA, SRV): addresses once each, and SRV records
// whose weights share a hundred by the number of (address, port) pairs before repeated ones are dropped.

import { compareText } from '../kube/ref';
import type { RecordType } from '../net/dns';
import { compareIps, family, type Ip } from '../net/ip';
import type { Provenance } from '../net/provenance';
import type { ZoneName, ZoneRecord } from '../net/zone';
import type { NamedPort } from './coredns-endpoints';

/** A record before it has an owner. */
export interface Fact {
  readonly type: RecordType;
  readonly data: string;
  readonly provenance: Provenance;
}

/** Names of a zone as they are collected: keyed by the absolute name in lower case. */
export type Names = Readonly<Record<string, ZoneName>>;

export function zoneName(owner: string, ttl: number, facts: readonly Fact[]): Names {
  return { [owner.toLowerCase()]: { records: facts.map((fact) => record(owner, ttl, fact)), existsFor: null } };
}

export function record(owner: string, ttl: number, { type, data, provenance }: Fact): ZoneRecord {
  return { name: owner, type, ttl, data, provenance };
}

/** The addresses and SRV records of these ports. */
export function portFacts(ports: readonly NamedPort[]): readonly Fact[] {
  return [...addressFacts(ports), ...srvFacts(ports)];
}

/** One A or AAAA record an address, in the order of the addresses. */
export function addressFacts(ports: readonly { readonly address: Ip; readonly addressFrom: Provenance }[]): readonly Fact[] {
  const sorted = [...firstOfEach(ports, ({ address }) => address)].sort((a, b) => compareIps(a.address, b.address));
  return sorted.map(({ address, addressFrom }) => ({ type: family(address) === 4 ? 'A' : 'AAAA', data: address, provenance: addressFrom }));
}

function srvFacts(ports: readonly NamedPort[]): readonly Fact[] {
  const weight = Math.max(1, Math.floor(100 / ports.length));
  const facts = ports.flatMap(({ port, target, portFrom }): readonly Fact[] =>
    port === null ? [] : [{ type: 'SRV', data: `0 ${weight} ${port} ${target}`, provenance: portFrom }],
  );
  return [...firstOfEach(facts, ({ data }) => data)].sort((a, b) => compareText(a.data, b.data));
}

/** Keeps the first of those that share a key. */
export function firstOfEach<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const fresh = !seen.has(key(item));
    seen.add(key(item));
    return fresh;
  });
}
