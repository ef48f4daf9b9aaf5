// Single objects in and out of a cluster, as the API server's storage takes them. Lists stay in order of namespace and name.

import { type ApiObject, refOf } from '../kube/meta';
import { compareText, formatRef, type ObjectRef } from '../kube/ref';
import type { Cluster } from './cluster';
import { UNSTARTED } from './ipam';

/** Where a cluster keeps the objects of each kind. */
const LIST_OF = {
  Node: 'nodes',
  Namespace: 'namespaces',
  Pod: 'pods',
  Service: 'services',
  Deployment: 'deployments',
  ReplicaSet: 'replicaSets',
  ReplicationController: 'replicationControllers',
  StatefulSet: 'statefulSets',
  DaemonSet: 'daemonSets',
  ControllerRevision: 'controllerRevisions',
  Job: 'jobs',
  CronJob: 'cronJobs',
  Endpoints: 'endpoints',
  EndpointSlice: 'endpointSlices',
  ConfigMap: 'configMaps',
  NetworkPolicy: 'networkPolicies',
  Ingress: 'ingresses',
  IngressClass: 'ingressClasses',
  Gateway: 'gateways',
  HTTPRoute: 'httpRoutes',
  ReferenceGrant: 'referenceGrants',
  Other: 'others',
} as const satisfies Record<ApiObject['kind'], keyof Cluster>;

/** Every object of the cluster, kind by kind. */
export function objectsIn(cluster: Cluster): readonly ApiObject[] {
  return Object.values(LIST_OF).flatMap((list): readonly ApiObject[] => cluster[list]);
}

/** The object of this name; null where there is none. */
export function objectNamed(cluster: Cluster, ref: ObjectRef): ApiObject | null {
  return listFor(cluster, ref.kind).find((each) => isNamed(each, ref)) ?? null;
}

/** The cluster with the object in it, in the place of one of the same name. A new Pod is Pending, and nobody has reported of it. */
export function put(cluster: Cluster, object: ApiObject): Cluster {
  const stored = object.kind === 'Pod' && object.status === null ? { ...object, status: UNSTARTED } : object;
  const ref = refOf(object);
  const others = listFor(cluster, ref.kind).filter((each) => !isNamed(each, ref));
  const at = others.findIndex((each) => compareNames(each, stored) > 0);
  const list = at < 0 ? [...others, stored] : [...others.slice(0, at), stored, ...others.slice(at)];
  return { ...cluster, [listName(ref.kind)]: list };
}

export function remove(cluster: Cluster, ref: ObjectRef): Cluster {
  return { ...cluster, [listName(ref.kind)]: listFor(cluster, ref.kind).filter((each) => !isNamed(each, ref)) };
}

function listFor(cluster: Cluster, kind: string): readonly ApiObject[] {
  return cluster[listName(kind)];
}

function listName(kind: string): (typeof LIST_OF)[keyof typeof LIST_OF] {
  return Object.entries(LIST_OF).find(([name]) => name === kind)?.[1] ?? LIST_OF.Other;
}

function isNamed(object: ApiObject, ref: ObjectRef): boolean {
  return object.metadata.name === ref.name && formatRef(refOf(object)) === formatRef(ref);
}

function compareNames(a: ApiObject, b: ApiObject): number {
  return compareText(a.metadata.namespace ?? '', b.metadata.namespace ?? '') || compareText(a.metadata.name, b.metadata.name);
}
