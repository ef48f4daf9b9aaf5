import { expect, test } from 'vitest';
import { fault, REASONS, type Reason } from '../kube/field-error';
import type { FieldPath } from '../kube/field-path';
import { tellFinding } from './finding';
import { LANGUAGES } from './language';

const reasons = Object.keys(REASONS) as readonly Reason[];
const object = { kind: 'Service', namespace: 'shop', name: 'web' };

const at = (where: FieldPath, reason: Reason, value: string | null, allowed: readonly string[]) => {
  const { path, fact } = fault(where, reason, value, allowed);
  return tellFinding({ object, path, ...fact });
};

const told = (reason: Reason, value: string | null, allowed: readonly string[]) => at(['spec', 'ports', 0, 'port'], reason, value, allowed);

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

test.each(LANGUAGES)('a sentence in %s breaks off nowhere where nothing is known of what is allowed', (language) => {
  for (const reason of reasons) expect(told(reason, null, [])[language]).not.toMatch(/[:,(;] *[.?)]| {2}|“”| [,.)]/u);
});

test.each([
  [{ kind: '', namespace: 'default', name: '' }, 'kind is required, and it is missing or empty.'],
  [{ kind: 'Service', namespace: 'default', name: '' }, 'kind of Service is required, and it is missing or empty.'],
])('an object that is half typed is named by what there is of it', (half, sentence) => {
  const { path, fact } = fault(['kind'], 'missing', null);
  const { en, fr } = tellFinding({ object: half, path, ...fact });
  expect(en).toBe(sentence);
  expect(fr).not.toMatch(/default|\( *\)/);
});

test('a misspelt field is told with the one that it resembles', () => {
  expect(at(['spec', 'ports', 0, 'targetport'], 'unknown-field', 'targetport', ['targetPort'])).toEqual({
    en: 'Service shop/web has no field spec.ports[0].targetport. Did you mean targetPort?',
    fr: 'Service shop/web n’a pas de champ spec.ports[0].targetport. Vouliez-vous écrire targetPort\u202F?',
  });
});

test('a value of the wrong type is told with the type that belongs there, and how it is written', () => {
  expect(at(['spec', 'ports', 0, 'port'], 'wrong-type', '80', ['number'])).toEqual({
    en: 'In spec.ports[0].port of Service shop/web, “80” is of the wrong type: what belongs there is a whole number (without quotes).',
    fr: 'Dans spec.ports[0].port (Service shop/web), «\u00A080\u00A0» n’est pas du bon type\u00A0: il faut un nombre entier (sans guillemets).',
  });
});

test('a node port is told with its owner, or as a clash within the Service', () => {
  const path = ['spec', 'ports', 1, 'nodePort'];
  expect(at(path, 'node-port-taken', '30080', ['Service shop/api'])).toEqual({
    en: 'spec.ports[1].nodePort of Service shop/web is “30080”, and Service shop/api has that number already: it serves one Service in the whole cluster. Leave nodePort out to be given a free one.',
    fr: 'spec.ports[1].nodePort (Service shop/web) vaut «\u00A030080\u00A0», mais Service shop/api a déjà ce numéro, qui ne sert qu’un Service dans tout le cluster. Sans nodePort, un numéro libre est attribué.',
  });
  expect(at(path, 'node-port-taken', '30080', ['Service shop/web']).en).toBe(
    'spec.ports[1].nodePort of Service shop/web is “30080”, and an earlier port of the same Service has that number already. Leave nodePort out to be given a free one.',
  );
});

test('a number without an upper bound is told by the lower one alone', () => {
  expect(at(['spec', 'replicas'], 'out-of-bounds', '-1', ['0', '∞'])).toEqual({
    en: 'spec.replicas of Service shop/web is “-1”; a number of 0 or more belongs there.',
    fr: 'spec.replicas (Service shop/web) vaut «\u00A0-1\u00A0»\u202F; il faut un nombre d’au moins 0.',
  });
});

test('a grace period on a readiness probe is told with the probes that may set one', () => {
  const path = ['spec', 'containers', 0, 'readinessProbe', 'terminationGracePeriodSeconds'];
  expect(at(path, 'must-be-one', '30', ['livenessProbe', 'startupProbe']).en).toBe(
    'spec.containers[0].readinessProbe.terminationGracePeriodSeconds of Service shop/web is “30”, and this probe never stops a container: only livenessProbe or startupProbe may set it.',
  );
});

test('labels that a selector misses are told with what it wants beside them', () => {
  const path = ['spec', 'template', 'metadata', 'labels'];
  expect(at(path, 'selector-mismatch', '', ['app=web'])).toEqual({
    en: 'spec.template.metadata.labels of Service shop/web are empty, and the selector wants app=web: the controller would never find its own Pods.',
    fr: 'spec.template.metadata.labels (Service shop/web) est vide, et le sélecteur demande app=web\u00A0: le contrôleur ne retrouverait jamais ses propres Pods.',
  });
});
