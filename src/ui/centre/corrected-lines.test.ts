import { expect, test } from 'vitest';
import { correctedLines } from './corrected-lines';

const text = 'a: 1\nb:\n  c: web\n  d: 2\n';

test('a word that changes shows its line before and after', () => {
  expect(correctedLines(text, text.replace('web', 'backend'))).toEqual([
    { line: 3, removed: true, words: '  c: web' },
    { line: 3, removed: false, words: '  c: backend' },
  ]);
});

test('a line that is put in takes nothing away', () => {
  expect(correctedLines(text, text.replace('  d: 2', '  e: 3\n  d: 2'))).toEqual([{ line: 4, removed: false, words: '  e: 3' }]);
});
