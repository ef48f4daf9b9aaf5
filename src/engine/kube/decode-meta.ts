// The metadata that all objects share.

import { labels, list, map, type Raw, text, truth, whole } from './fields';
import type { ObjectMeta } from './meta';

/** `namespaced` kinds without a namespace are in `default`. */
export function decodeMeta(raw: Raw, namespaced: boolean): ObjectMeta {
  const meta = map(raw.metadata);
  return {
    name: text(meta.name) ?? '',
    namespace: namespaced ? (text(meta.namespace) ?? 'default') : null,
    labels: labels(meta.labels),
    annotations: labels(meta.annotations),
    uid: text(meta.uid),
    creationTimestamp: text(meta.creationTimestamp),
    deletionTimestamp: text(meta.deletionTimestamp),
    generation: whole(meta.generation),
    ownerReferences: list(meta.ownerReferences).map((owner) => {
      const { kind, name, controller } = map(owner);
      return { kind: text(kind) ?? '', name: text(name) ?? '', controller: truth(controller, false) };
    }),
  };
}
