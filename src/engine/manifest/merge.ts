// Two texts that were made of one: what somebody changed in the one is written into the other, which somebody else was editing. Object by
// object and field by field; where both changed the same field, the edited text keeps its own, and the object is named.
//
//   base --changed--> changed
//     \--edited--> edited           merged = edited, with what is different between base and changed

import { decode } from '../kube/decode';
import { refOf } from '../kube/meta';
import { formatRef, type ObjectRef } from '../kube/ref';
import { withNamed, withoutNamed } from './changed-object';
import { withDocument } from './edit';
import { equal } from './equal';
import { parseManifest } from './parse';
import { isPlainList, isPlainMap, type Plain, type PlainMap } from './spell';

export interface Texts {
  readonly base: string;
  readonly changed: string;
  readonly edited: string;
}

/** An object whose change could not be written, because its place was edited too, or because it may stand where the text is no YAML. */
export interface KeptObject {
  readonly object: ObjectRef;
  readonly why: 'edited' | 'unreadable';
}

export interface MergedText {
  readonly text: string;
  readonly kept: readonly KeptObject[];
}

export function mergedText({ base, changed, edited }: Texts): MergedText {
  const [before, after] = [named(base), named(changed)];
  const kept: KeptObject[] = [];
  let text = edited;
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, fresh] = [before.get(key), after.get(key)];
    const object = fresh?.ref ?? old?.ref;
    if (object === undefined || equal(old?.value, fresh?.value)) continue;
    const next = withVersion(text, { key, old, fresh });
    if (typeof next === 'string') text = next;
    else kept.push({ object, ...next });
  }
  return { text, kept };
}

/** Whether two texts say the same of the same objects. */
export function sameObjects(one: string, other: string): boolean {
  const [here, there] = [named(one), named(other)];
  return here.size === there.size && [...here].every(([key, { value }]) => equal(value, there.get(key)?.value));
}

interface Named {
  readonly ref: ObjectRef;
  readonly value: PlainMap;
  /** The text of its document, where it stands alone in it. */
  readonly document: string | null;
}

interface Versions {
  readonly key: string;
  readonly old: Named | undefined;
  readonly fresh: Named | undefined;
}

type Kept = Pick<KeptObject, 'why'>;

/** Of an object that stands there twice the later one counts. */
function named(text: string): ReadonlyMap<string, Named> {
  const { objects, documentText } = parseManifest(text);
  return new Map(
    objects.map((raw) => {
      const ref = refOf(decode(raw.value));
      return [formatRef(ref), { ref, value: raw.value as PlainMap, document: documentText(raw) }];
    }),
  );
}

/** The text with the change of one object, or why it stays as it is. */
function withVersion(text: string, { key, old, fresh }: Versions): string | Kept {
  const own = named(text).get(key);
  if (equal(own?.value, fresh?.value)) return text;
  if (own === undefined && old !== undefined) return { why: isReadable(text) ? 'edited' : 'unreadable' };
  const wanted = own === undefined ? fresh?.value : merged(old?.value, fresh?.value, own.value);
  if (wanted === CONFLICT) return { why: 'edited' };
  const next = written(text, { own, fresh, wanted });
  return isSound(next, { before: text, key, wanted }) ? next : { why: isReadable(text) ? 'edited' : 'unreadable' };
}

interface Wanted {
  readonly own: Named | undefined;
  readonly fresh: Named | undefined;
  readonly wanted: Plain | undefined;
}

function written(text: string, { own, fresh, wanted }: Wanted): string {
  if (own === undefined && fresh !== undefined && fresh.document !== null) return withDocument(text, broken(text, fresh.document));
  if (own === undefined) return fresh === undefined ? text : withNamed(text, fresh.value, fresh.ref);
  return isPlainMap(wanted ?? null) ? withNamed(text, wanted as PlainMap, own.ref) : withoutNamed(text, own.ref);
}

function broken(text: string, document: string): string {
  const lines = document.replaceAll('\r\n', '\n');
  return text.includes('\r\n') ? lines.replaceAll('\n', '\r\n') : lines;
}

function isReadable(text: string): boolean {
  return parseManifest(text).problems.length === 0;
}

/** What was written is read back before it is given out. */
function isSound(after: string, { before, key, wanted }: { before: string; key: string; wanted: Plain | undefined }): boolean {
  return equal(named(after).get(key)?.value, wanted) && parseManifest(after).problems.length <= parseManifest(before).problems.length;
}

const CONFLICT = Symbol('both changed it');

/** The value after both changes; undefined: it is absent. */
function merged(base: Plain | undefined, changed: Plain | undefined, edited: Plain | undefined): Plain | undefined | typeof CONFLICT {
  if (equal(base, changed) || equal(changed, edited)) return edited;
  if (equal(base, edited)) return changed;
  if (isMapOrAbsent(base) && isPlainMap(changed) && isPlainMap(edited)) return mergedMap(base ?? {}, changed, edited);
  if (isPlainList(changed ?? null) && isPlainList(edited ?? null)) return mergedList(base ?? [], changed ?? [], edited ?? []);
  return CONFLICT;
}

function isMapOrAbsent(value: Plain | undefined): value is PlainMap | undefined {
  return value === undefined || isPlainMap(value);
}

function mergedMap(base: PlainMap, changed: PlainMap, edited: PlainMap): PlainMap | typeof CONFLICT {
  const result: Record<string, Plain> = {};
  for (const key of new Set([...Object.keys(edited), ...Object.keys(changed)])) {
    const value = merged(base[key], changed[key], edited[key]);
    if (value === CONFLICT) return CONFLICT;
    if (value !== undefined) result[key] = value;
  }
  return result;
}

/** What tells the items of a list apart, where they have it, each another one. */
const NAMES = ['name', 'containerPort', 'port', 'key', 'ip', 'path', 'host', 'mountPath'];

function mergedList(...lists: readonly [Plain, Plain, Plain]): readonly Plain[] | typeof CONFLICT {
  for (const name of NAMES) {
    const [base, changed, edited] = lists.map((list) => keyed(list, name));
    if (base == null || changed == null || edited == null) continue;
    const both = mergedMap(base, changed, edited);
    return both === CONFLICT ? CONFLICT : Object.values(both);
  }
  return CONFLICT;
}

/** The items by their names, in order; null where they have none of this sort, or one twice. */
function keyed(list: Plain, name: string): PlainMap | null {
  if (!isPlainList(list)) return null;
  const entries = list.map((item) => [isPlainMap(item) ? nameIn(item, name) : null, item] as const);
  const named = entries.flatMap(([key, item]) => (key === null ? [] : [[key, item] as const]));
  const byName = Object.fromEntries(named);
  return Object.keys(byName).length === list.length ? byName : null;
}

/** Not a number alone: an object lists those in their own order. */
function nameIn(item: PlainMap, name: string): string | null {
  const value = item[name];
  return typeof value === 'string' || typeof value === 'number' ? `${name} ${value} ${String(item.protocol ?? '')}` : null;
}
