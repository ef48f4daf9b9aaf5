import { expect, test } from 'vitest';
import { readDrawer, readHistory, remembered } from './terminal-kept';

test('a stored drawer is believed as far as it makes sense', () => {
  expect(readDrawer('{"open":true,"height":300}')).toEqual({ open: true, height: 300 });
  expect(readDrawer('{"open":"yes","height":1e99}')).toEqual({ height: 900 });
  expect(readDrawer('{"height":null}')).toEqual({});
  expect(readDrawer('[')).toEqual({});
  expect(readDrawer(null)).toEqual({});
});

test('a stored history keeps its last commands, and nothing that is no command', () => {
  expect(readHistory('["kubectl get pods", 3, null]')).toEqual(['kubectl get pods']);
  expect(readHistory(JSON.stringify(Array.from({ length: 600 }, (_, index) => `${index}`)))).toHaveLength(500);
  expect(readHistory('{"length": 2}')).toEqual([]);
});

test('the same command twice in a row is remembered once', () => {
  expect(remembered(['a'], 'a')).toEqual(['a']);
  expect(remembered(['a'], 'b')).toEqual(['a', 'b']);
});
