import { expect, test } from 'vitest';
import { sharesOf } from './shares';

const to = (backend: string | null, index: number) => ({
  index,
  outcome: backend === null ? 'dropped' : 'delivered',
  backend,
  pod: backend === null ? null : `default/${backend}`,
  clientPort: 40000 + index,
});

test('back ends stand in the order of their share, undelivered requests last', () => {
  const samples = ['a', 'b', null, 'b', null, null, 'a', 'b'].map(to);
  expect(sharesOf(samples).map((share) => [share.name, share.count])).toEqual([
    ['b', 3],
    ['a', 2],
    [null, 3],
  ]);
});
