// What there is to say of a hook that let the packet pass: what was rewritten and why, or why nothing was.

import type { ObjectRef } from '../kube/ref';
import type { RuleRead } from '../linux/chain-walk';
import type { Hook } from '../linux/netfilter';
import type { Skb } from '../linux/skb';
import { unreachable } from '../net/unreachable';
import type { StepOf, Translation } from '../trace/step';
import { type Address, type Around, addressOf, labelOf, matched, objectBehind, type Spot, serviceBehind, spotOf } from './around';
import { earlierMarkReason, MASQUERADE_MARK, type MarkReason, markReason } from './mark-reason';
import { acceptsForPolicies, type PolicyLeave, policyLeaves } from './policy-fact';

interface AtHook {
  readonly hook: Hook;
  readonly here: Spot;
  /** As the packet comes out of the hook. */
  readonly source: Address;
  readonly destination: Address;
  readonly rulesRead: number;
}

interface Rewritten extends AtHook {
  readonly from: Address;
  readonly to: Address;
}

/** How the back end was found. */
export type Choice =
  | { readonly kind: 'only' }
  | { readonly kind: 'drawn'; readonly among: number }
  | { readonly kind: 'remembered'; readonly seconds: number };

/** Why a source was replaced: a mark of kube-proxy's, or a rule of others. */
export type MasqueradeReason =
  | MarkReason
  | { readonly kind: 'virtual-source' }
  | { readonly kind: 'outgoing' }
  | { readonly kind: 'tunnel'; readonly device: string }
  | { readonly kind: 'unknown' };

export type HookFact =
  /** `from` belongs to a Service alone, to the node (a node port), or to nobody here (an external address). */
  | (Rewritten & {
      readonly code: 'service-address-replaced' | 'node-port-replaced' | 'external-address-replaced';
      readonly service: string | null;
      readonly choice: Choice;
      readonly marked: MarkReason | null;
    })
  | (Rewritten & { readonly code: 'host-port-replaced'; readonly pod: string })
  | (Rewritten & { readonly code: 'rewritten-by-connection'; readonly which: Translation['which'] })
  | (Rewritten & { readonly code: 'answer-restored' | 'answer-readdressed' })
  | (Rewritten & { readonly code: 'source-masqueraded' | 'source-masqueraded-in-place'; readonly why: MasqueradeReason })
  | (Rewritten & { readonly code: 'source-port-moved' })
  | (AtHook & { readonly code: 'untracked' | 'error-untracked' })
  | (AtHook & { readonly code: 'connection-known' })
  | (AtHook & { readonly code: 'answer-recognised' | 'answer-let-through' | 'answer-unchanged' | 'error-recognised' })
  | (AtHook & { readonly code: 'service-without-rule' | 'service-has-no-ping'; readonly service: string })
  | (AtHook & { readonly code: 'destination-kept' })
  | (AtHook & { readonly code: 'accepted-by-network-policy'; readonly leaves: readonly PolicyLeave[] })
  | (AtHook & { readonly code: 'accepted-unpoliced' })
  | (AtHook & {
      readonly code: 'accepted-by-mark' | 'accepted-by-state' | 'accepted-by-rule' | 'accepted-by-default';
      readonly chain: string;
    })
  | (AtHook & { readonly code: 'source-kept' });

export function hookFact(step: StepOf<'hook-passed'>, around: Around): HookFact {
  const { skb, hook, at, rulesRead } = step;
  if (skb === null) throw new Error(`a hook without a packet at ${at.netns}`);
  const base: AtHook = {
    hook,
    here: spotOf(around, at.netns),
    source: addressOf(around, skb.packet.source, skb.packet.protocol),
    destination: addressOf(around, skb.packet.destination, skb.packet.protocol),
    rulesRead,
  };
  const [translation] = step.translations;
  if (translation !== undefined) return rewritten(step, translation, { base, around });
  if (step.connectionState === null || step.connectionState === 'INVALID')
    return { code: isError(skb) ? 'error-untracked' : 'untracked', ...base };
  if (at.direction === 'reply') return { code: answerCode(step), ...base };
  const leaves = policyLeaves(step.reads, around);
  if (leaves.length > 0) return { code: 'accepted-by-network-policy', ...base, leaves };
  return untouched(step, skb, { base, around });
}

