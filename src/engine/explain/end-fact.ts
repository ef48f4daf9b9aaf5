// What there is to say where a packet ends, and of what the client's program sees in the end.

import type { RuleRead } from '../linux/chain-walk';
import type { Hook } from '../linux/netfilter';
import type { SocketAddress } from '../net/packet';
import { unreachable } from '../net/unreachable';
import type { DropReason, Outcome, ProxyAnswer, RejectReason, Step, StepOf } from '../trace/step';
import {
  type Address,
  type Around,
  addressOf,
  bareAddress,
  earlierInExchange,
  labelOf,
  matched,
  objectBehind,
  ownerLabel,
  type Spot,
  serviceBehind,
  spotOf,
} from './around';
import { type DecidingRule, decidingRule, refusalBy, unownedRange } from './deciding-rule';
import { proxyOf } from './http-fact';
import { shown } from './name-fact';
import { type PolicyDrop, policyDrop } from './policy-fact';
import { prefixText } from './way-fact';

interface Ending {
  readonly here: Spot;
  /** It is an answer that ends here. */
  readonly reply: boolean;
  readonly hook: Hook | null;
  readonly source: Address;
  readonly destination: Address;
}

interface AtRule extends Ending {
  /** The text of the rule's comment; empty where it has none. */
  readonly comment: string;
  readonly chain: string;
  readonly service: string | null;
}

export type EndFact =
  | (Ending & PolicyDrop & { readonly code: 'dropped-by-network-policy' })
  | (AtRule & { readonly code: 'dropped-invalid' | 'dropped-no-local-endpoint' | 'dropped-by-source-range' | 'dropped-by-rule' })
  | (Ending & {
      readonly code:
        | 'dropped-by-policy'
        | 'dropped-not-forwarding'
        | 'dropped-ttl'
        | 'dropped-not-ours'
        | 'dropped-martian'
        | 'dropped-unknown-host'
        | 'dropped-no-forwarding-entry'
        | 'dropped-tunnel-unreachable'
        | 'dropped-no-such-tunnel'
        | 'dropped-application-silent'
        | 'dropped-no-hairpin';
    })
  | (Ending & { readonly code: 'dropped-service-port' | 'dropped-service-ping'; readonly service: string })
  | (Ending & { readonly code: 'dropped-blackhole' | 'dropped-unowned-service-address'; readonly prefix: string })
  /** `mode`: of kube-proxy, as its users call it. */
  | (Ending & { readonly code: 'rejected-service-port' | 'rejected-service-ping'; readonly service: string; readonly mode: string })
  | (Ending & { readonly code: 'rejected-virtual-address-ping'; readonly service: string; readonly chain: string })
  | (AtRule & { readonly code: 'rejected-no-endpoint'; readonly selector: string | null })
  | (Ending & { readonly code: 'rejected-no-real-server'; readonly service: string | null })
  | (AtRule & { readonly code: 'rejected-by-rule' })
  | (Ending & {
      readonly code: 'rejected-closed-port';
      readonly port: number;
      readonly protocol: string;
      readonly listening: readonly string[];
    })
  | (Ending & {
      readonly code: 'rejected-wrong-target-port';
      readonly port: number;
      readonly protocol: string;
      readonly listening: readonly string[];
      readonly service: string;
    })
  | (Ending & { readonly code: 'rejected-no-route' | 'rejected-ttl' })
  | (Ending & { readonly code: 'rejected-by-route'; readonly prefix: string })
  | (Ending & { readonly code: 'rejected-no-neighbour'; readonly device: string })
  | ConclusionFact;

/** Whether the client called the back end itself, rather than an address that rules replaced: a Service's, or a port of a node. */
export function calledItself({ service, asked, backend }: ConclusionFact & { readonly code: 'ends-answered' }): boolean {
  return service === null && (asked === null || asked.ip === backend.ip);
}

interface Concluding {
  readonly by: string;
  /** What the client asked for, as it sent it. */
  readonly asked: Address | null;
  readonly service: string | null;
}

export type ConclusionFact =
  | (Concluding & {
      readonly code: 'ends-answered';
      readonly backend: Address;
      readonly owner: string;
      readonly masqueraded: boolean;
      readonly seenSource: Address;
      readonly status: number | null;
    })
  /** A proxy has asked in the client's place. */
  | (Concluding & {
      readonly code: 'ends-proxied';
      readonly proxy: string;
      readonly backend: Address;
      readonly owner: string;
      readonly status: number | null;
    })
  | (Concluding & {
      readonly code: 'ends-with-status';
      readonly proxy: string;
      readonly status: number;
      readonly why: ProxyAnswer;
      readonly destination: Address;
    })
  | (Concluding & { readonly code: 'ends-refused'; readonly reason: RejectReason; readonly destination: Address; readonly where: Spot })
  | (Concluding & {
      readonly code: 'ends-in-silence' | 'ends-without-answer';
      /** Of rules, those that were written for a NetworkPolicy are told apart. */
      readonly reason: DropReason | 'network-policy';
      readonly destination: Address;
      readonly where: Spot;
    })
  | (Concluding & { readonly code: 'ends-unknown-name' | 'ends-name-without-address' | 'ends-name-failed'; readonly name: string });

