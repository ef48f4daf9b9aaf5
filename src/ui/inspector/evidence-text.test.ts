import { expect, test } from 'vitest';
import { pieces, shortened } from './evidence-text';

const RULE =
  '-A KUBE-SERVICES -d 10.152.183.25/32 -p tcp -m comment --comment "production/backend cluster IP" -m tcp --dport 80 -j KUBE-SVC-ZPLWS4OQ5AOFTFV2';

test('a rule is shortened to its conditions and its target', () => {
  expect(shortened(RULE)).toBe('-d 10.152.183.25/32 -p tcp --dport 80 -j KUBE-SVC-ZPLWS4OQ5AOFTFV2');
  expect(
    shortened(
      '-A KUBE-SVC-X -m comment --comment "a/b -> 10.1.1.10:8080" -m statistic --mode random --probability 0.33333333349 -j KUBE-SEP-Y',
    ),
  ).toBe('--probability 0.33333333349 -j KUBE-SEP-Y');
});

test('a condition is shortened as its rule is, so that it is found there', () => {
  expect(shortened('-m statistic --mode random --probability 0.33333333349')).toBe('--probability 0.33333333349');
});

test('the condition that failed is a piece of its own', () => {
  expect(pieces('-d 10.152.183.1/32 -p tcp', '-d 10.152.183.1/32', false)).toEqual([
    { kind: 'failed', text: '-d 10.152.183.1/32' },
    { kind: 'plain', text: ' -p tcp' },
  ]);
});

test('the new address of a rule that applied is a plate, that of one passed over is not', () => {
  const text = '-p tcp -j DNAT --to-destination 10.1.1.11:8080';
  expect(pieces(text, null, true).map((piece) => piece.kind)).toEqual(['plain', 'plate']);
  expect(pieces(text, null, null).map((piece) => piece.kind)).toEqual(['plain']);
});
