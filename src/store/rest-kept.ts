// What commands of the terminal have done to the cluster at rest, kept in the browser: its life follows from it. The text says the rest.

import type { DoneAtRest } from '../worker/protocol';
import { mayNameSecrets } from './autosave';
import { areDeeds } from './live-kept';
import { keep, kept } from './storage';

const KEY = 'kubehop.rest';

/** Each command that writes repeats the whole text: with a long one they would take the room that the text itself needs. */
const LONGEST = 1_000_000;

/** null: nothing. What names Secrets is not kept, as in a life. */
export function keepRest(done: DoneAtRest | null): boolean {
  const text = done === null || done.deeds.length === 0 ? '' : JSON.stringify(done);
  return keep(KEY, mayNameSecrets(text) || text.length > LONGEST ? '' : text);
}

export function keptRest(): DoneAtRest | null {
  return readRest(kept(KEY) ?? '');
}

/** null where a part of it is missing or of the wrong kind. */
export function readRest(stored: string): DoneAtRest | null {
  try {
    const value: unknown = JSON.parse(stored);
    const { began, deeds }: { began?: unknown; deeds?: unknown } = typeof value === 'object' && value !== null ? value : {};
    return typeof began === 'string' && areDeeds(deeds) ? { began, deeds } : null;
  } catch {
    return null;
  }
}
