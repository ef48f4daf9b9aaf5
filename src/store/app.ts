// The page's one store, and the commands that change it. Components read through `useApp(selector)` and call these functions.
//
//   writeText -> (150 ms) -> load -> snapshot -> the same request again -> trace
//
// A trace follows from text, request and seed, so every readable text is answered with a fresh one and nothing old stays on the plan.

import { create } from 'zustand';
import {
  difference,
  type Language,
  type ProxyModeName,
  type ScenarioRequest,
  type SentRequest,
  type SettingChange,
  type Snapshot,
} from '../engine/index';
import { entryOf, FIRST_ENTRY, type GalleryEntry } from '../gallery/gallery';
import { type EngineLink, linkEngine } from '../worker/client';
import type { Answer, Lived, LiveQuestion, Question } from '../worker/protocol';
import { keepScenario, keptScenario, mayNameSecrets } from './autosave';
import { tellingStep } from './journey';
import { wound } from './life-clock';
import { keepLive } from './live-kept';
import { type LiveState, withLived } from './live-state';
import { type PlaybackCommand, RESTING, reduce } from './playback';
import { keepPreferences, preferredAtStart, type Theme } from './preferences';
import { keepRest, keptRest } from './rest-kept';
import { otherMode, traceSteps } from './selectors';
import type { AppState, CentreTab, Scenario, Selection } from './state';
import { CLOSED_TERMINAL, keptDrawer } from './terminal-kept';

/** How long the engine waits for the next key stroke. */
const TYPING_PAUSE = 150;

const MANY = 100;

function scenarioOf(entry: GalleryEntry): Scenario {
  return { sample: entry.id, text: entry.text, request: entry.request, seed: entry.seed };
}

const INITIAL: AppState = {
  scenario: scenarioOf(FIRST_ENTRY),
  revision: 0,
  snapshot: null,
  readText: '',
  loading: true,
  sent: null,
  sending: false,
  sentByHand: false,
  problem: null,
  many: null,
  comparison: null,
  diagnosed: null,
  otherMode: null,
  lastSetting: null,
  pendingSetting: null,
  playback: RESTING,
  selection: null,
  tab: 'plan',
  editing: false,
  spotlight: null,
  preferences: { language: 'en', theme: 'system' },
  terminal: CLOSED_TERMINAL,
  live: null,
  crash: null,
  unsaved: false,
  notice: null,
};

export const useApp = create<AppState>()(() => INITIAL);

const { getState, setState } = useApp;

/** What to do with the playhead when a trace arrives. */
export type Arrival = 'play' | 'tell' | 'stay';

const engine: EngineLink = linkEngine({
  crashed: (crash) => setState({ crash, loading: false, sending: false, playback: { ...getState().playback, playing: false } }),
});

/** For the other files of the store. Never answered while the engine is stopped. */
export const askEngine: EngineLink['ask'] = (question, answered) => engine.ask(question, answered);

let typing: ReturnType<typeof setTimeout> | undefined;

/** Restores what was kept and starts the engine. */
export function start(browserLanguages: readonly string[]): void {
  setState({
    preferences: preferredAtStart(browserLanguages),
    scenario: keptScenario() ?? getState().scenario,
    terminal: { ...getState().terminal, ...keptDrawer() },
  });
  load('tell', { atRest: keptRest() });
}

/** A new worker for the same text. */
export function restart(): void {
  engine.restart();
  // What commands did at rest may be what stopped it.
  keepRest(null);
  load('stay');
  // Last, because lines of the terminal wait for it. The new engine's shell is on one's own machine.
  setState({ crash: null, pendingSetting: null, terminal: { ...getState().terminal, shell: CLOSED_TERMINAL.shell, instead: null } });
}

/** The user typed: the text is kept at once, the engine reads it when the typing pauses. */
export function writeText(text: string): void {
  if (text === getState().scenario.text) return;
  save({ ...getState().scenario, text });
  clearTimeout(typing);
  typing = setTimeout(() => load('stay'), TYPING_PAUSE);
}

