// How a request ended, in the client's eyes: which of the few sentences of the page fits.

import type { Outcome, Step } from '../../engine/trace/step';

export type Verdict = 'delivered' | 'by-proxy' | 'refused' | 'unreachable' | 'timeout' | 'unresolved';

export function verdictOf(outcome: Outcome, steps: readonly Step[]): Verdict {
  switch (outcome.kind) {
    case 'delivered':
      return 'delivered';
    case 'dropped':
      return 'timeout';
    case 'unresolved':
      return 'unresolved';
    case 'rejected':
      if (outcome.reason === 'http-status') return 'by-proxy';
      return answersNobody(steps) ? 'unreachable' : 'refused';
    default:
      return outcome satisfies never;
  }
}

/** Host and network unreachable are said by a router; all else means that the port is closed. */
function answersNobody(steps: readonly Step[]): boolean {
  return steps.some((step) => step.kind === 'rejected' && (step.with === 'host-unreachable' || step.with === 'net-unreachable'));
}
