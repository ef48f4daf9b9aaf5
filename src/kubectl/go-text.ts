// Values as Go's fmt package prints them: `map[a:1 b:[x y]]` for %v, and Go syntax for %#v. A whole number is an int64 where the object was
// read by the API machinery, and a float64 where a template read it with encoding/json.

import { compareText, type Json } from '../engine/index';
import { isList, isMap } from './fields';

export interface Numbers {
  readonly areFloats: boolean;
}

/** %v. */
export function goText(value: Json | undefined, numbers: Numbers = { areFloats: false }): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return goNumber(value, numbers);
  if (isList(value)) return `[${value.map((one) => goText(one, numbers)).join(' ')}]`;
  return `map[${entries(value)
    .map(([key, one]) => `${key}:${goText(one, numbers)}`)
    .join(' ')}]`;
}

/** A float64 with %v has an exponent from a million on (strconv, 'g' with the shortest precision). */
function goNumber(value: number, { areFloats }: Numbers): string {
  if (!areFloats && Number.isInteger(value)) return String(value);
  if (value === 0) return '0';
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** %#v. */
export function goSyntax(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (isList(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (!isMap(value)) return value === null ? 'interface {}(nil)' : String(value);
  return `map[string]interface {}{${entries(value)
    .map(([key, one]) => `${JSON.stringify(key)}:${goSyntax(one)}`)
    .join(', ')}}`;
}

/** The name of its type. */
export function goType(value: Json): string {
  if (isList(value)) return '[]interface {}';
  if (isMap(value)) return 'map[string]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'string' ? 'string' : 'bool';
}

function entries(value: Readonly<Record<string, Json>>): readonly (readonly [string, Json])[] {
  return Object.entries(value).sort(([a], [b]) => compareText(a, b));
}
