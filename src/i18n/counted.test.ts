import { expect, test } from 'vitest';
import { counted } from './counted';
import { messagesOf } from './messages-of';

test('French takes the singular for none and one, English for one alone', () => {
  expect(counted('fr')(0, '# arrêt', '# arrêts')).toBe('0 arrêt');
  expect(counted('fr')(2, '# arrêt', '# arrêts')).toBe('2 arrêts');
  expect(counted('en')(0, '# stop', '# stops')).toBe('0 stops');
  expect(counted('en')(1, '# stop', '# stops')).toBe('1 stop');
});

test('French puts a non-breaking space before a colon, a semicolon, a question mark and an exclamation mark', () => {
  const texts = Object.values(messagesOf('fr')).filter((text) => typeof text === 'string');
  expect(texts.length).toBeGreaterThan(50);
  expect(texts.filter((text) => /[^\u00a0\u202f][:;?!](\s|$)/.test(text))).toEqual([]);
});
