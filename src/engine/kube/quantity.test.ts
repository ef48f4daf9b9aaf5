import { expect, test } from 'vitest';
import { canonicalQuantity, formatBytes, formatMillis, parseMillis, parseQuantity } from './quantity';

test.each([
  ['250m', 0.25],
  ['2', 2],
  ['1.5', 1.5],
  ['64Mi', 67_108_864],
  ['1G', 1_000_000_000],
  ['1e3', 1000],
  ['12E', 12e18],
  ['.5Ki', 512],
])('the quantity %s is %d', (text, number) => {
  expect(parseQuantity(text)).toBe(number);
});

test.each(['', 'much', '1 Gi', '1gi', '--1'])('%j is no quantity', (text) => {
  expect(parseQuantity(text)).toBeNull();
});

test('CPU counts in thousandths of a core, rounded up', () => {
  expect(['100m', '0.1', '2', '1100u', '0.7'].map(parseMillis)).toEqual([100, 100, 2000, 2, 700]);
});

test('quantities are written in the largest unit that holds them', () => {
  expect([1500, 2000, 0].map(formatMillis)).toEqual(['1500m', '2', '0']);
  expect([536_870_912, 1024, 1000, 0].map(formatBytes)).toEqual(['512Mi', '1Ki', '1000', '0']);
});

test.each([
  ['1000m', '1'],
  ['0.5', '500m'],
  ['1500m', '1500m'],
  ['1024Mi', '1Gi'],
  ['1000', '1k'],
  ['0', '0'],
  ['0Mi', '0'],
  ['much', 'much'],
])('the API server gives %s back as %s', (written, given) => {
  expect(canonicalQuantity(written)).toBe(given);
});
