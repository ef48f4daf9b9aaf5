// The values of Secrets, taken out of a text: `data`, `stringData`, and the annotations in which kubectl and other tools keep a copy of
// the whole object. Keys stay, since Pods and `kubectl get` name them; everything else of the text stays byte for byte.
// A document that cannot be read is cleared line by line, and rather too much of it than too little.

import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { documentsOf } from './documents';

export interface WithoutSecrets {
  readonly text: string;
  /** Each Secret that lost something; a name is empty where it could not be read. */
  readonly removed: readonly RemovedSecret[];
}

export interface RemovedSecret {
  /** `namespace/name`, or the name alone. */
  readonly name: string;
  readonly keys: readonly string[];
}

/** A word that every text with a Secret has: whoever lacks it is left alone. */
const TELLTALE = /\bSecret(?:List)?\b/;

/** What stands in place of a value, and in place of a copied object. */
const EMPTY = '""';
const EMPTY_COPY = '"{}"';

/** The text without what its Secrets hold. */
export function withoutSecrets(text: string): WithoutSecrets {
  if (!TELLTALE.test(text)) return { text, removed: [] };
  const edits: Edit[] = [];
  const removed: RemovedSecret[] = [];
  for (const placed of documentsOf(text)) {
    if (!('document' in placed) || placed.document.errors.length > 0) {
      const end = 'length' in placed ? placed.offset + placed.length : endOfDocument(text, placed.offset);
      const cleared = clearedLines(text.slice(placed.offset, end));
      if (cleared === null) continue;
      edits.push({ from: placed.offset, to: end, by: cleared });
      removed.push({ name: '', keys: [] });
      continue;
    }
    const { document, offset } = placed;
    for (const secret of secretsIn(document)) {
      const found = valuesOf(document, secret);
      if (found.length === 0) continue;
      edits.push(...found.map(({ from, to, by }) => ({ from: from + offset, to: trimmed(text, to + offset), by })));
      removed.push({ name: nameOf(document, secret), keys: found.flatMap(({ key }) => key ?? []) });
    }
  }
  return { text: edited(text, edits), removed };
}

