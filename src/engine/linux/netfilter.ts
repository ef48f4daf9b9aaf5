// Netfilter as data: tables of chains of rules, visited at five hooks.
//
//                       +--> INPUT --> a socket here --> OUTPUT --+
//   in --> PREROUTING --+ route                            route  +--> POSTROUTING --> out
//                       +----------------- FORWARD --------------+
//
// Rules of iptables and of nftables have one shape here: conditions, then a target. What differs is how they hang in the hooks and how
// they are printed: `iptables-save.ts`, `nft-list.ts`, never the other way round.
// Left out: targets and conditions that neither kube-proxy nor a network plugin writes.

import { type Buckets, entriesOf } from '../net/buckets';
import type { Cidr } from '../net/cidr';
import type { Family } from '../net/ip';
import type { IcmpError, Protocol, SocketAddress } from '../net/packet';
import type { Provenance } from '../net/provenance';
import type { SetDirection } from './ipset';

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
  /** `-m multiport --dports 80,443,8000:8080`. */
  | { readonly kind: 'destination-ports'; readonly ports: readonly (number | PortRange)[] }
  /** `limit`: of the addresses of the device by which the packet leaves (`--limit-iface-out`). */
  | { readonly kind: 'source-type' | 'destination-type'; readonly type: 'LOCAL'; readonly limit?: 'output-device' }
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number }
  | { readonly kind: 'connection-state'; readonly states: readonly AskedState[] }
  /** True once in `oneIn` draws. */
  | { readonly kind: 'statistic'; readonly oneIn: number }
  | { readonly kind: 'recent-check'; readonly list: string /** Seconds. */; readonly seconds: number; readonly family?: Family }
  /** Writes the source address into the list; always true. Its family, IPv4 unless said, shows in the mask that is printed. */
  | { readonly kind: 'recent-set'; readonly list: string; readonly family?: Family }
  /** Whether a named set holds these parts of the packet. */
  | { readonly kind: 'set'; readonly set: string; readonly directions: readonly SetDirection[] }
  /** Whether the packet came in by the port of a bridge (`-m physdev --physdev-is-in`). */
  | { readonly kind: 'bridge-port' }
  /** Whether IPVS took the packet on its way to a real server, from this virtual one (`-m ipvs --vaddr`). */
  | { readonly kind: 'virtual-server'; readonly protocol: Protocol; readonly address: SocketAddress }
  /** An anonymous set of nftables: `ip saddr { 10.0.0.0/8, 192.0.2.1 }`. */
  | { readonly kind: 'source-among' | 'destination-among'; readonly prefixes: readonly Cidr[] }
);

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Whether the port is one of the list of a rule. */
export function isAmong(ports: readonly (number | PortRange)[], port: number): boolean {
  return ports.some((one) => (typeof one === 'number' ? one === port : one.first <= port && port <= one.last));
}

export type RejectWith = 'tcp-reset' | Extract<IcmpError, 'port-unreachable' | 'host-unreachable' | 'net-unreachable'>;

export type Target =
  | { readonly kind: 'jump'; readonly chain: string }
  | { readonly kind: 'goto'; readonly chain: string }
  | { readonly kind: 'return' | 'accept' | 'drop' }
  /** With a random source port (`--random-fully`), or with its own as long as that is free. */
  | { readonly kind: 'masquerade'; readonly keepsPort?: true }
  /** The tools name the ICMP errors of the two families apart; IPv4 unless said. */
  | { readonly kind: 'reject'; readonly with: RejectWith; readonly family?: Family }
  | { readonly kind: 'dnat'; readonly to: SocketAddress }
  /** `--set-xmark value/mask`: clears the bits of the mask, then flips those of the value. */
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number }
  /** No target: the rule only counts. */
  | { readonly kind: 'none' }
  /** nftables: the verdict stands in a map of the table; a key that it lacks leaves the rule without effect (`vmap @service-ips`). */
  | { readonly kind: 'verdict-map'; readonly map: string; readonly key: readonly KeyPart[] }
  /** nftables: one of the entries, each as likely, by the number that is drawn (`numgen random mod 3 vmap { 0 : goto a, ... }`). */
  | { readonly kind: 'numbered'; readonly elements: readonly MapElement[] };

/** What of a packet the key of a map is made of. */
export type KeyPart = 'destination' | 'protocol' | 'destination-port';

export interface MapElement {
  /** `10.96.0.1 . tcp . 443`. */
  readonly key: string;
  readonly target: Target;
  readonly comment: string;
  readonly provenance: Provenance;
}

/** A verdict map of nftables. */
export interface VerdictMap {
  readonly name: string;
  readonly comment?: string;
  readonly key: readonly KeyPart[];
  readonly elements: readonly MapElement[];
}

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
  /** Chains that hang in the hooks, and those that many have a part in. */
  readonly chains: Readonly<Record<string, Chain>>;
  /** Chains that were written for one thing alone: there may be very many. */
  readonly owned: Buckets<Chain>;
}

/** All chains of the table. */
export function chainsOf({ chains, owned }: Table): readonly Chain[] {
  return [...Object.values(chains), ...entriesOf(owned).map(([, chain]) => chain)];
}

/** The tables of one address family, as loaded. A table that nobody wrote is absent. */
export type Ruleset = Readonly<Partial<Record<TableName, Table>>>;
