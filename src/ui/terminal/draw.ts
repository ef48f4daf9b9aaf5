// How the line comes onto a screen of so many columns: the least that has to be written to make one state of another. What is typed at
// the end is written alone, so that a screen reader hears the letter and not the whole line again.
// Widths are xterm's (its Unicode 6 tables, roughly): marks that combine take no column, East Asian signs take two.

export interface Shown {
  readonly prompt: string;
  readonly text: string;
  readonly cursor: number;
}

interface Cell {
  readonly row: number;
  readonly column: number;
}

const NOTHING: Shown = { prompt: '', text: '', cursor: 0 };
const TAB_WIDTH = 8;

/** The prompt stands back, the command stands out. */
const ink = (text: string): string => (text === '' ? '' : `\x1b[1m${text}\x1b[22m`);
const pale = (text: string): string => (text === '' ? '' : `\x1b[90m${text}\x1b[39m`);

/** Writes a prompt and a line where the screen's cursor is, at the first column. */
export function drawn(shown: Shown, columns: number): string {
  return redrawn(NOTHING, shown, columns);
}

/** Makes `after` of `before`, which is on the screen with its cursor in it. */
export function redrawn(before: Shown, after: Shown, columns: number): string {
  const here = cellOf(before, before.cursor, columns);
  if (before.prompt !== after.prompt) {
    const whole = `${erased(before)}${pale(lines(after.prompt))}${ink(lines(after.text))}`;
    return moved(here, { row: 0, column: 0 }) + whole + settled(after, columns);
  }
  const same = commonLength(before.text, after.text);
  if (same === before.text.length && same === after.text.length) return moved(here, cellOf(after, after.cursor, columns));
  const rest = same === before.text.length ? '' : '\x1b[J';
  return moved(here, cellOf(after, same, columns)) + rest + ink(lines(after.text.slice(same))) + settled(after, columns);
}

function erased(before: Shown): string {
  return before === NOTHING ? '' : '\x1b[J';
}

/** From the end of what was written to where the cursor belongs. A full last line is left for the next one, where xterm would wait. */
function settled(shown: Shown, columns: number): string {
  const end = cellOf(shown, shown.text.length, columns);
  const wraps = end.column === 0 && end.row > 0 && !shown.text.endsWith('\n');
  return (wraps ? ' \r' : '') + moved(end, cellOf(shown, shown.cursor, columns));
}

/** Where the screen's cursor is when it stands before this offset. */
function cellOf({ prompt, text }: Shown, offset: number, columns: number): Cell {
  let [row, column] = [0, 0];
  for (const sign of prompt + text.slice(0, offset)) {
    const width = widthOf(sign, column);
    if (sign === '\n' || column + width > columns) {
      row += 1;
      column = 0;
    }
    column += sign === '\n' ? 0 : width;
    if (column === columns) {
      row += 1;
      column = 0;
    }
  }
  return { row, column };
}

function widthOf(sign: string, column: number): number {
  if (sign === '\t') return TAB_WIDTH - (column % TAB_WIDTH);
  if (/[\p{Mn}\p{Me}\p{Cf}\n]/u.test(sign)) return 0;
  return /[\u1100-\u115f\u2e80-\u303e\u3040-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u.test(
    sign,
  )
    ? 2
    : 1;
}

function moved(from: Cell, to: Cell): string {
  const rows = to.row - from.row;
  const down = rows > 0 ? `\x1b[${rows}B` : '';
  const up = rows < 0 ? `\x1b[${-rows}A` : '';
  return down + up + (to.column === from.column ? '' : `\x1b[${to.column + 1}G`);
}

function commonLength(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  let length = 0;
  while (length < shorter && one[length] === other[length]) length += 1;
  // Not between the halves of a sign, nor between a letter and its accent.
  while (length > 0 && /^[\udc00-\udfff\p{Mn}\p{Me}\p{Cf}]/u.test(other.slice(length) || one.slice(length))) length -= 1;
  return length;
}

function lines(text: string): string {
  return text.replaceAll('\n', '\r\n');
}
