// Every command that a button or a key gives: its name in the reader's language, its key, when it is possible, what it does.

import type { Messages } from '../i18n/messages';
import { playhead } from '../store/app';
import { type Letter, nextChange } from '../store/journey';
import { journey } from '../store/selectors';
import type { AppState } from '../store/state';
import { toggleTerminal } from '../store/terminal';

export interface Command {
  readonly id: string;
  readonly title: (text: Messages) => string;
  /** `KeyboardEvent.key`, and how it is written in a hint. */
  readonly shortcut: { readonly key: string; readonly label: string };
  /** Where one writes, the key is a letter. This one works there too: with Ctrl, by its place on the keyboard (`KeyboardEvent.code`). */
  readonly everywhere?: { readonly code: string; readonly label: string };
  readonly enabled: (state: AppState) => boolean;
  readonly run: (state: AppState) => void;
}

const travelling = (state: AppState): boolean => state.sent !== null;
const before = (state: AppState): boolean => travelling(state) && state.playback.step > 0;
const ahead = (state: AppState): boolean => travelling(state) && state.playback.step < journey(state).stops.length - 1;

const key = (name: string, label = name): Command['shortcut'] => ({ key: name, label });

function toLine(letter: Letter, title: Command['title']): Command {
  const line = (state: AppState) => journey(state).lines.find((candidate) => candidate.letter === letter);
  return {
    id: `line-${letter}`,
    title,
    shortcut: key(letter.toLowerCase(), letter),
    enabled: (state) => line(state) !== undefined,
    run: (state) => playhead({ kind: 'seek', step: line(state)?.first ?? 0 }),
  };
}

export const COMMANDS = {
  toggle: {
    id: 'toggle',
    title: (text) => text.play,
    shortcut: key(' ', 'Space'),
    enabled: travelling,
    run: () => playhead({ kind: 'toggle' }),
  },
  back: { id: 'back', title: (text) => text.back, shortcut: key('ArrowLeft', '←'), enabled: before, run: () => playhead({ kind: 'back' }) },
  forward: {
    id: 'forward',
    title: (text) => text.forward,
    shortcut: key('ArrowRight', '→'),
    enabled: ahead,
    run: () => playhead({ kind: 'forward' }),
  },
  first: { id: 'first', title: (text) => text.first, shortcut: key('Home'), enabled: before, run: () => playhead({ kind: 'first' }) },
  last: { id: 'last', title: (text) => text.last, shortcut: key('End'), enabled: ahead, run: () => playhead({ kind: 'last' }) },
  lineD: toLine('D', (text) => text.lineD),
  lineA: toLine('A', (text) => text.lineA),
  lineR: toLine('R', (text) => text.lineR),
  nextChange: {
    id: 'next-change',
    title: (text) => text.nextChange,
    shortcut: key('n', 'N'),
    enabled: (state) => nextChange(journey(state), state.playback.step) !== null,
    run: (state) => playhead({ kind: 'seek', step: nextChange(journey(state), state.playback.step) ?? state.playback.step }),
  },
  faster: { id: 'faster', title: (text) => text.faster, shortcut: key('+'), enabled: travelling, run: () => playhead({ kind: 'faster' }) },
  slower: { id: 'slower', title: (text) => text.slower, shortcut: key('-'), enabled: travelling, run: () => playhead({ kind: 'slower' }) },
  terminal: {
    id: 'terminal',
    title: (text) => text.terminal,
    shortcut: key('t', 'T'),
    everywhere: { code: 'Backquote', label: 'Ctrl+`' },
    enabled: () => true,
    run: () => toggleTerminal(),
  },
} as const satisfies Readonly<Record<string, Command>>;

/** The command of a key; null where the key means nothing. `=` is the plus key without shift. */
export function commandOf(pressed: string): Command | null {
  const wanted = pressed === '=' ? '+' : pressed.length === 1 ? pressed.toLowerCase() : pressed;
  return Object.values(COMMANDS).find((command) => command.shortcut.key === wanted) ?? null;
}

type Pressed = Pick<KeyboardEvent, 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'code'>;

/** The command of a key that works wherever the reader is; null where it is none. */
export function commandEverywhere(pressed: Pressed): Command | null {
  if (!pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.shiftKey) return null;
  const commands: readonly Command[] = Object.values(COMMANDS);
  return commands.find((command) => command.everywhere?.code === pressed.code) ?? null;
}

/** `Next stop (→)`, for a button's hint. */
export function hint(command: Command, text: Messages): string {
  const keys = [command.shortcut.label, command.everywhere?.label ?? ''].filter((label) => label !== '');
  return `${command.title(text)} (${keys.join(', ')})`;
}
