// From a label on a rule, route or record back to the text: the field that caused it, or the template that made its object.

import type { Built } from './built';
import type { Cluster } from './controlplane/cluster';
import type { FieldPath } from './kube/field-path';
import type { ApiObject } from './kube/meta';
import { formatRef, type ObjectRef, readProvenance } from './kube/ref';
import type { SourceRange } from './manifest/parsed';
import type { Provenance } from './net/provenance';

/** Where in the text the cause stands; null where nobody wrote it. */
export function sourceOf(built: Built, label: Provenance): SourceRange | null {
  const cause = readProvenance(label);
  return cause === null ? null : rangeOf(built, cause.ref, cause.path);
}

/** The place of an object's field. Of an object that a controller made: the place of the one that it was made from. */
export function rangeOf(built: Built, ref: ObjectRef, path: FieldPath): SourceRange | null {
  const raw = built.written.get(formatRef(ref));
  if (raw !== undefined) return built.manifest.locate(raw, path);
  const owner = ownerOf(built.cluster, ref);
  return owner === null ? null : rangeOf(built, owner, path[0] === 'metadata' ? ['metadata', 'name'] : ['spec', 'template', ...path]);
}

function ownerOf(cluster: Cluster, ref: ObjectRef): ObjectRef | null {
  const made: readonly ApiObject[] = ref.kind === 'Pod' ? cluster.pods : ref.kind === 'ReplicaSet' ? cluster.replicaSets : [];
  const object = made.find(({ metadata }) => metadata.namespace === ref.namespace && metadata.name === ref.name);
  const owner = object?.metadata.ownerReferences[0];
  return owner === undefined ? null : { kind: owner.kind, namespace: ref.namespace, name: owner.name };
}
