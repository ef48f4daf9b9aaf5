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
// What nobody says: it listens after a moment, answers 200, and runs until it is told to end, unless its command line says that it ends by
// itself, or that nobody hears SIGTERM (`controlplane/command-line.ts`).

import { courseOf, isDeafToTerm } from '../controlplane/command-line';
import { LISTEN_ANNOTATION } from '../controlplane/listening';
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
  /** SIGTERM means nothing to it: it goes on until it is killed. */
  readonly deaf: boolean;
  readonly pull: number | 'error';
}

export const ANNOTATION = 'kubehop.dev/';

/** What a container's program does. `ends`: one that works until it is done, where nobody says otherwise. */
export function programOf(pod: Pod, container: Container, ends: boolean): Program {
  const said = (what: string): string | undefined =>
    pod.metadata.annotations[`${ANNOTATION}${what}.${container.name}`] ?? pod.metadata.annotations[`${ANNOTATION}${what}`];
  const pull = said('pull');
  // An image alone, of which more is said than that it is started: it stands for a program of its author's.
  const isBare = container.command.length + container.args.length === 0;
  const standsIn = isBare && (ends || said('exit') !== undefined || LISTEN_ANNOTATION in pod.metadata.annotations);
  return {
    startup: duration(said('startup')) ?? STARTUP,
    health: schedule(said('health')),
    errors: share(said('errors')),
    latency: duration(said('latency')) ?? 0,
    exit: exitOf(said('exit')) ?? ownExit(container, { ends, standsIn }),
    drains: duration(said('shutdown')),
    deaf: said('shutdown') === undefined && !standsIn && isDeafToTerm(container),
    pull: pull?.trim() === 'error' ? 'error' : (duration(pull) ?? PULL),
  };
}

/** How long it takes to end once it was told to; for ever, where it does not hear it. */
export function shutdown({ drains, deaf }: Program): number {
  return deaf ? Number.POSITIVE_INFINITY : (drains ?? SHUTDOWN);
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

/** As its command line ends; one of which nobody knows works for a while where it is there to end, and else stays. */
function ownExit(container: Container, { ends, standsIn }: { readonly ends: boolean; readonly standsIn: boolean }): Program['exit'] {
  const course = standsIn ? null : courseOf(container);
  if (course?.kind === 'ends') return { code: course.code, after: course.after };
  return ends && course?.kind !== 'stays' ? { code: 0, after: WORK } : null;
}
