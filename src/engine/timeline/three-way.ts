// The difference between two orders, carried out on what stands there now: the patch of `kubectl apply`, which knows what was applied last.
// A field that both orders have alike belongs to whoever wrote it. Of a list that others changed too, items come and go one by one.
// Left out: the merge keys of each field; an item that was changed is taken for another one.

export function isAlike(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** What is there, with all that `after` says differently from `before`. */
export function reconciled<Value>(present: Value, before: Value, after: Value): Value {
  if (isAlike(before, after)) return present;
  if (isAlike(before, present)) return after;
  if (isList(present) && isList(before) && isList(after)) return mergedList(present, before, after) as Value;
  if (isMap(present) && isMap(before) && isMap(after)) return mergedMap(present, before, after) as Value;
  return after;
}

type PlainMap = Readonly<Record<string, unknown>>;

function mergedMap(present: PlainMap, before: PlainMap, after: PlainMap): PlainMap {
  const keys = [...new Set([...Object.keys(present), ...Object.keys(after)])];
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = reconciled(present[key], before[key], after[key]);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function mergedList(present: readonly unknown[], before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const has = (list: readonly unknown[], item: unknown): boolean => list.some((each) => isAlike(each, item));
  const kept = present.filter((item) => has(after, item) || !has(before, item));
  return [...after.filter((item) => !has(before, item) && !has(present, item)), ...kept];
}

function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
