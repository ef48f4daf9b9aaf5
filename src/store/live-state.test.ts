// What the page makes of the engine's news about a cluster over time, and what it keeps of it.

import { expect, test } from 'vitest';
import type { HappeningView, SentAt } from '../engine/index';
import type { Lived } from '../worker/protocol';
import { readLife } from './live-kept';
import { beginningLive, previousInstant, tallyOf, withLived } from './live-state';

const VIEW: Lived['view'] = { now: 100, epoch: 0, until: 9000, restsAt: null, streams: [], faults: [], undoable: 0, redoable: 0 };
const NEWS: Lived = {
  view: VIEW,
  happenings: { from: 0, added: [] },
  sent: { from: 0, added: [] },
  manifest: null,
  began: null,
  deeds: null,
  undone: null,
  snapshot: null,
  trace: null,
};

function happening(index: number, at: number, weight: HappeningView['weight'] = 'step'): HappeningView {
  return { index, at, part: 'kubelet', node: null, object: null, code: 'ready', cause: null, told: { en: '', fr: '' }, weight };
}

function request(at: number, change: Partial<SentAt> = {}): SentAt {
  return { at, outcome: 'delivered', status: 200, well: true, pod: null, backend: null, ...change };
}

test('a history grows by what is new, and forgets what was undone', () => {
  const first = withLived(beginningLive('text', 'rest'), { ...NEWS, happenings: { from: 0, added: [happening(0, 10), happening(1, 20)] } });
  const grown = withLived(first, { ...NEWS, happenings: { from: 2, added: [happening(2, 30)] } });
  expect(grown.happenings.map(({ at }) => at)).toEqual([10, 20, 30]);
  expect(withLived(grown, NEWS).happenings).toEqual([]);
  expect(withLived(grown, { ...NEWS, happenings: { from: 3, added: [] } }).happenings).toBe(grown.happenings);
});

test('one goes back from happening to happening, over what is routine, to the beginning', () => {
  const history = [happening(0, 10), happening(1, 20, 'routine'), happening(2, 30, 'trouble')];
  expect([40, 30, 20, 10].map((at) => previousInstant(history, at))).toEqual([30, 10, 10, 0]);
});

test('requests are counted until the instant, those that failed by how', () => {
  const sent = [
    request(1),
    request(2, { well: false, status: 503 }),
    request(3, { well: false, status: null, outcome: 'rejected' }),
    request(4, { well: false, status: null, outcome: 'rejected' }),
    request(9),
  ];
  expect(tallyOf(sent, 5)).toEqual({
    well: 1,
    failed: [
      { how: '503', count: 1 },
      { how: 'rejected', count: 2 },
    ],
  });
});

const KEPT = {
  text: 'kind: Pod',
  origin: 'rest',
  at: 1200,
  deeds: [
    { at: 0, change: { kind: 'manifest', text: '' } },
    { at: 5, change: { kind: 'set-fault', fault: { kind: 'node-lost', node: 'node-1' } } },
    { at: 9, request: { from: 'pod/web', to: 'http://web/', protocol: 'TCP', via: null }, seed: 3 },
  ],
  undone: [{ at: 1200, stands: 2, done: [{ at: 10, change: { kind: 'mend-fault', fault: { kind: 'node-lost', node: 'node-1' } } }] }],
};

test('a life is read again as it was kept', () => {
  expect(readLife(JSON.stringify(KEPT))).toEqual(KEPT);
});

test('steps to be done again that cannot be read are left out, and so are those of a life that was kept without any', () => {
  expect(readLife(JSON.stringify({ ...KEPT, undone: [{ at: 0, stands: 0, done: [{ at: 0 }] }] }))?.undone).toEqual([]);
  expect(readLife(JSON.stringify({ ...KEPT, undone: undefined }))?.undone).toEqual([]);
});

test.each([
  ['nonsense', '{'],
  ['another origin', JSON.stringify({ ...KEPT, origin: 'somewhere' })],
  ['an instant that is none', JSON.stringify({ ...KEPT, at: -1 })],
  ['an unknown deed', JSON.stringify({ ...KEPT, deeds: [{ at: 0, change: { kind: 'explode' } }] })],
  ['a deed without its object', JSON.stringify({ ...KEPT, deeds: [{ at: 0, change: { kind: 'delete', cascade: true } }] })],
])('a life that cannot be read begins anew: %s', (_what, text) => {
  expect(readLife(text)).toBeNull();
});
