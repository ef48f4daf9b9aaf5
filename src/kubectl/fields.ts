// Reading an object's plain fields, as a printer does: what is not there reads as empty.

import type { Json, JsonMap } from '../engine/index';

/** The value at a way of keys, or undefined. */
export function at(value: Json | undefined, ...way: readonly string[]): Json | undefined {
  return way.reduce<Json | undefined>((inner, key) => (isMap(inner) ? inner[key] : undefined), value);
}

export function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !isList(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function listAt(value: Json | undefined, ...way: readonly string[]): readonly Json[] {
  const found = at(value, ...way);
  return isList(found) ? found : [];
}

/** Text of a scalar; empty for all else. */
export function textAt(value: Json | undefined, ...way: readonly string[]): string {
  const found = at(value, ...way);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : '';
}

export function numberAt(value: Json | undefined, ...way: readonly string[]): number {
  const found = at(value, ...way);
  return typeof found === 'number' ? found : 0;
}
