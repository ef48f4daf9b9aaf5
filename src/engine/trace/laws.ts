// The laws of a trace: what holds for every request in every world. Called wherever a test makes a trace.
// (The law that every step has a sentence in each language is checked where sentences are known, in `explain/`.)

import { apply } from '../linux/effect';
import type { World } from '../linux/kernel';
import { flowOf, type Packet, sameFlow, sameSocket } from '../net/packet';
import { hops } from './hops';
import type { Request } from './request';
import type { Step, Trace } from './step';
import { trace as traceAgain } from './trace';

export interface TracedRequest {
  readonly before: World;
  readonly request: Request;
  readonly trace: Trace;
  readonly after: World;
}

/** The laws that the trace breaks, each in a sentence for the developer; empty where all hold. */
export function brokenLaws(traced: TracedRequest): readonly string[] {
  return LAWS.flatMap((law) => law(traced));
}

/** Throws an Error that names every broken law. */
export function checkTrace(traced: TracedRequest): void {
  const broken = brokenLaws(traced);
  if (broken.length > 0) throw new Error(`the trace breaks its laws:\n${broken.join('\n')}`);
}

type Law = (traced: TracedRequest) => readonly string[];

const LAWS: readonly Law[] = [
  effectsExplainTheWorld,
  survivesJson,
  sameSeedSameBytes,
  whatLeavesEnters,
  whatIsUnwrappedWasWrapped,
  answerComesFromWhoWasAsked,
  endsWithItsOutcome,
  probabilitiesAreOfThisWorld,
  translationsShowOnThePacket,
];

function effectsExplainTheWorld({ before, trace, after }: TracedRequest): readonly string[] {
  const folded = trace.steps.flatMap((step) => step.effects).reduce(apply, before);
  return same(folded, after) ? [] : ['the effects of the steps do not lead from the world before to the world after'];
}

function survivesJson({ trace }: TracedRequest): readonly string[] {
  return JSON.stringify(JSON.parse(JSON.stringify(trace))) === JSON.stringify(trace) && !hasUndefined(trace)
    ? []
    : ['the trace does not survive JSON'];
}

function hasUndefined(value: unknown): boolean {
  if (value === undefined || typeof value === 'function' || typeof value === 'bigint') return true;
  if (value === null || typeof value !== 'object') return false;
  return Object.values(value).some(hasUndefined);
}

function sameSeedSameBytes({ before, request, trace }: TracedRequest): readonly string[] {
  return same(traceAgain(before, request).trace, trace) ? [] : ['the same world and request gave another trace'];
}

/** A packet changes inside a namespace, never on the wire. */
function whatLeavesEnters({ trace: { steps } }: TracedRequest): readonly string[] {
  const broken: string[] = [];
  const all = hops(steps);
  for (const [index, hop] of all.entries()) {
    const before = all[index - 1];
    if (before === undefined || before.at.exchange !== hop.at.exchange || before.at.direction !== hop.at.direction) continue;
    const [left, entered] = [packetAt(steps, before.last), packetAt(steps, hop.first)];
    if (left !== null && entered !== null && !sameFlow(left, entered) && !hasHook(steps[hop.first]))
      broken.push(`step ${hop.first}: another packet enters ${hop.at.netns} than left ${before.at.netns}`);
  }
  return broken;
}

/** A tunnel gives back the very packet that it was given. */
function whatIsUnwrappedWasWrapped({ trace: { steps } }: TracedRequest): readonly string[] {
  const broken: string[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'decapsulated') continue;
    const wrapped = steps.slice(0, index).findLast((one) => one.kind === 'encapsulated' && samePath(one, step));
    const payload = wrapped?.skb?.packet.payload;
    if (payload?.kind !== 'tunnel' || !same(payload.inner, step.skb?.packet)) broken.push(`step ${index} unwraps what was not wrapped`);
  }
  return broken;
}

function samePath(a: Step, b: Step): boolean {
  return a.at.exchange === b.at.exchange && a.at.direction === b.at.direction;
}

/** The first stop of a namespace may be one that rewrites: then the packet before it is not told by itself. */
function hasHook(step: Step | undefined): boolean {
  return step?.kind === 'hook-passed';
}

function packetAt(steps: readonly Step[], index: number): Packet | null {
  return steps[index]?.skb?.packet ?? null;
}

/** On a connection that stands, who opened it hears from the very address that it asked: NAT is undone. That holds for a client and for a
 *  proxy; where anybody was reached, or a proxy answered, the client's own connection stands. */
function answerComesFromWhoWasAsked({ trace: { steps, outcome } }: TracedRequest): readonly string[] {
  const stands = outcome.kind === 'delivered' || (outcome.kind === 'rejected' && outcome.reason === 'http-status');
  if (!stands) return [];
  const conversations = steps.filter(({ at }) => at.purpose !== 'dns').map(({ at }) => at.exchange);
  return [...new Set(conversations)].flatMap((exchange, index) => {
    const own = steps.filter(({ at }) => at.exchange === exchange);
    const question = own.find(({ kind, at }) => kind === 'sent' && at.direction === 'original')?.skb?.packet;
    const answer = own.findLast(({ kind }) => kind === 'received')?.skb?.packet;
    // A proxy may have asked in vain.
    if (answer === undefined && index > 0) return [];
    if (answer === undefined || question === undefined) return ['a connection that stands has no question or no answer'];
    if (index > 0 && !isAccepted(answer)) return [];
    const turned = sameSocket(answer.source, question.destination) && sameSocket(answer.destination, question.source);
    return turned ? [] : [`asked ${JSON.stringify(flowOf(question))}, answered ${JSON.stringify(flowOf(answer))}`];
  });
}

function isAccepted({ payload }: Packet): boolean {
  return payload.kind === 'segment' && payload.flags === 'SYN-ACK';
}

function endsWithItsOutcome({ trace: { steps, outcome } }: TracedRequest): readonly string[] {
  const last = steps.at(-1);
  const concludes = steps.filter((step) => step.kind === 'concluded').length;
  return last?.kind === 'concluded' && concludes === 1 && same(last.outcome, outcome)
    ? []
    : ['the last step does not agree with the outcome'];
}

/** The back ends have probabilities in (0, 1] that sum to 1 at most, and the one that was reached is among them. */
function probabilitiesAreOfThisWorld({ trace: { outcome, backends } }: TracedRequest): readonly string[] {
  const sum = backends.reduce((total, { probability }) => total + probability, 0);
  const broken: string[] = [];
  if (backends.some(({ probability }) => !(probability > 0 && probability <= 1)) || sum > 1 + 1e-9)
    broken.push(`probabilities sum to ${sum}`);
  if (outcome.kind === 'delivered' && !backends.some(({ address }) => sameSocket(address, outcome.backend)))
    broken.push('the back end that was reached is not among the possible ones');
  return broken;
}

/** What a hook says it rewrote is what the packet bears behind it. */
function translationsShowOnThePacket({ trace: { steps } }: TracedRequest): readonly string[] {
  return steps.flatMap((step, index) => {
    if (step.kind !== 'hook-passed' || step.skb === null) return [];
    const { packet } = step.skb;
    if (packet.payload.kind === 'icmp-error') return [];
    return step.translations.every(({ which, to }) => sameSocket(which === 'source' ? packet.source : packet.destination, to))
      ? []
      : [`step ${index} rewrote what the packet does not show`];
  });
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