/** Has a setting written into the text, which the editor then shows as one edit; the request follows. */
export function changeSetting(change: SettingChange): void {
  const { text } = getState().scenario;
  setState({ pendingSetting: change });
  engine.ask({ kind: 'write-setting', text, change }, (answer) => {
    if (answer.kind !== 'setting-written') return;
    const written = getState().scenario.text === text ? answer.written : null;
    setState({ lastSetting: { change, range: written?.range ?? null } });
    if (written === null || written.text === text) {
      setState({ pendingSetting: null });
      return;
    }
    takeText(written.text, written.range, 'tell');
  });
}

/** Puts a text that the engine wrote into the editor, as one edit with what is new marked; the cluster follows. */
export function takeText(text: string, range: { readonly from: number; readonly to: number }, arrival: Arrival): void {
  save({ ...getState().scenario, text });
  setState({ spotlight: { ...range, count: nextSpotlight(), focus: false } });
  load(arrival);
}

/** Has the fix of a diagnostic written into the text, as one edit. */
export function applyFix(diagnostic: number): void {
  const { text } = getState().scenario;
  if (getState().readText !== text) return;
  engine.ask({ kind: 'fix', text, diagnostic }, (answer) => {
    if (answer.kind !== 'setting-written' || answer.written === null || getState().scenario.text !== text) return;
    save({ ...getState().scenario, text: answer.written.text });
    setState({ spotlight: { ...answer.written.range, count: nextSpotlight(), focus: true } });
    load('stay');
  });
}

export function openEntry(id: string): void {
  const entry = entryOf(id);
  if (entry === null) return;
  save(scenarioOf(entry));
  setState({
    sentByHand: false,
    many: null,
    lastSetting: null,
    selection: null,
    spotlight: null,
    tab: 'plan',
    sent: null,
    problem: null,
    playback: { ...getState().playback, playing: false },
  });
  leaveLive();
  keepRest(null);
  load('tell', { anew: true });
}

function save(scenario: Scenario): void {
  if (!mayNameSecrets(scenario.text)) {
    setState({ scenario, unsaved: !keepScenario(scenario) });
    return;
  }
  setState({ scenario });
  engine.ask({ kind: 'clear-secrets', text: scenario.text }, (answer) => {
    if (answer.kind !== 'secrets-cleared' || getState().scenario !== scenario) return;
    setState({ unsaved: !keepScenario({ ...scenario, text: answer.cleared.text }) });
  });
}

function load(arrival: Arrival, done: Pick<Extract<Question, { kind: 'load' }>, 'anew' | 'atRest'> = {}): void {
  clearTimeout(typing);
  const revision = getState().revision + 1;
  const { text } = getState().scenario;
  setState({ revision, loading: true });
  engine.ask({ kind: 'load', revision, text, ...done }, (answer) => {
    if (answer.kind !== 'loaded') return;
    const { live } = getState();
    if (live !== null) setState({ live: { ...live, pending: answer.pending } });
    acceptSnapshot(answer.snapshot, text, arrival);
  });
}

/** Shows a cluster that has changed under the same text. `leave`: its trace comes by itself. */
export function takeSnapshot(snapshot: Snapshot, arrival: Arrival | 'leave'): void {
  const { revision, loading, readText } = getState();
  if (loading || snapshot.revision !== revision) return;
  if (arrival === 'leave') setState({ snapshot });
  else acceptSnapshot(snapshot, readText, arrival);
}

/** Reads the text once more: what applying it would change depends on the instant. */
export function readAgain(): void {
  load('stay');
}

/** Asks about the cluster over time, and takes over what is told of it, with the trace that comes with it. */
export function askLive(question: LiveQuestion, arrival: Arrival, answered: () => void = () => {}): void {
  engine.ask({ kind: 'live', live: question }, (answer) => {
    const { live } = getState();
    if (answer.kind === 'lived' && live !== null) acceptLived(live, answer.lived, { question, arrival });
    answered();
  });
}

