// What a DNS server holds: zones of records, and what it knows of the outside. Compiled by `dataplane/coredns.ts`,
// answered from by `trace/name-server.ts`. A name without records but with names below it exists: it answers NODATA, not NXDOMAIN.

import type { Buckets } from './buckets';
import type { DnsRecord, RecordType } from './dns';
import type { Ip } from './ip';
import type { Provenance } from './provenance';

/** A record with the object that put it there. */
export interface ZoneRecord extends DnsRecord {
  readonly provenance: Provenance;
}

/** An owner name: its records, in a decided order. */
export interface ZoneName {
  readonly records: readonly ZoneRecord[];
  /** The question types for which the server knows that the name exists; null for all. CoreDNS looks in other places for TXT and PTR than for A. */
  readonly existsFor: readonly RecordType[] | null;
}

export interface Zone {
  /** Absolute and in lower case: `cluster.local.`, `in-addr.arpa.`. */
  readonly origin: string;
  /** Seconds; also the negative TTL of the SOA record. */
  readonly ttl: number;
  /** Keyed by the absolute name in lower case. Names that only have deeper names below are listed too, with no records. */
  readonly names: Buckets<ZoneName>;
  /** Suffixes below which a name that spells an address (`10-1-1-5`) is answered by that very address (CoreDNS: `pods insecure`). */
  readonly echoes: readonly string[];
  /** Whether a name that the zone lacks is asked outside (Corefile: `fallthrough`). */
  readonly fallthrough: boolean;
}

export interface NameServer {
  readonly zones: readonly Zone[];
  /** What the resolvers outside of the cluster know; null where they cannot be reached (SERVFAIL). */
  readonly outside: readonly ZoneRecord[] | null;
  /** What it may remember of its answers; null: nothing. */
  readonly cache: NameCache | null;
  /** When its program was started, in seconds of the world: of what was before it remembers nothing. */
  readonly since: number;
}

export interface NameCache {
  /** Absolute and in lower case; `.` stands for all names. */
  readonly zones: readonly string[];
  /** Of answers with records, and of those without. */
  readonly success: Kept;
  readonly denial: Kept;
}

export interface Kept {
  /** Seconds, at the most. */
  readonly most: number;
  /** Zones of which it remembers none. */
  readonly notFor: readonly string[];
}

/** The C library of a program: two resolvers with manners of their own. */
export type Libc = 'glibc' | 'musl';

/** A line of /etc/hosts. */
export interface HostsEntry {
  readonly ip: Ip;
  readonly names: readonly string[];
  readonly provenance: Provenance;
}

/** What the kubelet writes into a container's /etc/resolv.conf. */
export interface ResolvConf {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  /** As written: `ndots:5`. */
  readonly options: readonly string[];
}
