// How an object goes: a Pod is told to, and goes when its node has let it; everything else goes at once, and what it owns goes after it
// (rest.BeforeDelete, the garbage collector).

import { objectNamed, objectsIn } from '../controlplane/store';
import { type ApiObject, refOf } from '../kube/meta';
import type { Pod } from '../kube/pod';
import { formatRef, type ObjectRef } from '../kube/ref';
import { formatTimestamp } from '../kube/timestamp';
import { NODE_MISSED } from './delays';
import { part } from './happening';
import { keyOf, type LifeDraft } from './life-draft';

interface Wish {
  /** null: as long as the Pod itself grants. 0 lets the object go at once, whatever the node does. */
  readonly gracePeriodSeconds: number | null;
  /** Whether what it owns goes as well. */
  readonly cascade: boolean;
}

export function deleteObject(draft: LifeDraft, ref: ObjectRef, { gracePeriodSeconds, cascade }: Wish): void {
  const object = objectNamed(draft.cluster, ref);
  if (object === null) return;
  if (object.kind === 'Pod') {
    deletePod(draft, object, gracePeriodSeconds);
    return;
  }
  draft.tell(ref, { code: 'deleted' });
  draft.remove(ref);
  if (object.kind === 'Node') missNode(draft, ref.name);
  if (!cascade) for (const owned of ownedBy(draft, ref)) draft.put(released(owned, ref));
  draft.wake(part('garbage-collector'), 100);
}

/** Its Pods have a while for the node to come back. */
function missNode(draft: LifeDraft, node: string): void {
  draft.withdraw((event) => event.kind === 'node-gone' && event.node === node);
  draft.expect(NODE_MISSED, (cause) => ({ kind: 'node-gone', node, cause }));
}

function deletePod(draft: LifeDraft, pod: Pod, gracePeriodSeconds: number | null): void {
  const graceSeconds = gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds;
  const ref = refOf(pod);
  const isHeld = pod.spec.nodeName !== null && graceSeconds > 0 && draft.current.pods[keyOf(pod)]?.uid === pod.metadata.uid;
  if (!isHeld) {
    draft.tell(ref, { code: 'deleted' });
    draft.remove(ref);
    return;
  }
  if (pod.metadata.deletionTimestamp !== null) return;
  draft.tell(ref, { code: 'deletion-begun', graceSeconds });
  draft.put({
    ...pod,
    metadata: { ...pod.metadata, deletionTimestamp: formatTimestamp(draft.current.epoch + draft.now + graceSeconds * 1000) },
  });
}

/** Everything whose owner was deleted goes as well. An object whose owner was never here stays: a paste may not hold it. */
export function collectGarbage(draft: LifeDraft): void {
  const present = new Set(objectsIn(draft.cluster).map((object) => formatRef(refOf(object))));
  const deleted = new Set(
    draft.current.happenings.flatMap(({ code, object }) => (code === 'deleted' && object !== null ? [formatRef(object)] : [])),
  );
  for (const object of objectsIn(draft.cluster)) {
    const { namespace, ownerReferences } = object.metadata;
    const owners = ownerReferences.map(({ kind, name }) => formatRef({ kind, namespace, name }));
    if (!owners.some((owner) => deleted.has(owner)) || owners.some((owner) => present.has(owner))) continue;
    deleteObject(draft, refOf(object), { gracePeriodSeconds: null, cascade: true });
  }
}

function ownedBy(draft: LifeDraft, { kind, namespace, name }: ObjectRef): readonly ApiObject[] {
  return objectsIn(draft.cluster).filter(
    ({ metadata }) =>
      metadata.namespace === namespace && metadata.ownerReferences.some((owner) => owner.kind === kind && owner.name === name),
  );
}

function released(object: ApiObject, { kind, name }: ObjectRef): ApiObject {
  const ownerReferences = object.metadata.ownerReferences.filter((owner) => owner.kind !== kind || owner.name !== name);
  return { ...object, metadata: { ...object.metadata, ownerReferences } } as ApiObject;
}
