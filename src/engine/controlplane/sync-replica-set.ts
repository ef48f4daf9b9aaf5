// One look of the ReplicaSet controller, which serves ReplicationControllers as well (syncReplicaSet, manageReplicas): it takes in Pods that
// it selects and nobody has, lets go those whose labels no longer match, and makes or deletes what the number asks for.
// Left out: the batches of slow start.

import { refOf, selects } from '../kube/meta';
import type { Pod } from '../kube/pod';
import type { ReplicaSet, ReplicationController } from '../kube/workload';
import { birthAt } from './birth';
import type { Cluster } from './cluster';
import { inDeletionOrder } from './deletion-order';
import { controllerOf, isActive, isOwnedBy, withController, withoutController } from './ownership';
import { replica } from './replicas';
import { matchesSelector } from './selector';
import { type Moment, NOTHING, type Sync } from './sync';
import { MOST_REPLICAS } from './template';

export function syncReplicaSet(set: ReplicaSet | ReplicationController, cluster: Cluster, at: Moment): Sync {
  if (set.metadata.deletionTimestamp !== null) return NOTHING;
  const around = cluster.pods.filter((pod) => pod.metadata.namespace === set.metadata.namespace && isActive(pod));
  const matching = around.filter((pod) => isChosen(set, pod));
  const adopted = matching.filter((pod) => controllerOf(pod) === null).map((pod) => withController<Pod>(pod, set));
  const released = around.filter((pod) => isOwnedBy(pod, set) && !matching.includes(pod)).map((pod) => withoutController<Pod>(pod));
  const own = [...matching.filter((pod) => isOwnedBy(pod, set)), ...adopted];
  const wanted = Math.min(set.spec.replicas, MOST_REPLICAS);
  const birth = birthAt(cluster, at);
  const made = Array.from({ length: Math.max(0, wanted - own.length) }, (_, index) => replica(set, own.length + index, birth));
  const surplus = inDeletionOrder(own, groupOf(set, cluster)).slice(0, Math.max(0, own.length - wanted));
  const kept = adopted.filter((pod) => !surplus.includes(pod));
  return { writes: [...kept, ...released, ...made], deletes: surplus.map(refOf), again: null };
}

function isChosen(set: ReplicaSet | ReplicationController, { metadata }: Pod): boolean {
  return set.kind === 'ReplicaSet' ? matchesSelector(set.spec.selector, metadata.labels) : selects(set.spec.selector, metadata.labels);
}

/** The Pods of all versions of the same Deployment. */
function groupOf(set: ReplicaSet | ReplicationController, { pods, replicaSets }: Cluster): readonly Pod[] {
  const owner = controllerOf(set);
  const { namespace } = set.metadata;
  const siblings = replicaSets.filter((each) => {
    const other = controllerOf(each);
    return owner !== null && each.metadata.namespace === namespace && other?.kind === owner.kind && other.name === owner.name;
  });
  return pods.filter((pod) => isActive(pod) && [set, ...siblings].some((each) => isOwnedBy(pod, each)));
}
