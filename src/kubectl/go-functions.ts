// The functions of Go templates (text/template/funcs.go), and kubectl's own two: `exists` and `base64decode`. Undefined is Go's "no value".

import type { Json } from '../engine/index';
import { isList, isMap } from './fields';
import { goText, goType } from './go-text';

export type GoValue = Json | undefined;

/** What a function gives, or why it cannot. */
export type Called = { readonly value: GoValue } | { readonly problem: string };

export function callFunction(name: string, values: readonly GoValue[]): Called {
  const [first, second] = values;
  switch (name) {
    case 'not':
      return { value: !isTruth(first) };
    case 'len':
      return length(first);
    case 'index':
      return indexed(first, values.slice(1));
    case 'slice':
      return sliced(first, values.slice(1));
    case 'print':
      return { value: printed(values) };
    case 'println':
      return { value: `${values.map(shown).join(' ')}\n` };
    case 'printf':
      return { value: formatted(String(first ?? ''), values.slice(1)) };
    case 'html':
    case 'js':
    case 'urlquery':
      return { value: escaped(name, printed(values)) };
    case 'eq':
      return equal(first, values.slice(1));
    case 'ne': {
      const same = equal(first, [second]);
      return 'problem' in same ? same : { value: same.value !== true };
    }
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return ordered(name, first, second);
    case 'exists':
      return { value: !('problem' in indexed(first, values.slice(1))) && isPresent(indexed(first, values.slice(1))) };
    case 'base64decode':
      return decoded(String(first ?? ''));
    default:
      return { problem: `function "${name}" is not simulated` };
  }
}

