// The commands of a cluster over time. It begins when the reader starts its clock or does something to it; from then on the text is a
// manifest that is applied, and the plan shows the cluster at the instant at which the clock stands.
//
//   the clock runs  -> looks, a few a second -> history, cluster           (no trace: there is no instant that it could be of)
//   the clock rests -> one look -> history, cluster, the request's trace now

import type { LiveChange, Origin } from '../engine/index';
import type { LiveQuestion } from '../worker/protocol';
import { askLive, leaveLive, mend, readAgain, useApp } from './app';
import { type LifeCommand, wound } from './life-clock';
import { keepLive, keptLife } from './live-kept';
import { beginningLive, failureOf, type HistoryFilter, type LiveState, previousInstant } from './live-state';

const { getState, setState } = useApp;

/** Lets time begin for the cluster of the text: as it is at rest, or with nothing in it. */
export function startLive({ origin = 'rest', run = false }: { origin?: Origin; run?: boolean } = {}): void {
  const { text } = getState().scenario;
  const live = beginningLive(text, origin);
  setState({ live, sentByHand: false });
  ask({ kind: 'begin', text, origin, deeds: [], undone: [], at: 0, change: null, trace: run ? null : tracing() });
  if (run) runClock();
}

/** The life that was kept at the last visit, or that a stopped engine has lost. */
export function resumeLive(): void {
  const life = keptLife();
  if (life === null) return;
  const { text, origin, deeds, undone, at } = life;
  setState({ live: beginningLive(text, origin) });
  looking = null;
  ask({ kind: 'begin', text, origin, deeds, undone, at, change: null, trace: tracing() });
  readAgain();
}

/** A clock that runs is not kept at every frame, but when the reader leaves. */
globalThis.addEventListener?.('pagehide', () => {
  const { live } = getState();
  if (live !== null) keepLive(live);
});

useApp.subscribe((state, before) => {
  if (before.crash !== null && state.crash === null && state.live !== null) resumeLive();
});

/** Back to rest: the text settles at once, as before time began. */
export function endLive(): void {
  leaveLive();
  setState({ sent: null });
  readAgain();
}

function ask(question: LiveQuestion): void {
  askLive(question, 'tell');
}

/** The request whose trace is wanted: none while time goes by. */
function tracing(): { readonly request: ReturnType<typeof getState>['scenario']['request']; readonly seed: number } | null {
  const { scenario, live } = getState();
  return live?.clock.running === true ? null : { request: scenario.request, seed: scenario.seed };
}

function changeState(part: Partial<LiveState>): void {
  const { live } = getState();
  if (live !== null) setState({ live: { ...live, ...part } });
}

/** Starts the clock, and time with it where it has not begun. */
export function toggleClock(): void {
  const { live } = getState();
  if (live === null) startLive({ run: true });
  else if (live.clock.running) pauseClock();
  else runClock();
}

function runClock(): void {
  command({ kind: 'run' });
  changeState({ side: 'history', opened: null, picked: null, quiet: false });
  const { playback } = getState();
  setState({ sent: null, problem: null, sending: false, playback: { ...playback, step: 0, playing: false } });
}

function pauseClock(): void {
  command({ kind: 'pause' });
  look();
}

/** The clock alone: nobody is asked. */
export function command(wanted: LifeCommand): void {
  const { live } = getState();
  if (live !== null) changeState({ clock: wound(live.clock, wanted, live.view?.until ?? live.clock.now) });
}

/** Puts the clock to an instant, where it rests. While the reader drags it, no trace is asked for. */
export function seek(at: number, { dragging = false }: { dragging?: boolean } = {}): void {
  command({ kind: 'seek', at });
  changeState({ picked: null, opened: null, quiet: false });
  if (dragging) lookOnce();
  else look();
}

function look(): void {
  const { live } = getState();
  if (live === null) return;
  ask({ kind: 'look', at: Math.round(live.clock.now), trace: tracing() });
}

/** The instant that was wanted last, while a look is under way. */
let looking: number | null = null;

