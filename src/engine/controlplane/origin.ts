// Where in the text an object of the settled cluster comes from: itself where somebody wrote it, else the template of the
// workload that made it. Findings name what can be edited.

import type { FieldPath } from '../kube/field-path';
import { type ApiObject, refOf } from '../kube/meta';
import type { Pod } from '../kube/pod';
import { formatRef, type ObjectRef } from '../kube/ref';
import { type Inventory, templatesOf } from './inventory';
import { controllerOf } from './ownership';

export interface Origin {
  readonly object: ObjectRef;
  /** Put before the path of a field of the Pod. */
  readonly prefix: FieldPath;
}

/** The written object behind each Pod and ReplicaSet; null where we added it. */
export function origins(text: Inventory, replicaSets: Inventory['replicaSets']): (pod: Pod) => Origin | null {
  const written = new Set([...text.pods, ...templatesOf(text), ...text.jobs].map((object: ApiObject) => formatRef(refOf(object))));
  const makers = new Map(replicaSets.map((each) => [formatRef(refOf(each)), controllerOf(each)]));
  return (pod) => {
    const { namespace } = pod.metadata;
    if (written.has(formatRef(refOf(pod)))) return { object: refOf(pod), prefix: [] };
    const owner = controllerOf(pod);
    if (owner === null) return null;
    const maker = makers.get(formatRef({ ...owner, namespace }));
    const candidates = [maker, owner].flatMap((each) => (each ? [{ kind: each.kind, namespace, name: each.name }] : []));
    const object = candidates.find((each) => written.has(formatRef(each)));
    return object === undefined ? null : { object, prefix: ['spec', 'template'] };
  };
}
