// Which items of a list are still the same ones in another list: equal, or of one name. Between those, items are taken in order for
// changed ones, so that a comment stays with the item whose place it has.

import { equal } from './equal';
import { isPlainMap, type Plain } from './spell';

/** One place of the two lists: an item that stays (perhaps changed), one that goes, one that comes. */
export interface Aligned {
  readonly before: number | null;
  readonly after: number | null;
}

export function aligned(before: readonly Plain[], after: readonly Plain[]): readonly Aligned[] {
  const anchors = [...commonItems(before, after), { before: before.length, after: after.length }];
  let [left, right] = [0, 0];
  return anchors.flatMap((anchor) => {
    const gap = gapOf({ from: left, to: anchor.before }, { from: right, to: anchor.after });
    [left, right] = [anchor.before + 1, anchor.after + 1];
    return anchor.before < before.length ? [...gap, anchor] : gap;
  });
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

function gapOf(old: Stretch, fresh: Stretch): readonly Aligned[] {
  const length = Math.max(old.to - old.from, fresh.to - fresh.from);
  return Array.from({ length }, (_, index) => ({
    before: old.from + index < old.to ? old.from + index : null,
    after: fresh.from + index < fresh.to ? fresh.from + index : null,
  }));
}

/** The longest common subsequence. */
function commonItems(before: readonly Plain[], after: readonly Plain[]): readonly { readonly before: number; readonly after: number }[] {
  const same = before.map((one) => after.map((other) => isSame(one, other)));
  const length: number[][] = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number): number => length[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = length[i];
      if (row !== undefined) row[j] = same[i]?.[j] === true ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const found: { before: number; after: number }[] = [];
  for (let [i, j] = [0, 0]; i < before.length && j < after.length; ) {
    if (same[i]?.[j] === true) found.push({ before: i++, after: j++ });
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return found;
}

function isSame(one: Plain, other: Plain): boolean {
  if (isPlainMap(one) && isPlainMap(other) && typeof one.name === 'string' && one.name === other.name) return true;
  return equal(one, other);
}