/** A look without a trace, and never two at a time: what was wanted meanwhile is asked for when the answer is there. */
export function lookOnce(): void {
  const { live } = getState();
  // Where the clock stands in a life that is just beginning, the engine has yet to tell.
  if (live === null || live.view === null) return;
  const at = Math.round(live.clock.now);
  const isFree = looking === null;
  looking = at;
  if (!isFree) return;
  askLive({ kind: 'look', at, trace: null }, 'tell', () => {
    const wanted = looking;
    looking = null;
    if (wanted !== at) lookOnce();
  });
}

export function nextInstant(): void {
  const { live } = getState();
  if (live === null || live.view === null) return;
  ask({ kind: 'next', at: Math.round(live.clock.now), trace: tracing() });
}

/** The next happening, and rest there. */
export function toNextHappening(): void {
  command({ kind: 'pause' });
  changeState({ picked: null, opened: null });
  nextInstant();
}

export function toPreviousHappening(): void {
  const { live } = getState();
  if (live !== null) seek(previousInstant(live.happenings, live.clock.now));
}

/** Takes the reader to a happening. */
export function pickHappening(index: number): void {
  const happening = getState().live?.happenings[index];
  if (happening === undefined) return;
  seek(happening.at);
  changeState({ picked: index });
}

/** Does something to the cluster, now; where time has not begun, it begins with this. */
export function changeLive(change: LiveChange): void {
  const { live, scenario } = getState();
  if (live !== null) {
    ask({ kind: 'change', at: Math.round(live.clock.now), change, trace: tracing() });
    return;
  }
  setState({ live: beginningLive(scenario.text, 'rest'), sentByHand: false });
  ask({ kind: 'begin', text: scenario.text, origin: 'rest', deeds: [], undone: [], at: 0, change, trace: null });
  runClock();
}

/** Applies the text of the editor. */
export function applyText(): void {
  const { live, scenario, snapshot } = getState();
  if (live === null || live.manifest === scenario.text || snapshot?.staleFromLine !== null) return;
  changeLive({ kind: 'manifest', text: scenario.text });
  changeState({ pending: null });
}

/** Writes the remedy of the diagnosis into the text. Over time it is applied at once, unless the text holds other edits as well. */
export function correct(): void {
  const { live, scenario } = getState();
  const isApplied = live !== null && live.manifest === scenario.text;
  mend();
  if (isApplied) applyText();
}

export function undoLive(): void {
  command({ kind: 'pause' });
  ask({ kind: 'undo', trace: tracing() });
}

export function redoLive(): void {
  command({ kind: 'pause' });
  ask({ kind: 'redo', trace: tracing() });
}

/** Requests as they are sent one after the other. */
export const STREAM = { every: 200, length: 10_000 } as const;

/** Sends the present request again and again from now on, and lets time go by. */
export function startStream(): void {
  const { request } = getState().scenario;
  changeLive({ kind: 'stream', stream: { request, every: STREAM.every }, length: STREAM.length });
  if (getState().live?.clock.running === false) runClock();
}

/** Shows the trace of a request that stands on the axis, at its instant. */
export function openTick(index: number): void {
  command({ kind: 'pause' });
  changeState({ opened: index, picked: null, side: 'timetable' });
  setState({ tab: getState().tab === 'transcript' ? 'transcript' : 'plan' });
  askLive({ kind: 'open', index }, 'tell');
}

/** The next request behind the open one that failed like this, the first where none is open or none follows. */
export function openFailure(how: string): void {
  const { live } = getState();
  if (live === null) return;
  const like = live.sent.flatMap((each, index) => (!each.well && failureOf(each) === how && each.at <= live.clock.now ? [index] : []));
  const next = like.find((index) => index > (live.opened ?? -1)) ?? like[0];
  if (next !== undefined) openTick(next);
}

/** Narrows the history to a part, to an object, or widens it again. */
export function filterHistory(change: Partial<HistoryFilter>): void {
  const { live } = getState();
  if (live !== null) changeState({ filter: { ...live.filter, ...change }, side: 'history' });
}

export function showSide(side: LiveState['side']): void {
  changeState({ side });
}
