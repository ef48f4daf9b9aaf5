// `--sort-by`: objects by the value at a JSONPath, those without it first (kubectl's cmd/get/sorter.go). Texts that are quantities of resources
// compare as such.

import { compareText, type Json, parseQuantity } from '../engine/index';
import { relaxedPath } from './custom-columns';
import { isList } from './fields';
import { find } from './jsonpath';
import { readTemplate } from './jsonpath-template';

export type Sorted<Item> = { readonly items: readonly Item[] } | { readonly problem: string };

export function sortedBy<Item>(items: readonly Item[], written: string, json: (item: Item) => Json): Sorted<Item> {
  const path = relaxedPath(written);
  if (typeof path !== 'string') return path;
  const read = readTemplate(path);
  if ('problem' in read) return read;
  const keyed: { readonly item: Item; readonly key: Json | undefined }[] = [];
  for (const item of items) {
    const found = find(read.actions, json(item));
    if ('problem' in found) return found;
    keyed.push({ item, key: found.results[0]?.[0] });
  }
  if (items.length > 0 && keyed.every(({ key }) => key === undefined))
    return { problem: `couldn't find any field with path "${path}" in the list of objects` };
  return { items: keyed.sort((a, b) => compared(a.key, b.key)).map(({ item }) => item) };
}

function compared(a: Json | undefined, b: Json | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') {
    const [first, second] = [parseQuantity(a), parseQuantity(b)];
    return first === null || second === null ? compareText(a, b) : first - second;
  }
  if (isList(a) && isList(b)) return compared(a[0], b[0]);
  return 0;
}
