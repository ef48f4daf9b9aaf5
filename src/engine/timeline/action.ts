// What somebody outside does to the cluster at an instant.

import type { Cluster } from '../controlplane/cluster';
import type { ApiObject } from '../kube/meta';
import type { ObjectRef } from '../kube/ref';
import type { Fault } from './fault';

/** A manifest as the API server takes it. */
export interface Manifest {
  /** Its objects as they were written. */
  readonly written: readonly ApiObject[];
  /** Where its cluster comes to rest: what the API server allocates and fills in is taken from there. */
  readonly target: Cluster;
}

export type Action =
  /** All of it is applied; what an earlier one had and this one lacks is deleted. */
  | { readonly kind: 'apply'; readonly manifest: Manifest }
  /** One object is written as it stands here: what `kubectl label` or `cordon` does to one that no manifest holds. */
  | { readonly kind: 'put'; readonly object: ApiObject }
  | { readonly kind: 'delete'; readonly object: ObjectRef; readonly gracePeriodSeconds: number | null; readonly cascade: boolean }
  | { readonly kind: 'set-fault' | 'mend-fault'; readonly fault: Fault };
