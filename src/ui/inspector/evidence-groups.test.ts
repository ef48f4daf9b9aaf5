import { expect, test } from 'vitest';
import type { Evidence } from '../../engine/explain/told';
import { NO_PROVENANCE } from '../../engine/net/provenance';
import { grouped } from './evidence-groups';

const rule = (group: string, matched: boolean | null, text = '-d 10.0.0.1/32'): Evidence => ({
  kind: 'iptables-rule',
  text,
  matched,
  group,
  failed: null,
  note: null,
  provenance: NO_PROVENANCE,
});

const sizes = (evidence: readonly Evidence[]) =>
  grouped(evidence).map((group) => [group.name, group.runs.map((run) => (run.folds ? -run.items.length : run.items.length))]);

test('a long run of rules passed over folds, and what applied stands alone', () => {
  const evidence = [rule('A', false), rule('A', false), rule('A', false), rule('A', true), rule('A', false)];
  expect(sizes(evidence)).toEqual([['A', [-3, 1, 1]]]);
});

test('random draws never fold', () => {
  const draw = rule('B', false, '--probability 0.2');
  expect(sizes([draw, draw, draw])).toEqual([['B', [1, 1, 1]]]);
});

test('a chain that is read twice stands twice', () => {
  expect(sizes([rule('A', true), rule('B', true), rule('A', true)]).map(([name]) => name)).toEqual(['A', 'B', 'A']);
});
