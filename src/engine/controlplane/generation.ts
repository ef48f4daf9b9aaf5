// metadata.generation: how often the wish in an object was written, as the API server counts it (PrepareForCreate and PrepareForUpdate of each
// registry strategy). A controller says in status.observedGeneration which one it has seen, so that a client knows whether a status speaks of
// the present wish. Left out: the generation of Pods, and of kinds that are kept and not simulated.

import { type ApiObject, refOf } from '../kube/meta';
import { formatRef, type ObjectRef } from '../kube/ref';
import type { Cluster } from './cluster';

/** Nodes, Services, ConfigMaps and Namespaces have none. */
const COUNTED: readonly ApiObject['kind'][] = [
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'EndpointSlice',
  'NetworkPolicy',
  'Ingress',
  'IngressClass',
  'Gateway',
  'HTTPRoute',
  'ReferenceGrant',
];

/** null for kinds that have none. What nobody has changed yet is at its first. */
export function generationOf({ kind, metadata }: ApiObject): number | null {
  return metadata.generation ?? (COUNTED.includes(kind) ? 1 : null);
}

/** The generation under which the object is stored in the place of the one before it. */
export function nextGeneration(before: ApiObject | null, after: ApiObject): number | null {
  if (!COUNTED.includes(after.kind)) return before?.metadata.generation ?? after.metadata.generation;
  if (before === null) return 1;
  const now = generationOf(before) ?? 1;
  return wishOf(before) === wishOf(after) ? now : now + 1;
}

/** What is no metadata and no status. Of some kinds more counts. */
function wishOf(object: ApiObject): string {
  const { metadata, ...rest } = object;
  const wish = { ...rest, status: null };
  switch (object.kind) {
    case 'Deployment':
      // Annotations are copied to ReplicaSets, so they count too; the controller writes its own together with the status, and these do not.
      return JSON.stringify([
        wish,
        Object.entries(metadata.annotations)
          .filter(([key]) => !key.startsWith(OWN))
          .sort(),
      ]);
    case 'EndpointSlice':
      return JSON.stringify([wish, metadata.labels]);
    default:
      return JSON.stringify(wish);
  }
}

const OWN = 'deployment.kubernetes.io/';

/** The kinds whose controllers say which generation they have seen. */
const OBSERVED: readonly ApiObject['kind'][] = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet'];

/** The generation that the workload's controller has seen; null before its first look. */
export function observedGeneration(workload: ApiObject, { unobserved }: Pick<Cluster, 'unobserved'>): number | null {
  const last = unobserved[formatRef(refOf(workload))];
  return last === undefined ? generationOf(workload) : last || null;
}

/** What nobody has looked at yet, once the object is stored in the place of the one before it. */
export function unobservedAfter({ unobserved }: Pick<Cluster, 'unobserved'>, before: ApiObject | null, after: ApiObject): Unobserved {
  const key = formatRef(refOf(after));
  const isNews = before === null || generationOf(before) !== generationOf(after);
  if (!OBSERVED.includes(after.kind) || !isNews || key in unobserved) return unobserved;
  return { ...unobserved, [key]: before === null ? 0 : (generationOf(before) ?? 0) };
}

/** The same once its controller has looked at the object, or once it is gone. */
export function withoutUnobserved({ unobserved }: Pick<Cluster, 'unobserved'>, object: ObjectRef): Unobserved {
  const { [formatRef(object)]: known, ...others } = unobserved;
  return known === undefined ? unobserved : others;
}

type Unobserved = Cluster['unobserved'];
