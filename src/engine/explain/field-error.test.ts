import { expect, test } from 'vitest';
import { fault, REASONS, type Reason } from '../kube/field-error';
import { tellFinding } from './finding';
import { LANGUAGES } from './language';

const reasons = Object.keys(REASONS) as readonly Reason[];
const object = { kind: 'Service', namespace: 'shop', name: 'web' };

const told = (reason: Reason, value: string | null, allowed: readonly string[]) => {
  const { path, fact } = fault(['spec', 'ports', 0, 'port'], reason, value, allowed);
  return tellFinding({ object, path, ...fact });
};

test.each(LANGUAGES)('every reason has a sentence of its own in %s, whatever is known of it', (language) => {
  for (const [value, allowed] of [
    ['x', ['a', 'b']],
    [null, []],
  ] as const) {
    const sentences = reasons.map((reason) => told(reason, value, allowed)[language]);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^.{20,}[.?]$/u);
      expect(sentence).not.toMatch(/\b(?:null|undefined)\b|\[object/);
    }
    expect(new Set(sentences).size).toBe(reasons.length);
  }
});

test('French has its spaces before double signs and inside quotes', () => {
  for (const reason of reasons) expect(told(reason, 'x', ['a', 'b']).fr).not.toMatch(/[^\u00A0\u202F:/][:;?!](?:\s|$)|« |[^\u00A0]»/u);
});

test('a misspelt field is told with the one that it resembles', () => {
  expect(told('unknown-field', 'targetport', ['targetPort'])).toEqual({
    en: 'Service shop/web has no field called “targetport” here. Did you mean targetPort?',
    fr: 'Service shop/web n’a pas de champ «\u00A0targetport\u00A0» à cet endroit. Vouliez-vous écrire targetPort\u202F?',
  });
});
