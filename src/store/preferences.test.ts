import { expect, test } from 'vitest';
import { preferredAtStart, readPreferences } from './preferences';

test('the first language of the browser that the page speaks is taken', () => {
  expect(preferredAtStart(['de-DE', 'fr-CA', 'en']).language).toBe('fr');
  expect(preferredAtStart(['de-DE', 'en-GB', 'fr']).language).toBe('en');
  expect(preferredAtStart(['de-DE']).language).toBe('en');
});

test('what is stored counts as far as it makes sense', () => {
  expect(readPreferences('{"language":"fr","theme":"pink"}')).toEqual({ language: 'fr' });
  expect(readPreferences('}')).toEqual({});
});
