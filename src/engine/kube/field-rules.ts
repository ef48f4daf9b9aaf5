// Rules that many fields share.

import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { isPresent, text, whole } from './fields';
import { isPort, isPortName } from './lexical';

/** The value is one of the words, or absent. */
export function choiceFaults(value: unknown, path: FieldPath, choices: readonly string[]): readonly Fault[] {
  return !isPresent(value) || value === '' || choices.includes(String(value)) ? [] : [fault(path, 'not-a-choice', value, choices)];
}

/** As `choiceFaults`, for a field where an empty text is a value too: in Go a pointer. */
export function pointerChoice(value: unknown, path: FieldPath, choices: readonly string[]): readonly Fault[] {
  return !isPresent(value) || choices.includes(String(value)) ? [] : [fault(path, 'not-a-choice', value, choices)];
}

export function requiredChoice(value: unknown, path: FieldPath, choices: readonly string[]): readonly Fault[] {
  return text(value) === null ? [fault(path, 'missing')] : choiceFaults(value, path, choices);
}

/** A whole number between bounds, or absent. */
export function boundsFaults(value: unknown, path: FieldPath, [least, most]: readonly [number, number]): readonly Fault[] {
  const number = whole(value);
  return number === null || (number >= least && number <= most)
    ? []
    : [fault(path, 'out-of-bounds', value, [String(least), most === MOST ? '∞' : String(most)])];
}

/** No upper bound: the largest number of 32 bits. */
export const MOST = 2 ** 31 - 1;

/** A port by number, or by the name of a container port. */
export function portOrNameFaults(value: unknown, path: FieldPath): readonly Fault[] {
  if (typeof value === 'string') return isPortName(value) ? [] : [fault(path, 'not-port-name', value)];
  return isPort(value) ? [] : [fault(path, 'not-a-port', value)];
}

/** Every value that stands twice, at its later place. */
export function duplicates<Of>(
  items: readonly Of[],
  keyOf: (item: Of, index: number) => string | null,
): readonly { readonly index: number; readonly key: string }[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = keyOf(item, index);
    if (key === null) return [];
    if (seen.has(key)) return [{ index, key }];
    seen.add(key);
    return [];
  });
}
