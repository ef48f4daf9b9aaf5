import { expect, test } from 'vitest';
import { readRest } from './rest-kept';

const DONE = {
  began: 'kind: Pod',
  deeds: [{ at: 0, change: { kind: 'delete', object: { kind: 'Pod', namespace: 'default', name: 'web' }, cascade: true } }],
};

test('what was done at rest is read again as it was kept, and only what could have been kept', () => {
  expect(readRest(JSON.stringify(DONE))).toEqual(DONE);
  expect(readRest('')).toBeNull();
  expect(readRest(JSON.stringify({ ...DONE, began: 1 }))).toBeNull();
  expect(readRest(JSON.stringify({ ...DONE, deeds: [{ at: 0, change: { kind: 'explode' } }] }))).toBeNull();
});
