// What a command leaves behind, and the ways in which it refuses.

import type { ApiServer, ObjectRef, SentRequest } from '../engine/index';
import type { Place } from './shell/place';

export interface Answer {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** The API server after the command, where it changed something or time went by; absent where all is as before. */
  readonly server?: ApiServer;
  /** The namespace of the current context, where the command changed it. */
  readonly namespace?: string;
  /** The requests that the command sent, in order: their traces can be opened. */
  readonly sent?: readonly SentRequest[];
  /** The object that the page's editor opens at, and its text as the cluster has it: there is no other editor. */
  readonly edit?: { readonly object: ObjectRef; readonly text: string };
  /** One line that does today what this one once did. */
  readonly instead?: string | null;
  /** What a terminal shows, where that is not told by the two ways alone. */
  readonly screen?: string;
  /** A shell that was opened: what is typed next runs there. `removing`: the Pod that ends with it. */
  readonly opened?: { readonly place: Place; readonly removing: { readonly namespace: string; readonly name: string } | null };
}

/** kubectl's own error, and lines below it. */
export function refused(text: string, ...below: readonly string[]): Answer {
  return { status: 1, out: '', err: [`error: ${text}`, ...below, ''].join('\n') };
}

/** An error of kubectl's use, with the way to its help (UsageErrorf). */
export function misused(path: readonly string[], text: string): Answer {
  return refused(text, `See '${['kubectl', ...path].join(' ')} -h' for help and examples`);
}

/** Words that the command has no use for. */
export function unexpected({
  command,
  words,
}: {
  readonly command: { readonly path: readonly string[] };
  readonly words: readonly string[];
}): Answer {
  return misused(command.path, `Unexpected args: [${words.join(' ')}]`);
}

/** Nothing is wrong with the command; a machine would be needed that is not here. */
export function notSimulated(what: string): Answer {
  return { status: 2, out: '', err: `${what} is not simulated\n` };
}

export function printed(out: string, err = ''): Answer {
  return { status: 0, out, err };
}
