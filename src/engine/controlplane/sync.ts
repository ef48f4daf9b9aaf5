// What a controller does when it is woken: it looks at the cluster, and writes and deletes objects. Each does one step at a time, and is
// woken again by what it changed. Nothing here waits; who calls knows the time.

import type { ApiObject } from '../kube/meta';
import type { ObjectRef } from '../kube/ref';

/** When a controller looks. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How many objects were ever made: an object that takes the place of another is called otherwise. */
  readonly serial: number;
}

export interface Sync {
  /** New objects and changed ones, whole. */
  readonly writes: readonly ApiObject[];
  readonly deletes: readonly ObjectRef[];
  /** When to look again although nothing changes, in milliseconds from now; null for never. */
  readonly again: number | null;
}

export const NOTHING: Sync = { writes: [], deletes: [], again: null };
