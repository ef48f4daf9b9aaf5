// A bare `y` or `n`: the API server's parser reads it as true or false (goyaml's table of YAML 1.1), most other readers as a letter. Here it
// stays a letter, since a Pod named y is what its author meant; that a real server sees something else is said.

import { type Document, isMap, isPair, isScalar, isSeq, type Scalar } from 'yaml';
import type { FieldPath } from '../kube/field-path';

export interface BareLetter {
  readonly path: FieldPath;
  readonly letter: string;
}

const LETTER = /^[yYnN]$/;

/** Whether the text is one of the four letters. */
export function isBareLetter(text: string): boolean {
  return LETTER.test(text);
}

/** Every such letter of the document, as a value, an item or a key. Aliases are not followed: the letter is told where it is written. */
export function bareLetters(document: Document | undefined): readonly BareLetter[] {
  const found: BareLetter[] = [];
  collect(document?.contents, [], found);
  return found;
}

function collect(node: unknown, path: FieldPath, found: BareLetter[]): void {
  if (isScalar(node) && isBare(node)) found.push({ path, letter: String(node.value) });
  if (isSeq(node)) for (const [index, item] of node.items.entries()) collect(item, [...path, index], found);
  if (!isMap(node)) return;
  for (const pair of node.items) {
    if (!isPair(pair)) continue;
    const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
    collect(pair.key, [...path, key], found);
    collect(pair.value, [...path, key], found);
  }
}

/** Neither quoted nor tagged. */
function isBare({ type, tag, value }: Scalar): boolean {
  return type === 'PLAIN' && tag === undefined && typeof value === 'string' && isBareLetter(value);
}
