// How old things are. The simulation has no clock yet: a cluster that has just settled is as old as its objects, no time at all.

import type { StoredObject } from '../engine/index';

/** The cell AGE. */
export function age(_object: StoredObject): string {
  return '0s';
}
