import fc from 'fast-check';
import { expect, test } from 'vitest';
import { difference } from './difference';

test('is no more than what differs', () => {
  expect(difference('mode: iptables\n', 'mode: ipvs\n')).toEqual({ from: 8, to: 13, added: 'v' });
  expect(difference('a\n', 'a\n---\nb\n')).toEqual({ from: 2, to: 2, added: '---\nb\n' });
});

test('makes one text of the other', () => {
  const text = fc.stringMatching(/^[ab\n]*$/);
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { from, to, added } = difference(before, after);
      expect(before.slice(0, from) + added + before.slice(to)).toBe(after);
    }),
  );
});
