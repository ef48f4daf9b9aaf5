// What NetworkPolicies had to say of a packet: read off the rules that were written for them, whatever network wrote these. The last rule of an
// isolated Pod's direction drops, and its label names that direction; the rules that allow bear the place of their peer or port.

import { formatPath } from '../kube/field-path';
import type { PolicyType } from '../kube/network-policy';
import { type ObjectRef, readProvenance } from '../kube/ref';
import type { RuleRead } from '../linux/chain-walk';
import type { Match } from '../linux/netfilter';
import type { Packet } from '../net/packet';
import { type Around, addressOf, labelOf, matched } from './around';

/** What of a rule did not fit: the other end, its exclusion, the protocol or the port. */
export type Misfit = 'peer' | 'except' | 'protocol' | 'port';

/** A rule that would have let the packet through. */
export interface TriedRule {
  /** `shop/allow-web`. */
  readonly policy: string;
  /** `spec.ingress[0].from[1]`. */
  readonly path: string;
  readonly failed: Misfit;
}

/** The policies by which a packet was dropped. */
export interface PolicyDrop {
  readonly direction: PolicyType;
  /** The Pod that they isolate. */
  readonly pod: string;
  /** All that isolate it in this direction, by name: none of them has a rule for the packet. */
  readonly policies: readonly string[];
  readonly tried: readonly TriedRule[];
}

/** A rule of a policy that let the packet through. */
export interface PolicyLeave {
  readonly direction: PolicyType;
  readonly policy: string;
  readonly path: string;
}

/** A label of a policy, read. */
interface Origin {
  readonly ref: ObjectRef;
  readonly direction: PolicyType | null;
  readonly path: string;
}

function originOf({ rule }: RuleRead): Origin | null {
  const origin = readProvenance(rule.provenance);
  if (origin?.ref.kind !== 'NetworkPolicy') return null;
  const field = origin.path[1];
  const direction = field === 'ingress' ? 'Ingress' : field === 'egress' ? 'Egress' : null;
  return { ref: origin.ref, direction, path: formatPath(origin.path) };
}

/** The policies behind the drop; null where the rule that dropped is none of theirs. */
export function policyDrop(reads: readonly RuleRead[], packet: Packet, around: Around): PolicyDrop | null {
  const last = matched(reads).at(-1);
  const origin = last === undefined ? null : originOf(last);
  if (last?.rule.target.kind !== 'drop' || origin === null || origin.direction === null) return null;
  const { direction } = origin;
  const own = addressOf(around, direction === 'Ingress' ? packet.destination : packet.source, packet.protocol);
  const isolating = matched(reads).filter(({ chain }) => chain === last.chain);
  return {
    direction,
    pod: own.owner?.label ?? own.ip,
    policies: [...new Set([...isolating, last].flatMap((read) => named(originOf(read), around)))],
    tried: triedRules(reads, direction, around),
  };
}

function named(origin: Origin | null, around: Around): readonly string[] {
  return origin === null ? [] : [labelOf(around, origin.ref)];
}

/** One peer may have a rule for each port: that which failed last in itself counts. */
function triedRules(reads: readonly RuleRead[], direction: PolicyType, around: Around): readonly TriedRule[] {
  const tried = new Map<string, TriedRule>();
  for (const read of reads) {
    const origin = originOf(read);
    if (origin?.direction !== direction || !allows(read) || read.result.kind !== 'passed-over' || read.result.failed === null) continue;
    const policy = labelOf(around, origin.ref);
    const key = `${policy} ${origin.path}`;
    const failed = further(tried.get(key)?.failed ?? null, misfit(read.result.failed));
    tried.set(key, { policy, path: origin.path, failed });
  }
  return [...tried.values()];
}

/** In the order in which a rule asks. */
const ASKED: readonly Misfit[] = ['protocol', 'peer', 'port', 'except'];

function further(before: Misfit | null, now: Misfit): Misfit {
  return before !== null && ASKED.indexOf(before) > ASKED.indexOf(now) ? before : now;
}

/** Whether the rule says yes: by setting a whole mark, or in nftables by going back. What prepares a mark, or looks at it, does not. */
function allows({ rule: { target, matches } }: RuleRead): boolean {
  if (target.kind === 'mark') return target.value !== 0 && target.value === target.mask;
  return target.kind === 'return' && matches[0]?.kind !== 'mark';
}

/** What a rule asks with conditions that are of one use only; with all others it asks for the peer. */
const ASKED_BY: Partial<Readonly<Record<Match['kind'], Misfit>>> = {
  protocol: 'protocol',
  'destination-port': 'port',
  'destination-ports': 'port',
  mark: 'except',
};

function misfit(match: Match): Misfit {
  if (match.kind === 'set' && match.directions.length > 1) return 'port';
  return ASKED_BY[match.kind] ?? (match.negated ? 'except' : 'peer');
}

/** The rules of policies that let the packet through here, one for each direction that was asked. */
export function policyLeaves(reads: readonly RuleRead[], around: Around): readonly PolicyLeave[] {
  return matched(reads)
    .filter(allows)
    .flatMap((read) => {
      const origin = originOf(read);
      return origin === null || origin.direction === null
        ? []
        : [{ direction: origin.direction, policy: labelOf(around, origin.ref), path: origin.path }];
    });
}

/** Whether the rule that accepted speaks for NetworkPolicies, though none of them was asked (felix: FORWARD, the last rules). */
export function acceptsForPolicies({ rule }: RuleRead): boolean {
  return rule.comment === 'Policy explicitly accepted packet.';
}
