// What xterm reports as typed, taken apart into keys. It speaks as a VT100 would: a letter is itself, Ctrl-A is the byte 1, an arrow is
// an escape sequence, and what is pasted stands between two marks (bracketed paste), so that a pasted tab completes nothing.

import type { LineKey } from './line';
import { plainText } from './plain-text';

export type Key = LineKey | { readonly kind: 'enter' | 'complete' | 'interrupt' | 'end-of-input' | 'clear' };

const ESCAPE = '\x1b';
const PASTE_BEGINS = `${ESCAPE}[200~`;
const PASTE_ENDS = `${ESCAPE}[201~`;

const CONTROLS: Readonly<Record<string, Exclude<Key['kind'], 'insert'>>> = {
  '\x01': 'start',
  '\x02': 'left',
  '\x03': 'interrupt',
  '\x04': 'end-of-input',
  '\x05': 'end',
  '\x06': 'right',
  '\x07': 'cancel',
  '\b': 'cut-word-before',
  '\t': 'complete',
  '\n': 'enter',
  '\x0b': 'cut-to-end',
  '\f': 'clear',
  '\r': 'enter',
  '\x0e': 'newer',
  '\x10': 'older',
  '\x12': 'search',
  '\x15': 'cut-to-start',
  '\x17': 'cut-word-before',
  '\x19': 'put-back',
  '\x7f': 'erase-before',
};

/** By what follows the escape. `O` where xterm is in application mode; `1;5` with Ctrl, `1;3` with Alt. */
const SEQUENCES: Readonly<Record<string, Exclude<Key['kind'], 'insert'>>> = {
  '': 'cancel',
  '[A': 'older',
  OA: 'older',
  '[B': 'newer',
  OB: 'newer',
  '[C': 'right',
  OC: 'right',
  '[D': 'left',
  OD: 'left',
  '[1;5C': 'word-right',
  '[1;3C': 'word-right',
  '[1;5D': 'word-left',
  '[1;3D': 'word-left',
  '[H': 'start',
  OH: 'start',
  '[1~': 'start',
  '[F': 'end',
  OF: 'end',
  '[4~': 'end',
  '[3~': 'erase-after',
  '[3;5~': 'cut-word-after',
  b: 'word-left',
  f: 'word-right',
  d: 'cut-word-after',
  '\x7f': 'cut-word-before',
};

/** Every key in the order typed; sequences that mean nothing here are passed over. */
export function keysOf(typed: string): readonly Key[] {
  const keys: Key[] = [];
  let rest = typed;
  while (rest !== '') {
    const [length, some] = nextKeys(rest);
    keys.push(...some);
    rest = rest.slice(length);
  }
  return keys;
}

/** How many characters belong together, and the keys that they are. */
function nextKeys(typed: string): readonly [number, readonly Key[]] {
  if (typed.startsWith(PASTE_BEGINS)) {
    const end = typed.indexOf(PASTE_ENDS);
    const pasted = typed.slice(PASTE_BEGINS.length, end < 0 ? undefined : end);
    return [end < 0 ? typed.length : end + PASTE_ENDS.length, pastedKeys(pasted)];
  }
  if (typed.startsWith(ESCAPE)) {
    const [sequence] = /^(?:\[[\d;?]*[A-Za-z~]|O[A-Za-z]|[^[O])?/u.exec(typed.slice(1)) ?? [''];
    const kind = SEQUENCES[sequence];
    return [1 + sequence.length, kind === undefined ? [] : [{ kind }]];
  }
  const kind = CONTROLS[typed.charAt(0)];
  if (kind !== undefined) return [1, [{ kind }]];
  const [plain] = /^\P{Cc}+/u.exec(typed) ?? [''];
  return plain === '' ? [1, []] : [plain.length, [{ kind: 'insert', text: plain }]];
}

/** Each line of what is pasted is entered, as if typed; the last one waits for Enter, unless it too ends with a line break. */
export function pastedKeys(pasted: string): readonly Key[] {
  return plainText(pasted.replaceAll(/\r\n?/g, '\n'))
    .split('\n')
    .flatMap((text, index): readonly Key[] => [
      ...(index > 0 ? [{ kind: 'enter' } as const] : []),
      ...(text === '' ? [] : [{ kind: 'insert', text } as const]),
    ]);
}
