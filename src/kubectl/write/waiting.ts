// Waiting on the cluster: from moment to moment until something holds, until the time is up, or until nothing more will change.

import type { ApiServer, StoredObject } from '../../engine/index';
import { at, listAt, numberAt, textAt } from '../fields';
import { isSameRef } from './naming';

export type Objects = readonly StoredObject[];

export interface Waited {
  readonly server: ApiServer;
  readonly isMet: boolean;
}

/** As many moments as one command looks at, whatever its patience. */
const MOST_MOMENTS = 20_000;

/** `patience` in milliseconds; null waits as long as anything changes. `see` is shown the objects of every moment, the first one too. */
export function waitFor(from: ApiServer, patience: number | null, see: (objects: Objects) => boolean): Waited {
  let server = from;
  for (let moment = 0; moment < MOST_MOMENTS; moment += 1) {
    if (see(server.objects)) return { server, isMet: true };
    const next = patience === null ? server.next() : server.next(from.now + patience - server.now);
    if (next === null || (patience !== null && next.now > from.now + patience)) return { server, isMet: false };
    server = next;
  }
  return { server, isMet: false };
}

/** Whether the object is gone; another one of the same name is not it. */
export function isGone(objects: Objects, { json, ...ref }: StoredObject): boolean {
  const now = objects.find((one) => isSameRef(one, ref));
  return now === undefined || identity(now) !== identity({ json });
}

function identity({ json }: Pick<StoredObject, 'json'>): string {
  return textAt(json, 'metadata', 'uid') || textAt(json, 'metadata', 'creationTimestamp');
}

/** A condition that speaks of an older spec does not count. */
export function hasCondition({ json }: StoredObject, type: string, status: string): boolean {
  const found = listAt(json, 'status', 'conditions').find((one) => textAt(one, 'type').toLowerCase() === type.toLowerCase());
  const observed = at(found, 'observedGeneration') ?? at(json, 'status', 'observedGeneration');
  if (typeof observed === 'number' && observed < numberAt(json, 'metadata', 'generation')) return false;
  return textAt(found, 'status').toLowerCase() === status.toLowerCase();
}
