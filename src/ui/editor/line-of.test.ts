import { expect, test } from 'vitest';
import { lineOf } from './line-of';

test('the first line ends with its line break, the next begins behind it', () => {
  expect([0, 2, 3, 4, 99].map((offset) => lineOf('ab\n\ncd', offset))).toEqual([1, 1, 2, 3, 3]);
});
