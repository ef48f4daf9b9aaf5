// Values in a document that hold placeholders get something to stand in for them, before the document becomes an object: the template's
// own default, a port, or a name. Where text is free (commands, data, annotations) placeholders are as good as any text and stay.

import { type Document, isMap, isPair, isScalar, isSeq, type Scalar } from 'yaml';
import type { FieldPath } from '../kube/field-path';
import type { Placeholder } from './parsed';
import { type Cover, defaultOf, RUNS, standInFor, variablesIn } from './placeholders';

export type FoundPlaceholder = Omit<Placeholder, 'object'>;

/** Changes the document's values in place; its ranges stay those of the text. */
export function putStandIns(document: Document, covers: readonly Cover[]): readonly FoundPlaceholder[] {
  const found: FoundPlaceholder[] = [];
  const byMark = new Map(covers.map((cover) => [cover.mark, cover]));
  walk(document.contents, [], (scalar, path) => {
    const read = standIn(scalar, path, byMark);
    if (read === null) return;
    scalar.value = read.value;
    if (read.placeholders.length > 0) found.push({ path, placeholders: read.placeholders, isWhole: read.isWhole });
  });
  return found;
}

function walk(node: unknown, path: FieldPath, visit: (scalar: Scalar, path: FieldPath) => void): void {
  if (isScalar(node)) visit(node, path);
  if (isSeq(node)) for (const [index, item] of node.items.entries()) walk(item, [...path, index], visit);
  if (!isMap(node)) return;
  for (const pair of node.items) {
    if (!isPair(pair)) continue;
    if (isScalar(pair.key)) visit(pair.key, path);
    walk(pair.value, [...path, isScalar(pair.key) ? String(pair.key.value) : String(pair.key)], visit);
  }
}

interface Read {
  readonly value: string | number | boolean;
  readonly placeholders: FoundPlaceholder['placeholders'];
  readonly isWhole: boolean;
}

function standIn(scalar: Scalar, path: FieldPath, byMark: ReadonlyMap<string, Cover>): Read | null {
  const { value } = scalar;
  if (typeof value !== 'string') return null;
  const free = isFree(path);
  const actions = [...value.matchAll(RUNS)].flatMap(([run, mark]) => {
    const cover = byMark.get(mark ?? '');
    return cover === undefined ? [] : [{ run, ...cover }];
  });
  const isText = scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED';
  const variables = free || isText ? [] : variablesIn(value).map((variable) => ({ run: variable.written, ...variable }));
  const all = [...actions, ...variables];
  if (all.length === 0) return null;
  if (free) return { value: replaced(value, all, ({ written }) => written), placeholders: [], isWhole: false };
  const isWhole = all.length === 1 && all[0]?.run === value;
  const filled = replaced(value, all, ({ written }) => defaultOf(written) ?? standInFor(written));
  const placeholders = all.map(({ written, tool }) => ({ written, tool }));
  return { value: isWhole && scalar.type === 'PLAIN' ? plain(filled, all[0]?.written ?? '', path) : filled, placeholders, isWhole };
}

function replaced<Part extends { readonly run: string }>(value: string, parts: readonly Part[], by: (part: Part) => string): string {
  return parts.reduce((text, part) => text.replace(part.run, () => by(part)), value);
}

/** What YAML would make of the text without quotes. A port that has to be there is 80, for want of a better one. */
function plain(filled: string, written: string, path: FieldPath): string | number | boolean {
  if (defaultOf(written) === null) return PORTS.includes(String(path.at(-1))) ? 80 : filled;
  if (filled === 'true' || filled === 'false') return filled === 'true';
  return /^-?\d+$/.test(filled) ? Number(filled) : filled;
}

const PORTS: readonly string[] = ['port', 'containerPort', 'number'];

const FREE: readonly string[] = ['args', 'command', 'data', 'binaryData', 'stringData', 'annotations'];

/** Whether the field may hold any text, and so a `$` or a brace of its own. */
function isFree(path: FieldPath): boolean {
  return path.some((part) => FREE.includes(String(part))) || (path.at(-1) === 'value' && path.at(-3) === 'env');
}
