import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keysOf } from './keys';
import { EMPTY_LINE, type Line, type LineKey, lineOf, press } from './line';

const HISTORY = ['kubectl get pods', 'kubectl get services -A', 'kubectl describe pod web'];

/** The line after these bytes, as a terminal sends them; keys that concern more than the line are left out. */
function typed(bytes: string, from: Line = EMPTY_LINE): Line {
  const keys = keysOf(bytes).filter(
    (key): key is LineKey => !['enter', 'complete', 'interrupt', 'end-of-input', 'clear'].includes(key.kind),
  );
  return keys.reduce((line, key) => press(line, key, HISTORY), from);
}

/** `|` stands for the cursor. */
function seen({ text, cursor }: Line): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

test.each([
  ['letters', 'kubectl', 'kubectl|'],
  ['left and right', 'abc\x1b[D\x1b[D\x1b[CX', 'abX|c'],
  ['Home and End', 'abc\x1b[Hx\x1b[Fy', 'xabcy|'],
  ['Ctrl-A and Ctrl-E', 'abc\x01x\x05y', 'xabcy|'],
  ['backspace and delete', 'abcd\x7f\x1b[D\x1b[D\x1b[3~', 'a|c'],
  ['Ctrl-U cuts to the start, Ctrl-Y puts back', 'get pods\x15kubectl \x19', 'kubectl get pods|'],
  ['Ctrl-K cuts to the end', 'get pods\x1b[D\x1b[D\x0b', 'get po|'],
  ['Ctrl-W cuts a word up to a blank', 'get pod/web-1 \x17', 'get |'],
  ['Alt-B and Ctrl-left go by words', 'get pod/web-1\x1bb\x1b[1;5D', 'get pod/|web-1'],
  ['Alt-F and Ctrl-right go by words', 'get pod/web\x01\x1bf\x1b[1;5C', 'get pod|/web'],
  ['an accent, a flag and a family are one character each', 'é\u{1f1eb}\u{1f1f7}\x7f', 'é|'],
  ['Escape alone changes nothing', 'abc\x1b', 'abc|'],
  ['a key that means nothing here', 'abc\x1b[15~\x1b[5~d', 'abcd|'],
])('%s', (_name, bytes, expected) => {
  expect(seen(typed(bytes))).toBe(expected);
});

test('up and down walk the history and come back to what was being written', () => {
  expect(seen(typed('my draft\x1b[A'))).toBe('kubectl describe pod web|');
  expect(seen(typed('my draft\x1b[A\x1b[A\x1b[A\x1b[A\x1b[A'))).toBe('kubectl get pods|');
  expect(seen(typed('my draft\x1b[A\x1b[A\x1b[B'))).toBe('kubectl describe pod web|');
  expect(seen(typed('my draft\x1b[A\x1b[B\x1b[B'))).toBe('my draft|');
});

test('Ctrl-R finds the latest command with these letters, again goes further back, Escape gives up', () => {
  expect(typed('x\x12get')).toMatchObject({ text: 'kubectl get services -A', cursor: 8, search: { query: 'get' } });
  expect(typed('x\x12get\x12')).toMatchObject({ text: 'kubectl get pods', search: { query: 'get' } });
  expect(typed('x\x12get\x12\x12')).toMatchObject({ text: 'kubectl get pods' });
  expect(typed('y', typed('x\x12get'))).toMatchObject({ text: 'kubectl get services -A', search: { query: 'gety' } });
  expect(typed('x\x12get\x1b')).toMatchObject({ text: 'x', cursor: 1, search: null });
  expect(seen(typed('x\x12get\x05!'))).toBe('kubectl get services -A!|');
});

test('after a search, up goes on from what was found', () => {
  expect(seen(typed('\x12services\x1b[A'))).toBe('kubectl get pods|');
});

test('what is pasted is typed line by line, and no key', () => {
  expect(keysOf('\x1b[200~get\tpods\r\nget \x1b[Dsvc\x1b[201~x')).toEqual([
    { kind: 'insert', text: 'get\tpods' },
    { kind: 'enter' },
    { kind: 'insert', text: 'get [Dsvc' },
    { kind: 'insert', text: 'x' },
  ]);
});

test('whatever is typed, the cursor stands inside the text, and no control character gets in', () => {
  const bytes = fc.array(
    fc.oneof(
      fc.constantFrom(
        '\x01',
        '\x05',
        '\x0b',
        '\x12',
        '\x15',
        '\x17',
        '\x19',
        '\x1b',
        '\x7f',
        '\x1b[A',
        '\x1b[B',
        '\x1b[C',
        '\x1b[D',
        '\x1b[3~',
        '\x1bb',
        '\x1bd',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
  );
  fc.assert(
    fc.property(bytes, (parts) => {
      const line = typed(parts.join(''), lineOf('kubectl get pods'));
      expect(line.cursor).toBeGreaterThanOrEqual(0);
      expect(line.cursor).toBeLessThanOrEqual(line.text.length);
      expect(line.text).not.toMatch(/[^\P{Cc}\t\n]/u);
    }),
  );
});
