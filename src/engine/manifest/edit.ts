// Changes to a text, one field at a time: what is not named keeps its comments, its order and its spelling. Every function gives
// the new text, or null where the place cannot be written alone (an alias, a tag, a value of another shape).
// Left out: values with an anchor, keys inside of merged mappings (their own copy is written beside them).

import { isAlias, isCollection, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { FieldPath } from '../kube/field-path';
import { documentsOf } from './documents';
import type { RawObject } from './parsed';
import { childOf, columnOf, cut, endOf, isEmpty, isJson, isMarked, keyEnd, lineEnd, lineStart, pairOf, put, startOf } from './places';
import { flowEntry, inQuotes, isPlainMap, type Plain, type PlainMap, plainLines, scalarText } from './spell';

/** An object's place: its document, and the way to it from the document's root. */
export type Place = Pick<RawObject, 'document' | 'root'>;

/** The only object of a text that holds one, as a ConfigMap's key does. */
export const ALONE: Place = { document: 0, root: [] };

/** The field gets the value; parents that are missing are written too. */
export function withField(text: string, { place, path, value }: { place: Place; path: FieldPath; value: Plain }): string | null {
  const found = find(text, place, path);
  if (found === null) return null;
  const wanted = found.rest.reduceRight<Plain>((inner, key) => ({ [String(key)]: inner }), value);
  if (found.pair !== null) return replaced(text, { ...found, pair: found.pair }, wanted);
  return isPlainMap(wanted) ? inserted(text, found, wanted) : null;
}

/** The field is gone, with its line. A mapping is not left empty: null. */
export function withoutField(text: string, { place, path }: { place: Place; path: FieldPath }): string | null {
  const found = find(text, place, path);
  if (found === null || found.pair === null || found.rest.length > 0 || found.map.items.length < 2) return null;
  const { map, offset, pair } = found;
  const [from, to] = [offset + startOf(pair), offset + endOf(pair)];
  if (map.flow) return withoutItem(text, { items: map.items, index: map.items.indexOf(pair), offset });
  const start = lineStart(text, from);
  return text.slice(start, from).trim() === '' ? cut(text, start, lineEnd(text, to)) : null;
}

/** The object is gone: its document, or its item of a List. */
export function withoutObject(text: string, { document, root }: Place): string | null {
  const placed = documentsOf(text)[document];
  if (placed === undefined || !('document' in placed)) return null;
  if (root.length === 0) return withoutDocument(text, placed.offset);
  const list = root.slice(0, -1).reduce<unknown>(childOf, placed.document.contents);
  const index = Number(root.at(-1));
  if (!isSeq(list) || list.items[index] === undefined) return null;
  if (list.flow) return withoutItem(text, { items: list.items, index, offset: placed.offset });
  const [from, to] = [placed.offset + startOf(list.items[index]), placed.offset + endOf(list.items[index])];
  return cut(text, lineStart(text, from), lineEnd(text, to));
}

/** The text inside of a scalar, such as a ConfigMap's key, is changed in the scalar's own style. */
export function withinField(
  text: string,
  { place, path, change }: { place: Place; path: FieldPath; change: (inner: string) => string | null },
): string | null {
  const found = find(text, place, path);
  const scalar = found?.rest.length === 0 ? found.pair?.value : null;
  if (found === null || !isScalar(scalar) || typeof scalar.value !== 'string' || isMarked(scalar)) return null;
  const inner = change(scalar.value);
  if (inner === null) return null;
  const [from, to] = [found.offset + startOf(scalar), found.offset + endOf(scalar)];
  return text.slice(0, from) + respelt(text.slice(from, to), scalar, inner) + text.slice(to);
}

/** Another document behind all others. */
export function withDocument(text: string, document: string): string {
  if (text.trim() === '') return document;
  const lines = text.endsWith('\n') ? text : `${text}\n`;
  return /(?:^|\n)---[^\S\n]*\n\s*$/.test(lines) ? lines + document : `${lines}---\n${document}`;
}

interface Found {
  readonly offset: number;
  readonly map: YAMLMap;
  /** null: the mapping lacks the first key of `rest`. */
  readonly pair: Pair | null;
  /** Keys that are not written yet. */
  readonly rest: FieldPath;
}

function find(text: string, { document, root }: Place, path: FieldPath): Found | null {
  const placed = documentsOf(text)[document];
  if (placed === undefined || !('document' in placed) || placed.document.errors.length > 0) return null;
  const { offset } = placed;
  let node: unknown = root.reduce<unknown>(childOf, placed.document.contents);
  for (const [index, part] of path.entries()) {
    if (isSeq(node)) {
      node = childOf(node, part);
      continue;
    }
    if (!isMap(node)) return null;
    const map = node;
    const pair = pairOf(map, part);
    if (pair === null) return { offset, map, pair, rest: path.slice(index) };
    if (index === path.length - 1 || isEmpty(pair.value)) return { offset, map, pair, rest: path.slice(index + 1) };
    node = pair.value;
  }
  return null;
}

function replaced(text: string, { offset, map, pair }: Found & { readonly pair: Pair }, value: Plain): string | null {
  const { value: old } = pair;
  if (isEmpty(old)) return filled(text, { offset, map, pair }, value);
  if (typeof value === 'object' || isAlias(old) || isCollection(old) || !isScalar(old) || isMarked(old)) return null;
  const [from, to] = [offset + startOf(old), offset + endOf(old)];
  const spelt = old.type === 'QUOTE_DOUBLE' || old.type === 'QUOTE_SINGLE' ? inQuotes(value, old.type) : scalarText(value);
  const end = text.slice(from, to).endsWith('\n') ? '\n' : '';
  return text.slice(0, from) + spelt + end + text.slice(to);
}

/** A value behind a key that has none. */
function filled(text: string, { offset, map, pair }: Omit<Found, 'rest'> & { readonly pair: Pair }, value: Plain): string | null {
  const colon = text.indexOf(':', offset + keyEnd(pair));
  if (colon < 0) return null;
  const indent = columnOf(text, offset + startOf(pair));
  const written = map.flow || !isPlainMap(value) ? ` ${flowEntry(value, isJson(map))}` : `\n${plainLines(value, indent + 2).trimEnd()}`;
  return text.slice(0, colon + 1) + written + text.slice(colon + 1);
}

/** New keys behind the last one. */
function inserted(text: string, { offset, map }: Found, added: PlainMap): string | null {
  const last = map.items.at(-1);
  if (map.flow) {
    const entries = flowEntry(added, isJson(map)).replace(/^\{ ?| ?\}$/g, '');
    if (last !== undefined) return put(text, offset + endOf(last), `, ${entries}`);
    return put(text, offset + startOf(map) + 1, isJson(map) ? entries : ` ${entries} `);
  }
  const first = map.items[0];
  if (first === undefined || last === undefined) return null;
  const end = lineEnd(text, offset + endOf(last));
  const lines = plainLines(added, columnOf(text, offset + startOf(first)));
  return put(text, end, text[end - 1] === '\n' ? lines : `\n${lines}`);
}

/** The same style with another content; a style that cannot hold it becomes a quoted line. */
function respelt(source: string, { type, value }: Scalar, inner: string): string {
  if (type === 'BLOCK_LITERAL') return literal(source, String(value), inner);
  const quoted = inner.includes('\n') || type !== 'QUOTE_SINGLE' ? inQuotes(inner, 'QUOTE_DOUBLE') : inQuotes(inner, 'QUOTE_SINGLE');
  return source.endsWith('\n') ? `${quoted}\n` : quoted;
}

/** `|` and its lines, as far to the right as they stood. */
function literal(source: string, value: string, inner: string): string {
  const head = source.slice(0, source.indexOf('\n') + 1);
  const body = source.slice(head.length);
  const indent = spacesOf(body) - spacesOf(value);
  const lines = inner.replace(/\n+$/, '').split('\n');
  const end = /\s*$/.exec(body)?.[0] ?? '';
  return head + lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line)).join('\n') + end;
}

/** The spaces before the first line with more than spaces. */
function spacesOf(text: string): number {
  return /^( *)\S/m.exec(text)?.[1]?.length ?? 0;
}

function withoutDocument(text: string, offset: number): string {
  const next = /^---(?=\s|$)/m.exec(text.slice(offset + 3));
  if (next === null) return text.slice(0, offset);
  const rest = text.slice(offset + 3 + next.index);
  return offset === 0 ? rest.replace(/^---[^\S\n]*\n/, '') : text.slice(0, offset) + rest;
}

/** One of a flow collection's items, with the comma that it shares with a neighbour. */
function withoutItem(
  text: string,
  { items, index, offset }: { readonly items: readonly unknown[]; readonly index: number; readonly offset: number },
): string {
  const [before, after] = [items[index - 1], items[index + 1]];
  if (after !== undefined) return cut(text, offset + startOf(items[index]), offset + startOf(after));
  return cut(text, offset + (before === undefined ? startOf(items[index]) : endOf(before)), offset + endOf(items[index]));
}
