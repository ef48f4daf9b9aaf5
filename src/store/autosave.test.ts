import { expect, test } from 'vitest';
import { readScenario } from './autosave';

const SCENARIO = {
  sample: null,
  text: 'kind: Pod\n',
  request: { from: 'pod/default/a', to: 'web:80', protocol: 'TCP', via: null },
  seed: 4,
};

test('a kept scenario comes back as it was', () => {
  expect(readScenario(JSON.stringify(SCENARIO))).toEqual(SCENARIO);
});

test('what cannot be a scenario is not one', () => {
  const broken = ['', '{', 'null', '[]', JSON.stringify({ ...SCENARIO, text: 3 }), JSON.stringify({ ...SCENARIO, request: { from: 'a' } })];
  expect(broken.map(readScenario)).toEqual(broken.map(() => null));
});

test('a seed that is no whole number counts as the first', () => {
  expect(readScenario(JSON.stringify({ ...SCENARIO, seed: 'x' }))?.seed).toBe(1);
});
