// How faithful each part of the simulation is, as data: the page shows it with each step, and FIDELITY.md is written from it.
// `compiled`: the text or the records that the real program would write. `modelled`: the behaviour, made simpler where it says so.
// `left-out`: not simulated; a request that needs it is not answered truthfully, so it is named.

import { unreachable } from '../net/unreachable';
import type { RuleRead, Step } from '../trace/step';
import type { Told } from './language';

/** In falling order of faithfulness; the head of this file says what each promises. */
export type FidelityLevel = 'compiled' | 'modelled' | 'left-out';

/** How one part stands to what it simulates. */
export interface Fidelity {
  readonly level: FidelityLevel;
  readonly subject: Told;
  /** The program and the place in its source, or the document, that it follows. */
  readonly source: string;
  /** What is simpler than in life; null where nothing that a packet could notice is. */
  readonly simplified: Told | null;
}

/** The parts. */
export type FidelityId =
  | 'kube-proxy-iptables'
  | 'kube-proxy-nftables'
  | 'kube-proxy-ipvs'
  | 'calico-policy'
  | 'kindnet-policy'
  | 'outgoing-nat'
  | 'host-ports'
  | 'routes'
  | 'tunnels'
  | 'netfilter'
  | 'devices'
  | 'coredns'
  | 'resolver'
  | 'ingress-nginx'
  | 'balancer'
  | 'programs'
  | 'client'
  | PartOfLife;

/** Parts of a cluster over time: no step of a request speaks of them, a line of the history does. */
export type PartOfLife = 'controllers' | 'api-server' | 'scheduler' | 'kubelet' | 'watchers' | 'shell' | 'lost-nodes';

/** The part of the simulation that speaks in the step. */
export function fidelityOf(step: Step): FidelityId {
  switch (step.kind) {
    case 'name-in-hosts':
    case 'search-planned':
    case 'name-settled':
      return 'resolver';
    case 'name-answered':
      return 'coredns';
    case 'sent':
    case 'received':
    case 'delivered':
    case 'application-answered':
      return 'programs';
    case 'http-routed':
    case 'proxy-answered':
      return 'ingress-nginx';
    case 'bridged':
    case 'device-entered':
    case 'device-left':
      return 'devices';
    case 'encapsulated':
    case 'decapsulated':
      return 'tunnels';
    case 'hook-passed':
      return step.scheduled === null ? ofRules(step.reads) : 'kube-proxy-ipvs';
    case 'route-chosen':
      return step.route.nextHop.kind === 'multipath' ? 'balancer' : 'routes';
    case 'dropped':
    case 'rejected':
      return step.hook === null ? 'routes' : ofRules(step.reads);
    case 'concluded':
      return 'client';
    default:
      return unreachable(step);
  }
}

/** Whose rules decided: those of the last chain that a packet matched in. */
function ofRules(reads: readonly RuleRead[]): FidelityId {
  const decided = reads.findLast(({ result, chain }) => result.kind === 'matched' && !BUILT_IN.includes(chain)) ?? reads.at(-1);
  if (decided === undefined) return 'netfilter';
  if (decided.tool === 'nft') return decided.table === 'kube-proxy' ? 'kube-proxy-nftables' : 'kindnet-policy';
  if (reads.some(asksServiceSet)) return 'kube-proxy-ipvs';
  return WRITERS.find(([prefix]) => decided.chain.startsWith(prefix))?.[1] ?? 'netfilter';
}

/** Only IPVS mode keeps Services in ipsets. */
function asksServiceSet({ rule }: RuleRead): boolean {
  return rule.matches.some((match) => match.kind === 'set' && match.set.startsWith('KUBE-'));
}

const BUILT_IN: readonly string[] = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];

const WRITERS: readonly (readonly [prefix: string, by: FidelityId])[] = [
  ['KUBE-', 'kube-proxy-iptables'],
  ['cali-nat', 'outgoing-nat'],
  ['cali-POSTROUTING', 'outgoing-nat'],
  ['cali-', 'calico-policy'],
  ['FLANNEL-', 'outgoing-nat'],
  ['KIND-MASQ', 'outgoing-nat'],
  ['CNI-HOSTPORT', 'host-ports'],
  ['CNI-DN-', 'host-ports'],
  ['CNI-', 'outgoing-nat'],
];
