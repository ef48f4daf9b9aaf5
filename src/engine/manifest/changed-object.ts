// One object of a text created, changed or taken away, by its name. What was written is read back before it is given out: the object
// is as wanted, and every other one as before. Where only that would do it, the object, or its whole document, is written anew.

import { decode } from '../kube/decode';
import { refOf } from '../kube/meta';
import { formatRef, type ObjectRef } from '../kube/ref';
import { anew, changed, changesTo, newline, slotAt, type Writing } from './change';
import { documentsOf } from './documents';
import { withDocument, withoutObject } from './edit';
import { equal } from './equal';
import { parseManifest } from './parse';
import type { RawObject } from './parsed';
import { type Plain, type PlainMap, plainLines } from './spell';

/** The object gets the value, which may give it another name; a text without that object gets a document more. */
export function withNamed(text: string, value: PlainMap, ref: ObjectRef = refOf(decode(value))): string {
  const object = lastNamed(text, ref);
  return object === null ? withDocument(text, spelt(text, value)) : rewritten(text, object, value);
}

function spelt(text: string, value: PlainMap): string {
  const lines = plainLines(value, 0);
  return newline(text) === '\n' ? lines : lines.replaceAll('\n', '\r\n');
}

/** The text without the object, wherever it stands. */
export function withoutNamed(text: string, ref: ObjectRef): string {
  const object = lastNamed(text, ref);
  if (object === null) return text;
  const less = withoutObject(text, object);
  return less === null ? text : withoutNamed(less, ref);
}

/** Of an object that stands there twice the later one counts. */
function lastNamed(text: string, ref: ObjectRef): RawObject | null {
  return parseManifest(text).objects.findLast(({ value }) => formatRef(refOf(decode(value))) === formatRef(ref)) ?? null;
}

const ROOT = { node: null, holder: null };

function rewritten(text: string, object: RawObject, value: PlainMap): string {
  const placed = documentsOf(text)[object.document];
  if (placed === undefined || !('document' in placed)) return text;
  const isEnded = text.endsWith('\n');
  const writing: Writing = { document: placed.document, text: isEnded ? text.slice(placed.offset) : `${text.slice(placed.offset)}\n` };
  const slot = slotAt(writing, object.root) ?? ROOT;
  const ways = [
    () => changesTo(writing, slot, value),
    () => anew(writing, slot, value),
    () => anew(writing, ROOT, withItem(placed.document.toJS() as Plain, object.root, value)),
  ];
  for (const way of ways) {
    const changes = way();
    if (changes === null) continue;
    const document = changed(writing.text, changes);
    const after = text.slice(0, placed.offset) + (isEnded ? document : document.replace(/\r?\n$/, ''));
    if (isAsWanted(after, { text, object, value })) return after;
  }
  throw new Error(`${formatRef(refOf(decode(value)))} could not be written`);
}

/** The root of a document with another value at the way. */
function withItem(root: Plain, [part, ...rest]: readonly (string | number)[], value: Plain): Plain {
  if (part === undefined) return value;
  if (Array.isArray(root)) return root.map((item: Plain, index) => (index === part ? withItem(item, rest, value) : item));
  const map = root as PlainMap;
  return { ...map, [part]: withItem(map[part] ?? null, rest, value) };
}

function isAsWanted(after: string, { text, object, value }: { text: string; object: RawObject; value: PlainMap }): boolean {
  const [old, fresh] = [parseManifest(text), parseManifest(after)];
  const index = old.objects.findIndex(({ document, root }) => document === object.document && equal(root, object.root));
  return (
    fresh.problems.length <= old.problems.length &&
    fresh.objects.length === old.objects.length &&
    fresh.objects.every((one, at) => equal(one.value, at === index ? value : old.objects[at]?.value))
  );
}