function acceptLived(before: LiveState, lived: Lived, { question, arrival }: { question: LiveQuestion; arrival: Arrival }): void {
  const told = withLived(before, lived);
  const { now, until } = lived.view;
  const clock = question.kind === 'look' ? told.clock : wound(told.clock, { kind: 'arrive', at: now }, until);
  const quiet = question.kind === 'next' && now === question.at;
  const live = { ...told, clock: quiet ? { ...clock, running: false } : clock, quiet };
  setState({ live });
  // What applying the text would change depends on the manifest in force.
  if (lived.manifest !== null && lived.manifest !== getState().scenario.text) load('stay');
  if (lived.trace !== null && !live.clock.running) {
    const { trace } = lived;
    setState({ comparison: null, diagnosed: null });
    acceptTrace(trace.kind === 'refused' ? { kind: 'refused', reason: trace.problem } : trace, arrival);
    freshenTab();
  }
  if (lived.deeds !== null || lived.undone !== null || !live.clock.running) setState({ unsaved: !keepLive(live) });
}

/** Back to the cluster of the text, at rest. */
export function leaveLive(): void {
  if (getState().live === null) return;
  setState({ live: null, unsaved: !keepLive(null) });
  engine.ask({ kind: 'end-live' }, () => {});
}

function acceptSnapshot(snapshot: Snapshot, readText: string, arrival: Arrival): void {
  const { revision, snapshot: before } = getState();
  if (snapshot.revision !== revision) return;
  setState({ snapshot, readText, loading: false, sending: false, pendingSetting: null });
  // Over time, a text changes nothing until it is applied.
  if (getState().live !== null) return;
  // A text that cannot be read to its end leaves the plan, and the trace on it, as they were.
  if (snapshot.staleFromLine === null || before === null) ask(arrival);
}

/** Asks for the trace of the scenario's request in the cluster that the engine holds. */
function ask(arrival: Arrival): void {
  const { scenario, live } = getState();
  // While time goes by there is no instant that a trace could be of.
  if (live?.clock.running === true) return;
  const { request, seed } = scenario;
  setState({ sending: true, many: null, comparison: null, diagnosed: null });
  engine.ask({ kind: 'send', request, seed }, (answer) => {
    acceptTrace(answer, arrival);
    freshenTab();
  });
}

/** What stands in the centre may follow from the trace. */
function freshenTab(): void {
  const { tab } = getState();
  if (tab === 'modes') compareModes();
  if (tab === 'diagnosis') diagnose();
}

function acceptTrace(answer: Answer, arrival: Arrival): void {
  if (answer.kind === 'refused')
    setState({ sending: false, sent: null, problem: answer.reason, playback: { ...getState().playback, step: 0, playing: false } });
  if (answer.kind === 'sent') setState({ sending: false, problem: null, sent: answer.sent, playback: arrived(answer.sent, arrival) });
}

function arrived(sent: SentRequest, arrival: Arrival): AppState['playback'] {
  const { playback } = getState();
  const { steps } = sent.told.trace;
  if (arrival === 'stay') return reduce(playback, { kind: 'fit' }, steps.length);
  if (arrival === 'tell') return reduce(playback, { kind: 'seek', step: tellingStep(steps) }, steps.length);
  return reduce({ ...playback, step: 0, playing: false }, { kind: 'play' }, steps.length);
}

/** Changes what will be sent; the trace follows at once. */
export function setRequest(change: Partial<ScenarioRequest>): void {
  const { scenario } = getState();
  save({ ...scenario, request: { ...scenario.request, ...change } });
  setState({ sentByHand: false });
  ask('tell');
}

export function setSeed(seed: number): void {
  save({ ...getState().scenario, seed });
  setState({ sentByHand: false });
  ask('stay');
}

/** Sends and plays from the first stop; a second press takes the next seed, so chance may choose otherwise. */
export function send(): void {
  const { scenario, sentByHand } = getState();
  if (sentByHand) save({ ...scenario, seed: scenario.seed + 1 });
  setState({ sentByHand: true, tab: getState().tab === 'transcript' ? 'transcript' : 'plan' });
  if (getState().live === null) ask('play');
  else sendNow();
}

