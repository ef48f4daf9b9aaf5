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
    const next = childOf(resolve(document, node), part);
    if (next === null) return found;
    node = isPair(next) ? next.value : next;
    found = rangeOf(node) ?? (isPair(next) ? rangeOf(next.key) : null) ?? found;
  }
  return found;
}

function childOf(node: unknown, part: string | number): Pair | Node | null {
  if (isSeq(node)) return (node.items[Number(part)] as Node | undefined) ?? null;
  if (!isMap(node)) return null;
  const named = (fits: (key: string) => boolean): Pair | null => node.items.findLast((pair) => fits(keyOf(pair))) ?? null;
  const exact = named((key) => key === String(part));
  return typeof part === 'number' || exact !== null ? exact : asServed(part, named);
}

/** A field that takes its value from another one where it is not written. */
const DEFAULTED_FROM: Readonly<Record<string, string>> = { targetPort: 'port' };

/** Where the API server spells a path otherwise than the manifest: `LoadBalancerSourceRanges`, `clusterIPs` for `clusterIP`, and
 *  `template.labels`, `annotations` without their `metadata`. */
function asServed(part: string, named: (fits: (key: string) => boolean) => Pair | null): Pair | Node | null {
  const spelt = named((key) => key.toLowerCase() === part.toLowerCase() || `${key}s` === part || key === DEFAULTED_FROM[part]);
  if (spelt !== null || !['labels', 'annotations'].includes(part)) return spelt;
  const metadata = named((key) => key === 'metadata')?.value;
  return isMap(metadata) ? (metadata.items.findLast((pair) => keyOf(pair) === part) ?? null) : null;
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