/** The line break behind a block stays, so that what follows keeps its own line. */
function trimmed(text: string, to: number): number {
  let end = to;
  while (/\s/.test(text.charAt(end - 1))) end -= 1;
  return end;
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

interface Value extends Edit {
  /** The key whose value it is; null for a copy of the object. */
  readonly key: string | null;
}

/** Back to front; of two that overlap, as where two names stand for one node, the first counts. */
function edited(text: string, edits: readonly Edit[]): string {
  let result = text;
  let end = Number.POSITIVE_INFINITY;
  for (const { from, to, by } of [...edits].sort((a, b) => b.from - a.from)) {
    if (to > end) continue;
    result = result.slice(0, from) + by + result.slice(to);
    end = from;
  }
  return result;
}

/** Every mapping that is a Secret, or the item of a list of them. */
function secretsIn(document: Document): readonly YAMLMap[] {
  const visit = (node: unknown, isItem: boolean): readonly YAMLMap[] => {
    const map = resolved(document, node);
    if (!isMap(map)) return [];
    const kind = textOf(document, childOf(document, map, 'kind'));
    const items = resolved(document, childOf(document, map, 'items'));
    if (isSeq(items)) return items.items.flatMap((item) => visit(item, kind === 'SecretList'));
    return kind === 'Secret' || (kind === null && isItem) ? [map] : [];
  };
  return visit(document.contents, false);
}

/** Wherever `data` stands: a level too deep it is a mistake, and a secret all the same. */
function valuesOf(document: Document, secret: YAMLMap): readonly Value[] {
  const annotations = pairsOf(document, childOf(document, childOf(document, secret, 'metadata'), 'annotations'));
  const copies = annotations.filter((pair) => /"(?:data|stringData)\\*"\s*:/.test(textOf(document, pair.value) ?? ''));
  return [...heldIn(document, secret), ...copies.flatMap((pair) => replaced(pair.value, EMPTY_COPY, null))];
}

function heldIn(document: Document, node: unknown): readonly Value[] {
  if (isSeq(node)) return node.items.flatMap((item) => heldIn(document, item));
  return pairsOf(document, node).flatMap((pair) => {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    if (key !== 'data' && key !== 'stringData') return heldIn(document, pair.value);
    const value = resolved(document, pair.value);
    return isMap(value) ? pairsOf(document, value).flatMap(emptied) : replaced(value, EMPTY, key);
  });
}

function emptied(pair: Pair): readonly Value[] {
  return replaced(pair.value, EMPTY, isScalar(pair.key) ? String(pair.key.value) : '');
}

function replaced(node: unknown, by: string, key: string | null): readonly Value[] {
  const range = node !== null && typeof node === 'object' && 'range' in node ? (node.range as readonly number[] | null | undefined) : null;
  const [from, to] = range ?? [];
  if (from === undefined || to === undefined || from === to) return [];
  if (isScalar(node) && (node.value === '' || (by === EMPTY_COPY && node.value === '{}'))) return [];
  return [{ from, to, by, key }];
}

function pairsOf(document: Document, node: unknown): readonly Pair[] {
  const map = resolved(document, node);
  if (!isMap(map)) return [];
  return map.items.flatMap((pair): readonly Pair[] => (isMerge(pair) ? pairsOf(document, pair.value) : [pair]));
}

/** The value of a key, also of one that is merged in. */
function childOf(document: Document, node: unknown, key: string): unknown {
  return pairsOf(document, node).findLast((pair) => isScalar(pair.key) && pair.key.value === key)?.value ?? null;
}

function isMerge(pair: Pair): boolean {
  return isPair(pair) && isScalar(pair.key) && (pair.key.value === '<<' || typeof pair.key.value === 'symbol');
}

function resolved(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function textOf(document: Document, node: unknown): string | null {
  const value = resolved(document, node);
  return isScalar(value) && value.value !== null ? String(value.value) : null;
}

function nameOf(document: Document, secret: YAMLMap): string {
  const metadata = childOf(document, secret, 'metadata');
  const [namespace, name] = ['namespace', 'name'].map((key) => textOf(document, childOf(document, metadata, key)));
  return [namespace, name].filter((part) => part !== null).join('/');
}

function endOfDocument(text: string, from: number): number {
  const next = text.slice(from + 1).search(/^---(?=\s|$)/m);
  return next < 0 ? text.length : from + 1 + next;
}

const HOLDER = /^(\s*)(?:- )?["']?(?:data|stringData)["']?\s*:/;
const COPY = /["']?kind\\*["']?\s*:\s*\\*["']?Secret/;

/** A document that is no YAML: of a Secret, nothing stays behind `data:` but keys. null: there is no Secret in it. */
function clearedLines(text: string): string | null {
  if (!COPY.test(text)) return null;
  let depth: number | null = null;
  const lines = text.split('\n').map((line) => {
    const indent = line.length - line.trimStart().length;
    if (line.trim() === '' || (depth !== null && indent > depth)) return depth === null ? line : withoutValue(line);
    const [opening, space = ''] = HOLDER.exec(line) ?? [];
    depth = opening === undefined ? null : space.length;
    if (opening !== undefined) return opening;
    return COPY.test(line) && /"?(?:data|stringData)\\*"?\s*:/.test(line) ? line.slice(0, indent) : line;
  });
  const cleared = lines.join('\n');
  return cleared === text ? null : cleared;
}

function withoutValue(line: string): string {
  const [key] = /^\s*["']?[-._A-Za-z0-9]+["']?\s*:(?=\s|$)/.exec(line) ?? [];
  return key === undefined ? '' : `${key} ${EMPTY}`;
}
