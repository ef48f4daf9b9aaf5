// Walks chains of rules and says what becomes of the packet: those of iptables (ipt_do_table, net/ipv4/netfilter/ip_tables.c) and those
// of nftables (nft_do_chain, net/netfilter/nf_tables_core.c) alike. Every rule that was looked at is reported, with the first condition
// that did not hold. Rules for other destinations are counted and not visited: a chain of ten thousand costs as much as one of ten.

import { type Buckets, entryOf } from '../net/buckets';
import type { Family, Ip } from '../net/ip';
import type { Packet } from '../net/packet';
import { unreachable } from '../net/unreachable';
import { type ChainIndex, indexOfChain, nextCandidate } from './chain-index';
import type { Chance } from './chance';
import { type IpSet, type IpSetMember, memberFor } from './ipset';
import { type Asked, holds, type Surroundings } from './match';
import type { Chain, MapElement, Match, RejectWith, Rule, Target, VerdictMap } from './netfilter';
import type { Skb } from './skb';
import { elementFor } from './verdict-map';

/** What happened to one rule that was in the packet's way. */
export interface RuleRead {
  readonly tool: 'iptables' | 'nft';
  readonly family: Family;
  readonly table: string;
  readonly chain: string;
  /** Counted from 0 within the chain. */
  readonly index: number;
  readonly rule: Rule;
  /** `draw` is the number in [0, 1) that a random condition drew; null where there was none. `element` is the entry of a map that decided. */
  readonly result:
    | { readonly kind: 'matched'; readonly draw: number | null; readonly element: MapElement | null; readonly member: SetMember | null }
    /** `failed` is the first condition that did not hold; null: the rule's map has no such key. */
    | { readonly kind: 'passed-over'; readonly failed: Match | null; readonly draw: number | null }
    /** Behind the rule that a random choice took: never looked at. */
    | { readonly kind: 'unread' };
}

/** The entry of a named set that holds the packet. */
export interface SetMember extends IpSetMember {
  readonly set: string;
}

/** What a chain decides. `by` says whether a rule dropped, or the policy of the built-in chain. */
export type Verdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop'; readonly by: 'rule' | 'policy' }
  | { readonly kind: 'reject'; readonly with: RejectWith }
  | { readonly kind: 'dnat'; readonly to: Extract<Target, { kind: 'dnat' }>['to'] }
  | { readonly kind: 'masquerade'; readonly keepsPort: boolean };

/** Chains that may call each other, with the sets and maps that they may name. */
export interface RuleSpace {
  readonly tool: RuleRead['tool'];
  readonly family: Family;
  readonly table: string;
  readonly chains: Readonly<Record<string, Chain>>;
  readonly owned: Buckets<Chain>;
  readonly sets: Readonly<Record<string, IpSet>>;
  readonly maps: Readonly<Record<string, VerdictMap>>;
}

/** A walk that has come to its end. */
export interface ChainWalk {
  readonly verdict: Verdict;
  readonly mark: number;
  readonly reads: readonly RuleRead[];
  /** As many as a kernel would have gone through. */
  readonly rulesRead: number;
  /** Lists of `-m recent` that now hold the packet's source address. */
  readonly noted: readonly { readonly list: string; readonly ip: Ip }[];
}

/** A chain in which a walk begins. */
export interface Entrance {
  readonly space: RuleSpace;
  readonly chain: string;
}

/** Sends the packet through the chain of this name. One that nobody wrote accepts. */
export function walkChain({ space, chain: name }: Entrance, skb: Skb, around: Surroundings): ChainWalk {
  const walk = new Walk(space, skb, around);
  const chain = space.chains[name];
  const verdict = chain === undefined ? null : walk.chain(chain);
  return { verdict: verdict ?? policyOf(chain), mark: walk.mark, reads: walk.reads, rulesRead: walk.rulesRead, noted: walk.noted };
}

function policyOf(chain: Chain | undefined): Verdict {
  return chain?.policy === 'DROP' ? { kind: 'drop', by: 'policy' } : { kind: 'accept' };
}

/** Deep enough for any real ruleset; the kernel itself refuses loops when the rules are loaded. */
const MAX_DEPTH = 64;

/** Rules of one chain that failed without a random draw are all reported up to this number, and beyond it those for the same destination. */
const REPORTED_PER_CHAIN = 12;

class Walk {
  rulesRead = 0;
  readonly reads: RuleRead[] = [];
  readonly noted: { list: string; ip: Ip }[] = [];
  private depth = 0;

  private readonly space: RuleSpace;
  private readonly chance: Chance;
  private asked: Asked;

  constructor(space: RuleSpace, skb: Skb, around: Surroundings) {
    this.space = space;
    this.chance = around.chance;
    this.asked = { skb, sets: space.sets, around };
  }

  get mark(): number {
    return this.asked.skb.mark;
  }

  private get packet(): Packet {
    return this.asked.skb.packet;
  }

  /** The chain's decision; null where the packet returns from it undecided. */
  chain(chain: Chain): Verdict | null {
    if (this.depth >= MAX_DEPTH) throw new Error(`chains call each other in a circle at ${chain.name}`);
    this.depth += 1;
    const result = this.rulesOf(chain, indexOfChain(chain));
    this.depth -= 1;
    return result;
  }

