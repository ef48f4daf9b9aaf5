// The line that is being written, and what each key makes of it: a value and a pure function, with readline's default keys.
// Left out: macros, the kill ring beyond its last entry, undo. Enter, Tab, Ctrl-C, Ctrl-D and Ctrl-L concern more than the line: `dialogue.ts`.

export interface Line {
  readonly text: string;
  /** Offset into the text. */
  readonly cursor: number;
  /** What was cut last: Ctrl-Y puts it back. */
  readonly cut: string;
  /** Where one is in the history, and what was being written before; null: at the new line. */
  readonly visit: { readonly index: number; readonly draft: string } | null;
  readonly search: Search | null;
}

/** Ctrl-R. The line shows what was found last. */
export interface Search {
  readonly query: string;
  /** Index of the entry that is shown; the length of the history where none is. */
  readonly at: number;
  readonly draft: string;
}

export type LineKey = { readonly kind: 'insert'; readonly text: string } | { readonly kind: EditKey };

type EditKey =
  | 'left'
  | 'right'
  | 'word-left'
  | 'word-right'
  | 'start'
  | 'end'
  | 'erase-before'
  | 'erase-after'
  | 'cut-word-before'
  | 'cut-word-after'
  | 'cut-to-start'
  | 'cut-to-end'
  | 'put-back'
  | 'older'
  | 'newer'
  | 'search'
  | 'cancel';

export const EMPTY_LINE: Line = { text: '', cursor: 0, cut: '', visit: null, search: null };

export function lineOf(text: string): Line {
  return { ...EMPTY_LINE, text, cursor: text.length };
}

/** The line after a key. `history` has the oldest command first. */
export function press(line: Line, key: LineKey, history: readonly string[]): Line {
  if (line.search !== null) return searching(line, line.search, key, history);
  switch (key.kind) {
    case 'insert':
      return replaced(line, line.cursor, line.cursor, key.text);
    case 'left':
      return { ...line, cursor: before(line.text, line.cursor) };
    case 'right':
      return { ...line, cursor: after(line.text, line.cursor) };
    case 'word-left':
      return { ...line, cursor: wordStart(line.text, line.cursor, /[\p{L}\p{N}]/u) };
    case 'word-right':
      return { ...line, cursor: wordEnd(line.text, line.cursor) };
    case 'start':
      return { ...line, cursor: 0 };
    case 'end':
      return { ...line, cursor: line.text.length };
    case 'erase-before':
      return replaced(line, before(line.text, line.cursor), line.cursor);
    case 'erase-after':
      return replaced(line, line.cursor, after(line.text, line.cursor));
    case 'cut-word-before':
      return cut(line, wordStart(line.text, line.cursor, /\S/u), line.cursor);
    case 'cut-word-after':
      return cut(line, line.cursor, wordEnd(line.text, line.cursor));
    case 'cut-to-start':
      return cut(line, 0, line.cursor);
    case 'cut-to-end':
      return cut(line, line.cursor, line.text.length);
    case 'put-back':
      return replaced(line, line.cursor, line.cursor, line.cut);
    case 'older':
      return visited(line, (line.visit?.index ?? history.length) - 1, history);
    case 'newer':
      return line.visit === null ? line : visited(line, line.visit.index + 1, history);
    case 'search':
      return { ...line, search: { query: '', at: history.length, draft: line.text } };
    case 'cancel':
      return line;
    default:
      return key satisfies never;
  }
}

/** Replaces a stretch and puts the cursor behind it. */
export function replaced(line: Line, from: number, to: number, text = ''): Line {
  return { ...line, text: line.text.slice(0, from) + text + line.text.slice(to), cursor: from + text.length };
}

function cut(line: Line, from: number, to: number): Line {
  return from === to ? line : { ...replaced(line, from, to), cut: line.text.slice(from, to) };
}

function visited(line: Line, index: number, history: readonly string[]): Line {
  const draft = line.visit?.draft ?? line.text;
  if (index < 0) return line;
  const text = history[index] ?? draft;
  return { ...line, text, cursor: text.length, visit: index >= history.length ? null : { index, draft } };
}

function searching(line: Line, search: Search, key: LineKey, history: readonly string[]): Line {
  const { query, at, draft } = search;
  switch (key.kind) {
    case 'insert':
      return found(line, { ...search, query: query + key.text }, at, history);
    case 'erase-before':
      return found(line, { ...search, query: query.slice(0, before(query, query.length)) }, history.length - 1, history);
    case 'search':
      return found(line, search, at - 1, history);
    case 'cancel':
      return { ...lineOf(draft), cut: line.cut };
    default:
      return press({ ...line, search: null }, key, history);
  }
}

/** The latest entry with the query in it, from an index backwards. Without one, what was found before stays, as in readline. */
function found(line: Line, search: Search, from: number, history: readonly string[]): Line {
  if (search.query === '') return { ...line, search };
  const start = Math.min(from, history.length - 1);
  const at = start < 0 ? -1 : history.slice(0, start + 1).findLastIndex((entry) => entry.includes(search.query));
  const text = history[at];
  if (text === undefined) return { ...line, search };
  return { ...line, text, cursor: text.indexOf(search.query), visit: { index: at, draft: search.draft }, search: { ...search, at } };
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Where the character begins that ends at the offset: a flag or an accented letter is one, however it is written. */
function before(text: string, offset: number): number {
  return [...graphemes.segment(text.slice(0, offset))].at(-1)?.index ?? 0;
}

function after(text: string, offset: number): number {
  const [first] = graphemes.segment(text.slice(offset));
  return offset + (first?.segment.length ?? 0);
}

/** Back over what is no word, then over the word: for Ctrl-W words end at blanks, for the arrows at any sign. */
function wordStart(text: string, offset: number, letter: RegExp): number {
  let at = offset;
  while (at > 0 && !letter.test(text[at - 1] ?? '')) at -= 1;
  while (at > 0 && letter.test(text[at - 1] ?? '')) at -= 1;
  return at;
}

function wordEnd(text: string, offset: number): number {
  const letter = /[\p{L}\p{N}]/u;
  let at = offset;
  while (at < text.length && !letter.test(text[at] ?? '')) at += 1;
  while (at < text.length && letter.test(text[at] ?? '')) at += 1;
  return at;
}
