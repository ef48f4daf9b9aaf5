// The cluster over time, kept in the browser: the text that it began with, what was done to it, and where its clock stood. The life itself
// follows from these.

import type { Deed, Origin, Undone } from '../engine/index';
import { mayNameSecrets } from './autosave';
import { fieldsOf, parsed } from './kept-json';
import type { LiveState } from './live-state';
import { keep, kept } from './storage';

const KEY = 'kubehop.life';

export interface KeptLife {
  readonly text: string;
  readonly origin: Origin;
  readonly deeds: readonly Deed[];
  readonly undone: readonly Undone[];
  readonly at: number;
}

/** null: there is none any more. One with a text that names Secrets is not kept: the engine has cleared only the text of the editor. */
export function keepLive(live: LiveState | null): boolean {
  return keep(KEY, live === null || namesSecrets(live) ? '' : JSON.stringify(lifeToKeep(live)));
}

function namesSecrets({ beginning, deeds }: LiveState): boolean {
  return mayNameSecrets(beginning.text) || deeds.some(bringsSecrets);
}

function bringsSecrets(deed: Deed): boolean {
  return 'change' in deed && mayNameSecrets(JSON.stringify(deed.change));
}

/** Each step that was undone rests on the one before: behind one that brings Secrets none is kept. */
function lifeToKeep({ beginning, deeds, undone, clock }: LiveState): KeptLife {
  const first = undone.findIndex(({ done }) => done.some(bringsSecrets));
  return { ...beginning, deeds, undone: first < 0 ? undone : undone.slice(0, first), at: Math.round(clock.now) };
}

export function keptLife(): KeptLife | null {
  const text = kept(KEY);
  return text === null || text === '' ? null : readLife(text);
}

/** The life that a stored text describes; null where a part of it is missing or of the wrong kind. */
export function readLife(stored: string): KeptLife | null {
  const { text, origin, deeds, undone = [], at } = fieldsOf(parsed(stored));
  if (typeof text !== 'string' || (origin !== 'rest' && origin !== 'nothing')) return null;
  if (!isInstant(at) || !areDeeds(deeds)) return null;
  return { text, origin, deeds, undone: Array.isArray(undone) && undone.every(isUndone) ? undone : [], at };
}

function isUndone(value: unknown): value is Undone {
  const { at, stands, done } = fieldsOf(value);
  return isInstant(at) && isInstant(stands) && Array.isArray(done) && done.every(isDeed);
}

export function areDeeds(value: unknown): value is readonly Deed[] {
  return Array.isArray(value) && value.every(isDeed);
}

/** Whether the engine could do it. What it is done to need not exist: that is the engine's to find out. */
function isDeed(value: unknown): value is Deed {
  const { at, change, request, seed } = fieldsOf(value);
  if (!isInstant(at)) return false;
  if (change === undefined) return isRequest(request) && typeof seed === 'number';
  return isChange(change);
}

function isChange(change: unknown): boolean {
  const done = fieldsOf(change);
  switch (done.kind) {
    case 'manifest':
      return typeof done.text === 'string';
    case 'patch':
      return isRef(done.object) && typeof done.patch === 'object';
    case 'delete':
      return isRef(done.object) && typeof done.cascade === 'boolean';
    case 'set-fault':
    case 'mend-fault':
      return typeof fieldsOf(done.fault).kind === 'string';
    case 'several':
      return Array.isArray(done.changes) && done.changes.every(isChange);
    case 'stream':
      return isInstant(done.length) && isInstant(fieldsOf(done.stream).every) && isRequest(fieldsOf(done.stream).request);
    default:
      return false;
  }
}

function isRequest(value: unknown): boolean {
  const { from, to, protocol } = fieldsOf(value);
  return typeof from === 'string' && typeof to === 'string' && typeof protocol === 'string';
}

function isRef(value: unknown): boolean {
  const { kind, name } = fieldsOf(value);
  return typeof kind === 'string' && typeof name === 'string';
}

function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
