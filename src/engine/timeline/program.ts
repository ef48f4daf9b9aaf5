// What the program in a container does, as its Pod's annotations say: Kubernetes does not know, and a real cluster ignores them.
//
//   kubehop.dev/startup    how long until it listens                     5s
//   kubehop.dev/health     what it answers from when on                  500@30s, 200@60s      hang@30s      down@30s
//   kubehop.dev/errors     share of requests that it answers with 500    5%
//   kubehop.dev/latency    how long it takes to answer                   300ms
//   kubehop.dev/exit       when it ends by itself, and its exit code     1@10s
//   kubehop.dev/shutdown   how long it goes on answering when told to end 5s
//   kubehop.dev/pull       how long its image takes, or that there is none  3s      error
//
// `kubehop.dev/exit.NAME` speaks of the container NAME alone. Times count from the start of the container.
// What nobody says: it listens after a moment, answers 200, and runs until it is told to end; `sleep 20` ends after twenty seconds.

import { duration } from '../kube/duration';
import type { Container, Pod } from '../kube/pod';
import { PULL, SHUTDOWN, STARTUP, WORK } from './delays';

/** What it answers: an HTTP status, nothing at all, or nobody listens any more. */
export type Answering = number | 'hang' | 'down';

export interface Program {
  readonly startup: number;
  /** In order of time; each holds until the next. */
  readonly health: readonly { readonly from: number; readonly answers: Answering }[];
  /** From 0 to 1. */
  readonly errors: number;
  readonly latency: number;
  /** null: never. */
  readonly exit: { readonly code: number; readonly after: number } | null;
  /** Null: it stops listening at once when it is told to end. */
  readonly drains: number | null;
  readonly pull: number | 'error';
}

export const ANNOTATION = 'kubehop.dev/';

/** What a container's program does. `ends`: one that works until it is done, where nobody says otherwise. */
export function programOf(pod: Pod, container: Container, ends: boolean): Program {
  const said = (what: string): string | undefined =>
    pod.metadata.annotations[`${ANNOTATION}${what}.${container.name}`] ?? pod.metadata.annotations[`${ANNOTATION}${what}`];
  const pull = said('pull');
  return {
    startup: duration(said('startup')) ?? STARTUP,
    health: schedule(said('health')),
    errors: share(said('errors')),
    latency: duration(said('latency')) ?? 0,
    exit: exitOf(said('exit')) ?? slept(container) ?? (ends ? { code: 0, after: WORK } : null),
    drains: duration(said('shutdown')),
    pull: pull?.trim() === 'error' ? 'error' : (duration(pull) ?? PULL),
  };
}

/** How long it takes to end once it was told to. */
export function shutdown({ drains }: Program): number {
  return drains ?? SHUTDOWN;
}

/** What it answers so long after its start. */
export function answersAt({ health }: Program, age: number): Answering {
  return health.findLast(({ from }) => from <= age)?.answers ?? 200;
}

function schedule(text: string | undefined): Program['health'] {
  const parts = (text ?? '').split(',').flatMap((part) => {
    const [answers = '', from] = part.split('@').map((word) => word.trim());
    const known = answering(answers);
    return known === null ? [] : [{ answers: known, from: duration(from ?? '0') ?? 0 }];
  });
  return parts.sort((a, b) => a.from - b.from);
}

function answering(text: string): Answering | null {
  if (text === 'hang' || text === 'down') return text;
  return /^[1-5]\d\d$/.test(text) ? Number(text) : null;
}

function share(text: string | undefined): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(%)?\s*$/.exec(text ?? '');
  return match === null ? 0 : Math.min(1, Number(match[1]) / (match[2] === '%' ? 100 : 1));
}

function exitOf(text: string | undefined): Program['exit'] {
  const [code = '', after] = (text ?? '').split('@').map((word) => word.trim());
  return /^\d{1,3}$/.test(code) ? { code: Math.min(255, Number(code)), after: duration(after ?? '0') ?? 0 } : null;
}

/** `sleep 3600`, as courses keep a Pod open. */
function slept({ command, args }: Container): Program['exit'] {
  const words = [...command, ...args];
  const line = words[0] === 'sh' || words[0] === '/bin/sh' ? (words.at(-1) ?? '') : words.join(' ');
  const after = /^(?:\/bin\/)?sleep\s+(\d+(?:\.\d+)?[smh]?)$/.exec(line.trim())?.[1];
  const length = duration(after);
  return length === null ? null : { code: 0, after: length };
}
