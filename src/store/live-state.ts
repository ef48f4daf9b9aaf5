// What the page knows of a cluster over time: the clock, the history as the engine has told it so far, the cluster at the clock's instant.

import type { Deed, HappeningView, Origin, PartName, Pending, SentAt, Snapshot, Undone } from '../engine/index';
import type { Grown, Lived } from '../worker/protocol';
import { type LifeClock, STOPPED } from './life-clock';

export interface HistoryFilter {
  readonly part: PartName | null;
  /** `Pod shop/web-1`. */
  readonly object: string | null;
}

export interface LiveState {
  readonly clock: LifeClock;
  /** The text that it began with, and how. */
  readonly beginning: { readonly text: string; readonly origin: Origin };
  /** null until the engine has answered for the first time. */
  readonly view: Lived['view'] | null;
  readonly happenings: readonly HappeningView[];
  readonly sent: readonly SentAt[];
  /** The cluster at the instant that the engine answered for last. */
  readonly snapshot: Snapshot | null;
  /** The manifest in force at that instant. */
  readonly manifest: string;
  readonly deeds: readonly Deed[];
  /** What can be done again, the next step first. */
  readonly undone: readonly Undone[];
  /** What applying the text of the editor would change; null where that is not known yet. */
  readonly pending: Pending | null;
  /** The happening that the reader picked. */
  readonly picked: number | null;
  /** The request on the axis whose trace is shown. */
  readonly opened: number | null;
  /** What the history is narrowed to. */
  readonly filter: HistoryFilter;
  /** What stands at the side of the plan. */
  readonly side: 'history' | 'timetable';
  /** Nothing more happens within the time that the engine looks ahead. */
  readonly quiet: boolean;
}

export function beginningLive(text: string, origin: Origin): LiveState {
  return {
    clock: STOPPED,
    beginning: { text, origin },
    view: null,
    happenings: [],
    sent: [],
    snapshot: null,
    manifest: text,
    deeds: [],
    undone: [],
    pending: null,
    picked: null,
    opened: null,
    filter: { part: null, object: null },
    side: 'history',
    quiet: false,
  };
}

/** The state with what the engine told. */
export function withLived(live: LiveState, lived: Lived): LiveState {
  return {
    ...live,
    view: lived.view,
    happenings: grown(live.happenings, lived.happenings),
    sent: grown(live.sent, lived.sent),
    snapshot: lived.snapshot ?? live.snapshot,
    manifest: lived.manifest ?? live.manifest,
    beginning: lived.began === null ? live.beginning : { ...live.beginning, text: lived.began },
    deeds: lived.deeds ?? live.deeds,
    undone: lived.undone ?? live.undone,
  };
}

function grown<Line>(before: readonly Line[], { from, added }: Grown<Line>): readonly Line[] {
  return from === before.length && added.length === 0 ? before : [...before.slice(0, from), ...added];
}

/** The last happening until the instant; null before the first. */
export function happeningAt(happenings: readonly HappeningView[], at: number): HappeningView | null {
  return happenings.findLast((each) => each.at <= at) ?? null;
}

/** The instant of the last happening before this one that is no routine; the beginning where there is none. */
export function previousInstant(happenings: readonly HappeningView[], at: number): number {
  return happenings.findLast((each) => each.at < at && each.weight !== 'routine')?.at ?? 0;
}

export interface Tally {
  readonly well: number;
  /** Those that failed, by how: an HTTP status, or the outcome. */
  readonly failed: readonly { readonly how: string; readonly count: number }[];
}

/** How the requests of the axis fared until the instant. */
export function tallyOf(sent: readonly SentAt[], at: number): Tally {
  const until = sent.filter((each) => each.at <= at);
  const counts = new Map<string, number>();
  for (const each of until) if (!each.well) counts.set(failureOf(each), (counts.get(failureOf(each)) ?? 0) + 1);
  const failed = [...counts].map(([how, count]) => ({ how, count })).sort((a, b) => (a.how < b.how ? -1 : 1));
  return { well: until.filter(({ well }) => well).length, failed };
}

/** `503`, or the outcome. */
export function failureOf({ outcome, status }: Pick<SentAt, 'outcome' | 'status'>): string {
  return status === null ? outcome : String(status);
}
