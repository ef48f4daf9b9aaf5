import { expect, test } from 'vitest';
import { probability } from './iptables-save';

test.each([
  [2, '0.50000000000'],
  [3, '0.33333333349'],
  [4, '0.25000000000'],
  [5, '0.20000000019'],
  [6, '0.16666666651'],
  [7, '0.14285714272'],
  [9, '0.11111111101'],
])('a chance of one in %i is printed as the kernel keeps it', (oneIn, text) => {
  expect(probability(oneIn)).toBe(text);
});
