// Objects as kubectl writes YAML (sigs.k8s.io/yaml on go-yaml 2): keys in its natural order, sequences not indented under their key, quotes
// only where a plain word would mean something else, long texts folded behind column 80. Left out: keys of several lines.

import type { Json } from '../engine/index';
import { isList, isMap } from './fields';
import { scalarLines } from './yaml-scalar';

/** The document, with a line break at its end. */
export function yamlText(value: Json): string {
  return `${block(value, 0).join('\n')}\n`;
}

/** The lines of a value that begins on a line of its own, with their indent. */
function block(value: Json, indent: number): readonly string[] {
  const pad = ' '.repeat(indent);
  if (isList(value) && value.length > 0) return value.flatMap((one) => item(one, indent));
  if (isMap(value) && Object.keys(value).length > 0)
    return Object.keys(value)
      .sort(naturalOrder)
      .flatMap((key) => entry(key, value[key] ?? null, indent));
  return [...flow(value, { indent, column: indent })].map((line, index) => (index === 0 ? pad + line : line));
}

function item(value: Json, indent: number): readonly string[] {
  const pad = `${' '.repeat(indent)}- `;
  if (isEmpty(value)) return flow(value, { indent, column: indent + 2 }).map((line, index) => (index === 0 ? pad + line : line));
  return block(value, indent + 2).map((line, index) => (index === 0 ? pad + line.slice(indent + 2) : line));
}

function entry(key: string, value: Json, indent: number): readonly string[] {
  const [name = ''] = scalarLines(key, { indent, column: Number.NEGATIVE_INFINITY, isKey: true });
  const head = `${' '.repeat(indent)}${name}:`;
  if (!isEmpty(value)) return [head, ...block(value, isList(value) ? indent : indent + 2)];
  return flow(value, { indent, column: head.length + 1 }).map((line, index) => (index === 0 ? `${head} ${line}` : line));
}

/** Whether a value stands behind its key or dash: a scalar, or nothing in brackets. */
function isEmpty(value: Json): boolean {
  return isList(value) ? value.length === 0 : !isMap(value) || Object.keys(value).length === 0;
}

function flow(value: Json, { indent, column }: { readonly indent: number; readonly column: number }): readonly string[] {
  if (isList(value)) return ['[]'];
  if (isMap(value)) return ['{}'];
  return typeof value === 'string' ? scalarLines(value, { indent, column, isKey: false }) : [JSON.stringify(value)];
}

/** Numbers in names count as numbers, and letters come last (go-yaml's keyList). */
function naturalOrder(a: string, b: string): number {
  const [first, second] = [[...a], [...b]];
  const at = first.findIndex((letter, index) => letter !== second[index]);
  if (at < 0) return first.length - second.length;
  if (at >= second.length) return 1;
  const [x = '', y = ''] = [first[at], second[at]];
  const [isLetter, isOther] = [/\p{L}/u.test(x), /\p{L}/u.test(y)];
  if (isLetter && isOther) return x < y ? -1 : 1;
  if (isLetter || isOther) return isOther ? -1 : 1;
  const [left, right] = [digitsAt(first, at), digitsAt(second, at)];
  const lead = x === '0' || y === '0' ? (/[1-9]\d*$/.test(first.slice(0, at).join('')) ? '1' : '') : '';
  const difference = Number(lead + left || '0') - Number(lead + right || '0');
  if (difference !== 0) return difference;
  return left.length === right.length ? (x < y ? -1 : 1) : left.length - right.length;
}

function digitsAt(letters: readonly string[], at: number): string {
  return /^\d*/.exec(letters.slice(at).join(''))?.[0] ?? '';
}
