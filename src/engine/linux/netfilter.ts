// Netfilter as data: tables of chains of rules, visited at five hooks.
//
//                       +--> INPUT --> a socket here --> OUTPUT --+
//   in --> PREROUTING --+ route                            route  +--> POSTROUTING --> out
//                       +----------------- FORWARD --------------+
//
// The text of `iptables-save` is printed from these rules (`iptables-save.ts`), never the other way round.
// Left out: user-defined targets other than those below, `-m` extensions that neither kube-proxy nor Calico write.

import type { Cidr } from '../net/cidr';
import type { Family } from '../net/ip';
import type { IcmpError, Protocol, SocketAddress } from '../net/packet';
import type { Provenance } from '../net/provenance';

export type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';

export type TableName = 'raw' | 'mangle' | 'nat' | 'filter';

export type ConnectionState = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID';

/** What `--ctstate` may ask for: beside the states, whether the connection's destination was rewritten. */
export type AskedState = ConnectionState | 'DNAT';

/** One condition of a rule. A rule matches when all its conditions hold. */
export type Match = { readonly negated: boolean } & (
  | { readonly kind: 'source' | 'destination'; readonly prefix: Cidr }
  | { readonly kind: 'input' | 'output' /** A trailing `+` matches any name that begins so. */; readonly device: string }
  | { readonly kind: 'protocol'; readonly protocol: Protocol }
  | { readonly kind: 'source-port' | 'destination-port'; readonly port: number }
  | { readonly kind: 'source-type' | 'destination-type'; readonly type: 'LOCAL' }
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number }
  | { readonly kind: 'connection-state'; readonly states: readonly AskedState[] }
  /** True once in `oneIn` draws. */
  | { readonly kind: 'statistic'; readonly oneIn: number }
  | { readonly kind: 'recent-check'; readonly list: string /** Seconds. */; readonly seconds: number; readonly family?: Family }
  /** Writes the source address into the list; always true. Its family, IPv4 unless said, shows in the mask that is printed. */
  | { readonly kind: 'recent-set'; readonly list: string; readonly family?: Family }
  | { readonly kind: 'set'; readonly set: string; readonly direction: 'src' | 'dst' }
);

export type RejectWith = 'tcp-reset' | Extract<IcmpError, 'port-unreachable' | 'host-unreachable' | 'net-unreachable'>;

export type Target =
  | { readonly kind: 'jump'; readonly chain: string }
  | { readonly kind: 'goto'; readonly chain: string }
  | { readonly kind: 'return' | 'accept' | 'drop' | 'masquerade' }
  /** The tools name the ICMP errors of the two families apart; IPv4 unless said. */
  | { readonly kind: 'reject'; readonly with: RejectWith; readonly family?: Family }
  | { readonly kind: 'dnat'; readonly to: SocketAddress }
  /** `--set-xmark value/mask`: clears the bits of the mask, then flips those of the value. */
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number }
  /** No target: the rule only counts. */
  | { readonly kind: 'none' };

export interface Rule {
  /** In the order in which `iptables-save` prints them. */
  readonly matches: readonly Match[];
  readonly target: Target;
  /** The text of `-m comment`; empty for none. */
  readonly comment: string;
  readonly provenance: Provenance;
}

export interface Chain {
  readonly name: string;
  /** What a built-in chain does with a packet that no rule decided; null for a user-defined chain, which returns. */
  readonly policy: 'ACCEPT' | 'DROP' | null;
  readonly rules: readonly Rule[];
}

export interface Table {
  readonly name: TableName;
  readonly chains: Readonly<Record<string, Chain>>;
}

/** The tables of one address family, as loaded. A table that nobody wrote is absent. */
export type Ruleset = Readonly<Partial<Record<TableName, Table>>>;

/** The tables that a packet visits at each hook, in order of priority (include/uapi/linux/netfilter_ipv4.h). */
export const TABLES_AT: Readonly<Record<Hook, readonly TableName[]>> = {
  PREROUTING: ['raw', 'mangle', 'nat'],
  INPUT: ['mangle', 'filter', 'nat'],
  FORWARD: ['mangle', 'filter'],
  OUTPUT: ['raw', 'mangle', 'nat', 'filter'],
  POSTROUTING: ['mangle', 'nat'],
};
