// Evidence in the order of reading, in groups of one chain or table. A long run of lines that were passed over for the same sort of reason
// folds to its first: the reader looks for what decided. Random draws never fold, each of them matters.

import type { Evidence } from '../../engine/explain/told';

export interface EvidenceEntry {
  readonly key: string;
  readonly item: Evidence;
}

export interface EvidenceRun {
  readonly key: string;
  readonly items: readonly EvidenceEntry[];
  readonly folds: boolean;
}

export interface EvidenceGroup {
  readonly key: string;
  readonly name: string;
  readonly runs: readonly EvidenceRun[];
}

/** Shorter runs are shown as they are: folding them would save nothing. */
const LONG = 3;

/** A chain that is read twice stands twice. */
export function grouped(evidence: readonly Evidence[]): readonly EvidenceGroup[] {
  const entries = evidence.map((item, index) => ({ key: `${index} ${item.text}`, item }));
  return neighbours(entries, (a, b) => a.item.group === b.item.group).map((group) => ({
    key: `${group[0]?.key ?? ''}`,
    name: group[0]?.item.group ?? '',
    runs: neighbours(group, (a, b) => foldable(a.item) && foldable(b.item)).map((items) => ({
      key: items[0]?.key ?? '',
      items,
      folds: items.length >= LONG,
    })),
  }));
}

function foldable(item: Evidence): boolean {
  return item.matched === false && !item.text.includes('--probability');
}

function neighbours<Item>(items: readonly Item[], together: (a: Item, b: Item) => boolean): readonly (readonly Item[])[] {
  const runs: Item[][] = [];
  for (const item of items) {
    const open = runs.at(-1);
    const before = open?.at(-1);
    if (open !== undefined && before !== undefined && together(before, item)) open.push(item);
    else runs.push([item]);
  }
  return runs;
}
