// One column of a table, and what several tables share.

import { compareText, type Json, type JsonMap } from '../engine/index';
import { ageOf } from './age';
import { at, isMap, listAt, textAt } from './fields';

export interface CellContext {
  readonly wide: boolean;
  readonly now: number;
}

export interface Column {
  readonly name: string;
  /** Only with `-o wide`. */
  readonly wide?: true;
  readonly cell: (object: JsonMap, context: CellContext) => string;
}

export const NONE = '<none>';
export const NAME: Column = { name: 'NAME', cell: (one) => textAt(one, 'metadata', 'name') };
export const AGE: Column = { name: 'AGE', cell: (one, { now }) => ageOf(one, now) };
export const CREATED_AT: Column = { name: 'CREATED AT', cell: (one) => textAt(one, 'metadata', 'creationTimestamp') };

export function wide(name: string, cell: Column['cell']): Column {
  return { name, wide: true, cell };
}

/** A cell that is the text of a field, or what stands for none. */
export function field(name: string, way: readonly string[], none = ''): Column {
  return { name, cell: (one) => textAt(one, ...way) || none };
}

/** `a=b,c=d` by key. */
export function pairs(labels: Json | undefined): string {
  if (!isMap(labels)) return NONE;
  return (
    Object.entries(labels)
      .sort(([a], [b]) => compareText(a, b))
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(',') || NONE
  );
}

/** FormatLabelSelector: sorted by key, with sets spelt out. */
export function selectorText(value: Json | undefined): string {
  const equal = at(value, 'matchLabels');
  const equals = isMap(equal) ? Object.entries(equal).map(([key, to]) => ({ key, text: `${key}=${String(to)}` })) : [];
  const sets = listAt(value, 'matchExpressions').map((one) => ({ key: textAt(one, 'key'), text: expression(one) }));
  const all = [...equals, ...sets].sort((a, b) => compareText(a.key, b.key));
  return all.map(({ text }) => text).join(',') || NONE;
}

function expression(one: Json): string {
  const key = textAt(one, 'key');
  const values = listAt(one, 'values').map(String).sort(compareText).join(',');
  const operator = textAt(one, 'operator');
  if (operator === 'Exists') return key;
  return operator === 'DoesNotExist' ? `!${key}` : `${key} ${operator === 'In' ? 'in' : 'notin'} (${values})`;
}
