// Comparing plain values.

import type { Json } from '../../engine/index';
import { isList, isMap } from '../fields';

/** The order of keys does not count; null is the same as absent. */
export function equalJson(one: Json | undefined, other: Json | undefined): boolean {
  if (isMap(one) && isMap(other))
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => equalJson(one[key], other[key]));
  if (isList(one) && isList(other)) return one.length === other.length && one.every((item, index) => equalJson(item, other[index]));
  return (one ?? null) === (other ?? null);
}