function endingOf({ at, skb }: Step, hook: Hook | null, around: Around): Ending {
  return {
    here: spotOf(around, at.netns),
    reply: at.direction === 'reply',
    hook,
    source: skb === null ? bareAddress(around, '') : addressOf(around, skb.packet.source, skb.packet.protocol),
    destination: skb === null ? bareAddress(around, '') : addressOf(around, skb.packet.destination, skb.packet.protocol),
  };
}

export function droppedFact(step: StepOf<'dropped'>, around: Around): EndFact {
  const told = endingOf(step, step.hook, around);
  switch (step.reason) {
    case 'rule':
      return droppedByRule(step, told, around);
    case 'policy':
      return { code: 'dropped-by-policy', ...told };
    case 'blackhole':
      return { code: 'dropped-blackhole', ...told, prefix: step.route === null ? told.destination.ip : prefixText(step.route) };
    case 'no-such-host':
      return told.destination.owner?.kind === 'Service'
        ? {
            code: told.destination.port === 0 ? 'dropped-service-ping' : 'dropped-service-port',
            ...told,
            service: told.destination.owner.label,
          }
        : { code: 'dropped-unknown-host', ...told };
    case 'ttl-expired':
      return { code: 'dropped-ttl', ...told };
    case 'not-forwarding':
      return { code: 'dropped-not-forwarding', ...told };
    case 'not-ours':
      return { code: 'dropped-not-ours', ...told };
    case 'martian-source':
      return { code: 'dropped-martian', ...told };
    case 'no-forwarding-entry':
      return { code: 'dropped-no-forwarding-entry', ...told };
    case 'tunnel-unreachable':
      return { code: 'dropped-tunnel-unreachable', ...told };
    case 'no-such-tunnel':
      return { code: 'dropped-no-such-tunnel', ...told };
    case 'application-silent':
      return { code: 'dropped-application-silent', ...told };
    case 'no-hairpin':
      return { code: 'dropped-no-hairpin', ...told };
    default:
      return unreachable(step.reason);
  }
}

function atRule(deciding: DecidingRule | null, told: Ending, around: Around): AtRule {
  const service = deciding?.service ?? null;
  return {
    ...told,
    comment: deciding?.element?.comment || (deciding?.read.rule.comment ?? ''),
    chain: deciding?.read.chain ?? '',
    service: service === null ? null : labelOf(around, service),
  };
}

function droppedByRule({ reads, skb }: StepOf<'dropped'>, told: Ending, around: Around): EndFact {
  const policed = skb === null ? null : policyDrop(reads, skb.packet, around);
  if (policed !== null) return { code: 'dropped-by-network-policy', ...told, ...policed };
  const deciding = decidingRule(reads);
  const at = atRule(deciding, told, around);
  const states = deciding?.read.rule.matches.flatMap((match) => (match.kind === 'connection-state' && !match.negated ? match.states : []));
  if (states?.includes('INVALID')) return { code: 'dropped-invalid', ...at };
  const refusal = deciding === null ? 'other' : refusalBy(deciding);
  if (refusal === 'no-local-endpoint') return { code: 'dropped-no-local-endpoint', ...at };
  if (refusal === 'source-range') return { code: 'dropped-by-source-range', ...at, service: at.service ?? ownerService(told) };
  const prefix = deciding === null ? null : unownedRange(deciding, skb?.packet);
  return prefix === null ? { code: 'dropped-by-rule', ...at } : { code: 'dropped-unowned-service-address', ...told, prefix };
}

function ownerService({ destination: { owner } }: Ending): string | null {
  return owner?.kind === 'Service' ? owner.label : null;
}

export function rejectedFact(step: StepOf<'rejected'>, around: Around): EndFact {
  const told = endingOf(step, step.hook, around);
  switch (step.reason) {
    case 'rule':
      return rejectedByRule(step.reads, told, around);
    case 'no-real-server': {
      const ref = step.scheduled === undefined ? null : objectBehind(step.scheduled.server.provenance);
      return { code: 'rejected-no-real-server', ...told, service: ref === null ? null : labelOf(around, ref) };
    }
    case 'no-socket':
      return closedPort(step, told, around);
    case 'unreachable-route':
      return step.route === null
        ? { code: 'rejected-no-route', ...told }
        : { code: 'rejected-by-route', ...told, prefix: prefixText(step.route) };
    case 'ttl-expired':
      return { code: 'rejected-ttl', ...told };
    case 'no-neighbour':
      return { code: 'rejected-no-neighbour', ...told, device: step.skb?.output ?? '' };
    default:
      return unreachable(step.reason);
  }
}