/** Whether a value counts as true: not false, not 0, not empty, and there. */
export function isTruth(value: GoValue): boolean {
  if (isList(value)) return value.length > 0;
  if (isMap(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

function isPresent(called: Called): boolean {
  return 'value' in called && called.value !== undefined && called.value !== null;
}

function shown(value: GoValue): string {
  return value === undefined ? '<nil>' : goText(value);
}

/** Sprint: a blank between two operands of which neither is a text. */
function printed(values: readonly GoValue[]): string {
  return values
    .map((value, index) => (index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string' ? ' ' : '') + shown(value))
    .join('');
}

function length(value: GoValue): Called {
  if (value === undefined || value === null) return { problem: 'len of nil pointer' };
  if (typeof value === 'string') return { value: new TextEncoder().encode(value).length };
  if (isList(value)) return { value: value.length };
  return isMap(value) ? { value: Object.keys(value).length } : { problem: `len of type ${typeOf(value)}` };
}

function indexed(value: GoValue, keys: readonly GoValue[]): Called {
  const [key, ...rest] = keys;
  if (keys.length === 0) return { value };
  if (value === undefined || value === null)
    return { problem: keys.length > 0 && rest.length >= 0 ? 'index of nil pointer' : 'index of untyped nil' };
  if (isMap(value)) {
    if (typeof key !== 'string') return { problem: `value has type ${typeOf(key)}; should be string` };
    return indexed(Object.hasOwn(value, key) ? value[key] : undefined, rest);
  }
  if (!isList(value)) return typeof value === 'string' ? letterAt(value, key) : { problem: `can't index item of type ${typeOf(value)}` };
  if (typeof key !== 'number') return { problem: `cannot index slice/array with type ${typeOf(key)}` };
  return key < 0 || key >= value.length ? { problem: `index out of range: ${key}` } : indexed(value[key], rest);
}

function letterAt(text: string, key: GoValue): Called {
  if (typeof key !== 'number') return { problem: `cannot index slice/array with type ${typeOf(key)}` };
  return key < 0 || key >= text.length ? { problem: `index out of range: ${key}` } : { value: text.charCodeAt(key) };
}

function sliced(value: GoValue, bounds: readonly GoValue[]): Called {
  if (typeof value !== 'string' && !isList(value)) return { problem: `can't slice item of type ${typeOf(value)}` };
  const [from = 0, to = value.length] = bounds;
  if (typeof from !== 'number' || typeof to !== 'number') return { problem: `cannot index slice/array with type ${typeOf(from)}` };
  const wrong = [from, to].find((bound) => bound < 0 || bound > value.length);
  if (wrong !== undefined) return { problem: `index out of range: ${wrong}` };
  return from > to ? { problem: `invalid slice index: ${from} > ${to}` } : { value: value.slice(from, to) };
}

function equal(first: GoValue, others: readonly GoValue[]): Called {
  if (others.length === 0) return { problem: 'missing argument for comparison' };
  const wrong = others.find((other) => first !== undefined && other !== undefined && sort(first) !== sort(other));
  if (wrong !== undefined) return { problem: 'incompatible types for comparison' };
  if (isList(first) || isMap(first)) return { problem: `non-comparable type ${goText(first)}: ${goType(first)}` };
  return { value: others.some((other) => other === first) };
}

function ordered(name: 'lt' | 'le' | 'gt' | 'ge', a: GoValue, b: GoValue): Called {
  if (a === undefined || b === undefined || a === null || b === null) return { problem: 'invalid type for comparison' };
  if (sort(a) !== sort(b)) return { problem: 'incompatible types for comparison' };
  if (typeof a !== 'string' && typeof a !== 'number') return { problem: 'invalid type for comparison' };
  return { value: name === 'lt' ? a < b : name === 'le' ? a <= b : name === 'gt' ? a > b : a >= b };
}

/** The basic kinds that may be compared. */
function sort(value: GoValue): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return isList(value) ? 'list' : isMap(value) ? 'map' : typeof value;
}

function typeOf(value: GoValue): string {
  if (value === undefined || value === null) return '<nil>';
  return typeof value === 'number' && Number.isInteger(value) ? 'int' : goType(value);
}

function escaped(name: 'html' | 'js' | 'urlquery', text: string): string {
  if (name === 'urlquery') return encodeURIComponent(text).replace(/%20/g, '+');
  if (name === 'js')
    return text.replace(/[\\'"<>&=\n]/g, (letter) =>
      letter === '\n' ? '\\n' : /[<>&=]/.test(letter) ? `\\u00${letter.charCodeAt(0).toString(16).toUpperCase()}` : `\\${letter}`,
    );
  const named: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&#34;', "'": '&#39;' };
  return text.replace(/[<>&"']/g, (letter) => named[letter] ?? letter);
}

/** Standard base64, as Secrets hold it. */
export function decoded(text: string): Called {
  const plain = text.replace(/=+$/, '');
  const wrong = plain.search(/[^A-Za-z0-9+/]/);
  if (wrong >= 0 || text.length % 4 !== 0)
    return { problem: `base64 decode failed: illegal base64 data at input byte ${Math.max(0, wrong)}` };
  const bytes = new Uint8Array(Math.floor((plain.length * 3) / 4));
  let [bits, held, at] = [0, 0, 0];
  for (const letter of plain) {
    bits = (bits << 6) | ALPHABET.indexOf(letter);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at] = (bits >> held) & 0xff;
    at += 1;
  }
  return { value: new TextDecoder().decode(bytes) };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Printf, as far as templates use it: %v %s %q %d %t %f %e %g %x %X %c %T with flags, width and precision. */
export function formatted(format: string, values: readonly GoValue[]): string {
  let used = 0;
  const text = format.replace(
    /%([-+# 0]*)(\d+)?(?:\.(\d+))?(.)/g,
    (_, flags: string, width: string | undefined, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      if (used >= values.length) return `%!${verb}(MISSING)`;
      const value = values[used];
      used += 1;
      const bare = spelt(verb, value, precision === undefined ? null : Number(precision));
      const signed = flags.includes('+') && typeof value === 'number' && value >= 0 ? `+${bare}` : bare;
      if (flags.includes('-')) return signed.padEnd(Number(width ?? 0));
      return flags.includes('0') && typeof value === 'number'
        ? signed.padStart(Number(width ?? 0), '0')
        : signed.padStart(Number(width ?? 0));
    },
  );
  const extra = values.slice(used).map((value) => `${typeOf(value)}=${shown(value)}`);
  return extra.length === 0 ? text : `${text}%!(EXTRA ${extra.join(', ')})`;
}

function spelt(verb: string, value: GoValue, precision: number | null): string {
  const bad = `%!${verb}(${typeOf(value)}=${shown(value)})`;
  if (verb === 'v') return shown(value);
  if (verb === 'T') return typeOf(value);
  if (value === undefined || value === null) return `%!${verb}(<nil>)`;
  if (typeof value === 'string') return textSpelt(verb, value, precision) ?? bad;
  if (typeof value === 'boolean') return verb === 't' ? String(value) : bad;
  if (typeof value === 'number') return numberSpelt(verb, value, precision) ?? bad;
  if (isList(value)) return `[${value.map((one) => spelt(verb, one, precision)).join(' ')}]`;
  return bad;
}

function textSpelt(verb: string, value: string, precision: number | null): string | null {
  if (verb === 's') return precision === null ? value : value.slice(0, precision);
  if (verb === 'q') return JSON.stringify(value);
  if (verb !== 'x' && verb !== 'X') return null;
  const hex = [...new TextEncoder().encode(value)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return verb === 'x' ? hex : hex.toUpperCase();
}

function numberSpelt(verb: string, value: number, precision: number | null): string | null {
  if (!Number.isInteger(value)) return verb === 'f' ? value.toFixed(precision ?? 6) : verb === 'g' ? goText(value) : null;
  if (verb === 'd') return String(value);
  if (verb === 'x') return value.toString(16);
  if (verb === 'X') return value.toString(16).toUpperCase();
  return verb === 'c' ? String.fromCodePoint(value) : null;
}
