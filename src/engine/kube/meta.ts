// What all API objects share, and the union of those that the simulation knows. Objects are as the API server stores them:
// defaults filled in, nulls gone. Fields that play no part in the network are kept in the manifest and left out of these types.

import type { ConfigMap } from './config-map';
import type { CronJob } from './cron-job';
import type { DaemonSet } from './daemon-set';
import type { EndpointSlice, Endpoints } from './endpoints';
import type { Gateway, HttpRoute, ReferenceGrant } from './gateway';
import type { Ingress, IngressClass } from './ingress';
import type { Job } from './job';
import type { Namespace } from './namespace';
import type { NetworkPolicy } from './network-policy';
import type { Node } from './node';
import type { Pod } from './pod';
import type { ObjectRef } from './ref';
import type { Service } from './service';
import type { ControllerRevision, StatefulSet } from './stateful-set';
import type { Deployment, ReplicaSet, ReplicationController } from './workload';

export type Labels = Readonly<Record<string, string>>;

export interface ObjectMeta {
  readonly name: string;
  /** null for cluster-wide kinds. */
  readonly namespace: string | null;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Of this object alone: one that is made under the same name later has another. null until it is stored. */
  readonly uid: string | null;
  /** RFC 3339, as the API server writes times; null where nobody said when. */
  readonly creationTimestamp: string | null;
  readonly deletionTimestamp: string | null;
  /** How often the spec was written; null where nobody said (`controlplane/generation.ts`). */
  readonly generation: number | null;
  readonly ownerReferences: readonly { readonly kind: string; readonly name: string; readonly controller: boolean }[];
}

/** A well-formed object of a kind that plays no part yet: kept, named, not simulated. */
export interface OtherObject {
  readonly kind: 'Other';
  readonly apiVersion: string;
  readonly originalKind: string;
  readonly metadata: ObjectMeta;
  readonly raw: Readonly<Record<string, unknown>>;
}

export type ApiObject =
  | Node
  | Namespace
  | Pod
  | Service
  | Deployment
  | ReplicaSet
  | ReplicationController
  | StatefulSet
  | DaemonSet
  | ControllerRevision
  | Job
  | CronJob
  | Endpoints
  | EndpointSlice
  | ConfigMap
  | NetworkPolicy
  | Ingress
  | IngressClass
  | Gateway
  | HttpRoute
  | ReferenceGrant
  | OtherObject;

/** Whether an API server stored the object: a manifest does not know when it will be created. */
export function isStored({ creationTimestamp }: ObjectMeta): boolean {
  return creationTimestamp !== null;
}

export function refOf(object: ApiObject): ObjectRef {
  const kind = object.kind === 'Other' ? object.originalKind : object.kind;
  return { kind, namespace: object.metadata.namespace, name: object.metadata.name };
}

/** Whether the labels contain every pair of the selector (`matchLabels`, a Service's selector). */
export function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
