// Who made an object: the controller among its owners. A Pod belongs to a ReplicaSet, which belongs to a Deployment.

import { type ApiObject, type ObjectMeta, refOf } from '../kube/meta';
import type { Pod } from '../kube/pod';

export interface Owner {
  readonly kind: string;
  readonly name: string;
}

/** The object that made this one; null where nobody did. */
export function controllerOf({ metadata }: { readonly metadata: ObjectMeta }): Owner | null {
  return metadata.ownerReferences.find((owner) => owner.controller) ?? null;
}

export function isOwnedBy(object: { readonly metadata: ObjectMeta }, owner: ApiObject): boolean {
  const controller = controllerOf(object);
  return (
    controller?.kind === owner.kind && controller.name === owner.metadata.name && object.metadata.namespace === owner.metadata.namespace
  );
}

/** The object with this one as its controller, beside owners of other sorts. */
export function withController<Kind extends ApiObject>(object: Kind, owner: ApiObject): Kind {
  const others = object.metadata.ownerReferences.filter(({ controller }) => !controller);
  return { ...object, metadata: { ...object.metadata, ownerReferences: [...others, ownerReference(owner)] } };
}

export function withoutController<Kind extends ApiObject>(object: Kind): Kind {
  const ownerReferences = object.metadata.ownerReferences.filter(({ controller }) => !controller);
  return { ...object, metadata: { ...object.metadata, ownerReferences } };
}

export function ownerReference(owner: ApiObject): ObjectMeta['ownerReferences'][number] {
  const { kind, name } = refOf(owner);
  return { kind, name, controller: true };
}

/** Neither ended nor about to (IsPodActive). */
export function isActive(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === null && !hasEnded(pod);
}

export function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}
