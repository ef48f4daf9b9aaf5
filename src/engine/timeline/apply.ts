// A manifest reaches the API server: new objects are created, lost ones deleted, and of the others what it says differently from the manifest
// before (as `kubectl apply` compares with its last-applied-configuration). What controllers make is left to them; what the API server itself gives (addresses, ports, defaults) is taken from the cluster in which the manifest comes to rest.

import { UNSTARTED } from '../controlplane/ipam';
import { unreported } from '../controlplane/reports';
import { objectNamed, objectsIn } from '../controlplane/store';
import { type ApiObject, type ObjectMeta, refOf } from '../kube/meta';
import type { Pod } from '../kube/pod';
import { formatRef } from '../kube/ref';
import type { Manifest } from './action';
import { deleteObject } from './deletion';
import { isOurs } from './endpoints';
import type { LifeDraft } from './life-draft';
import { isAlike, reconciled } from './three-way';

export function applyManifest(draft: LifeDraft, { written, target }: Manifest): void {
  const { settings, serviceCIDR, clusterCIDR, second, added } = target;
  const known = new Set([...draft.cluster.added, ...added]);
  draft.change({ cluster: { ...draft.cluster, settings, serviceCIDR, clusterCIDR, second, added: [...known] } });
  const names = new Set(written.map((object) => formatRef(refOf(object))));
  for (const object of draft.current.written) if (!names.has(formatRef(refOf(object)))) deleteObject(draft, refOf(object), GONE);
  const applied = declared(written, target);
  const before = new Map(draft.current.applied.map((object) => [formatRef(refOf(object)), object]));
  for (const object of applied) {
    const name = formatRef(refOf(object));
    store(draft, { object, before: before.get(name) ?? null, isWritten: names.has(name) });
  }
  draft.change({ written, applied });
}

const GONE = { gracePeriodSeconds: null, cascade: true } as const;

/** What is stored because the manifest says so: not what controllers make of it. */
export function declared(written: readonly ApiObject[], target: Manifest['target']): readonly ApiObject[] {
  const asWritten = new Map(written.map((object) => [formatRef(refOf(object)), object]));
  return objectsIn(target).flatMap((object): readonly ApiObject[] => {
    const own = asWritten.get(formatRef(refOf(object)));
    // The settled cluster has Pods and the status of workloads as they will be: here their controllers are yet to begin.
    if (own !== undefined && LIVING.includes(object.kind)) return [own];
    if (object.kind === 'Pod' || object.kind === 'ReplicaSet') return [];
    if (own === undefined && isMade(object)) return [];
    if (object.kind === 'EndpointSlice' && isOurs(object)) return [];
    if (object.kind === 'Service') return [{ ...object, status: own?.kind === 'Service' ? own.status : { loadBalancer: [] } }];
    return [object];
  });
}

/** What has a life of its own behind the manifest. */
const LIVING: readonly ApiObject['kind'][] = [
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
];

function isMade({ metadata }: ApiObject): boolean {
  return metadata.ownerReferences.some(({ controller }) => controller);
}

interface Order {
  readonly object: ApiObject;
  /** What was ordered of it last; null for an object that no manifest has named. */
  readonly before: ApiObject | null;
  readonly isWritten: boolean;
}

/**
 * What two manifests say alike is no order: an object that the cluster has removed meanwhile stays away, and what others wrote into one
 * stays in it.
 */
function store(draft: LifeDraft, { object, before, isWritten }: Order): void {
  if (before !== null && isAlike(before, object)) return;
  const ref = refOf(object);
  const present = objectNamed(draft.cluster, ref);
  const wanted =
    present === null ? unreported(asNew(object)) : merged(present, before === null ? object : reconciled(present, before, object));
  if (present !== null && isAlike(wanted, present)) return;
  if (isWritten) draft.tell(ref, { code: present === null ? 'created' : 'configured' });
  draft.put(wanted);
}

/** The API server takes no status from whoever creates a Pod. */
function asNew(object: ApiObject): ApiObject {
  return object.kind === 'Pod' ? { ...object, status: UNSTARTED } : object;
}

/** What the cluster itself has written into the object stays: when it was made, who owns it, its status, a Pod's node. */
function merged(present: ApiObject, wanted: ApiObject): ApiObject {
  const metadata: ObjectMeta = {
    ...wanted.metadata,
    uid: present.metadata.uid,
    creationTimestamp: present.metadata.creationTimestamp,
    deletionTimestamp: present.metadata.deletionTimestamp,
    generation: present.metadata.generation,
    ownerReferences: present.metadata.ownerReferences,
    annotations: { ...wanted.metadata.annotations, ...kept(present) },
  };
  if (present.kind === 'Pod' && wanted.kind === 'Pod') return { ...mergedPod(present, wanted), metadata };
  if (present.kind === 'Service' && wanted.kind === 'Service') return { ...wanted, metadata, status: present.status };
  if (present.kind === 'Node' && wanted.kind === 'Node')
    return { ...wanted, metadata, status: { ...wanted.status, ready: present.status.ready } };
  return 'status' in present ? ({ ...wanted, metadata, status: present.status } as ApiObject) : ({ ...wanted, metadata } as ApiObject);
}

/** Of a Pod's spec little can change: its images, and what the scheduler wrote stays. */
function mergedPod(present: Pod, wanted: Pod): Pod {
  return { ...wanted, spec: { ...wanted.spec, nodeName: present.spec.nodeName ?? wanted.spec.nodeName }, status: present.status };
}

/** Annotations that controllers keep on the user's objects. */
function kept({ metadata }: ApiObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(metadata.annotations).filter(([key]) => key.startsWith('deployment.kubernetes.io/')));
}