function rejectedByRule(reads: readonly RuleRead[], told: Ending, around: Around): EndFact {
  const deciding = decidingRule(reads);
  const at = atRule(deciding, told, around);
  const refusal = deciding === null ? 'other' : refusalBy(deciding);
  const { owner, port } = told.destination;
  if (refusal === 'undefined-port' && owner?.kind === 'Service') {
    const mode = deciding?.read.tool === 'nft' ? 'nftables' : 'IPVS';
    if (port === 0 && mode === 'IPVS') return { code: 'rejected-virtual-address-ping', ...at, service: owner.label };
    return { code: port === 0 ? 'rejected-service-ping' : 'rejected-service-port', ...told, service: owner.label, mode };
  }
  if (refusal !== 'no-endpoint') return { code: 'rejected-by-rule', ...at };
  const ref = deciding?.service ?? null;
  return {
    code: 'rejected-no-endpoint',
    ...at,
    selector: ref === null ? null : (around.names.selectors[`${ref.namespace}/${ref.name}`] ?? null),
  };
}

function closedPort(step: StepOf<'rejected'>, told: Ending, around: Around): EndFact {
  const packet = step.skb?.packet;
  const listening = around.names.listening[step.at.netns.replace(/^pod\//, '')] ?? [];
  const common = { ...told, port: packet?.destination.port ?? 0, protocol: packet?.protocol ?? '', listening };
  const service = chosenService(around);
  return service === null ? { code: 'rejected-closed-port', ...common } : { code: 'rejected-wrong-target-port', ...common, service };
}

/** The Service whose rule sent the packet to where it is. */
function chosenService(around: Around): string | null {
  for (const step of earlierInExchange(around)) {
    if (step.kind !== 'hook-passed' || !step.translations.some(({ which, by }) => which === 'destination' && by !== 'connection')) continue;
    const server = step.scheduled?.server.provenance;
    const ref = server === undefined ? serviceBehind(matched(step.reads)) : objectBehind(server);
    if (ref !== null) return labelOf(around, ref);
  }
  return null;
}

export function concludedFact(step: StepOf<'concluded'>, around: Around): ConclusionFact {
  const sent = around.trace.steps.findLast(
    (one) => one.kind === 'sent' && one.at.purpose === 'request' && one.at.direction === 'original',
  )?.skb;
  const asked = sent === undefined || sent === null ? null : addressOf(around, sent.packet.destination, sent.packet.protocol);
  const service = chosenService(around) ?? (asked?.owner?.kind === 'Service' ? asked.owner.label : null);
  const address = (end: SocketAddress): Address => addressOf(around, end, sent?.packet.protocol);
  return concluding(step.outcome, { by: ownerLabel(around, step.by), asked, service }, { around, address });
}

function concluding(
  outcome: Outcome,
  told: Concluding,
  { around, address }: { readonly around: Around; readonly address: (end: SocketAddress) => Address },
): ConclusionFact {
  switch (outcome.kind) {
    case 'delivered': {
      const { status } = outcome;
      if (outcome.masqueraded === null) {
        const proxy = ownerLabel(around, proxyOf(around)?.owner ?? '');
        return {
          code: 'ends-proxied',
          ...told,
          proxy,
          status,
          backend: address(outcome.backend),
          owner: ownerLabel(around, outcome.owner),
        };
      }
      const seenSource = address(outcome.seenSource);
      // In IPVS mode a node calls from the virtual address itself, and is given its own again.
      const isOwn = seenSource.owner?.kind === 'Node' && seenSource.owner.label === told.by;
      return {
        code: 'ends-answered',
        ...told,
        masqueraded: outcome.masqueraded && !isOwn,
        status,
        backend: address(outcome.backend),
        owner: ownerLabel(around, outcome.owner),
        seenSource,
      };
    }
    case 'rejected':
      if (outcome.reason === 'http-status') {
        const { status, why } = outcome;
        const proxy = ownerLabel(around, proxyOf(around)?.owner ?? '');
        return { code: 'ends-with-status', ...told, proxy, status, why, destination: address(outcome.destination) };
      }
      return {
        code: 'ends-refused',
        ...told,
        reason: outcome.reason,
        destination: address(outcome.destination),
        where: spotOf(around, outcome.netns),
      };
    case 'dropped':
      return {
        code: outcome.replyLost ? 'ends-without-answer' : 'ends-in-silence',
        ...told,
        reason: outcome.reason === 'rule' && endedByPolicy(around) ? 'network-policy' : outcome.reason,
        destination: address(outcome.destination),
        where: spotOf(around, outcome.netns),
      };
    case 'unresolved':
      return { code: unresolvedCode(outcome.rcode), ...told, name: shown(outcome.name) };
    default:
      return unreachable(outcome);
  }
}

function endedByPolicy(around: Around): boolean {
  const last = around.trace.steps.findLast((step) => step.kind === 'dropped' && step.at.purpose === 'request');
  return last?.kind === 'dropped' && last.skb !== null && policyDrop(last.reads, last.skb.packet, around) !== null;
}

function unresolvedCode(rcode: string): 'ends-unknown-name' | 'ends-name-without-address' | 'ends-name-failed' {
  if (rcode === 'NXDOMAIN') return 'ends-unknown-name';
  return rcode === 'NOERROR' ? 'ends-name-without-address' : 'ends-name-failed';
}
