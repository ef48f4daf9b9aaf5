import { expect, test } from 'vitest';
import type { HappeningView } from '../engine/index';
import { objectEvents } from './object-events';

const POD = { kind: 'Pod', namespace: 'shop', name: 'web-1' } as const;

function happening(index: number, sentence: string, object: HappeningView['object'] = POD): HappeningView {
  const told = { en: sentence, fr: sentence };
  return { index, at: index * 100, part: 'kubelet', node: 'node-1', object, code: 'ready', cause: null, told, weight: 'step' };
}

test('the events of an object are those until now, the last first, the same sentence once with its count', () => {
  const happenings = [
    happening(0, 'pulled'),
    happening(1, 'probe failed'),
    happening(2, 'other', { ...POD, name: 'web-2' }),
    happening(3, 'started'),
    happening(4, 'probe failed'),
    happening(5, 'ready'),
  ];
  const told = objectEvents(happenings, { object: POD, now: 400 }).map(({ last, count }) => `${last.index} ${last.told.en} ${count}`);
  expect(told).toEqual(['4 probe failed 2', '3 started 1', '0 pulled 1']);
});
