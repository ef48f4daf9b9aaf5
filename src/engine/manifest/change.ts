// What has to change in a text so that an object in it becomes another one: only the fields that differ are written anew; all else
// keeps its comments, its order and its spelling. Every function gives null where the place cannot be written alone (an anchor or a
// tag on it, a dash that begins a list in a list); the caller then writes a larger part anew.

import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { type Aligned, aligned } from './alignment';
import { equal } from './equal';
import { columnOf, endOf, isEmpty, isJson, isMarked, keyEnd, lineEnd, lineStart, pairOf, startOf } from './places';
import {
  flowEntry,
  inQuotes,
  isLiteral,
  isPlainList,
  isPlainMap,
  itemLines,
  itemText,
  literalText,
  type Plain,
  type PlainMap,
  plainLines,
  scalarText,
  valueBehind,
} from './spell';

/** A stretch of the text and what stands there afterwards. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly added: string;
}

type Changes = readonly Change[] | null;

/** A document, and the text in which its places count from 0. */
export interface Writing {
  readonly text: string;
  readonly document: Document;
}

/** A value, and what it stands behind: a key of a mapping, or a dash or comma of a list; null for the root of a document. */
interface Slot {
  readonly node: unknown;
  readonly holder: { readonly map: YAMLMap; readonly pair: Pair } | { readonly list: YAMLSeq } | null;
}

/** What makes the node the value: a few places in it, or all of it where one of them cannot be written alone. */
export function changesTo(writing: Writing, slot: Slot, wanted: Plain): Changes {
  if (equal(plainOf(writing, slot.node), wanted)) return [];
  return changesWithin(writing, slot, wanted) ?? anew(writing, slot, wanted);
}

function changesWithin(writing: Writing, slot: Slot, wanted: Plain): Changes {
  const { node } = slot;
  const now = plainOf(writing, node);
  if (isCollection(node) && isMarked(node)) return null;
  if (isMap(node) && isPlainMap(wanted) && isPlainMap(now)) return mapChanges(writing, { map: node, now }, wanted);
  if (isSeq(node) && isPlainList(wanted) && isPlainList(now)) return listChanges(writing, { list: node, now }, wanted);
  if (isScalar(node) && !isEmpty(node) && !isPlainMap(wanted) && !isPlainList(wanted)) return scalarChange(writing, node, wanted);
  return null;
}

/** The slot in which an object of a document stands. */
export function slotAt({ document }: Writing, way: readonly (string | number)[]): Slot | null {
  let slot: Slot = { node: document.contents, holder: null };
  for (const part of way) {
    const { node } = slot;
    const pair = isMap(node) ? pairOf(node, part) : null;
    if (isMap(node) && pair !== null) slot = { node: pair.value, holder: { map: node, pair } };
    else if (isSeq(node) && node.items[Number(part)] !== undefined) slot = { node: node.items[Number(part)], holder: { list: node } };
    else return null;
  }
  return slot;
}

function mapChanges(writing: Writing, { map, now }: { map: YAMLMap; now: PlainMap }, wanted: PlainMap): Changes {
  const kept = map.items.filter((pair) => isPair(pair) && nameOf(pair) in wanted);
  const gone = map.items.filter((pair) => isPair(pair) && !(nameOf(pair) in wanted) && nameOf(pair) !== '<<' && !isNull(pair.value));
  const added = Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => value !== null && pairOf(map, key) === null && !equal(now[key], value)),
  );
  const isAnew = kept.length === 0 || (map.flow === true && (gone.length > 1 || (gone.length === 1 && Object.keys(added).length > 0)));
  if (isAnew) return null;
  const last = kept.filter((pair) => pairOf(map, nameOf(pair)) === pair);
  return together([
    ...last.map((pair) => changesTo(writing, { node: pair.value, holder: { map, pair } }, wanted[nameOf(pair)] ?? null)),
    ...gone.map((pair) => (map.flow === true ? withoutFlowItem(map.items, map.items.indexOf(pair)) : withoutPair(writing, map, pair))),
    Object.keys(added).length === 0 ? [] : withPairs(writing, map, added),
  ]);
}

/** The line of a key goes. Where it stands behind the dash of an item, the next key takes its place. */
function withoutPair({ text }: Writing, map: YAMLMap, pair: Pair): Changes {
  const from = startOf(pair);
  const start = lineStart(text, from);
  const end = lineEnd(text, endOf(pair));
  if (text.slice(start, from).trim() === '') return [{ from: start, to: end, added: '' }];
  const next = map.items[map.items.indexOf(pair) + 1];
  if (next === undefined) return null;
  const between = text.slice(end, startOf(next));
  if (between.trim() === '') return [{ from, to: startOf(next), added: '' }];
  return [{ from: from - (/ +$/.exec(text.slice(start, from))?.[0].length ?? 0), to: end, added: newline(text) }];
}

