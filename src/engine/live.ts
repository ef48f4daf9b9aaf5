// A cluster over time as a session: the axis, where its clock stands, what is sent along it, and everything that was done, to be undone.
// A plain value; each function gives the next one.

import {
  type Axis,
  type AxisChange,
  beginAxis,
  extended,
  interfered,
  LONGEST,
  lifeAt,
  loadedAt,
  manifestAt,
  type Origin,
  respelt,
} from './axis';
import { tellHappening, weightOf } from './explain/happening';
import type { Deed, HappeningView, LiveView, SentAt, Stream } from './live-view';
import type { Loaded } from './loaded';
import { sameObjects } from './manifest/merge';
import { type Delivery, delivered, deliveredByHand, reopened, statesAt } from './requests-over-time';
import { type Sent, sendInto } from './send';
import type { Happening } from './timeline/happening';
import type { Life } from './timeline/life';
import type { ScenarioRequest } from './view';

/** What can be undone: the axis and what is sent along it. */
interface Course {
  readonly axis: Axis;
  readonly streams: readonly Stream[];
  readonly sent: readonly Delivery[];
  /** What made it what it is, in order. */
  readonly deeds: readonly Deed[];
  /** The instant at which it was made what it is. */
  readonly at: number;
}

export interface Live extends Course {
  readonly past: readonly Course[];
  readonly future: readonly Course[];
}

/** What is done to the session. */
export type LiveChange =
  | AxisChange
  /** At one instant, undone together. */
  | { readonly kind: 'several'; readonly changes: readonly AxisChange[] }
  | { readonly kind: 'stream'; readonly stream: Omit<Stream, 'from' | 'until'>; readonly length: number };

export function beginLive(loaded: Loaded, text: string, origin: Origin = 'rest'): Live {
  return { axis: beginAxis(loaded, text, origin), streams: [], sent: [], deeds: [], at: 0, past: [], future: [] };
}

/** The session with its clock at the instant. */
export function seek(live: Live, at: number): Live {
  return { ...live, at: Math.max(0, Math.min(LONGEST, Math.round(at))) };
}

/** Something is done now. */
export function change(live: Live, done: LiveChange): Live {
  const { axis, streams, sent, at } = live;
  const past = [...live.past, courseOf(live)];
  const deeds = [...live.deeds, { at, change: done }];
  const common = { ...live, deeds, past, future: [] };
  if (done.kind === 'stream') return { ...common, streams: [...streams, { ...done.stream, from: at, until: at + done.length }] };
  const changes = done.kind === 'several' ? done.changes : [done];
  const changed = changes.reduce((before, each) => interfered(before, at, each), axis);
  return { ...common, axis: changed, sent: sent.filter((each) => each.at <= at) };
}

/** The session whose manifest is this text, which says the same in other words (comments, order): nothing happens. Else it stays. */
export function worded(live: Live, text: string): Live {
  const { axis, at, deeds } = live;
  const { text: before } = manifestAt(axis, at);
  const last = deeds.findLastIndex((deed) => 'change' in deed && deed.change.kind === 'manifest');
  if (last < 0 || text === before || !sameObjects(before, text)) return live;
  const change = { kind: 'manifest', text } as const;
  return { ...live, axis: respelt(axis, text), deeds: deeds.map((deed, index) => (index === last ? { at: deed.at, change } : deed)) };
}

/** The session as what can be undone. */
export function courseOf({ axis, streams, sent, deeds, at }: Live): Course {
  return { axis, streams, sent, deeds, at };
}

export function undo(live: Live): Live {
  const before = live.past.at(-1);
  if (before === undefined) return live;
  return { ...before, past: live.past.slice(0, -1), future: [courseOf(live), ...live.future] };
}

export function redo(live: Live): Live {
  const [after, ...future] = live.future;
  if (after === undefined) return live;
  return { ...after, past: [...live.past, courseOf(live)], future };
}

/** The session in which all this was done, each at its instant. */
export function relived(live: Live, deeds: readonly Deed[]): Live {
  return deeds.reduce((before, deed) => {
    const then = known(seek(before, deed.at), deed.at);
    return 'change' in deed ? change(then, deed.change) : withSent(then, deed.request, deed.seed);
  }, live);
}

/** The session with its axis known up to the instant. */
export function known(live: Live, until: number): Live {
  const axis = extended(live.axis, until);
  const sent = delivered(axis, live.streams, { sent: live.sent, until });
  return { ...live, axis, sent };
}

/** The cluster now, as everything else knows one. */
export function liveLoaded({ axis, sent, at }: Live): Loaded {
  const loaded = loadedAt(axis, at);
  const states = statesAt(axis, sent, at);
  return { ...loaded, built: { ...loaded.built, world: { ...loaded.built.world, states } } };
}

/** A request now, in whatever state things are. */
export function sendNow(live: Live, request: ScenarioRequest, seed: number): Sent {
  const loaded = liveLoaded(live);
  return sendInto(loaded, { world: loaded.built.world, request, seed });
}

/** The session in which the request was sent now: it stands on the axis, and kernels remember it. */
export function withSent(live: Live, request: ScenarioRequest, seed: number): Live {
  const { at, deeds } = live;
  return { ...live, sent: deliveredByHand(live.axis, live.sent, { at, request, seed }), deeds: [...deeds, { at, request, seed }] };
}

/** The whole trace of one of those on the axis; null where there is none of this number. */
export function openSent({ axis, sent }: Live, index: number): Sent | null {
  const delivery = sent[index];
  return delivery === undefined ? null : reopened(axis, delivery);
}

/** What the page is told: the history up to `until`, and where the clock stands in it. */
export function liveView(live: Live, until: number): LiveView {
  const { axis, at, sent, streams } = live;
  const last = lifeAt(axis, until);
  return {
    now: at,
    epoch: last.epoch,
    until,
    restsAt: restOf(last),
    happenings: last.happenings.map(viewOf),
    streams,
    sent: sent.map(({ at: when, outcome, status, well, pod, backend }): SentAt => ({ at: when, outcome, status, well, pod, backend })),
    faults: lifeAt(axis, at).faults,
    manifest: manifestAt(axis, at).text,
    began: axis.manifests[0].text,
    undoable: live.past.length,
    redoable: live.future.length,
    deeds: live.deeds,
  };
}

/** When nothing is left to come but probes, and the times of CronJobs. */
function restOf({ now, queue, happenings }: Life): number | null {
  const busy = queue.some(({ event }) => event.kind !== 'pod-due' && !(event.kind === 'wake' && event.part.name === 'cronjob-controller'));
  return busy ? null : (happenings.at(-1)?.at ?? now);
}

const views = new WeakMap<Happening, HappeningView>();

function viewOf(happening: Happening, index: number): HappeningView {
  const known = views.get(happening);
  if (known !== undefined && known.index === index) return known;
  const { at, by, object, code, cause } = happening;
  const view = {
    index,
    at,
    part: by.name,
    node: by.node,
    object,
    code,
    cause,
    told: tellHappening(happening),
    weight: weightOf(happening),
  };
  views.set(happening, view);
  return view;
}
