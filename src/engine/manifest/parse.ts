// The text of a manifest as objects: YAML 1.1 as the API server's parser reads it (sigs.k8s.io/yaml), tolerant of a document that is
// half typed: it is a problem with a place, and the others are read all the same. `null` is the same as absent. Nothing throws here.

import { type Document, isCollection, isMap, isPair, isScalar, LineCounter, parseAllDocuments, type Tags, visit } from 'yaml';
import { locateIn } from './locate';
import type { ParsedManifest, ParseProblem, RawObject, SourceRange } from './parsed';

/** Collections inside collections beyond this are refused: no object of the API is so deep. */
const MAX_DEPTH = 100;

/** An alias may stand for a large part of a text, but not for much more than the text itself (the "billion laughs"). */
const MAX_ALIASES = 100;

export function parseManifest(text: string): ParsedManifest {
  const objects: RawObject[] = [];
  const problems: ParseProblem[] = [];
  const roots: Document[] = [];
  for (const { document, range } of documentsOf(text, problems)) {
    if (isEmpty(document)) continue;
    const index = roots.length;
    roots.push(document);
    const [error] = document.errors;
    if (error !== undefined)
      problems.push({ code: error.code, message: firstLine(error.message), range: clamp(error.pos, text), document: index });
    else read(document, { index, range, objects, problems });
  }
  return { objects, problems, locate: (object, path) => locateIn(roots[object.document], [...object.root, ...path]) };
}

interface Reading {
  readonly index: number;
  readonly range: SourceRange;
  readonly objects: RawObject[];
  readonly problems: ParseProblem[];
}

function documentsOf(text: string, problems: ParseProblem[]): readonly { document: Document; range: SourceRange }[] {
  try {
    const parsed = parseAllDocuments(text, {
      version: '1.1',
      uniqueKeys: false,
      merge: true,
      customTags: likeGoyaml,
      lineCounter: new LineCounter(),
      logLevel: 'silent',
    });
    const documents: readonly Document[] = Array.isArray(parsed) ? (parsed as unknown as Document[]) : [];
    return documents.map((document) => ({ document, range: { from: document.range?.[0] ?? 0, to: document.range?.[1] ?? 0 } }));
  } catch (error) {
    problems.push({ code: 'UNREADABLE', message: messageOf(error), range: { from: 0, to: text.length }, document: 0 });
    return [];
  }
}

/** goyaml has no base-60 numbers (12:30 is a string), and its floating-point numbers have a digit in front of the exponent (e1 is a name). */
function likeGoyaml(tags: Tags): Tags {
  return tags.flatMap((tag): Tags => {
    if (typeof tag === 'string') return [tag];
    if (tag.format === 'TIME') return [];
    if (tag.tag !== 'tag:yaml.org,2002:float' || !('test' in tag) || tag.test === undefined) return [tag];
    const original = tag.test;
    return [
      {
        ...tag,
        test: { test: (text: string) => original.test(text) && (/^[-+]?\.?\d/.test(text) || /^[-+]?\.(?:inf|nan)$/i.test(text)) } as RegExp,
      },
    ];
  });
}

function isEmpty(document: Document): boolean {
  return document.errors.length === 0 && (document.contents === null || (isScalar(document.contents) && document.contents.value === null));
}

function read(document: Document, { index, range, objects, problems }: Reading): void {
  const refuse = (code: string, message: string): number => problems.push({ code, message, range, document: index });
  if (isTooDeep(document)) refuse('TOO_DEEP', `Collections are nested more than ${MAX_DEPTH} deep`);
  else if (!isMap(document.contents)) refuse('NO_OBJECT', 'A document has to be a mapping');
  else {
    try {
      const value = withoutNulls(document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown);
      if (isRecord(value)) objects.push(...unfold(value, index));
    } catch (error) {
      refuse('UNREADABLE', messageOf(error));
    }
  }
}

function isTooDeep(document: Document): boolean {
  let deep = false;
  visit(document, (_key, node, path) => {
    if (isCollection(node) && path.filter((parent) => !isPair(parent)).length > MAX_DEPTH) deep = true;
    return deep ? visit.BREAK : undefined;
  });
  return deep;
}

/** What `kubectl get -o yaml` prints is a List: each item is an object of its own. */
function unfold(value: Readonly<Record<string, unknown>>, document: number): readonly RawObject[] {
  const { items } = value;
  const isList = typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(items);
  if (!isList) return [{ document, value, root: [] }];
  return items.flatMap((item: unknown, index) => (isRecord(item) ? [{ document, value: item, root: ['items', index] }] : []));
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null && item !== undefined).map(withoutNulls);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (part === null || part === undefined ? [] : [[key, withoutNulls(part)]])),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function clamp([from, to]: readonly [number, number], text: string): SourceRange {
  const start = Math.min(from, text.length);
  return { from: start, to: Math.min(Math.max(to, start + 1), text.length) };
}

function firstLine(message: string): string {
  return message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
