// What a resolver asks a DNS server, what it gets, and what it tells the program in the end (getaddrinfo).
// The resolver (`resolver.ts`) yields a Query and is sent one QueryResponse for each of its types, in their order; whoever drives it
// carries them as packets. Left out: time (each silence costs the resolver its timeout), truncated answers and TCP.

import type { DnsRecord, Rcode, RecordType } from '../net/dns';
import type { Ip } from '../net/ip';

/** What the program asks getaddrinfo for: both families, IPv4 alone, IPv6 alone. */
export type AddressFamily = 'unspec' | 'inet' | 'inet6';

/** The questions that leave together, from one socket, for one name to one server: A, then AAAA. */
export interface Query {
  /** Absolute. */
  readonly name: string;
  readonly types: readonly RecordType[];
  readonly server: string;
  /** Counted from 1 for each name: above 1 it is a retransmission, to this or another server. */
  readonly attempt: number;
}

/** What came back for one type of a query. */
export type QueryResponse =
  | { readonly kind: 'answered'; readonly rcode: Rcode; readonly answers: readonly DnsRecord[] }
  /** Nothing, until the resolver lost patience. */
  | { readonly kind: 'silent' }
  /** The server's host said that nothing listens there (ICMP port unreachable); the rcode REFUSED is an answer. */
  | { readonly kind: 'refused' };

/** What the resolver reports. */
export interface Resolution {
  /** NOERROR without addresses: the name exists, such a record does not. SERVFAIL: a temporary failure, silence included. */
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL';
  /** In the order of arrival, A before AAAA; the program's own addresses decide how getaddrinfo sorts them. */
  readonly addresses: readonly Ip[];
  /** The distinct names asked, in order. */
  readonly lookups: readonly string[];
  /** The last query, and its responses in the order of its types; null where no question was needed (an address literal). */
  readonly last: { readonly query: Query; readonly responses: readonly QueryResponse[] } | null;
}

/** A resolver at work: drive it with `next(responses)`; the first call takes none. */
export type Resolving = Generator<Query, Resolution, readonly QueryResponse[]>;

/** What resolv.conf and the call come down to. */
export interface SearchPlan {
  /** Absolute names in the order in which they are tried, each once. */
  readonly candidates: readonly string[];
  /** The name as the program wrote it, made absolute; one of the candidates. */
  readonly asWritten: string;
  readonly types: readonly RecordType[];
  readonly servers: readonly string[];
  /** How many times each server is asked before the resolver gives up. */
  readonly attempts: number;
}
