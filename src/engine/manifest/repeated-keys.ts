// Keys that stand twice in one mapping. The API server's parser takes the last and says nothing, as a rule an accident.

import { type Document, isMap, isPair, isScalar, isSeq, type Node } from 'yaml';
import type { FieldPath } from '../kube/field-path';

/** The way to every key that repeats one before it, from the root of the document. */
export function repeatedKeys(document: Document | undefined): readonly FieldPath[] {
  const found: FieldPath[] = [];
  collect(document?.contents, [], found);
  return found;
}

/** Aliases are not followed: what they stand for was looked at where it is written. */
function collect(node: unknown, path: FieldPath, found: FieldPath[]): void {
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) collect(item as Node, [...path, index], found);
    return;
  }
  if (!isMap(node)) return;
  const seen = new Set<string>();
  for (const pair of node.items) {
    if (!isPair(pair)) continue;
    const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
    if (seen.has(key) && key !== '<<') found.push([...path, key]);
    seen.add(key);
    collect(pair.value, [...path, key], found);
  }
}
