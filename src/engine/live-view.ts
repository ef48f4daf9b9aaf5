// What the page is told of a cluster over time: the clock, what happened and why, what was sent, what is broken. Plain data.

import type { Told } from './explain/language';
import type { ObjectRef } from './kube/ref';
import type { LiveChange } from './live';
import type { Fault } from './timeline/fault';
import type { Happening, PartName } from './timeline/happening';
import type { ScenarioRequest } from './view';

export type { Fault } from './timeline/fault';
export { PARTS, type PartName } from './timeline/happening';

/** One line of the history. */
export interface HappeningView {
  /** Its place in the history. */
  readonly index: number;
  /** Milliseconds since the axis began. */
  readonly at: number;
  readonly part: PartName;
  /** Of a kubelet or kube-proxy: its node. */
  readonly node: string | null;
  readonly object: ObjectRef | null;
  readonly code: Happening['code'];
  /** The happening that it came of. */
  readonly cause: number | null;
  readonly told: Told;
  /** How much it weighs: `trouble` is what a person would want to know of first. */
  readonly weight: 'routine' | 'step' | 'trouble';
}

/** Requests that are sent one after the other, so many milliseconds apart. */
export interface Stream {
  readonly request: ScenarioRequest;
  readonly every: number;
  readonly from: number;
  readonly until: number;
}

/** Something that was done to a session, and when: the same deeds give the same life again. */
export type Deed =
  | { readonly at: number; readonly change: LiveChange }
  /** Sent by hand: nothing of the cluster changes, but kernels remember it. */
  | { readonly at: number; readonly request: ScenarioRequest; readonly seed: number };

/** What applying a text now would do to the objects that it names, or named before. */
export interface Pending {
  readonly created: readonly ObjectRef[];
  readonly configured: readonly ObjectRef[];
  readonly deleted: readonly ObjectRef[];
}

/** One request on the axis, in short. */
export interface SentAt {
  readonly at: number;
  readonly outcome: 'delivered' | 'rejected' | 'dropped' | 'unresolved' | 'refused';
  /** Of HTTP. */
  readonly status: number | null;
  /** Delivered, and no error of the application's or the proxy's. */
  readonly well: boolean;
  readonly pod: string | null;
  readonly backend: string | null;
}

export interface LiveView {
  /** Where the clock stands. */
  readonly now: number;
  /** When that is, in milliseconds since 1970. */
  readonly epoch: number;
  /** How far the history below reaches; nothing that is not a probe happens behind `restsAt`, null where something does. */
  readonly until: number;
  readonly restsAt: number | null;
  /** From the beginning of the axis to `until`: also what comes after `now`, if nobody interferes. */
  readonly happenings: readonly HappeningView[];
  readonly streams: readonly Stream[];
  readonly sent: readonly SentAt[];
  readonly faults: readonly Fault[];
  /** The manifest in force differs from the text in the editor. */
  readonly manifest: string;
  /** The text whose cluster stood at the beginning of the axis. */
  readonly began: string;
  /** How many things were done and can be undone. */
  readonly undoable: number;
  readonly redoable: number;
  /** Everything that was done since the beginning, in order. */
  readonly deeds: readonly Deed[];
}
