// Tables of nftables: chains that hang in a hook by themselves, each with its priority, beside chains that are only jumped to; sets and
// verdict maps belong to their table. (include/uapi/linux/netfilter_ipv4.h for the priorities, net/netfilter/nf_tables_core.c for the walk.)

import type { Family } from '../net/ip';
import type { IpSet } from './ipset';
import type { Chain, Hook, VerdictMap } from './netfilter';

/** How a base chain hangs in the kernel. */
export interface Base {
  readonly type: 'filter' | 'nat';
  readonly hook: Hook;
  /** Smaller comes earlier: dstnat is -100, filter 0, srcnat 100. */
  readonly priority: number;
}

export interface NftChain extends Chain {
  readonly comment?: string;
  /** null for a chain that is only jumped to. */
  readonly base: Base | null;
}

/** A set that rules write into: who was sent to an endpoint, for how long. Its members are state (`KernelState.recent`). */
export interface DynamicSet {
  readonly name: string;
  /** Seconds after which a member is forgotten. */
  readonly timeout: number;
}

/** A set whose members stand in the ruleset. */
export interface NftSet extends IpSet {
  readonly comment?: string;
}

export interface NftTable {
  readonly name: string;
  readonly family: Family;
  readonly comment?: string;
  readonly chains: Readonly<Record<string, NftChain>>;
  /** By name; the addresses and ports that they hold, as ipsets have them. */
  readonly sets: Readonly<Record<string, NftSet>>;
  readonly dynamicSets: readonly DynamicSet[];
  readonly maps: Readonly<Record<string, VerdictMap>>;
}
