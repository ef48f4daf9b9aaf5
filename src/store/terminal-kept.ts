// What a visit leaves of the terminal for the next one: whether the drawer was open, how high it was, and the commands that were entered.

import { parsed } from './kept-json';
import type { TerminalState } from './state';
import { keep, kept } from './storage';

const DRAWER = 'kubehop.terminal';
const HISTORY = 'kubehop.history';

/** As many commands are kept as a shell does without being told. */
const REMEMBERED = 500;

export const LOWEST = 120;
export const HIGHEST = 900;

export const CLOSED_TERMINAL: TerminalState = {
  open: false,
  height: 264,
  summoned: false,
  shell: { machine: null, namespace: 'default' },
  untouched: true,
  instead: null,
};

export function keepDrawer({ open, height }: TerminalState): boolean {
  return keep(DRAWER, JSON.stringify({ open, height }));
}

export function keptDrawer(): Partial<TerminalState> {
  return readDrawer(kept(DRAWER));
}

/** What a stored text says, as far as it can be believed. */
export function readDrawer(text: string | null): Partial<TerminalState> {
  const value = parsed(text);
  const { open, height } = typeof value === 'object' && value !== null ? { open: undefined, height: undefined, ...value } : {};
  return {
    ...(typeof open === 'boolean' ? { open } : {}),
    ...(typeof height === 'number' && Number.isFinite(height) ? { height: between(height) } : {}),
  };
}

export function between(height: number): number {
  return Math.round(Math.min(HIGHEST, Math.max(LOWEST, height)));
}

/** The commands of this visit and those before, the oldest first. */
export function keptHistory(): readonly string[] {
  return readHistory(kept(HISTORY));
}

export function readHistory(text: string | null): readonly string[] {
  const value = parsed(text);
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string').slice(-REMEMBERED) : [];
}

/** The history with one more command, unless it is the same as the last one; kept as far as the browser allows. */
export function remembered(history: readonly string[], command: string): readonly string[] {
  if (history.at(-1) === command) return history;
  const longer = [...history, command].slice(-REMEMBERED);
  keep(HISTORY, JSON.stringify(longer.filter((each) => !holdsSecret(each))));
  return longer;
}

/** Commands with the values of a Secret are forgotten with the page. */
function holdsSecret(command: string): boolean {
  return /--from-literal\b|\bkind["']?\s*:\s*["']?Secret\b/.test(command);
}
