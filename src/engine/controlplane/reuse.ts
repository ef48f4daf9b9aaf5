// A settled cluster with the objects of an earlier one wherever they are equal: what did not change stays the same object, so that
// whoever compares them finds the differences at once.

import type { Cluster } from './cluster';

/** `next`, made of the parts of `before` that it repeats. */
export function reuse(before: Cluster, next: Cluster): Cluster {
  return kept(before, next) as Cluster;
}

/** The earlier value where both are equal, else the later one with the earlier ones inside. Objects of a list are matched by their place and,
 *  where a list grew or shrank, by what is around it. */
function kept(before: unknown, next: unknown): unknown {
  if (Object.is(before, next)) return before;
  if (Array.isArray(before) && Array.isArray(next)) return keptList(before, next);
  if (!isRecord(before) || !isRecord(next)) return next;
  const keys = Object.keys(next);
  const merged: Record<string, unknown> = {};
  let same = keys.length === Object.keys(before).length;
  for (const key of keys) {
    const value = Object.hasOwn(before, key) ? kept(before[key], next[key]) : next[key];
    same &&= Object.hasOwn(before, key) && Object.is(value, before[key]);
    merged[key] = value;
  }
  return same ? before : merged;
}

function keptList(before: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const shift = next.length - before.length;
  const list: unknown[] = [];
  let offset = 0;
  for (const [index, value] of next.entries()) {
    let found = kept(before[index - offset], value);
    if (shift !== 0 && offset === 0 && !Object.is(found, before[index])) {
      offset = shift;
      found = kept(before[index - offset], value);
    }
    list.push(found);
  }
  return shift === 0 && list.every((value, index) => Object.is(value, before[index])) ? before : list;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