function withPairs(writing: Writing, map: YAMLMap, added: PlainMap): Changes {
  const { text } = writing;
  const [first, last] = [map.items[0], map.items.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (map.flow === true) {
    const entries = flowEntry(added, isJson(map)).replace(/^\{ ?| ?\}$/g, '');
    return [{ from: endOf(last), to: endOf(last), added: `, ${entries}` }];
  }
  const at = lineEnd(text, lastOf(last));
  return [{ from: at, to: at, added: broken(text, plainLines(added, columnOf(text, startOf(first)), listIndentOf(writing))) }];
}

function listChanges(writing: Writing, { list, now }: { list: YAMLSeq; now: readonly Plain[] }, wanted: readonly Plain[]): Changes {
  const rows = aligned(now, wanted);
  const stays = rows.some(({ before, after }) => before !== null && after !== null);
  if (!stays) return null;
  const inside = rows.map(({ before, after }) =>
    before === null || after === null ? [] : changesTo(writing, { node: list.items[before], holder: { list } }, wanted[after] ?? null),
  );
  const moved = rows.filter(({ before, after }) => before === null || after === null);
  if (moved.length === 0) return together(inside);
  if (list.flow !== true) return together([...inside, ...blockItems(writing, { list, rows }, wanted)]);
  const [only] = moved;
  if (moved.length === 1 && only !== undefined && only.after === null)
    return together([...inside, withoutFlowItem(list.items, only.before ?? 0)]);
  return null;
}

/** Items that come and go, in lines of their own. */
function blockItems(
  writing: Writing,
  { list, rows }: { list: YAMLSeq; rows: readonly Aligned[] },
  wanted: readonly Plain[],
): readonly Changes[] {
  const { text } = writing;
  const dashes = dashesOf(text, list);
  if (dashes === null) return [null];
  const indent = columnOf(text, dashes[0] ?? 0);
  const listIndent = listIndentOf(writing);
  let at = lineStart(text, dashes[0] ?? 0);
  return rows.map(({ before, after }) => {
    if (before !== null) {
      const [from, to] = [lineStart(text, dashes[before] ?? 0), lineEnd(text, lastOf(list.items[before]))];
      at = to;
      return after === null ? [{ from, to, added: '' }] : [];
    }
    return [{ from: at, to: at, added: broken(text, `${itemLines([wanted[after ?? 0] ?? null], { indent, listIndent })}\n`) }];
  });
}

/** Where each item's dash stands; null where one of them does not begin its line. */
function dashesOf(text: string, list: YAMLSeq): readonly number[] | null {
  const dashes: number[] = [];
  let from = list.range?.[0] ?? 0;
  for (const item of list.items) {
    const dash = from + (/^(?:\s|#[^\n]*\n)*/.exec(text.slice(from))?.[0].length ?? 0);
    if (text[dash] !== '-' || text.slice(lineStart(text, dash), dash).trim() !== '') return null;
    dashes.push(dash);
    const end = lineEnd(text, Math.max(dash, lastOf(item)));
    from = end;
  }
  return dashes;
}

function withoutFlowItem(items: readonly unknown[], index: number): Changes {
  const [before, own, after] = [items[index - 1], items[index], items[index + 1]];
  if (after !== undefined) return [{ from: startOf(own), to: startOf(after), added: '' }];
  return [{ from: before === undefined ? startOf(own) : endOf(before), to: endOf(own), added: '' }];
}

/** The scalar in its own style, where that can hold the value. */
function scalarChange({ text }: Writing, scalar: Scalar, wanted: Exclude<Plain, PlainMap | readonly Plain[]>): Changes {
  if (isMarked(scalar)) return null;
  const [from, to] = [startOf(scalar), trimmed(text, endOf(scalar))];
  const source = text.slice(from, to);
  const isBlock = scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED';
  if (isBlock && typeof wanted === 'string' && isLiteral(wanted)) {
    const body = source.slice(source.indexOf('\n') + 1);
    const indent = /^( *)\S/m.exec(body)?.[1]?.length ?? 0;
    if (indent > 0 && !/^[|>]\S*\d/.test(source)) return [{ from, to, added: broken(text, literalText(wanted, indent)) }];
  }
  const quoted = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE' ? inQuotes(wanted, scalar.type) : scalarText(wanted);
  return [{ from, to, added: quoted }];
}

/** The whole value is written anew, in the style of what it stands in. */
export function anew(writing: Writing, { node, holder }: Slot, wanted: Plain): Changes {
  const { text } = writing;
  const listIndent = listIndentOf(writing);
  if (holder === null) return rootAnew(writing, wanted);
  if (!isAlias(node) && isScalarOrCollection(node) && isMarked(node)) return null;
  const isFlow = 'map' in holder ? holder.map.flow === true : holder.list.flow === true;
  if (isFlow) {
    const json = 'map' in holder ? isJson(holder.map) : /^\s*["{[]/.test(text.slice(startOf(holder.list) + 1));
    if (isEmpty(node)) return 'map' in holder ? behindKey(text, holder.pair, { text: ` ${flowEntry(wanted, json)}`, end: null }) : null;
    return [{ from: startOf(node), to: endOf(node), added: flowEntry(wanted, json) }];
  }
  if ('map' in holder) {
    const indent = columnOf(text, startOf(holder.pair));
    const added =
      isSmall(wanted) && isFlowNode(node)
        ? ` ${flowEntry(wanted, isMap(node) && isJson(node))}`
        : valueBehind(wanted, { indent, listIndent });
    return behindKey(text, holder.pair, { text: broken(text, added), end: isEmpty(node) ? null : trimmed(text, lastOf(node)) });
  }
  if (isEmpty(node)) return null;
  const indent = columnOf(text, startOf(node));
  return [{ from: startOf(node), to: trimmed(text, lastOf(node)), added: broken(text, itemText(wanted, { indent, listIndent })) }];
}

/** The one object of a document; JSON stays JSON. */
function rootAnew({ text, document }: Writing, wanted: Plain): Changes {
  const { contents } = document;
  if (!isMap(contents) || !isPlainMap(wanted)) return null;
  const isJsonText = contents.flow === true && isJson(contents);
  const from = startOf(contents);
  const added = isJsonText
    ? JSON.stringify(wanted, null, 2)
    : plainLines(wanted, columnOf(text, from)).trimEnd().slice(columnOf(text, from));
  return [{ from, to: trimmed(text, lastOf(contents)), added: broken(text, added) }];
}

function behindKey(text: string, pair: Pair, { text: added, end }: { readonly text: string; readonly end: number | null }): Changes {
  const colon = text.indexOf(':', keyEnd(pair));
  return colon < 0 ? null : [{ from: colon + 1, to: end ?? colon + 1, added }];
}

/** A handful of plain words: they stay inside of the braces that stood there. */
function isSmall(value: Plain): boolean {
  const parts = isPlainMap(value) || isPlainList(value) ? Object.values(value) : [];
  return parts.length <= 3 && parts.every((part) => !isPlainMap(part) && !isPlainList(part));
}

function isFlowNode(node: unknown): boolean {
  return isCollection(node) && node.flow === true;
}

function isScalarOrCollection(node: unknown): node is Scalar | YAMLMap | YAMLSeq {
  return isScalar(node) || isCollection(node);
}

function isNull(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null);
}

function nameOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function plainOf({ document }: Writing, node: unknown): Plain {
  if (isAlias(node) || isScalarOrCollection(node)) return (node.toJS(document) ?? null) as Plain;
  return null;
}

/** Where the last word of a node stands; what the parser counts to a block may go on to the next line. */
function lastOf(node: unknown): number {
  if (isPair(node)) return isEmpty(node.value) || node.value === null ? endOf(node) : lastOf(node.value);
  if (isCollection(node) && node.flow !== true) {
    const last = node.items.at(-1);
    return last === undefined ? endOf(node) : lastOf(last);
  }
  return endOf(node);
}

/** Before the line breaks that end there. */
function trimmed(text: string, at: number): number {
  return at - (/[\r\n]+$/.exec(text.slice(0, at))?.[0].length ?? 0);
}

/** How far lists are indented in this document, by its first one. */
function listIndentOf({ text, document }: Writing): number {
  let indent: number | null = null;
  visit(document, {
    Pair: (_key, { key, value }) => {
      if (!isSeq(value) || value.flow === true || indent !== null) return undefined;
      indent = Math.max(0, columnOf(text, startOf(value)) - columnOf(text, startOf(key)));
      return visit.BREAK;
    },
  });
  return indent ?? 0;
}

/** Line breaks as the text has them. */
function broken(text: string, added: string): string {
  return newline(text) === '\n' ? added : added.replaceAll('\n', '\r\n');
}

export function newline(text: string): string {
  return /\r\n/.test(text) ? '\r\n' : '\n';
}

function together(parts: readonly Changes[]): Changes {
  const known = parts.filter((part) => part !== null);
  return known.length < parts.length ? null : known.flat();
}

/** The text after the changes; those of one place follow each other in their order. */
export function changed(text: string, changes: readonly Change[]): string {
  const ordered = changes
    .map((change, index) => ({ ...change, index }))
    .sort((a, b) => b.from - a.from || b.to - a.to || b.index - a.index);
  return ordered.reduce((all, { from, to, added }) => all.slice(0, from) + added + all.slice(to), text);
}
