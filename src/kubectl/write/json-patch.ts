// A JSON patch (RFC 6902): a list of operations at pointers.

import type { Json } from '../../engine/index';
import { isList, isMap, textAt } from '../fields';
import { equalJson } from './json';

/** The document after all operations; null where one of them has no place, or a test does not hold. */
export function jsonPatched(document: Json, operations: readonly Json[]): Json | null {
  return operations.reduce<Json | null>((now, operation) => (now === null ? null : operated(now, operation)), document);
}

function operated(document: Json, operation: Json): Json | null {
  const path = pointer(textAt(operation, 'path'));
  const value = isMap(operation) ? (operation.value ?? null) : null;
  const from = pointer(textAt(operation, 'from'));
  switch (textAt(operation, 'op')) {
    case 'add':
      return added(document, path, value);
    case 'remove':
      return removed(document, path);
    case 'replace':
      return found(document, path) === undefined ? null : replaced(document, path, value);
    case 'test':
      return equalJson(found(document, path), value) ? document : null;
    case 'copy':
      return moved(document, { from, path });
    case 'move': {
      const without = removed(document, from);
      const carried = found(document, from);
      return without === null || carried === undefined ? null : added(without, path, carried);
    }
    default:
      return null;
  }
}

function moved(document: Json, { from, path }: { readonly from: readonly string[]; readonly path: readonly string[] }): Json | null {
  const carried = found(document, from);
  return carried === undefined ? null : added(document, path, carried);
}

/** RFC 6901. */
function pointer(text: string): readonly string[] {
  return text === ''
    ? []
    : text
        .replace(/^\//, '')
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function found(document: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, part) => (isList(value) ? value[Number(part)] : isMap(value) ? value[part] : undefined),
    document,
  );
}

/** The document with its inner part changed; null where the way to it ends early. */
function within(document: Json, [part, ...rest]: readonly string[], change: (parent: Json, last: string) => Json | null): Json | null {
  if (part === undefined) return null;
  if (rest.length === 0) return change(document, part);
  const inner = found(document, [part]);
  const fresh = inner === undefined ? null : within(inner, rest, change);
  return fresh === null ? null : withPart(document, part, fresh);
}

function withPart(parent: Json, part: string, value: Json): Json | null {
  if (isList(parent)) return parent.map((item, index) => (String(index) === part ? value : item));
  return isMap(parent) ? { ...parent, [part]: value } : null;
}

function added(document: Json, path: readonly string[], value: Json): Json | null {
  if (path.length === 0) return value;
  return within(document, path, (parent, last) => {
    if (!isList(parent)) return withPart(parent, last, value);
    const index = last === '-' ? parent.length : Number(last);
    return Number.isInteger(index) && index >= 0 && index <= parent.length
      ? [...parent.slice(0, index), value, ...parent.slice(index)]
      : null;
  });
}

function replaced(document: Json, path: readonly string[], value: Json): Json | null {
  return path.length === 0 ? value : within(document, path, (parent, last) => withPart(parent, last, value));
}

function removed(document: Json, path: readonly string[]): Json | null {
  if (found(document, path) === undefined) return null;
  return within(document, path, (parent, last) => {
    if (isList(parent)) return parent.filter((_, index) => String(index) !== last);
    return isMap(parent) ? Object.fromEntries(Object.entries(parent).filter(([key]) => key !== last)) : null;
  });
}
