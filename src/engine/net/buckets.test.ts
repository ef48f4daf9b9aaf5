import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketsOf, entriesOf, entryOf, withEntries } from './buckets';

const keys = fc.oneof(fc.string(), fc.constantFrom('constructor', '__proto__', 'toString'));
const entries = fc.array(fc.tuple(keys, fc.integer()));

describe('buckets', () => {
  test('hold what a map holds, after any row of changes', () => {
    fc.assert(
      fc.property(entries, fc.array(fc.tuple(keys, fc.option(fc.integer()))), (first, changes) => {
        const known = first.filter(([key]) => key !== '__proto__');
        const changed = changes.filter(([key]) => key !== '__proto__');
        const map = new Map(known);
        for (const [key, value] of changed) value === null ? map.delete(key) : map.set(key, value);
        const buckets = withEntries(bucketsOf(known), changed);
        expect(new Map(entriesOf(buckets))).toEqual(map);
        for (const [key] of [...known, ...changed]) expect(entryOf(buckets, key)).toBe(map.get(key));
      }),
    );
  });

  test('are the same however they came about', () => {
    const built = bucketsOf([
      ['a', 1],
      ['b', 2],
    ]);
    expect(withEntries(withEntries(built, [['c', 3]]), [['c', null]])).toEqual(built);
  });

  test('share what did not change', () => {
    const before = bucketsOf(Array.from({ length: 5000 }, (_, number) => [`name-${number}`, number] as const));
    const after = withEntries(before, [['name-7', 8]]);
    const copied = Object.keys(after).filter((place) => after[place] !== before[place]);
    expect(copied).toHaveLength(1);
  });
});
