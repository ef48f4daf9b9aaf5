import { expect, test } from 'vitest';
import { completed, listed } from './completion';
import { lineOf } from './line';

test('one word is written out and ended, unless more belongs to it', () => {
  expect(completed(lineOf('kubectl get po'), { from: 12, words: ['pods'] }).text).toBe('kubectl get pods ');
  expect(completed(lineOf('kubectl get pod/w'), { from: 12, words: ['pod/'] }).text).toBe('kubectl get pod/');
});

test('several words are written as far as they agree', () => {
  expect(completed(lineOf('get f'), { from: 4, words: ['frontend-1', 'frontend-2'] }).text).toBe('get frontend-');
});

test('where nothing is certain the line is the same', () => {
  const line = lineOf('get ');
  expect(completed(line, { from: 4, words: ['pods', 'services'] })).toBe(line);
  expect(completed(line, { from: 4, words: [] })).toBe(line);
});

test('words are listed in columns, and beyond a hundred they are counted', () => {
  expect(listed(['a', 'bb', 'ccc', 'd', 'e'], 12, String)).toBe('a    d\nbb   e\nccc\n');
  expect(
    listed(
      Array.from({ length: 130 }, (_, index) => `pod-${index}`),
      80,
      (count) => `and ${count} more`,
    ),
  ).toMatch(/and 30 more\n$/);
});
