// The terminal's commands: its drawer, and lines that run in the engine. A command that changes the manifest changes the text in the
// editor; one that sends requests puts the last of them on the plan.

import { difference } from '../engine/index';
import type { CommandRan, Completion, EditedObject, ShellView } from '../worker/protocol';
import { askEngine, showSent, showSource, takeSnapshot, takeText, useApp } from './app';
import { lookOnce, seek } from './live';
import { keepRest } from './rest-kept';
import type { TerminalState } from './state';
import { between, keepDrawer, keptHistory, remembered } from './terminal-kept';

export type { Completion, ShellView };

/** What the terminal shows of a command that ran. */
export type CommandAnswer = Pick<CommandRan, 'output' | 'edit' | 'instead' | 'shell' | 'kept'>;

const { getState, setState } = useApp;

/** Opens the drawer and gives it the keyboard, or closes it. */
export function toggleTerminal(): void {
  const { open } = getState().terminal;
  change({ open: !open, summoned: !open });
}

export function resizeTerminal(height: number): void {
  change({ height: between(height) });
}

function change(part: Partial<TerminalState>): void {
  const terminal = { ...getState().terminal, ...part };
  setState({ terminal });
  keepDrawer(terminal);
}

/** Runs a line in the cluster of the text as it is now. Not answered while the engine is stopped. */
export function runCommand(line: string, answered: (answer: CommandAnswer) => void): void {
  const { text } = getState().scenario;
  change({ untouched: false, instead: null });
  askEngine({ kind: 'command', line, text }, (answer) => {
    if (answer.kind === 'command-ran') withEdits(answer.ran, text, (ran, edited) => finish(ran, edited, answered));
  });
}

/** The command's change goes into what the text has become while the command ran. */
function withEdits(ran: CommandRan, before: string, take: (ran: CommandRan, edited: string) => void): void {
  const edited = getState().scenario.text;
  if (ran.text === null || edited === before) {
    take(ran, edited);
    return;
  }
  askEngine({ kind: 'merge', base: before, changed: ran.text, edited }, (answer) => {
    if (answer.kind !== 'merged') return;
    const text = answer.text === edited ? null : answer.text;
    withEdits({ ...ran, text, kept: [...ran.kept, ...answer.kept], snapshot: null }, edited, take);
  });
}

function finish(ran: CommandRan, edited: string, answered: (answer: CommandAnswer) => void): void {
  const { output, edit, instead, shell, kept } = ran;
  answered({ output, edit, instead, shell, kept });
  change({ shell, instead });
  if (ran.atRest !== null) setState({ unsaved: !keepRest(ran.atRest) });
  show(ran, edited);
  openEditor(edit, edited);
}

function show({ text, snapshot, sent, at }: CommandRan, before: string): void {
  if (at !== null) catchUp(at, sent !== null);
  if (snapshot !== null) takeSnapshot(snapshot, sent === null ? 'stay' : 'leave');
  if (sent !== null) showSent(sent);
  if (text === null) return;
  const { from, added } = difference(before, text);
  takeText(text, { from, to: from + added.length }, sent === null ? 'stay' : 'play');
}

/** The page's clock goes where the command has taken it. A trace of the command's own stays on the plan. */
function catchUp(at: number, hasTrace: boolean): void {
  const { live } = getState();
  if (live === null) return;
  if (hasTrace || (live.clock.running && at <= live.clock.now)) lookOnce();
  else seek(at);
}

/** At the beginning of the object, with nothing selected: the first key adds to it. */
function openEditor(edit: EditedObject | null, text: string): void {
  if (edit === null || edit.range === null || getState().scenario.text !== text) return;
  const { from } = edit.range;
  showSource({ from, to: from });
}

export function completeCommand(line: string, cursor: number, answered: (completion: Completion) => void): void {
  askEngine({ kind: 'complete', line, cursor, text: getState().scenario.text }, (answer) => {
    if (answer.kind === 'completed') answered(answer.completion);
  });
}

let history: readonly string[] | null = null;

/** The commands entered so far, the oldest first. */
export function commandHistory(): readonly string[] {
  history ??= keptHistory();
  return history;
}

export function rememberCommand(line: string): void {
  history = remembered(commandHistory(), line);
}
