// The next life under construction, while one event is worked off. Writes go to the store, and whoever watches is woken in its own time;
// everything that is told goes into the history, with what caused it.

import type { RunningPod } from '../controlplane/cluster';
import { nextGeneration, unobservedAfter, withoutUnobserved } from '../controlplane/generation';
import { objectNamed, put, remove } from '../controlplane/store';
import { type ApiObject, refOf } from '../kube/meta';
import { formatRef, type ObjectRef } from '../kube/ref';
import { formatTimestamp } from '../kube/timestamp';
import { uidOf } from '../kube/uid';
import type { Fact, Happening, Part } from './happening';
import type { Event, Life, Machine, Timed } from './life';
import { delayOf, samePart, watchers } from './parts';
import type { PodLife } from './pod-life';

export class LifeDraft {
  readonly now: number;
  private life: Life;
  private readonly by: Part;
  /** The happening that the work is an answer to. */
  private cause: number | null;

  constructor(life: Life, { now, by, cause }: { now: number; by: Part; cause: number | null }) {
    this.life = { ...life, now };
    this.now = now;
    this.by = by;
    this.cause = cause;
  }

  get current(): Life {
    return this.life;
  }

  get cluster(): Life['cluster'] {
    return this.life.cluster;
  }

  /** The instant as the API server writes it. */
  get timestamp(): string {
    return formatTimestamp(this.life.epoch + this.now);
  }

  /** Writes a line of the history; what follows in this work is because of it. */
  tell(object: ObjectRef | null, fact: Fact): void {
    const happening: Happening = { at: this.now, by: this.by, object, cause: this.cause, ...fact };
    this.cause = this.life.happenings.length;
    this.life = { ...this.life, happenings: [...this.life.happenings, happening] };
  }

  /** Stores the object, and wakes those who watch its kind. A new one gets the time of its making. */
  put(object: ApiObject): void {
    const before = objectNamed(this.cluster, refOf(object));
    const creationTimestamp = object.metadata.creationTimestamp ?? before?.metadata.creationTimestamp ?? this.timestamp;
    const uid = before?.metadata.uid ?? this.uidFor(object);
    const metadata = { ...object.metadata, uid, creationTimestamp, generation: nextGeneration(before, object) };
    const stored = { ...object, metadata } as ApiObject;
    const unobserved = unobservedAfter(this.cluster, before, stored);
    this.life = {
      ...this.life,
      cluster: { ...put(this.cluster, stored), unobserved },
      serial: this.life.serial + (before === null ? 1 : 0),
    };
    this.wakeWatchers(object);
  }

  /** A paste may say which one it is; but what was deleted does not come back under its old one. */
  private uidFor(object: ApiObject): string {
    const { uid } = object.metadata;
    return uid === null || this.lastOf(refOf(object), 'deleted') !== null ? uidOf(refOf(object), this.life.serial) : uid;
  }

  remove(ref: ObjectRef): void {
    const object = objectNamed(this.cluster, ref);
    if (object === null) return;
    this.life = { ...this.life, cluster: { ...remove(this.cluster, ref), unobserved: withoutUnobserved(this.cluster, ref) } };
    this.wakeWatchers(object);
  }

  /** Its controller has looked at the object: what it says of it from now on speaks of the present generation. */
  observe(ref: ObjectRef): void {
    const unobserved = withoutUnobserved(this.cluster, ref);
    if (unobserved !== this.cluster.unobserved) this.life = { ...this.life, cluster: { ...this.cluster, unobserved } };
  }

  setMachine(node: string, change: Partial<Machine>): void {
    const machine = this.life.machines[node];
    if (machine !== undefined) this.life = { ...this.life, machines: { ...this.life.machines, [node]: { ...machine, ...change } } };
  }

  setPod(pod: PodLife): void {
    this.life = { ...this.life, pods: { ...this.life.pods, [pod.key]: pod } };
  }

  forgetPod(key: string): void {
    const { [key]: _, ...pods } = this.life.pods;
    this.life = { ...this.life, pods };
  }

  change(change: Partial<Pick<Life, 'faults' | 'named' | 'cluster' | 'written' | 'applied'>>): void {
    this.life = { ...this.life, ...change };
  }

  /** Something is due at an instant; a part that is to wake anyway is not woken twice, nor is a Pod. */
  due(at: number, event: Event): void {
    const { queue } = this.life;
    const known = queue.find((timed) => sameEvent(timed.event, event) && timed.at <= at);
    if (known !== undefined) {
      this.life = {
        ...this.life,
        queue: queue.map((timed) => (timed === known ? { ...timed, event: causedBy(timed.event, event) } : timed)),
      };
      return;
    }
    const others = event.kind === 'pod-due' ? queue.filter((timed) => !sameEvent(timed.event, event)) : queue;
    const behind = others.findIndex((timed) => timed.at > at);
    const timed: Timed = { at, event };
    this.life = { ...this.life, queue: behind < 0 ? [...others, timed] : [...others.slice(0, behind), timed, ...others.slice(behind)] };
  }

  /** What was expected does not come. */
  withdraw(isMeant: (event: Event) => boolean): void {
    this.life = { ...this.life, queue: this.life.queue.filter(({ event }) => !isMeant(event)) };
  }

  /** Something that comes of what was told last, so long from now. */
  expect(after: number, event: (cause: number | null) => Event): void {
    this.due(this.now + after, event(this.cause));
  }

  /** What would be given as the cause of the next happening. */
  get lastCause(): number | null {
    return this.cause;
  }

  /** What is told next is because of this happening. */
  because(cause: number | null): void {
    this.cause = cause;
  }

  /** The index of what was told last about the object. */
  lastAbout(object: ObjectRef): number | null {
    const at = this.life.happenings.findLastIndex((each) => each.object !== null && formatRef(each.object) === formatRef(object));
    return at < 0 ? null : at;
  }

  /** What was told last of this sort about the object. */
  lastOf(object: ObjectRef, code: Fact['code']): Happening | null {
    return (
      this.life.happenings.findLast((each) => each.code === code && each.object !== null && formatRef(each.object) === formatRef(object)) ??
      null
    );
  }

  wake(part: Part, after: number): void {
    this.due(this.now + after, { kind: 'wake', part, cause: this.cause });
  }

  private wakeWatchers(object: ApiObject): void {
    const nodes = this.cluster.nodes.map(({ metadata }) => metadata.name);
    for (const part of watchers(object, nodes)) this.wake(part, delayOf(part));
  }
}

/** Who would have looked again anyway looks because of what happened meanwhile. */
function causedBy(known: Event, event: Event): Event {
  return known.kind === 'wake' && event.kind === 'wake' && known.cause === null ? event : known;
}

function sameEvent(a: Event, b: Event): boolean {
  if (a.kind === 'wake' && b.kind === 'wake') return samePart(a.part, b.part);
  return a.kind === 'pod-due' && b.kind === 'pod-due' && a.pod === b.pod;
}

/** `namespace/name`. */
export function keyOf({ metadata }: Pick<RunningPod, 'metadata'>): string {
  return `${metadata.namespace}/${metadata.name}`;
}
