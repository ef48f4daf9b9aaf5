// A table of nftables under construction. Chains, sets and maps are listed in the order in which they are first spoken of, as the kernel lists them.

import type { IpSetMember } from '../linux/ipset';
import type { Chain, MapElement, Rule, VerdictMap } from '../linux/netfilter';
import type { Base, DynamicSet, NftChain, NftTable } from '../linux/nftables';
import type { Family, Ip } from '../net/ip';
import type { Provenance } from '../net/provenance';

interface NamedSet {
  readonly comment: string;
  readonly members: Map<string, IpSetMember>;
}

interface NamedMap {
  readonly head: Omit<VerdictMap, 'elements'>;
  readonly elements: Map<string, MapElement>;
}

/** The table as far as it is written; `finish` makes it. */
export class NftDraft {
  private readonly chains = new Map<string, { readonly head: Pick<NftChain, 'base' | 'comment'>; readonly rules: Rule[] }>();
  private readonly sets = new Map<string, NamedSet>();
  private readonly maps = new Map<string, NamedMap>();
  private readonly dynamicSets: DynamicSet[] = [];
  private readonly head: Pick<NftTable, 'name' | 'family' | 'comment'>;

  constructor(head: Pick<NftTable, 'name' | 'family' | 'comment'>) {
    this.head = head;
  }

  get family(): Family {
    return this.head.family;
  }

  /** Adds rules to a chain; without any it only makes sure that the chain exists. */
  add(chain: string, ...rules: readonly Rule[]): void {
    this.chain(chain, { base: null }).push(...rules);
  }

  base(chain: string, base: Base): void {
    this.chain(chain, { base });
  }

  /** A chain that is jumped to, with a word on what it is for. */
  remarked(chain: string, comment: string): void {
    this.chain(chain, { base: null, comment });
  }

  private chain(name: string, head: Pick<NftChain, 'base' | 'comment'>): Rule[] {
    const { rules } = this.chains.get(name) ?? { rules: [] };
    if (!this.chains.has(name)) this.chains.set(name, { head, rules });
    return rules;
  }

  set(name: string, comment: string): void {
    this.sets.set(name, { comment, members: new Map() });
  }

  member(set: string, ip: Ip, provenance: Provenance): void {
    const { members } = found(this.sets, set);
    if (!members.has(ip)) members.set(ip, { text: ip, provenance });
  }

  map(head: Omit<VerdictMap, 'elements'>): void {
    this.maps.set(head.name, { head, elements: new Map() });
  }

  /** The last element of a key stays (nftElementStorage.ensureElem). */
  element(map: string, element: MapElement): void {
    found(this.maps, map).elements.set(element.key, element);
  }

  remember(set: DynamicSet): void {
    this.dynamicSets.push(set);
  }

  finish(): NftTable {
    const { family } = this.head;
    return {
      ...this.head,
      sets: Object.fromEntries(
        [...this.sets].map(([name, { comment, members }]) => [name, { type: 'hash:ip', family, comment, members: [...members.values()] }]),
      ),
      dynamicSets: this.dynamicSets,
      maps: Object.fromEntries([...this.maps].map(([name, { head, elements }]) => [name, { ...head, elements: [...elements.values()] }])),
      chains: Object.fromEntries([...this.chains].map(([name, { head, rules }]) => [name, finished(name, head, rules)])),
    };
  }
}

function finished(name: string, head: Pick<NftChain, 'base' | 'comment'>, rules: readonly Rule[]): NftChain {
  const policy: Chain['policy'] = head.base === null ? null : 'ACCEPT';
  return { name, policy, rules, ...head };
}

function found<Value>(all: ReadonlyMap<string, Value>, name: string): Value {
  const value = all.get(name);
  if (value === undefined) throw new Error(`nothing is called ${name}`);
  return value;
}
