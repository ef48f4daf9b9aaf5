// Reads fields of a raw object whose shape was checked before. What is absent, or of a type that the schema would have refused, is null or empty.

import type { Labels } from './meta';

export type Raw = Readonly<Record<string, unknown>>;

export function map(value: unknown): Raw {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Raw) : {};
}

export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function texts(value: unknown): readonly string[] {
  return list(value).flatMap((item) => text(item) ?? []);
}

/** As `texts`, but every item keeps its index: what is no text is empty, as in Go. */
export function strings(value: unknown): readonly string[] {
  return list(value).map((item) => (typeof item === 'string' ? item : ''));
}

export function whole(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
}

export function truth(value: unknown, fallback: boolean): boolean {
  return typeof value === 'boolean' ? value : fallback;
}

export function labels(value: unknown): Labels {
  return Object.fromEntries(Object.entries(map(value)).flatMap(([key, part]) => (typeof part === 'string' ? [[key, part]] : [])));
}

/** The value where it is one of the words allowed, else the fallback. */
export function word<Word extends string>(value: unknown, words: readonly Word[], fallback: Word): Word {
  return words.find((one) => one === value) ?? fallback;
}
