// The text of a manifest as objects: YAML 1.1 as the API server's parser reads it (sigs.k8s.io/yaml), tolerant of a document that is
// half typed: it is a problem with a place, and the others are read all the same. `null` is the same as absent. Nothing throws here.

import { type Document, isAlias, isCollection, isMap, isPair, isScalar, visit, type YAMLError } from 'yaml';
import type { FieldPath } from '../kube/field-path';
import { bareLetters } from './bare-letters';
import { documentsOf, type Placed } from './documents';
import { locateIn } from './locate';
import { messageOf } from './message';
import type { ParsedManifest, ParseProblem, RawObject, SourceRange } from './parsed';
import { recordingsIn } from './recordings';
import { repeatedKeys } from './repeated-keys';
import { type FoundPlaceholder, putStandIns } from './stand-ins';

/** Collections inside collections beyond this are refused: no object of the API is so deep. */
const MAX_DEPTH = 100;

/** An alias may stand for a large part of a text, but not for much more than the text itself (the "billion laughs"). */
const MAX_ALIASES = 100;

export function parseManifest(text: string): ParsedManifest {
  const documents = documentsOf(text);
  const objects: RawObject[] = [];
  const problems: ParseProblem[] = [];
  const placeholders = new Map<number, readonly FoundPlaceholder[]>();
  for (const [index, placed] of documents.entries()) {
    if (!('document' in placed)) {
      const range = firstLine(text, { from: placed.offset, to: placed.offset + placed.length });
      problems.push({ code: 'UNREADABLE', message: placed.message, range, document: index });
      continue;
    }
    const reading: Reading = {
      ...placed,
      index,
      text,
      refuse: (problem) => problems.push({ ...problem, document: index }),
      notice: (found) => placeholders.set(index, found),
    };
    objects.push(...read(reading));
  }
  const rootOf = ({ document }: RawObject): Placed | null => {
    const placed = documents[document];
    return placed !== undefined && 'document' in placed ? placed : null;
  };
  return {
    objects,
    problems,
    recordings: recordingsIn(text),
    repeated: inDocuments(objects, (object) => repeatedKeys(rootOf(object)?.document).map((path) => ({ path }))),
    placeholders: inDocuments(objects, ({ document }) => placeholders.get(document) ?? []),
    letters: inDocuments(objects, (object) => bareLetters(rootOf(object)?.document)),
    locate: (object, path) => shift(locateIn(rootOf(object)?.document, [...object.root, ...path]), rootOf(object)?.offset ?? 0),
    documentText: ({ document, root }) => {
      const [from, to] = [documents[document]?.offset ?? 0, documents[document + 1]?.offset ?? text.length];
      return root.length > 0
        ? null
        : `${text
            .slice(from, to)
            .replace(/^---[^\S\n]*\r?\n/, '')
            .trimEnd()}\n`;
    },
  };
}

interface Reading extends Placed {
  readonly index: number;
  readonly text: string;
  readonly refuse: (flaw: Flaw) => void;
  readonly notice: (found: readonly FoundPlaceholder[]) => void;
}

type Flaw = Omit<ParseProblem, 'document'>;

function read(reading: Reading): readonly RawObject[] {
  const { document, index, refuse } = reading;
  const flaw = flawOf(reading);
  if (flaw !== null) {
    refuse(flaw);
    return [];
  }
  const found = putStandIns(document, reading.covers);
  try {
    const value = withoutNulls(document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown);
    reading.notice(found);
    return isRecord(value) ? unfold(value, { index, root: [], refuseAt: (path) => refuseItem(reading, path) }) : [];
  } catch (thrown) {
    const code = thrown instanceof ReferenceError ? 'ALIAS_BOMB' : 'UNREADABLE';
    refuse({ code, message: messageOf(thrown), range: headOf(reading) });
    return [];
  }
}

function flawOf(reading: Reading): Flaw | null {
  const { document, offset } = reading;
  const [error] = document.errors;
  const range = headOf(reading);
  const exhausted = document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (error !== undefined && !exhausted) return { code: error.code, message: error.message, range: placeOf(error, reading) };
  if (exhausted || isTooDeep(document)) return { code: 'TOO_DEEP', message: `Collections are nested more than ${MAX_DEPTH} deep`, range };
  if (!isMap(document.contents)) return { code: 'NO_OBJECT', message: 'A document has to be a mapping', range };
  const alias = wrongAlias(document);
  return alias === null ? null : { code: alias.code, message: alias.message, range: shift(alias.range, offset) };
}

/** The first line of what the document holds. */
function headOf({ document, text, offset }: Reading): SourceRange {
  return firstLine(text, shift(rangeOf(document.contents), offset));
}

