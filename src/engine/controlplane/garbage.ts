// The garbage collector: what an owner that is deleted leaves behind goes as well, or is let go.

import type { ApiObject } from '../kube/meta';
import type { ObjectRef } from '../kube/ref';
import type { Cluster } from './cluster';

/** The objects that name this one among their owners, and no other owner: they go when it goes, and theirs after them. */
export function dependentsOf(owner: ObjectRef, cluster: Cluster): readonly ApiObject[] {
  return owned(cluster).filter((object) => isOwner(owner, object) && object.metadata.ownerReferences.length === 1);
}

/** The same objects without this owner: `kubectl delete --cascade=orphan` keeps them. Also what has another owner left. */
export function releasedFrom(owner: ObjectRef, cluster: Cluster): readonly ApiObject[] {
  return owned(cluster)
    .filter((object) => isOwner(owner, object))
    .map((object) => {
      const ownerReferences = object.metadata.ownerReferences.filter(({ kind, name }) => kind !== owner.kind || name !== owner.name);
      return { ...object, metadata: { ...object.metadata, ownerReferences } };
    });
}

/** Whatever a controller makes here. */
function owned(cluster: Cluster): readonly ApiObject[] {
  return [...cluster.replicaSets, ...cluster.controllerRevisions, ...cluster.jobs, ...cluster.pods, ...cluster.endpointSlices];
}

function isOwner(owner: ObjectRef, { metadata }: ApiObject): boolean {
  if (metadata.namespace !== owner.namespace) return false;
  return metadata.ownerReferences.some(({ kind, name }) => kind === owner.kind && name === owner.name);
}
