// How a journey ended, in two words.

import type { Outcome } from '../../engine/trace/step';
import type { Messages } from '../../i18n/messages';

export function ending(outcome: Outcome, text: Messages): string {
  switch (outcome.kind) {
    case 'delivered':
      return text.answered;
    case 'rejected':
      return outcome.reason === 'http-status' ? `HTTP ${outcome.status}` : text.refused;
    case 'dropped':
      return text.lost;
    case 'unresolved':
      return text.unresolved;
    default:
      return outcome satisfies never;
  }
}
