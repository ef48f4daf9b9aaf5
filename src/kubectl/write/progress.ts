// What a command that changes something has done so far: the API server after it, what it printed, and what went wrong. Commands for
// several objects go on after a failure and tell all of them at the end (CheckErr of kubectl's cmd/util/helpers.go).

import type { ApiServer } from '../../engine/index';
import type { Answer } from '../answer';

export type Failure =
  /** kubectl's own: `error: text`. */
  | { readonly kind: 'client'; readonly text: string }
  /** The API server's: `Error from server (NotFound): text`. */
  | { readonly kind: 'server'; readonly reason: string; readonly text: string }
  /** The object is refused (422). */
  | { readonly kind: 'invalid'; readonly object: InvalidObject; readonly causes: readonly string[] }
  /** In words that stand alone, without any prefix. */
  | { readonly kind: 'plain'; readonly text: string }
  /** Something that the playground does not have. */
  | { readonly kind: 'not-simulated'; readonly text: string };

interface InvalidObject {
  /** `Deployment`, with `.apps` where it is named in full. */
  readonly kind: string;
  readonly group: string;
  readonly name: string;
}

export interface Progress {
  readonly server: ApiServer;
  readonly isChanged: boolean;
  readonly out: string;
  readonly err: string;
  readonly failures: readonly Failure[];
}

export function begun(server: ApiServer): Progress {
  return { server, isChanged: false, out: '', err: '', failures: [] };
}

export function client(text: string): Failure {
  return { kind: 'client', text };
}

export function isFailure(value: object): value is Failure {
  return 'kind' in value && ['client', 'server', 'invalid', 'plain', 'not-simulated'].includes(String(value.kind)) && !('objects' in value);
}

export function said(progress: Progress, line: string): Progress {
  return wrote(progress, `${line}\n`);
}

export function wrote(progress: Progress, text: string): Progress {
  return { ...progress, out: progress.out + text };
}

/** A line on standard error that stops nothing. */
export function warned(progress: Progress, line: string): Progress {
  return { ...progress, err: `${progress.err}${line}\n` };
}

export function failed(progress: Progress, ...failures: readonly Failure[]): Progress {
  return { ...progress, failures: [...progress.failures, ...failures] };
}

export function onServer(progress: Progress, server: ApiServer): Progress {
  return server === progress.server ? progress : { ...progress, server, isChanged: true };
}

/** What the command leaves behind. */
export function answered({ server, isChanged, out, err, failures }: Progress): Answer {
  const [only] = failures;
  const told = failures.length === 1 && only !== undefined ? alone(only) : failures.map((one) => `${amongOthers(one)}\n`).join('');
  const status = failures.length === 0 ? 0 : failures.some(({ kind }) => kind === 'not-simulated') ? 2 : 1;
  return { status, out, err: err + told, ...(isChanged ? { server } : {}) };
}

/** Alone, and first of all: nothing was done. */
export function refusedBy(server: ApiServer, ...failures: readonly Failure[]): Answer {
  return answered(failed(begun(server), ...failures));
}

function alone(failure: Failure): string {
  switch (failure.kind) {
    case 'client':
      return `${failure.text.startsWith('error: ') ? '' : 'error: '}${failure.text}\n`;
    case 'server':
      return `Error from server (${failure.reason}): ${failure.text}\n`;
    case 'invalid':
      return invalidText(failure.object, failure.causes);
    case 'plain':
    case 'not-simulated':
      return `${failure.text}\n`;
    default:
      return failure satisfies never;
  }
}

/** `The Pod "x" is invalid: cause`, or the causes in lines of their own; a cause that is told twice is told once. */
function invalidText({ kind, name }: InvalidObject, causes: readonly string[]): string {
  const different = [...new Set(causes)];
  const head = `The ${kind} "${name}" is invalid: `;
  if (different.length === 1) return `${head}${different.join('')}\n`;
  return `${head}\n${different.map((cause) => `* ${cause}\n`).join('')}`;
}

/** Among several, without kubectl's own prefix (MultipleErrors). */
function amongOthers(failure: Failure): string {
  if (failure.kind === 'client' || failure.kind === 'plain' || failure.kind === 'not-simulated') return failure.text;
  return failure.kind === 'server'
    ? `Error from server (${failure.reason}): ${failure.text}`
    : `Error from server (Invalid): ${invalidMessage(failure)}`;
}

/** The API server's own message of a refusal, on one line. */
export function invalidMessage({ object, causes }: Extract<Failure, { kind: 'invalid' }>): string {
  const listed = causes.length === 1 ? causes.join('') : `[${causes.join(', ')}]`;
  return `${object.group === '' ? object.kind : `${object.kind}.${object.group}`} "${object.name}" is invalid: ${listed}`;
}