function isError({ packet }: Skb): boolean {
  return packet.payload.kind === 'icmp-error';
}

// Something was rewritten.

function rewritten(
  step: StepOf<'hook-passed'>,
  translation: Translation,
  { base, around }: { readonly base: AtHook; readonly around: Around },
): HookFact {
  const { which, by } = translation;
  const { skb } = step;
  const told: Rewritten = {
    ...base,
    from: addressOf(around, translation.from, skb?.packet.protocol),
    to: addressOf(around, translation.to, skb?.packet.protocol),
  };
  if (step.at.direction === 'reply') return { code: which === 'source' ? 'answer-restored' : 'answer-readdressed', ...told };
  if (by === 'connection') return { code: 'rewritten-by-connection', ...told, which };
  if (which === 'source') return sourceReplaced(step, told, around);
  const applied = matched(step.reads);
  const pod = podBehind(applied);
  if (pod !== null) return { code: 'host-port-replaced', ...told, pod: labelOf(around, pod) };
  const service = serviceBehind(applied);
  const named = service === null ? (told.from.owner?.kind === 'Service' ? told.from.owner.label : null) : labelOf(around, service);
  return { code: replacedCode(told), ...told, service: named, choice: choiceOf(step.reads), marked: markReason(step.reads) };
}

/** The Pod whose hostPort the deciding rule was written for. */
function podBehind(applied: readonly RuleRead[]): ObjectRef | null {
  const dnat = applied.findLast(({ rule }) => rule.target.kind === 'dnat');
  const ref = dnat === undefined ? null : objectBehind(dnat.rule.provenance);
  return ref?.kind === 'Pod' ? ref : null;
}

function replacedCode({ from }: Rewritten): 'service-address-replaced' | 'node-port-replaced' | 'external-address-replaced' {
  if (from.owner?.kind === 'Service') return 'service-address-replaced';
  return from.owner?.kind === 'Node' || from.ip.startsWith('127.') ? 'node-port-replaced' : 'external-address-replaced';
}

/** The choice was made in the chain that led to the DNAT rule. */
function choiceOf(reads: readonly RuleRead[]): Choice {
  const applied = matched(reads);
  const dnat = applied.findLast(({ rule }) => rule.target.kind === 'dnat');
  const jump = dnat === undefined ? undefined : applied.findLast((read) => leadsTo(targetOf(read), dnat.chain));
  if (jump === undefined) return { kind: 'only' };
  const { target } = jump.rule;
  if (target.kind === 'numbered') return target.elements.length === 1 ? { kind: 'only' } : { kind: 'drawn', among: target.elements.length };
  const seen = jump.rule.matches.find((match) => match.kind === 'recent-check');
  if (seen?.kind === 'recent-check') return { kind: 'remembered', seconds: seen.seconds };
  const taken = isDrawn(jump) ? jump.chain : reads.find((read) => read.chain === jump.chain && isDrawn(read))?.chain;
  if (taken === undefined) return { kind: 'only' };
  const ways = reads.filter((read) => read.chain === taken && (isDrawn(read) || read === jump || read.result.kind === 'unread'));
  return { kind: 'drawn', among: ways.length };
}

/** What the rule did; an entry of a map may say it. */
function targetOf({ rule, result }: RuleRead): RuleRead['rule']['target'] {
  return result.kind === 'matched' && result.element !== null ? result.element.target : rule.target;
}

function leadsTo(target: RuleRead['rule']['target'], chain: string): boolean {
  return (target.kind === 'jump' || target.kind === 'goto') && target.chain === chain;
}

function isDrawn({ rule }: RuleRead): boolean {
  return rule.matches.some((match) => match.kind === 'statistic');
}

function sourceReplaced(step: StepOf<'hook-passed'>, told: Rewritten, around: Around): HookFact {
  const masquerade = matched(step.reads).find(({ rule }) => rule.target.kind === 'masquerade');
  if (masquerade === undefined) return { code: 'source-port-moved', ...told };
  // KUBE-LOOP-BACK: the packet's source is the very back end that it goes to.
  const toItself = masquerade.rule.matches.some((match) => match.kind === 'set' && match.directions.length === 3);
  const why: MasqueradeReason = toItself ? { kind: 'hairpin' } : masqueradeReason(step, told, around);
  return { code: told.from.ip === told.to.ip ? 'source-masqueraded-in-place' : 'source-masqueraded', ...told, why };
}

