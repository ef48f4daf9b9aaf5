// A trace told: every step with its words in every language and its evidence. Sentences are made here, once, at the very end.

import type { Packet } from '../net/packet';
import { hops } from '../trace/hops';
import type { Trace } from '../trace/step';
import type { Around } from './around';
import { type AskedTarget, clientView } from './client-view';
import { detail } from './detail';
import { concludedFact } from './end-fact';
import { evidence } from './evidence';
import { fidelityOf } from './fidelity';
import type { Names } from './names';
import { proofs } from './proof';
import { stepFact } from './step-fact';
import { summary } from './summary';
import type { ToldStep, ToldTrace } from './told';
import { words } from './words';

/** `asked` is the target in the user's own words. */
export function tell(trace: Trace, names: Names, asked: AskedTarget | null = null): ToldTrace {
  const last = trace.steps.findLast((step) => step.kind === 'concluded');
  if (last === undefined) throw new Error('a trace ends with its conclusion');
  return {
    trace,
    hops: hops(trace.steps),
    steps: trace.steps.map((_, index) => tellStep({ names, trace, index })),
    summary: summary(concludedFact(last, { names, trace, index: trace.steps.length - 1 })),
    client: asked === null ? null : clientView(trace, asked),
    proofs: proofs({ names, trace, index: trace.steps.length - 1 }, trace.outcome),
    clientAddress: clientPacket(trace)?.source.ip ?? null,
  };
}

function tellStep(around: Around): ToldStep {
  const step = around.trace.steps[around.index];
  if (step === undefined) throw new RangeError(`the trace has no step ${around.index}`);
  const { title, sentence } = words(stepFact(step, around));
  const right = detail(step, clientPacket(around.trace)?.protocol);
  return { title, detail: { en: right, fr: right }, sentence, evidence: evidence(step), fidelity: fidelityOf(step) };
}

/** The request's packet as the client sent it; null where none left. */
function clientPacket({ steps }: Trace): Packet | null {
  const sent = steps.findLast((step) => step.kind === 'sent' && step.at.direction === 'original' && step.at.purpose === 'request');
  return sent?.skb?.packet ?? null;
}
