// The part of `kubectl drain` that has Pods evicted: each is asked for every five seconds until its disruption budget lets it go, and waited for
// until it is gone (pkg/drain, evictPods). The real command asks for all of them at the same time, and for ever; this one gives up when for
// long nothing has helped.

import type { ApiServer, StoredObject } from '../../engine/index';
import type { Call } from '../call';
import { dryRun, durationIn, inWords, numberIn } from './options';
import { onServer, type Progress, said, warned } from './progress';
import { type Removal, removedAll } from './removal';
import { isGone } from './waiting';

export interface Evicted {
  readonly progress: Progress;
  readonly problems: readonly string[];
}

/** A Pod on its way: when it is asked for next, null once the API server has let it go. */
interface Leaving {
  readonly pod: StoredObject;
  readonly next: number | null;
}

interface Course {
  readonly progress: Progress;
  readonly leaving: readonly Leaving[];
  readonly problems: readonly string[];
  /** When the last of them got on. */
  readonly moved: number;
}

/** How long the command waits for the next try, in milliseconds. */
const RETRY = 5000;

/** So long without any of them getting on, nothing more is hoped for where no time was given. */
const PATIENCE = 60_000;

/** Each is told as it is asked for, and again when it is gone. */
export function evicted(progress: Progress, call: Call, pods: readonly StoredObject[]): Evicted {
  const mode = dryRun(call);
  const isDeletion = call.flags.isOn('disable-eviction');
  const lines = isDeletion ? [] : pods.map(({ namespace, name }) => inWords(`evicting pod ${namespace}/${name}`, mode));
  const announced = lines.reduce(said, progress);
  if (mode !== 'none' || pods.length === 0) return { progress: announced, problems: [] };
  const given = numberIn(call, 'grace-period') ?? -1;
  const wish: Wish = {
    removal: { gracePeriodSeconds: given < 0 ? null : given, cascade: true },
    isDeletion,
    timeout: durationIn(call, 'timeout') ?? 0,
    begun: progress.server.now,
  };
  const leaving = pods.map((pod) => ({ pod, next: progress.server.now }));
  let course: Course = { progress: announced, leaving, problems: [], moved: wish.begun };
  for (let isFirst = true; course.leaving.length > 0; isFirst = false) {
    course = parted(asked(course, wish, isFirst), wish);
    const then = course.leaving.length === 0 ? null : waited(course, wish);
    if (then === null) break;
    course = { ...course, progress: onServer(course.progress, then) };
  }
  return { progress: course.progress, problems: [...course.problems, ...course.leaving.flatMap((one) => overdue(one, wish))] };
}

interface Wish {
  readonly removal: Removal;
  readonly isDeletion: boolean;
  /** 0: as long as it takes. */
  readonly timeout: number;
  readonly begun: number;
}

/** Those whose time has come are asked for. */
function asked(course: Course, wish: Wish, isFirst: boolean): Course {
  let after = course;
  for (const { pod, next } of course.leaving)
    if (next !== null && next <= course.progress.server.now)
      after = wish.isDeletion ? ordered(after, pod, wish) : askedFor(after, pod, { wish, isFirst });
  return after;
}

function askedFor(course: Course, pod: StoredObject, { wish, isFirst }: { readonly wish: Wish; readonly isFirst: boolean }): Course {
  const { server } = course.progress;
  const progress = isFirst ? course.progress : said(course.progress, `evicting pod ${pod.namespace}/${pod.name}`);
  const refusal = server.evictionRefusal(pod);
  switch (refusal?.kind) {
    case undefined:
      return ordered({ ...course, progress }, pod, wish);
    case 'several-budgets':
      return { ...without(course, pod), progress, problems: [...course.problems, `${failing(pod)}: ${SEVERAL}`] };
    case 'too-many':
      return onItsWay(
        { ...course, progress: warned(progress, `${failing(pod)} (will retry after 5s): ${VIOLATION}`) },
        pod,
        server.now + RETRY,
      );
  }
}

function ordered(course: Course, pod: StoredObject, { removal }: Wish): Course {
  const { progress } = course;
  return onItsWay({ ...course, progress: onServer(progress, removedAll(progress.server, pod, removal)) }, pod, null);
}

function failing({ namespace, name }: StoredObject): string {
  return `error when evicting pods/"${name}" -n "${namespace}"`;
}

const SEVERAL = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';

const VIOLATION = "Cannot evict pod as it would violate the pod's disruption budget.";

function onItsWay(course: Course, pod: StoredObject, next: number | null): Course {
  const moved = next === null ? course.progress.server.now : course.moved;
  return { ...course, moved, leaving: course.leaving.map((one) => (one.pod === pod ? { pod, next } : one)) };
}

function without(course: Course, pod: StoredObject): Course {
  return { ...course, leaving: course.leaving.filter((one) => one.pod !== pod) };
}

/** Those that are gone are told. One that somebody else took away meanwhile is not. */
function parted(course: Course, { isDeletion }: Wish): Course {
  const { server } = course.progress;
  const gone = course.leaving.filter(({ pod }) => isGone(server.objects, pod));
  const told = gone.filter(({ next }) => next === null).map(({ pod }) => `pod/${pod.name} ${isDeletion ? 'deleted' : 'evicted'}`);
  if (gone.length === 0) return course;
  return {
    ...course,
    moved: server.now,
    progress: told.reduce(said, course.progress),
    leaving: course.leaving.filter((one) => !gone.includes(one)),
  };
}

/** The next moment at which there is something to see or to ask for; null where waiting is in vain. */
function waited({ progress, leaving, moved }: Course, { timeout, begun }: Wish): ApiServer | null {
  const { server } = progress;
  const tries = leaving.flatMap(({ next }) => next ?? []);
  const limit = timeout > 0 ? begun + timeout : tries.length === 0 ? Number.POSITIVE_INFINITY : moved + PATIENCE;
  if (server.now >= limit) return null;
  const left = Math.min(limit, ...tries) - server.now;
  return Number.isFinite(left) ? (server.next(left) ?? server.later(left)) : server.next();
}

function overdue({ pod, next }: Leaving, { timeout }: Wish): readonly string[] {
  if (timeout === 0)
    return next === null ? [] : [`${failing(pod)}: gave up after a minute in which nothing changed; the real command would go on`];
  const why = `global timeout reached: ${goDuration(timeout)}`;
  return [
    next === null
      ? `error when waiting for pod "${pod.name}" in namespace "${pod.namespace}" to terminate: ${why}`
      : `${failing(pod)}: ${why}`,
  ];
}

/** `1m0s`, as Go writes it. */
function goDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = `${seconds % 60}s`;
  return hours > 0 ? `${hours}h${minutes}m${rest}` : minutes > 0 ? `${minutes}m${rest}` : rest;
}
