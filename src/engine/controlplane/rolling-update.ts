// The steps of a Deployment from one version to the next (pkg/controller/deployment: rolling.go, recreate.go). Each gives the ReplicaSets
// that it changes; none where there is nothing to do but to wait.

import type { ReplicaSet } from '../kube/workload';
import { hasEnded, isOwnedBy } from './ownership';
import { sized } from './replica-sets';
import { fenceposts } from './rolling';
import { allSets, availableOf, type Rollout, total } from './rollout';

/** The size of the ReplicaSet of the template after the next step (NewRSNewReplicas). A new one starts with it. */
export function nextSize(rollout: Rollout, present: number): number {
  const { deployment } = rollout;
  const desired = deployment.spec.replicas;
  if (deployment.spec.strategy.type === 'Recreate' || present >= desired) return desired;
  const room = desired + fenceposts(deployment).surge - total(allSets(rollout));
  return room <= 0 ? present : Math.min(present + room, desired);
}

/** Step 1: the new version grows as far as the surge allows (reconcileNewReplicaSet). */
export function growPresent(rollout: Rollout): readonly ReplicaSet[] {
  const { deployment, present } = rollout;
  if (present === null) return [];
  const size = nextSize(rollout, present.spec.replicas);
  return size === present.spec.replicas ? [] : [sized(deployment, present, size)];
}

/** Step 2: the old versions shrink as far as availability allows, those Pods first that serve nobody (reconcileOldReplicaSets). */
export function shrinkOld(rollout: Rollout): readonly ReplicaSet[] {
  const { deployment, present, old } = rollout;
  const sets = allSets(rollout);
  const least = deployment.spec.replicas - fenceposts(deployment).unavailable;
  const pending = present === null ? 0 : present.spec.replicas - availableOf(rollout, present);
  const room = total(sets) - least - pending;
  if (total(old) === 0 || room <= 0) return [];
  const idle = taken(old, room, (set) => set.spec.replicas - availableOf(rollout, set));
  const available = sets.reduce((sum, set) => sum + availableOf(rollout, set), 0);
  const sizes = new Map(old.map((set) => [set, set.spec.replicas - (idle.get(set) ?? 0)]));
  const spare = taken(old, available - least, (set) => sizes.get(set) ?? 0);
  return old.flatMap((set) => {
    const size = (sizes.get(set) ?? 0) - (spare.get(set) ?? 0);
    return size === set.spec.replicas ? [] : [sized(deployment, set, size)];
  });
}

/** Up to so many in all, from each as many as it may lose, the eldest first. */
function taken(sets: readonly ReplicaSet[], most: number, mayLose: (set: ReplicaSet) => number): ReadonlyMap<ReplicaSet, number> {
  let left = Math.max(0, most);
  return new Map(
    sets.map((set) => {
      const count = Math.min(left, Math.max(0, mayLose(set)));
      left -= count;
      return [set, count];
    }),
  );
}

/** Recreate: first every old version goes. */
export function endOld({ deployment, old }: Rollout): readonly ReplicaSet[] {
  return old.filter(({ spec }) => spec.replicas > 0).map((set) => sized(deployment, set, 0));
}

/** Whether a Pod of an old version still runs, also one that is being deleted (oldPodsRunning). */
export function isOldRunning({ old, pods }: Rollout): boolean {
  return pods.some((pod) => !hasEnded(pod) && old.some((set) => isOwnedBy(pod, set)));
}
