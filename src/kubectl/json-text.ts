// JSON as Go writes it: keys by the alphabet, and the signs of HTML escaped (encoding/json).

import { compareText, type Json } from '../engine/index';
import { isList, isMap } from './fields';

/** On one line, or with four blanks a level. */
export function jsonText(value: Json, isIndented = false): string {
  return text(value, isIndented ? '\n' : null);
}

/** `end` is the line break with the indent of the value's own line; null for one line. */
function text(value: Json, end: string | null): string {
  if (isList(value))
    return wrapped(
      '[',
      value.map((one) => text(one, deeper(end))),
      ']',
      end,
    );
  if (!isMap(value)) return scalar(value);
  const keys = Object.keys(value).sort(compareText);
  const colon = end === null ? ':' : ': ';
  return wrapped(
    '{',
    keys.map((key) => `${scalar(key)}${colon}${text(value[key] ?? null, deeper(end))}`),
    '}',
    end,
  );
}

function deeper(end: string | null): string | null {
  return end === null ? null : `${end}    `;
}

function wrapped(open: string, parts: readonly string[], close: string, end: string | null): string {
  if (parts.length === 0 || end === null) return `${open}${parts.join(',')}${close}`;
  const inner = deeper(end) ?? '';
  return `${open}${inner}${parts.join(`,${inner}`)}${end}${close}`;
}

function scalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
