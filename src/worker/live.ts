// The worker's end of a cluster over time: it keeps the session, and tells the page what is new since it told it last.

import {
  beginLive,
  change,
  known,
  type Live,
  type LiveView,
  LONGEST,
  liveLoaded,
  liveView,
  load,
  nextHappening,
  openSent,
  redo,
  relived,
  type Snapshot,
  seek,
  sendNow,
  undo,
  undoneOf,
  withSent,
  withUndone,
} from '../engine/index';
import { type Session, serverOf } from './command';
import type { Lived, LiveQuestion } from './protocol';
import { rested } from './rest';

/** The history is made so far ahead of the clock, in milliseconds: what is to come is on the time bar before it happens. */
const AHEAD = 12_000;

/** A session, and what the page was told of it. */
export interface KeptLive {
  readonly live: Live;
  /** How far its history is known. */
  readonly horizon: number;
  readonly told: Told | null;
}

interface Told {
  readonly happenings: LiveView['happenings'];
  readonly sent: LiveView['sent'];
  readonly snapshot: Snapshot;
  readonly manifest: string;
  readonly began: string;
  readonly deeds: LiveView['deeds'];
  readonly future: Live['future'];
}

type Beginning = Extract<LiveQuestion, { readonly kind: 'begin' }>;

/** The session of a text, with all that was done to it before: by commands at rest, or in the session that is taken up again. */
export function begun({ text, origin, deeds, undone, at, change: first }: Beginning, session: Session | null): KeptLive {
  const atRest = origin === 'rest' && deeds.length + undone.length === 0 ? livedAtRest(session, text) : null;
  const live = atRest ?? takenUp({ beginning: beginLive(load(text), text, origin), deeds, undone, at });
  return { live: first === null ? live : change(live, first), horizon: 0, told: null };
}

interface TakenUp extends Pick<Beginning, 'deeds' | 'undone' | 'at'> {
  readonly beginning: Live;
}

function takenUp({ beginning, deeds, undone, at }: TakenUp): Live {
  return withUndone(seek(relived(beginning, deeds), at), beginning, undone);
}

/** What commands have done to the cluster that the page shows: time went by for them, too. */
function livedAtRest(session: Session | null, text: string): Live | null {
  const server = serverOf(session, text);
  const live = server === null ? null : rested(server).live;
  return live === null || live.deeds.length === 0 ? null : live;
}

/** The session after a question. */
export function asked(kept: KeptLive, question: Exclude<LiveQuestion, Beginning>): KeptLive {
  const { live } = kept;
  switch (question.kind) {
    case 'look':
      return { ...kept, live: seek(live, question.at) };
    case 'next':
      return { ...kept, live: toNext(seek(live, question.at)) };
    case 'change':
      return afresh(change(seek(live, question.at), question.change));
    case 'undo':
      return afresh(undo(live));
    case 'redo':
      return afresh(redo(live));
    case 'request':
      return afresh(withSent(seek(live, question.at), question.request, question.seed));
    case 'open':
      return { ...kept, live: seek(live, live.sent[question.index]?.at ?? live.at) };
    default:
      return question satisfies never;
  }
}

function toNext(live: Live): Live {
  return seek(live, nextHappening(live) ?? live.at);
}

/** What was to come is no more. */
function afresh(live: Live): KeptLive {
  return { live, horizon: 0, told: null };
}

/** What the page is told, and the session that knows so. */
export function told(kept: KeptLive): readonly [Omit<Lived, 'trace'>, KeptLive] {
  const horizon = Math.min(LONGEST, Math.max(kept.horizon, kept.live.at + AHEAD));
  const live = known(kept.live, horizon);
  const { happenings, sent, manifest, began, deeds, ...view } = liveView(live, horizon);
  const { snapshot } = liveLoaded(live);
  const before = kept.told;
  const lived: Omit<Lived, 'trace'> = {
    view,
    happenings: sinceThen(before?.happenings, happenings),
    sent: sinceThen(before?.sent, sent),
    manifest: before?.manifest === manifest ? null : manifest,
    began: before?.began === began ? null : began,
    deeds: before?.deeds === deeds ? null : deeds,
    undone: before?.future === live.future && before.deeds === deeds ? null : undoneOf(live),
    snapshot: before?.snapshot === snapshot ? null : snapshot,
  };
  return [lived, { live, horizon, told: { happenings, sent, snapshot, manifest, began, deeds, future: live.future } }];
}

/** A history only grows while nobody interferes. */
function sinceThen<Line>(
  before: readonly Line[] | undefined,
  now: readonly Line[],
): { readonly from: number; readonly added: readonly Line[] } {
  const from = before === undefined ? 0 : Math.min(before.length, now.length);
  return { from, added: now.slice(from) };
}

/** The trace that belongs to a question: that of a request on the axis, of which `last` was the last by then, or of this one, now. */
export function traceOf({ live }: KeptLive, question: LiveQuestion, last: number): Lived['trace'] {
  if (question.kind === 'open') return answered(openSent(live, question.index));
  if (question.kind === 'request') return answered(openSent(live, last));
  return question.trace === null ? null : answered(sendNow(live, question.trace.request, question.trace.seed));
}

function answered(sent: ReturnType<typeof openSent>): Lived['trace'] {
  return sent === null || sent.kind === 'refused' ? sent : { kind: 'sent', sent: sent.sent };
}
