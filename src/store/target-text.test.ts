import { expect, test } from 'vitest';
import { retargeted, type Verb, verbOf } from './target-text';

test.each<[string, Verb, string]>([
  ['http://backend:8080/api', 'TCP', 'backend:8080'],
  ['http://backend/api', 'UDP', 'backend:80'],
  ['http://backend:80/api', 'ping', 'ping:backend'],
  ['backend:53', 'GET', 'http://backend:53/'],
  ['backend:80', 'GET', 'http://backend/'],
  ['https://kubernetes.default/', 'TCP', 'kubernetes.default:443'],
  ['kubernetes.default:443', 'GET', 'https://kubernetes.default/'],
  ['ping:10.1.1.5', 'SCTP', '10.1.1.5:80'],
  ['ping:fd00::5', 'GET', 'http://[fd00::5]/'],
  ['http://[fd00::5]:8080/', 'ping', 'ping:fd00::5'],
  ['http://[fd00::5]:8080/', 'TCP', '[fd00::5]:8080'],
])('%s, as %s, is %s', (to, verb, expected) => {
  const target = retargeted({ to, protocol: 'TCP' }, verb);
  expect(target.to).toBe(expected);
  expect(verbOf(target)).toBe(verb);
});
