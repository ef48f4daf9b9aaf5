// Where the parts of a parsed text begin and end, in offsets of their document, and how to cut and put text there.

import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';

export function startOf(node: unknown): number {
  return rangeOf(isPairLike(node) ? node.key : node)?.[0] ?? 0;
}

export function endOf(node: unknown): number {
  if (!isPairLike(node)) return rangeOf(node)?.[1] ?? 0;
  return rangeOf(node.value)?.[1] ?? keyEnd(node);
}

export function keyEnd({ key }: Pair): number {
  return rangeOf(key)?.[1] ?? 0;
}

function isPairLike(node: unknown): node is Pair {
  return typeof node === 'object' && node !== null && 'key' in node;
}

function rangeOf(node: unknown): readonly number[] | null {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? node.range : null;
}

export function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Behind the line that ends at `at` or holds it; blank lines that follow belong to what follows. */
export function lineEnd(text: string, at: number): number {
  const end = at - (/[\r\n]+$/.exec(text.slice(0, at))?.[0].length ?? 0);
  const line = text.indexOf('\n', end);
  return line < 0 ? text.length : line + 1;
}

export function cut(text: string, from: number, to: number): string {
  return text.slice(0, from) + text.slice(to);
}

export function put(text: string, at: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at);
}

export function childOf(node: unknown, part: string | number): unknown {
  if (isSeq(node)) return node.items[Number(part)];
  return isMap(node) ? pairOf(node, part)?.value : null;
}

export function pairOf(map: YAMLMap, key: string | number): Pair | null {
  return map.items.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === String(key)) ?? null;
}

/** `data:` with nothing behind it. */
export function isEmpty(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null && startOf(value) === endOf(value));
}

export function isMarked({ anchor, tag }: Node): boolean {
  return anchor !== undefined || tag !== undefined;
}

/** JSON has no bare words. An empty mapping is taken for YAML. */
export function isJson(map: YAMLMap): boolean {
  const key = map.items[0]?.key;
  return isScalar(key) && key.type === 'QUOTE_DOUBLE';
}