/** Over time, a request is sent at the instant at which the clock stands, and stands there from then on. */
function sendNow(): void {
  const { live, scenario } = getState();
  if (live === null) return;
  const clock = wound(live.clock, { kind: 'pause' }, live.clock.now);
  setState({ live: { ...live, clock, opened: live.sent.filter(({ at }) => at <= clock.now).length, side: 'timetable' }, many: null });
  askLive({ kind: 'request', at: clock.now, request: scenario.request, seed: scenario.seed }, 'play');
}

/** Sends a hundred in one world, one after the other. */
export function sendMany(): void {
  const { request, seed } = getState().scenario;
  setState({ sending: true, tab: 'many' });
  engine.ask({ kind: 'send-many', request, seed, count: MANY }, (answer) => {
    if (answer.kind === 'sent-many') setState({ sending: false, problem: null, many: { samples: answer.samples, open: null } });
    if (answer.kind === 'refused') setState({ sending: false, many: null, problem: answer.reason });
  });
}

/** Shows a request that was sent by other means than the request bar, which takes it over: it is the scenario's from now on. */
export function showSent(sent: SentRequest): void {
  save({ ...getState().scenario, request: sent.request, seed: sent.seed });
  setState({
    sentByHand: true,
    many: null,
    comparison: null,
    diagnosed: null,
    tab: getState().tab === 'transcript' ? 'transcript' : 'plan',
  });
  acceptTrace({ kind: 'sent', sent }, 'play');
}

/** Shows the trace of one of the hundred. */
export function openSample(index: number): void {
  engine.ask({ kind: 'open-sample', index }, (answer) => {
    acceptTrace(answer, 'tell');
    const { many } = getState();
    if (many !== null) setState({ many: { ...many, open: index }, tab: 'plan' });
  });
}

/** Sends the request in the mode in force and in another one. */
export function compareModes(): void {
  const { request, seed } = getState().scenario;
  engine.ask({ kind: 'compare', request, seed, mode: otherMode(getState()) }, (answer) => {
    if (answer.kind === 'compared') setState({ comparison: answer.comparison });
    if (answer.kind === 'refused') setState({ comparison: null, problem: answer.reason });
  });
}

/** Has the checks of the request made, one after the other. */
export function diagnose(): void {
  const { request, seed, text } = getState().scenario;
  engine.ask({ kind: 'diagnose', request, seed, text }, (answer) => {
    if (answer.kind === 'diagnosed') setState({ diagnosed: { told: answer.diagnosis, text, mended: answer.mended } });
    if (answer.kind === 'refused') setState({ diagnosed: null, problem: answer.reason });
  });
}

/** Writes the remedy of the diagnosis into the text, and sends the request again. */
export function mend(): void {
  const { diagnosed, scenario } = getState();
  if (diagnosed === null || diagnosed.mended === null || diagnosed.text !== scenario.text) return;
  const { from, added } = difference(diagnosed.text, diagnosed.mended);
  takeText(diagnosed.mended, { from, to: from + added.length }, 'tell');
}

export function setOtherMode(mode: ProxyModeName): void {
  setState({ otherMode: mode });
  compareModes();
}

export function playhead(command: PlaybackCommand): void {
  setState({ playback: reduce(getState().playback, command, traceSteps(getState()).length) });
}

export function select(selection: Selection | null): void {
  setState({ selection });
}

export function showTab(tab: CentreTab): void {
  setState({ tab, editing: false });
  if (tab === 'many' && getState().many === null) sendMany();
  if (tab === 'modes') compareModes();
  if (tab === 'diagnosis') diagnose();
}

/** On a narrow page, brings the editor to the front. */
export function showEditor(): void {
  setState({ editing: true });
}

/** Shows a place of the text in the editor. */
export function showSource(place: { readonly from: number; readonly to: number }): void {
  setState({ spotlight: { from: place.from, to: place.to, count: nextSpotlight(), focus: true }, editing: true });
}

function nextSpotlight(): number {
  return (getState().spotlight?.count ?? 0) + 1;
}

export function setLanguage(language: Language): void {
  setPreferences({ language });
}

export function setTheme(theme: Theme): void {
  setPreferences({ theme });
}

function setPreferences(change: Partial<AppState['preferences']>): void {
  const preferences = { ...getState().preferences, ...change };
  setState({ preferences, unsaved: !keepPreferences(preferences) });
}
