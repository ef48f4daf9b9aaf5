// What Tab does with what may follow: one word is written out, several as far as they agree, and then they are listed.

import type { Completion } from '../../store/terminal';
import { type Line, replaced } from './line';

/** More than this are counted, not listed. */
const LISTED = 100;

/** The line with as much as is certain; the line itself where nothing is. */
export function completed(line: Line, { from, words }: Completion): Line {
  const [first] = words;
  if (first === undefined) return line;
  const written = line.text.slice(from, line.cursor);
  const certain = words.length === 1 ? ended(first) : commonStart(words);
  return certain.length > written.length || words.length === 1 ? replaced(line, from, line.cursor, certain) : line;
}

/** A word is over, except where more of the same belongs to it: `pod/`, `--output=`. */
function ended(word: string): string {
  return /[/=,:]$/.test(word) ? word : `${word} `;
}

function commonStart(words: readonly string[]): string {
  return words.reduce((start, word) => {
    let length = 0;
    while (length < Math.min(start.length, word.length) && start[length] === word[length]) length += 1;
    return start.slice(0, length);
  });
}

/** The words in columns, downwards first, as a shell lists them. */
export function listed(words: readonly string[], columns: number, more: (count: number) => string): string {
  const shown = words.slice(0, LISTED);
  const width = Math.max(...shown.map((word) => word.length)) + 2;
  const across = Math.max(1, Math.floor(columns / width));
  const down = Math.ceil(shown.length / across);
  const rows = Array.from({ length: down }, (_, row) =>
    shown
      .filter((_word, index) => index % down === row)
      .map((word) => word.padEnd(width))
      .join('')
      .trimEnd(),
  );
  return [...rows, ...(words.length > LISTED ? [more(words.length - LISTED)] : []), ''].join('\n');
}
