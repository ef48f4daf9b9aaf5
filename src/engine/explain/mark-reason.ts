// Why a packet's source will be replaced: which rule set the mark that kube-proxy's masquerading looks for, read off the rule's own conditions.

import type { RuleRead } from '../linux/chain-walk';
import { formatCidr } from '../net/cidr';
import { type Around, earlierInExchange, matched } from './around';

export type MarkReason =
  /** `! -s 10.1.0.0/16`: the client is no Pod. */
  | { readonly kind: 'outside'; readonly prefix: string }
  /** `-s 10.1.1.10/32`: the client is the very back end that was chosen. */
  | { readonly kind: 'hairpin' }
  /** `--src-type LOCAL`: a program of the node itself. */
  | { readonly kind: 'own-node' }
  /** The chain for what comes by a node port, an external or a balancer's address. */
  | { readonly kind: 'entrance' }
  /** A rule without a condition on the source (`--masquerade-all`). */
  | { readonly kind: 'always' };

/** kube-proxy's (--iptables-masquerade-bit 14); other bits of the mark belong to others. */
export const MASQUERADE_MARK = 0x4000;

/** The reason among these rules; null where none of them set a mark. */
export function markReason(reads: readonly RuleRead[]): MarkReason | null {
  const applied = matched(reads);
  const marking = applied.find(({ rule }) => rule.target.kind === 'mark' && rule.target.value === MASQUERADE_MARK);
  if (marking === undefined) return null;
  const jump = applied.find(({ rule }) => rule.target.kind === 'jump' && rule.target.chain === marking.chain) ?? marking;
  return reasonOf(jump);
}

function reasonOf({ rule }: RuleRead): MarkReason {
  for (const match of rule.matches) {
    if (match.kind === 'source' && match.negated) return { kind: 'outside', prefix: formatCidr(match.prefix) };
    if (match.kind === 'source') return { kind: 'hairpin' };
    if (match.kind === 'source-type') return { kind: 'own-node' };
    // IPVS mode: the node's own packets to a virtual address come from that address; a rule for all cluster IPs asks for nothing else.
    if (match.kind === 'set' && match.directions[0] === 'src') return { kind: 'own-node' };
    if (match.kind === 'set' && match.set.endsWith('CLUSTER-IP') && !rule.matches.some(({ kind }) => kind === 'source'))
      return { kind: 'always' };
  }
  // The chain for outer addresses has several of them and asks for none; a cluster IP is asked for.
  return { kind: rule.matches.some(({ kind }) => kind === 'destination') ? 'always' : 'entrance' };
}

/** The reason found earlier in the same namespace of the same conversation. */
export function earlierMarkReason(around: Around, netns: string): MarkReason | null {
  for (const step of earlierInExchange(around)) {
    if (step.kind !== 'hook-passed' || step.at.netns !== netns || step.at.direction !== 'original') continue;
    const reason = markReason(step.reads);
    if (reason !== null) return reason;
  }
  return null;
}
