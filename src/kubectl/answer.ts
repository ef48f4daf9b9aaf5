// What a command leaves behind, and the ways in which it refuses.

import type { ApiServer, SentRequest } from '../engine/index';

export interface Answer {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** The API server after the command, where it changed something or time went by; absent where all is as before. */
  readonly server?: ApiServer;
  /** The requests that the command sent, in order: their traces can be opened. */
  readonly sent?: readonly SentRequest[];
}

/** kubectl's own error, and lines below it. */
export function refused(text: string, ...below: readonly string[]): Answer {
  return { status: 1, out: '', err: [`error: ${text}`, ...below, ''].join('\n') };
}
