// What is drawn is held against xterm itself, whose parser and buffer run without a page.

import { Terminal } from '@xterm/xterm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawn, redrawn, type Shown } from './draw';

async function screen(columns: number, written: string) {
  const terminal = new Terminal({ cols: columns, rows: 12, allowProposedApi: true });
  await new Promise<void>((done) => terminal.write(written, done));
  const { active } = terminal.buffer;
  const rows = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
  const full = active.cursorX === columns; // xterm waits at a full line with the next sign
  return {
    rows: rows.join('\n').trimEnd(),
    cursor: full ? [active.baseY + active.cursorY + 1, 0] : [active.baseY + active.cursorY, active.cursorX],
  };
}

const shown = (text: string, cursor = text.length, prompt = 'me:~$ '): Shown => ({ prompt, text, cursor });

test('a letter at the end is written alone, so that a screen reader hears no more', () => {
  expect(redrawn(shown('kubectl ge'), shown('kubectl get'), 80)).toBe('\x1b[1mt\x1b[22m');
});

test('moving the cursor writes nothing', () => {
  expect(redrawn(shown('abc'), shown('abc', 0), 80)).toBe('\x1b[7G');
});

test('a line that is edited step by step looks as if it had been written at once', async () => {
  const signs = fc.constantFrom('a', 'b', ' ', '-', 'é', '節', 'e\u0301', '\u{1f600}');
  const state = fc
    .tuple(fc.array(signs, { maxLength: 30 }), fc.nat(30), fc.constantFrom('me:~$ ', '> '))
    .map(([parts, at, prompt]) => shown(parts.join(''), parts.slice(0, at).join('').length, prompt));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 9, max: 24 }), fc.array(state, { minLength: 1, maxLength: 6 }), async (columns, states) => {
      const steps = states.map((next, index) => redrawn(states[index - 1] ?? shown('', 0, ''), next, columns));
      const last = states.at(-1) ?? shown('');
      expect(await screen(columns, `\r\n${steps.join('')}`)).toEqual(await screen(columns, `\r\n${drawn(last, columns)}`));
    }),
    { numRuns: 300 },
  );
});

test('the cursor stands where the text before it ends', async () => {
  const { cursor } = await screen(10, drawn(shown('abcdefghij klm', 9), 10));
  expect(cursor).toEqual([1, 5]);
});
