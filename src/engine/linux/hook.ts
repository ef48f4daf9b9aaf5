// One hook of netfilter: the tables in their order, conntrack where it stands, NAT where it may rewrite.
// A namespace without any table does not track connections (nf_ct_netns_get comes with the first rule that needs it).

import { family } from '../net/ip';
import type { SocketAddress } from '../net/packet';
import { type Connection, isConfirmed, track } from './conntrack';
import { type RuleRead, type Surroundings, type TableWalk, type Verdict, walkTable } from './iptables';
import type { Kernel } from './kernel';
import { avoidClash, bindDestination, bindMasquerade, type Manipulation, manipulationAt, rewrite } from './nat';
import { type Hook, type RejectWith, type Ruleset, TABLES_AT, type TableName } from './netfilter';
import type { Skb } from './skb';
import { sourceAddress } from './source-address';

/** A rewritten half of a packet, and what rewrote it. */
export interface Translation {
  readonly which: Manipulation;
  readonly from: SocketAddress;
  readonly to: SocketAddress;
  /** `rule`: a rule of table nat said so now. `connection`: conntrack remembered, no rule was read. */
  readonly by: 'rule' | 'connection';
}

export interface HookPassage {
  readonly skb: Skb;
  readonly decision:
    | { readonly kind: 'accept' }
    | { readonly kind: 'drop'; readonly by: 'rule' | 'policy' }
    | { readonly kind: 'reject'; readonly with: RejectWith };
  readonly reads: readonly RuleRead[];
  readonly rulesRead: number;
  readonly translations: readonly Translation[];
  readonly noted: TableWalk['noted'];
}

/** The rules of the packet's family. */
export function rulesetFor(kernel: Kernel, skb: Skb): Ruleset {
  return family(skb.packet.destination.ip) === 4 ? kernel.iptables : kernel.ip6tables;
}

export function hasNetfilter(kernel: Kernel, skb: Skb): boolean {
  return Object.keys(rulesetFor(kernel, skb)).length > 0;
}

/** Sends the packet through every table of the hook. Call it only where `hasNetfilter`. */
export function passHook(hook: Hook, skb: Skb, around: Surroundings): HookPassage {
  const passage: Passage = { hook, around, skb, reads: [], rulesRead: 0, translations: [], noted: [], decision: { kind: 'accept' } };
  for (const name of TABLES_AT[hook]) {
    if (name === 'mangle' && entersKernel(hook)) passage.skb = tracked(passage.skb, around);
    if (name === 'nat') passNat(passage);
    else passFilter(passage, name);
    if (passage.decision.kind !== 'accept') break;
  }
  return passage;
}

/** The hook while its tables are walked; seen by nobody else. */
interface Passage {
  readonly hook: Hook;
  readonly around: Surroundings;
  skb: Skb;
  decision: HookPassage['decision'];
  rulesRead: number;
  readonly reads: RuleRead[];
  readonly translations: Translation[];
  readonly noted: { list: string; ip: TableWalk['noted'][number]['ip'] }[];
}

function entersKernel(hook: Hook): boolean {
  return hook === 'PREROUTING' || hook === 'OUTPUT';
}

/** Conntrack stands between raw and mangle. A packet over the loopback device was tracked when it was sent and is not looked up again. */
function tracked(skb: Skb, around: Surroundings): Skb {
  if (skb.connection !== null) return skb;
  return { ...skb, ...track(around.state.connections, skb.packet, around.now) };
}

function passFilter(passage: Passage, name: TableName): void {
  const table = rulesetFor(passage.around.kernel, passage.skb)[name];
  if (table === undefined) return;
  const walk = record(passage, walkTable(table, passage.hook, passage.skb, passage.around));
  if (walk.kind === 'drop' || walk.kind === 'reject') passage.decision = walk;
}

function passNat(passage: Passage): void {
  const manipulation = manipulationAt(passage.hook);
  const { connection, packet } = passage.skb;
  if (manipulation === null || connection === null) return;
  const remembered = isConfirmed(passage.around.state.connections, connection);
  if (!remembered && packet.payload.kind !== 'icmp-error') consult(passage, connection, manipulation);
  translate(passage, manipulation, remembered ? 'connection' : 'rule');
}

/** A new connection asks the rules, once at each hook. */
function consult(passage: Passage, connection: Connection, manipulation: Manipulation): void {
  const { around, hook } = passage;
  const table = rulesetFor(around.kernel, passage.skb).nat;
  const verdict = table === undefined ? null : record(passage, walkTable(table, hook, passage.skb, around));
  const bound = bind(connection, verdict, passage);
  passage.skb = {
    ...passage.skb,
    connection: manipulation === 'source' ? avoidClash(bound, around.state.connections, around.chance) : bound,
  };
}

function bind(connection: Connection, verdict: Verdict | null, passage: Passage): Connection {
  if (verdict?.kind === 'dnat') return bindDestination(connection, verdict.to);
  if (verdict?.kind !== 'masquerade') return connection;
  const { around, skb } = passage;
  const address = sourceAddress(around.kernel, skb.packet.destination.ip, skb.output);
  return address === null ? connection : bindMasquerade(connection, address, around.state.connections, around.chance);
}

function translate(passage: Passage, manipulation: Manipulation, by: Translation['by']): void {
  const { connection, packet } = passage.skb;
  if (connection === null) return;
  const after = rewrite(packet, connection, passage.skb.direction, manipulation);
  if (after === packet) return;
  const half = (of: typeof packet): SocketAddress => (manipulation === 'destination' ? of.destination : of.source);
  passage.translations.push({ which: manipulation, from: half(packet), to: half(after), by });
  passage.skb = { ...passage.skb, packet: after };
}

function record(passage: Passage, walk: TableWalk): Verdict {
  passage.reads.push(...walk.reads);
  passage.noted.push(...walk.noted);
  passage.rulesRead += walk.rulesRead;
  passage.skb = { ...passage.skb, mark: walk.mark };
  return walk.verdict;
}