function refuseItem({ document, offset, text, refuse }: Reading, path: FieldPath): void {
  const range = firstLine(text, shift(locateIn(document, path), offset));
  refuse({ code: 'NO_OBJECT', message: 'An item of a List has to be a mapping', range });
}

interface Unfolding {
  readonly index: number;
  readonly root: FieldPath;
  readonly refuseAt: (path: FieldPath) => void;
}

/** What `kubectl get -o yaml` prints is a List: each item is an object of its own. An item of a PodList may leave out that it is a Pod. */
function unfold(value: Readonly<Record<string, unknown>>, { index, root, refuseAt }: Unfolding): readonly RawObject[] {
  const { items, kind, apiVersion } = value;
  const named = isRecord(value.metadata) && 'name' in value.metadata;
  if (typeof kind !== 'string' || !kind.endsWith('List') || named || !(Array.isArray(items) || kind === 'List'))
    return [{ document: index, value, root }];
  const own = kind.slice(0, -'List'.length);
  return (Array.isArray(items) ? items : []).flatMap((item: unknown, at): readonly RawObject[] => {
    const path = [...root, 'items', at];
    if (!isRecord(item)) {
      refuseAt(path);
      return [];
    }
    return unfold(own === '' || 'kind' in item ? item : { apiVersion, kind: own, ...item }, { index, root: path, refuseAt });
  });
}

/** What is found in each document, once, by the object in which it stands. */
function inDocuments<Found extends { readonly path: FieldPath }>(
  objects: readonly RawObject[],
  look: (object: RawObject) => readonly Found[],
): readonly (Found & { readonly object: RawObject })[] {
  const firsts = objects.filter((object, at) => objects[at - 1]?.document !== object.document);
  return firsts.flatMap((first) =>
    look(first).flatMap((found) => {
      const { path } = found;
      const object = objects.find(({ document, root }) => document === first.document && root.every((part, at) => part === path[at]));
      return object === undefined ? [] : [{ ...found, object, path: path.slice(object.root.length) }];
    }),
  );
}

function isTooDeep(document: Document): boolean {
  let deep = false;
  visit(document, (_key, node, path) => {
    if (isCollection(node) && path.filter((parent) => !isPair(parent)).length > MAX_DEPTH) deep = true;
    return deep ? visit.BREAK : undefined;
  });
  return deep;
}

/** An alias without its anchor, or inside of what it stands for. */
function wrongAlias(document: Document): Flaw | null {
  const anchors = new Set<string>();
  let found: Flaw | null = null;
  visit(document, (_key, node, path) => {
    if (!isAlias(node)) {
      if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) anchors.add(node.anchor);
      return undefined;
    }
    const range = rangeOf(node);
    if (!anchors.has(node.source)) found = { code: 'BAD_ALIAS', message: 'The alias names no anchor above it', range };
    else if (path.some((parent) => isCollection(parent) && parent.anchor === node.source))
      found = { code: 'ALIAS_LOOP', message: 'The alias stands inside of its own anchor', range };
    return found === null ? undefined : visit.BREAK;
  });
  return found;
}

/** A quote that is never closed is reported at the end of the document; it is marked where it opens. */
function placeOf(error: YAMLError, { document, offset, text }: Reading): SourceRange {
  const [from, to] = error.pos;
  let opening: SourceRange | null = null;
  if (error.code === 'MISSING_CHAR')
    visit(document, {
      Scalar: (_key, node) => {
        const range = rangeOf(node);
        if ((node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') && range.from < from && range.to >= from) opening = range;
      },
    });
  if (opening !== null) return firstLine(text, shift(opening, offset));
  const start = Math.min(from + offset, text.length);
  return { from: start, to: Math.min(Math.max(to + offset, start + 1), text.length) };
}

function rangeOf(node: unknown): SourceRange {
  const range = node !== null && typeof node === 'object' && 'range' in node ? (node.range as readonly number[] | null | undefined) : null;
  return { from: range?.[0] ?? 0, to: range?.[1] ?? 0 };
}

function shift({ from, to }: SourceRange, by: number): SourceRange {
  return { from: from + by, to: to + by };
}

/** Up to the end of the line that the range begins on. */
function firstLine(text: string, { from, to }: SourceRange): SourceRange {
  const start = from + (/^\s*/.exec(text.slice(from, to))?.[0].length ?? 0);
  const length = text.slice(start, to).search(/\r?\n/);
  return { from: start, to: length < 0 ? to : start + length };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : withoutNulls(item)));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (part === null || part === undefined ? [] : [[key, withoutNulls(part)]])),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
