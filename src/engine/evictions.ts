// Whether the API server of a cluster lets a Pod be evicted, asked by name.

import type { Cluster } from './controlplane/cluster';
import { type EvictionRefusal, evictionRefusal } from './controlplane/disruption-budget';
import type { ObjectRef } from './kube/ref';

export function refusalIn(cluster: Cluster, { namespace, name }: Pick<ObjectRef, 'namespace' | 'name'>): EvictionRefusal | null {
  const pod = cluster.pods.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  return pod === undefined ? null : evictionRefusal(pod, cluster);
}
