// Walks the chains of one table and says what becomes of the packet (ipt_do_table, net/ipv4/netfilter/ip_tables.c).
// Every rule that was looked at is reported, with the first condition that did not hold.

import { contains } from '../net/cidr';
import type { Ip } from '../net/ip';
import { unreachable } from '../net/unreachable';
import type { Chance } from './chance';
import type { Kernel, KernelState } from './kernel';
import type { Chain, Hook, Match, RejectWith, Rule, Table, TableName, Target } from './netfilter';
import { isLocalAddress } from './route-lookup';
import type { Skb } from './skb';

/** What happened to one rule that was in the packet's way. */
export interface RuleRead {
  readonly table: TableName;
  readonly chain: string;
  /** Counted from 0 within the chain. */
  readonly index: number;
  readonly rule: Rule;
  readonly result: /** `draw` is the number in [0, 1) that a random condition drew; null where there was none. */
    | { readonly kind: 'matched'; readonly draw: number | null }
    /** `failed` is the first condition that did not hold. */
    | { readonly kind: 'passed-over'; readonly failed: Match; readonly draw: number | null }
    /** Behind the rule that a random choice took: never looked at. */
    | { readonly kind: 'unread' };
}

export type Verdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop' /** A rule said so, or the policy of the built-in chain. */; readonly by: 'rule' | 'policy' }
  | { readonly kind: 'reject'; readonly with: RejectWith }
  | { readonly kind: 'dnat'; readonly to: Extract<Target, { kind: 'dnat' }>['to'] }
  | { readonly kind: 'masquerade' };

/** What the rules may look at beside the packet. */
export interface Surroundings {
  readonly kernel: Kernel;
  readonly state: KernelState;
  /** Seconds. */
  readonly now: number;
  readonly chance: Chance;
}

export interface TableWalk {
  readonly verdict: Verdict;
  readonly mark: number;
  readonly reads: readonly RuleRead[];
  readonly rulesRead: number;
  /** Lists of `-m recent` that now hold the packet's source address. */
  readonly noted: readonly { readonly list: string; readonly ip: Ip }[];
}

/** Sends the packet through the table's chain of this hook. A chain that nobody wrote accepts. */
export function walkTable(table: Table, hook: Hook, skb: Skb, around: Surroundings): TableWalk {
  const walk = new Walk(table, skb, around);
  const chain = table.chains[hook];
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
  mark: number;
  rulesRead = 0;
  readonly reads: RuleRead[] = [];
  readonly noted: { list: string; ip: Ip }[] = [];
  private depth = 0;

  private readonly table: Table;
  private readonly skb: Skb;
  private readonly around: Surroundings;

  constructor(table: Table, skb: Skb, around: Surroundings) {
    this.table = table;
    this.skb = skb;
    this.around = around;
    this.mark = skb.mark;
  }

  /** The chain's decision; null where the packet returns from it undecided. */
  chain(chain: Chain): Verdict | null {
    if (this.depth >= MAX_DEPTH) throw new Error(`chains call each other in a circle at ${chain.name}`);
    this.depth += 1;
    let quiet = 0;
    let result: Verdict | null = null;
    for (const [index, rule] of chain.rules.entries()) {
      this.rulesRead += 1;
      const read = this.read(chain, index, rule);
      if (read.result.kind === 'passed-over') {
        if (read.result.draw === null) quiet += 1;
        if (quiet <= REPORTED_PER_CHAIN || read.result.draw !== null || this.isForSameDestination(rule)) this.reads.push(read);
        continue;
      }
      this.reads.push(read);
      const verdict = this.target(rule.target);
      if (verdict === 'next') continue;
      this.reportUnread(chain, index);
      result = verdict;
      break;
    }
    this.depth -= 1;
    return result;
  }

  /** Where a random choice was made in the chain, the rules behind it are worth showing: they are the other back ends. */
  private reportUnread(chain: Chain, taken: number): void {
    if (!chain.rules.some(isRandom)) return;
    for (let index = taken + 1; index < chain.rules.length; index += 1) {
      const rule = chain.rules[index];
      if (rule !== undefined) this.reads.push({ table: this.table.name, chain: chain.name, index, rule, result: { kind: 'unread' } });
    }
  }

  private isForSameDestination(rule: Rule): boolean {
    return rule.matches.some((match) => match.kind === 'destination' && match.prefix.network === this.skb.packet.destination.ip);
  }

  private read(chain: Chain, index: number, rule: Rule): RuleRead {
    const place = { table: this.table.name, chain: chain.name, index, rule };
    let draw: number | null = null;
    for (const match of rule.matches) {
      const answer = this.matches(match);
      draw = answer.draw ?? draw;
      if (answer.holds === match.negated) return { ...place, result: { kind: 'passed-over', failed: match, draw } };
    }
    return { ...place, result: { kind: 'matched', draw } };
  }

  private matches(match: Match): { holds: boolean; draw?: number } {
    if (match.kind !== 'statistic') return { holds: this.holds(match) };
    const { hit, draw } = this.around.chance.decide(match.oneIn);
    return { holds: hit, draw };
  }

  private holds(match: Exclude<Match, { kind: 'statistic' }>): boolean {
    const { packet, input, output, state, connection } = this.skb;
    switch (match.kind) {
      case 'source':
        return contains(match.prefix, packet.source.ip);
      case 'destination':
        return contains(match.prefix, packet.destination.ip);
      case 'input':
        return isDevice(match.device, input);
      case 'output':
        return isDevice(match.device, output);
      case 'protocol':
        return packet.protocol === match.protocol;
      case 'source-port':
        return packet.source.port === match.port;
      case 'destination-port':
        return packet.destination.port === match.port;
      case 'source-type':
        return isLocalAddress(this.around.kernel, packet.source.ip);
      case 'destination-type':
        return isLocalAddress(this.around.kernel, packet.destination.ip);
      case 'mark':
        return (this.mark & match.mask) >>> 0 === match.value;
      case 'connection-state':
        return match.states.some((asked) => (asked === 'DNAT' ? connection?.destinationTranslated === true : asked === state));
      case 'recent-check':
        return this.wasSeen(match.list, match.seconds);
      case 'recent-set':
        this.noted.push({ list: match.list, ip: packet.source.ip });
        return true;
      case 'set': {
        const address = match.direction === 'src' ? packet.source.ip : packet.destination.ip;
        return (this.around.kernel.sets[match.set] ?? []).some((prefix) => contains(prefix, address));
      }
      default:
        return unreachable(match);
    }
  }

  private wasSeen(list: string, seconds: number): boolean {
    const seen = this.around.state.recent[list]?.[this.skb.packet.source.ip];
    return seen !== undefined && this.around.now - seen <= seconds;
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
        return { kind: 'masquerade' };
      case 'mark':
        this.mark = ((this.mark & ~target.mask) ^ target.value) >>> 0;
        return 'next';
      case 'none':
        return 'next';
      case 'return':
        return null;
      case 'jump':
        return this.call(target.chain) ?? 'next';
      case 'goto':
        return this.call(target.chain);
      default:
        return unreachable(target);
    }
  }

  private call(name: string): Verdict | null {
    const chain = this.table.chains[name];
    if (chain === undefined) throw new Error(`table ${this.table.name} has no chain ${name}`);
    return this.chain(chain);
  }
}

function isRandom(rule: Rule): boolean {
  return rule.matches.some((match) => match.kind === 'statistic');
}

function isDevice(pattern: string, device: string | null): boolean {
  if (device === null) return false;
  return pattern.endsWith('+') ? device.startsWith(pattern.slice(0, -1)) : device === pattern;
}
