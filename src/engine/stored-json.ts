// Plain JSON, as the API server stores it: what was written, with typed values laid over it. A null takes a field away.

import type { Json, JsonMap } from './objects';

export function mapIn(parent: JsonMap, key: string): JsonMap {
  return jsonMap(parent[key]);
}

/** A map of plain values; empty for anything else. A null in it is the same as absent. */
export function jsonMap(value: unknown): JsonMap {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null && one !== undefined)
      .map(([key, one]) => [key, jsonOf(one)]),
  );
}

function jsonOf(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(jsonOf);
  return value === null || value === undefined ? null : jsonMap(value);
}

/** Without the fields that are null. */
export function present(map: JsonMap): JsonMap {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== null));
}

/** The list, or null for an empty one. */
export function some(list: readonly Json[]): Json {
  return list.length === 0 ? null : list;
}

/** The map, or null for an empty one. */
export function filled(map: JsonMap): Json {
  return Object.keys(map).length === 0 ? null : map;
}

/** The number, or null for none: counts are left out where there is nothing to count (omitempty). */
export function positive(count: number): Json {
  return count > 0 ? count : null;
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
