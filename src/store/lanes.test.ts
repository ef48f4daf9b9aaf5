// The time bar as a picture: marks that lie apart, marks that become one, ticks of requests, and the page that turns.

import { expect, test } from 'vitest';
import type { HappeningView, SentAt } from '../engine/index';
import { instantAt, marksOf, placeOf, scaleTicks, spanWith, ticksOf } from './lanes';

const span = { from: 10_000, length: 10_000 };
const drawn = { width: 1000, now: 15_000 };

function happening(index: number, at: number, change: Partial<HappeningView> = {}): HappeningView {
  const told = { en: '', fr: '' };
  return { index, at, part: 'kubelet', node: 'node-1', object: null, code: 'ready', cause: null, told, weight: 'step', ...change };
}

function request(at: number, change: Partial<SentAt> = {}): SentAt {
  return { at, outcome: 'delivered', status: 200, well: true, pod: 'default/web', backend: '10.1.1.2:80', ...change };
}

test('every part has its lane, and what is outside of the stretch is not drawn', () => {
  const parts = ['user', 'replicaset-controller', 'kubelet', 'coredns'] as const;
  const marks = marksOf([happening(0, 9000), ...parts.map((part, index) => happening(index + 1, 12_000, { part }))], span, drawn);
  expect(marks.map(({ lane, x }) => [lane, x])).toEqual([
    ['user', 200],
    ['control', 200],
    ['nodes', 200],
    ['network', 200],
  ]);
});

test('what lies too close to be told apart is one mark, and leads to what weighs most', () => {
  const many = [
    happening(0, 12_000),
    happening(1, 12_010, { weight: 'trouble' }),
    happening(2, 12_020, { weight: 'routine' }),
    happening(3, 13_000),
  ];
  expect(marksOf(many, span, drawn).map(({ index, count, weight }) => [index, count, weight])).toEqual([
    [1, 3, 'trouble'],
    [3, 1, 'step'],
  ]);
});

test('what is still to come is never one mark with what has happened', () => {
  const marks = marksOf([happening(0, 15_000), happening(1, 15_001)], span, drawn);
  expect(marks.map(({ ahead }) => ahead)).toEqual([false, true]);
});

test.each<[Partial<SentAt>, string]>([
  [{}, 'well'],
  [{ well: false, status: 503, outcome: 'rejected' }, 'error'],
  [{ well: false, status: 500 }, 'error'],
  [{ well: false, status: null, outcome: 'rejected' }, 'rejected'],
  [{ well: false, status: null, outcome: 'refused' }, 'rejected'],
  [{ well: false, status: null, outcome: 'dropped' }, 'dropped'],
  [{ well: false, status: null, outcome: 'unresolved' }, 'unresolved'],
])('a request that ended with %j has a shape of its own', (change, shape) => {
  expect(ticksOf([request(12_000, change)], span, drawn).map((tick) => tick.shape)).toEqual([shape]);
});

test('of requests at one pixel a failure is shown', () => {
  const failed = request(12_003, { well: false, status: null, outcome: 'rejected' });
  expect(ticksOf([request(12_000), failed, request(12_004)], span, drawn)).toEqual([
    { x: expect.closeTo(200, 0), index: 1, shape: 'rejected', ahead: false },
  ]);
});

test('a place and its instant belong together', () => {
  expect(instantAt(placeOf(12_345, span, 640), span, 640)).toBe(12_345);
  expect(instantAt(-5000, span, 640)).toBe(0);
});

test('the scale has its ticks at round instants', () => {
  expect(scaleTicks({ from: 12_300, length: 10_000 }, 5000)).toEqual([15_000, 20_000]);
});

test('the stretch stays until the clock leaves it, forth or back, and then has room ahead', () => {
  expect(spanWith(span, 19_000)).toBe(span);
  const forth = spanWith(span, 19_700);
  expect(forth).toEqual({ from: 17_000, length: 10_000 });
  expect(spanWith(forth, 4000)).toEqual({ from: 2000, length: 10_000 });
  expect(spanWith(forth, 500)).toEqual({ from: 0, length: 10_000 });
});
