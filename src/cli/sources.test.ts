import { expect, test } from 'vitest';
import { formatPlace, joinSources, readSources } from './sources';

const sources = joinSources([
  { file: 'a.yaml', text: 'kind: Pod\nmetadata: {}' },
  { file: 'b.yaml', text: '---\nkind: Service\n' },
]);

test('each file begins a document of its own', () => {
  expect(sources.text).toBe('kind: Pod\nmetadata: {}\n---\n---\nkind: Service\n');
});

test('an offset leads back to file, line and column', () => {
  const place = (needle: string): string => {
    const from = sources.text.indexOf(needle);
    return formatPlace(sources.at({ from, to: from + 1 }));
  };
  expect(place('kind: Pod')).toBe('a.yaml:1:1');
  expect(place('{}')).toBe('a.yaml:2:11');
  expect(place('Service')).toBe('b.yaml:2:7');
});

test('at least one file is named', () => {
  expect(() => readSources([], () => '')).toThrow('no file');
});
