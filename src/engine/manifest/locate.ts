// From a field's path to its place in the text: its value; its key where the value is empty; the nearest present parent where it is missing.

import { type Document, isMap, isPair, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { FieldPath } from '../kube/field-path';
import type { SourceRange } from './parsed';

const NOWHERE: SourceRange = { from: 0, to: 0 };

export function locateIn(document: Document | undefined, path: FieldPath): SourceRange {
  if (document?.contents == null) return NOWHERE;
  let node: unknown = document.contents;
  let found = startOf(document.contents);
  for (const part of path) {
    const resolved: unknown = resolve(document, node);
    const next: Pair | Node | undefined = isMap(resolved)
      ? resolved.items.findLast((pair) => keyOf(pair) === String(part))
      : isSeq(resolved)
        ? (resolved.items[Number(part)] as Node | undefined)
        : undefined;
    if (next === undefined) return found;
    node = isPair(next) ? next.value : next;
    found = rangeOf(node) ?? (isPair(next) ? rangeOf(next.key) : null) ?? found;
  }
  return found;
}

function resolve(document: Document, node: unknown): unknown {
  return node !== null && typeof node === 'object' && 'source' in node && 'resolve' in node
    ? (node as { resolve: (of: Document) => unknown }).resolve(document)
    : node;
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

/** A whole object is marked at its first key. */
function startOf(node: Node): SourceRange {
  const first = isMap(node) ? rangeOf(node.items[0]?.key) : null;
  return first ?? rangeOf(node) ?? NOWHERE;
}

function rangeOf(node: unknown): SourceRange | null {
  const range = node !== null && typeof node === 'object' && 'range' in node ? (node.range as readonly number[] | null | undefined) : null;
  const [from, to] = range ?? [];
  return from === undefined || to === undefined || to <= from ? null : { from, to };
}