function masqueradeReason(step: StepOf<'hook-passed'>, told: Rewritten, around: Around): MasqueradeReason {
  if (told.from.owner?.kind === 'Service') return { kind: 'virtual-source' };
  if ((step.markBefore & MASQUERADE_MARK) === 0) return networkReason(step, told, around);
  return earlierMarkReason(around, step.at.netns) ?? { kind: 'unknown' };
}

/** A rule of the Pod network's own: for what a Pod sends outside, and for what others send through a tunnel. */
function networkReason(step: StepOf<'hook-passed'>, { from }: Rewritten, { trace, index }: Around): MasqueradeReason {
  if (from.owner?.kind === 'Pod' || step.reads.some((read) => byPool(read))) return { kind: 'outgoing' };
  const wrapped = trace.steps[index + 1]?.kind === 'encapsulated';
  return wrapped ? { kind: 'tunnel', device: step.skb?.output ?? '' } : { kind: 'unknown' };
}

/** Calico asks for its pools by a set. */
function byPool({ rule, result }: RuleRead): boolean {
  return result.kind === 'matched' && rule.target.kind === 'masquerade' && rule.matches.some(({ kind }) => kind === 'set');
}

// Nothing was rewritten.

function answerCode({
  hook,
  connectionState,
}: StepOf<'hook-passed'>): 'answer-recognised' | 'answer-let-through' | 'answer-unchanged' | 'error-recognised' {
  switch (hook) {
    case 'PREROUTING':
    case 'OUTPUT':
      return connectionState === 'RELATED' ? 'error-recognised' : 'answer-recognised';
    case 'FORWARD':
    case 'INPUT':
      return 'answer-let-through';
    case 'POSTROUTING':
      return 'answer-unchanged';
    default:
      return unreachable(hook);
  }
}

function untouched(step: StepOf<'hook-passed'>, skb: Skb, { base, around }: { readonly base: AtHook; readonly around: Around }): HookFact {
  switch (step.hook) {
    case 'PREROUTING':
    case 'OUTPUT':
      if (isKnown(step, skb, around)) return { code: 'connection-known', ...base };
      return base.destination.owner?.kind === 'Service'
        ? {
            code: base.destination.port === 0 ? 'service-has-no-ping' : 'service-without-rule',
            ...base,
            service: base.destination.owner.label,
          }
        : { code: 'destination-kept', ...base };
    case 'FORWARD':
    case 'INPUT':
      return accepted(step, base);
    case 'POSTROUTING':
      return isKnown(step, skb, around) ? { code: 'connection-known', ...base } : { code: 'source-kept', ...base };
    default:
      return unreachable(step.hook);
  }
}

/** Whether the connection was in the table before this step: then table nat is not read. */
function isKnown(step: StepOf<'hook-passed'>, { connection }: Skb, { trace, index }: Around): boolean {
  if (step.connectionState === 'ESTABLISHED') return true;
  return trace.steps
    .slice(0, index)
    .flatMap(({ effects }) => effects)
    .some((effect) => effect.kind === 'connection-added' && effect.netns === step.at.netns && effect.connection.id === connection?.id);
}

function accepted(step: StepOf<'hook-passed'>, base: AtHook): HookFact {
  const rule = matched(step.reads).findLast(({ rule: { target } }) => target.kind === 'accept');
  if (rule === undefined) return { code: 'accepted-by-default', ...base, chain: step.hook };
  if (acceptsForPolicies(rule)) return { code: 'accepted-unpoliced', ...base };
  const kinds = rule.rule.matches.map(({ kind }) => kind);
  if (kinds.includes('mark')) return { code: 'accepted-by-mark', ...base, chain: rule.chain };
  return { code: kinds.includes('connection-state') ? 'accepted-by-state' : 'accepted-by-rule', ...base, chain: rule.chain };
}
