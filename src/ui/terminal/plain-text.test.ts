import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText, terminalText } from './plain-text';

test('an escape sequence in the value of a ConfigMap loses what makes it one', () => {
  expect(plainText('greeting: \x1b[2J\x1b]0;owned\x07hello\x9b31m\x7f\r\b')).toBe('greeting: [2J]0;ownedhello31m');
});

test('line breaks, tabs and letters of every script stay', () => {
  expect(plainText('nœud-1\tprêt\n節點 😀')).toBe('nœud-1\tprêt\n節點 😀');
});

test('a line break goes back to the first column', () => {
  expect(terminalText('a\nb\r\n')).toBe('a\r\nb\r\n');
});

test('no text can bring a control character to the screen', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect([...plainText(text)].filter((character) => /\p{Cc}/u.test(character) && !'\n\t'.includes(character))).toEqual([]);
    }),
  );
});
