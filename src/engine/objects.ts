// The cluster as the API server would answer: plain objects with metadata, spec and status. What was written is the ground; on it lies what
// the controllers, the scheduler and the kubelets decided. `stored-*.ts` have a part for each sort of object.
// Left out: resourceVersion and managedFields; and defaults that play no part in the network.

import type { Storage } from './built';
import type { Cluster } from './controlplane/cluster';
import { budgetStatus, isBudget } from './controlplane/disruption-budget';
import { generationOf } from './controlplane/generation';
import { objectNamed } from './controlplane/store';
import { type ApiObject, type OtherObject, refOf } from './kube/meta';
import { compareText, formatRef } from './kube/ref';
import { madeEndpoints, sliceParts, subsetJson } from './stored-endpoints';
import { cronJobParts, jobParts } from './stored-job';
import { filled, jsonMap, mapIn, present, some } from './stored-json';
import { nodeParts } from './stored-node';
import { podParts } from './stored-pod';
import { ingressParts, serviceParts } from './stored-service';
import { controllerRevisionParts, daemonSetParts, statefulSetParts } from './stored-sets';
import { deploymentParts, replicaSetParts } from './stored-workload';

export type Json = string | number | boolean | null | readonly Json[] | JsonMap;
export interface JsonMap {
  readonly [key: string]: Json;
}

/** An object as the API server stores it. */
export interface StoredObject {
  readonly kind: string;
  /** null for an object of the cluster as a whole. */
  readonly namespace: string | null;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly json: JsonMap;
}

/** Every object of the cluster, kind by kind, each kind by namespace and name. `now`: milliseconds since 1970; null for a cluster at rest. */
export function storedObjects(storage: Storage, now: number | null = null): readonly StoredObject[] {
  const { cluster } = storage;
  const sighting = { cluster, now };
  const all = <Kind extends ApiObject>(objects: readonly Kind[], apiVersion: string, parts: (object: Kind, written: JsonMap) => JsonMap) =>
    objects.map((object) => stored(storage, object, { apiVersion, parts }));
  return [
    ...all(cluster.nodes, 'v1', nodeParts),
    ...all(cluster.namespaces, 'v1', () => ({ spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } })),
    ...all(cluster.pods, 'v1', (pod) => podParts(storage, pod)),
    ...all(cluster.services, 'v1', serviceParts),
    ...[...all(cluster.endpoints, 'v1', ({ subsets }) => ({ subsets: some(subsets.map(subsetJson)) })), ...madeEndpoints(cluster)].sort(
      byName,
    ),
    ...all(cluster.endpointSlices, 'discovery.k8s.io/v1', sliceParts),
    ...all(cluster.deployments, 'apps/v1', (one) => deploymentParts(one, sighting)),
    ...all(cluster.replicaSets, 'apps/v1', (one) => replicaSetParts(one, sighting)),
    ...all(cluster.replicationControllers, 'v1', (one) => replicaSetParts(one, sighting)),
    ...all(cluster.statefulSets, 'apps/v1', (one) => statefulSetParts(one, sighting)),
    ...all(cluster.daemonSets, 'apps/v1', (one) => daemonSetParts(one, sighting)),
    ...all(cluster.controllerRevisions, 'apps/v1', controllerRevisionParts),
    ...all(cluster.jobs, 'batch/v1', (one) => jobParts(one, sighting)),
    ...all(cluster.cronJobs, 'batch/v1', cronJobParts),
    ...all(cluster.configMaps, 'v1', ({ data }) => ({ data })),
    ...all(cluster.networkPolicies, NETWORKING, ({ spec }) => ({ spec: { policyTypes: spec.policyTypes } })),
    ...all(cluster.ingresses, NETWORKING, ingressParts),
    ...all(cluster.ingressClasses, NETWORKING, ({ controller }) => ({ spec: { controller } })),
    ...all(cluster.gateways, GATEWAY, () => ({})),
    ...all(cluster.httpRoutes, GATEWAY, () => ({})),
    ...all(cluster.referenceGrants, GATEWAY, () => ({})),
    ...cluster.others.map((one) => stored(storage, one, { apiVersion: one.apiVersion, parts: () => otherParts(one, cluster) })),
  ];
}

const NETWORKING = 'networking.k8s.io/v1';
const GATEWAY = 'gateway.networking.k8s.io/v1';

function otherParts(object: OtherObject, cluster: Cluster): JsonMap {
  if (!isBudget(object)) return {};
  const { currentHealthy, desiredHealthy, disruptionsAllowed, expectedPods } = budgetStatus(object, cluster);
  const isAllowed = disruptionsAllowed > 0;
  const condition = {
    reason: isAllowed ? 'SufficientPods' : 'InsufficientPods',
    status: isAllowed ? 'True' : 'False',
    type: 'DisruptionAllowed',
  };
  return { status: { conditions: [condition], currentHealthy, desiredHealthy, disruptionsAllowed, expectedPods } };
}

interface Making<Kind> {
  readonly apiVersion: string;
  /** What the cluster says of it; a null takes away what was written. */
  readonly parts: (object: Kind, written: JsonMap) => JsonMap;
}

function stored<Kind extends ApiObject>(storage: Storage, object: Kind, { apiVersion, parts }: Making<Kind>): StoredObject {
  const { kind, namespace, name } = refOf(object);
  const written = jsonMap(storage.written.get(formatRef(refOf(object)))?.value);
  const made = parts(object, written);
  const over = (field: string): JsonMap =>
    present({ ...mapIn(written, field), ...(made[field] === undefined ? {} : jsonFields(made[field])) });
  const json = present({
    ...written,
    ...made,
    apiVersion,
    kind,
    metadata: metadataOf(storage, object, mapIn(written, 'metadata')),
    spec: filled(over('spec')),
    status: filled(over('status')),
  });
  return { kind, namespace, name, labels: object.metadata.labels, json };
}

/** The fields of a map with their nulls. */
function jsonFields(value: Json): JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonMap) : {};
}

function byName(a: StoredObject, b: StoredObject): number {
  return compareText(a.namespace ?? '', b.namespace ?? '') || compareText(a.name, b.name);
}

/** What the cluster knows comes before what was written, which may have changed since. */
function metadataOf({ cluster }: Storage, object: ApiObject, written: JsonMap): JsonMap {
  const meta = object.metadata;
  const owners = Array.isArray(written.ownerReferences) ? written.ownerReferences.map(jsonMap) : [];
  return present({
    ...written,
    name: meta.name,
    namespace: meta.namespace,
    labels: filled(meta.labels),
    annotations: filled(meta.annotations),
    creationTimestamp: meta.creationTimestamp,
    deletionTimestamp: meta.deletionTimestamp,
    generation: generationOf(object),
    uid: meta.uid,
    ownerReferences: some(
      meta.ownerReferences.map((owner) => {
        const before = owners.find(({ kind, name }) => kind === owner.kind && name === owner.name);
        const uid = objectNamed(cluster, { kind: owner.kind, namespace: meta.namespace, name: owner.name })?.metadata.uid ?? null;
        return before ?? present({ apiVersion: API_VERSIONS[owner.kind] ?? 'v1', blockOwnerDeletion: true, ...owner, uid });
      }),
    ),
  });
}

/** Of the kinds that own others. */
const API_VERSIONS: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
};
