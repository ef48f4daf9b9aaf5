// The rule that ended a packet's way, and what kind of refusal it is: read off its shape and off the object that it was written for, so
// that a rule of iptables and a map of nftables that say the same are told the same way.

import type { ObjectRef } from '../kube/ref';
import type { RuleRead } from '../linux/chain-walk';
import type { MapElement, Match } from '../linux/netfilter';
import { contains, formatCidr } from '../net/cidr';
import type { Packet } from '../net/packet';
import { matched, serviceBehind } from './around';

/** The rule that ended the packet's way. */
export interface DecidingRule {
  readonly read: RuleRead;
  /** The entry of a map that says it, or that leads to a chain which does nothing else. */
  readonly element: MapElement | null;
  readonly service: ObjectRef | null;
}

/** The last rule that matched, with the entry that led to it; null where none did. */
export function decidingRule(reads: readonly RuleRead[]): DecidingRule | null {
  const applied = matched(reads);
  const read = applied.at(-1);
  if (read === undefined) return null;
  const way = applied.findLast(({ result }) => elementOf(result) !== null);
  const element = way === undefined ? null : elementOf(way.result);
  const isItsOwn = way === read || (element?.target.kind === 'goto' && element.target.chain === read.chain);
  const said = isItsOwn ? element : null;
  return { read, element: said, service: serviceBehind(way !== undefined && said !== null ? [way, read] : [read]) };
}

function elementOf(result: RuleRead['result']): MapElement | null {
  return result.kind === 'matched' ? result.element : null;
}

/** The sorts of refusal that kube-proxy's rules know, whatever its mode. */
export type Refusal = 'no-endpoint' | 'no-local-endpoint' | 'source-range' | 'undefined-port' | 'other';

/** What the rule holds against the packet. */
export function refusalBy({ read, element, service }: DecidingRule): Refusal {
  const { rule } = read;
  if (IPVS_WALLS.includes(read.chain) && rule.target.kind === 'drop') return 'source-range';
  if (service !== null && isSourceWall(read, element)) return 'source-range';
  if (element !== null && service !== null) return element.target.kind === 'drop' ? 'no-local-endpoint' : 'no-endpoint';
  if (service !== null && rule.comment.endsWith('has no endpoints')) return 'no-endpoint';
  if (service !== null && rule.comment.endsWith('has no local endpoints')) return 'no-local-endpoint';
  return rule.target.kind === 'reject' && rule.matches.some(asksDestinationSet) ? 'undefined-port' : 'other';
}

/** IPVS mode: whoever is not in the sets of sources, and the node itself where they do not name it. */
const IPVS_WALLS: readonly string[] = ['KUBE-SOURCE-RANGES-FIREWALL', 'KUBE-IPVS-OUT-FILTER'];

/** A list of sources that is let through, or kube-proxy's chain behind that list. */
function isSourceWall({ chain, rule }: RuleRead, element: MapElement | null): boolean {
  if (chain === 'KUBE-PROXY-FIREWALL') return rule.target.kind === 'drop';
  return element !== null && rule.target.kind === 'drop' && rule.matches.some((match) => match.kind === 'source-among' && match.negated);
}

/** `ip daddr @cluster-ips`: an address of some Service, whatever the port. */
function asksDestinationSet(match: Match): boolean {
  return match.kind === 'set' && !match.negated && match.directions.length === 1 && match.directions[0] === 'dst';
}

/** The prefix of the Service range for which the packet was thrown away; null where the rule is another one. */
export function unownedRange({ read: { rule } }: DecidingRule, packet: Packet | undefined): string | null {
  if (packet === undefined || rule.target.kind !== 'drop') return null;
  const prefixes = rule.matches.flatMap((match) => (match.kind === 'destination-among' && !match.negated ? match.prefixes : []));
  const prefix = prefixes.find((one) => contains(one, packet.destination.ip));
  return prefix === undefined ? null : formatCidr(prefix);
}
