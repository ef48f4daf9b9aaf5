// Deleting: the order is given, and the manifest no longer asks for the object, nor for what it owns or holds.

import { type ApiServer, manifestWithout, type ObjectRef, type WrittenObject, writtenObjects } from '../../engine/index';
import { listAt, textAt } from '../fields';
import { refOf } from './cluster-change';
import { isSameRef } from './naming';

export interface Removal {
  /** null leaves it to the object. */
  readonly gracePeriodSeconds: number | null;
  /** Whether what it owns goes too. */
  readonly cascade: boolean;
}

/** The API server after the order. */
export function removedAll(server: ApiServer, object: ObjectRef, removal: Removal): ApiServer {
  const { manifest } = server;
  const text = lost(manifest, object, removal.cascade).reduce(manifestWithout, manifest);
  // What a manifest no longer asks for is deleted as ever: only other wishes have to be said.
  const isPlain = text !== manifest && removal.gracePeriodSeconds === null && removal.cascade;
  const ordered = isPlain ? server : server.change({ kind: 'delete', object: refOf(object), ...removal });
  return text === manifest ? ordered : ordered.change({ kind: 'manifest', text });
}

/** The object; all in a namespace; with cascade what it owns, and so on. */
function lost(text: string, object: ObjectRef, cascade: boolean): readonly ObjectRef[] {
  const { objects } = writtenObjects(text);
  const gone: ObjectRef[] = [refOf(object)];
  if (object.kind === 'Namespace') gone.push(...objects.filter(({ ref }) => ref.namespace === object.name).map(({ ref }) => ref));
  for (const owner of cascade ? gone : [])
    gone.push(...objects.filter((one) => isOwnedBy(one, owner) && !gone.some((ref) => isSameRef(ref, one.ref))).map(({ ref }) => ref));
  return gone;
}

function isOwnedBy({ ref, json }: WrittenObject, owner: ObjectRef): boolean {
  return (
    (owner.namespace === null || ref.namespace === owner.namespace) &&
    listAt(json, 'metadata', 'ownerReferences').some((one) => textAt(one, 'kind') === owner.kind && textAt(one, 'name') === owner.name)
  );
}