  private rulesOf(chain: Chain, index: ChainIndex): Verdict | null {
    let quiet = 0;
    for (let at = 0; at < chain.rules.length; at += 1) {
      if (quiet >= REPORTED_PER_CHAIN) {
        const next = nextCandidate(index, this.packet.destination.ip, at);
        this.rulesRead += next - at;
        at = next;
      }
      const rule = chain.rules[at];
      if (rule === undefined) break;
      this.rulesRead += 1;
      const result = this.resultOf(rule);
      if (result.kind === 'passed-over') {
        if (result.draw === null) quiet += 1;
        if (quiet <= REPORTED_PER_CHAIN || result.draw !== null || this.isForSameDestination(rule)) this.report(chain, at, result);
        continue;
      }
      this.report(chain, at, result);
      const verdict = this.target(result.element === null ? rule.target : result.element.target);
      if (verdict === 'next') continue;
      this.reportUnread(chain, at);
      return verdict;
    }
    return null;
  }

  /** Where a random choice was made in the chain, the rules behind it are worth showing: they are the other back ends. */
  private reportUnread(chain: Chain, taken: number): void {
    if (!indexOfChain(chain).isRandom) return;
    for (let index = taken + 1; index < chain.rules.length; index += 1) {
      this.report(chain, index, { kind: 'unread' });
    }
  }

  private isForSameDestination(rule: Rule): boolean {
    return rule.matches.some((match) => match.kind === 'destination' && match.prefix.network === this.packet.destination.ip);
  }

  private report(chain: Chain, index: number, result: RuleRead['result']): void {
    const rule = chain.rules[index];
    const { tool, family, table } = this.space;
    if (rule !== undefined) this.reads.push({ tool, family, table, chain: chain.name, index, rule, result });
  }

  private resultOf(rule: Rule): Exclude<RuleRead['result'], { kind: 'unread' }> {
    let draw: number | null = null;
    for (const match of rule.matches) {
      if (match.kind === 'statistic') {
        const fallen = this.chance.decide(match.oneIn);
        draw = fallen.draw;
        if (!fallen.hit) return { kind: 'passed-over', failed: match, draw };
      } else if (this.holds(match) === match.negated) {
        return { kind: 'passed-over', failed: match, draw };
      }
    }
    const element = this.elementOf(rule.target);
    if (element === 'none') return { kind: 'passed-over', failed: null, draw };
    return { kind: 'matched', draw, element, member: this.memberOf(rule) };
  }

  private memberOf({ matches }: Rule): SetMember | null {
    const asked = matches.find((match) => match.kind === 'set' && !match.negated);
    if (asked?.kind !== 'set') return null;
    const set = this.space.sets[asked.set];
    const member = set === undefined ? null : memberFor(set, this.packet, asked.directions);
    return member === null ? null : { set: asked.set, ...member };
  }

  private holds(match: Exclude<Match, { kind: 'statistic' }>): boolean {
    if (match.kind !== 'recent-set') return holds(match, this.asked);
    this.noted.push({ list: match.list, ip: this.packet.source.ip });
    return true;
  }

  private setMark(mark: number): void {
    this.asked = { ...this.asked, skb: { ...this.asked.skb, mark } };
  }

  /** The entry of the target's map that decides; `none` where the map has no such key, null where the target has no map. */
  private elementOf(target: Target): MapElement | 'none' | null {
    if (target.kind === 'verdict-map') {
      const map = this.space.maps[target.map];
      return (map === undefined ? null : elementFor(map, this.packet)) ?? 'none';
    }
    return target.kind === 'numbered' ? this.numbered(target.elements) : null;
  }

  /** `numgen random`: one of n, drawn as a row of choices of one in n, one in n - 1, ... */
  private numbered(elements: readonly MapElement[]): MapElement | 'none' {
    for (const [number, element] of elements.entries()) if (this.chance.decide(elements.length - number).hit) return element;
    return 'none';
  }

  /** What the target decides: null leaves the chain undecided, `next` where the packet goes on with the rule behind. */
  private target(target: Target): Verdict | null | 'next' {
    switch (target.kind) {
      case 'accept':
        return { kind: 'accept' };
      case 'drop':
        return { kind: 'drop', by: 'rule' };
      case 'reject':
        return { kind: 'reject', with: target.with };
      case 'dnat':
        return { kind: 'dnat', to: target.to };
      case 'masquerade':
        return { kind: 'masquerade', keepsPort: target.keepsPort === true };
      case 'mark':
        this.setMark(((this.mark & ~target.mask) ^ target.value) >>> 0);
        return 'next';
      case 'none':
        return 'next';
      case 'return':
        return null;
      case 'jump':
        return this.call(target.chain) ?? 'next';
      case 'goto':
        return this.call(target.chain);
      case 'verdict-map':
      case 'numbered':
        throw new Error(`a map leads to another map in ${this.space.table}`);
      default:
        return unreachable(target);
    }
  }

  private call(name: string): Verdict | null {
    const chain = this.space.chains[name] ?? entryOf(this.space.owned, name);
    if (chain === undefined) throw new Error(`table ${this.space.table} has no chain ${name}`);
    return this.chain(chain);
  }
}
