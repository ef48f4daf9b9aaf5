// A Deployment whose number of Pods was changed: with one version under way the number goes there, amid a rollout it is shared out among the
// versions by their size (pkg/controller/deployment/sync.go, scale; GetReplicaSetProportion).

import { compareText } from '../kube/ref';
import type { ReplicaSet } from '../kube/workload';
import { DESIRED_ANNOTATION, MOST_ANNOTATION, sized } from './replica-sets';
import { fenceposts } from './rolling';
import { allSets, availableOf, type Rollout, total } from './rollout';

/** Whether a ReplicaSet was sized for another number than is wanted now (isScalingEvent). */
export function isScaled(rollout: Rollout): boolean {
  const desired = String(rollout.deployment.spec.replicas);
  return active(allSets(rollout)).some(({ metadata }) => (metadata.annotations[DESIRED_ANNOTATION] ?? desired) !== desired);
}

export function scaledSets(rollout: Rollout): readonly ReplicaSet[] {
  const { deployment, present, old } = rollout;
  const { replicas, strategy } = deployment.spec;
  const single = singleSet(rollout);
  if (single !== null) return changed([sized(deployment, single, replicas)], rollout);
  if (present !== null && isSaturated(rollout, present)) return active(old).map((set) => sized(deployment, set, 0));
  return strategy.type === 'RollingUpdate' ? changed(inProportion(rollout), rollout) : [];
}

/** The only one with Pods, or the one that would get them (FindActiveOrLatest). */
function singleSet(rollout: Rollout): ReplicaSet | null {
  const [first, second] = active(allSets(rollout));
  if (second !== undefined) return null;
  return first ?? rollout.present ?? rollout.old.at(-1) ?? null;
}

function active(sets: readonly ReplicaSet[]): readonly ReplicaSet[] {
  return sets.filter(({ spec }) => spec.replicas > 0);
}

function isSaturated(rollout: Rollout, set: ReplicaSet): boolean {
  const { replicas } = rollout.deployment.spec;
  const desired = set.metadata.annotations[DESIRED_ANNOTATION];
  return set.spec.replicas === replicas && desired === String(replicas) && availableOf(rollout, set) === replicas;
}

function inProportion(rollout: Rollout): readonly ReplicaSet[] {
  const { deployment } = rollout;
  const { replicas } = deployment.spec;
  const most = replicas > 0 ? replicas + fenceposts(deployment).surge : 0;
  const sets = active(allSets(rollout));
  const toAdd = most - total(sets);
  const ordered = bySize(sets, toAdd > 0);
  let added = 0;
  const sizes = ordered.map((set) => {
    const share = shareOf(rollout, set, { toAdd, added });
    added += share;
    return set.spec.replicas + share;
  });
  // What rounding left over falls to the largest.
  return ordered.map((set, index) => sized(deployment, set, Math.max(0, (sizes[index] ?? 0) + (index === 0 ? toAdd - added : 0))));
}

/** The largest first; of equal ones the younger while growing, the elder while shrinking. */
function bySize(sets: readonly ReplicaSet[], grows: boolean): readonly ReplicaSet[] {
  const born = ({ metadata }: ReplicaSet): string => metadata.creationTimestamp ?? '';
  return [...sets].sort(
    (a, b) => b.spec.replicas - a.spec.replicas || (grows ? compareText(born(b), born(a)) : compareText(born(a), born(b))),
  );
}

function shareOf({ deployment }: Rollout, set: ReplicaSet, { toAdd, added }: { toAdd: number; added: number }): number {
  if (toAdd === 0 || toAdd === added) return 0;
  const { replicas } = deployment.spec;
  const before = Number(set.metadata.annotations[MOST_ANNOTATION] ?? 0) || deployment.status.replicas;
  const now = replicas + fenceposts(deployment).surge;
  const share =
    replicas === 0 ? -set.spec.replicas : roundAway((set.spec.replicas * now) / (before === 0 ? now : before)) - set.spec.replicas;
  return toAdd > 0 ? Math.min(share, toAdd - added) : Math.max(share, toAdd - added);
}

/** Halves away from zero, as integer.RoundToInt32. Sizes are never negative. */
function roundAway(value: number): number {
  return Math.floor(value + 0.5);
}

function changed(sets: readonly ReplicaSet[], rollout: Rollout): readonly ReplicaSet[] {
  return sets.filter((set) => {
    const before = allSets(rollout).find(({ metadata }) => metadata.name === set.metadata.name);
    return (
      JSON.stringify([before?.spec.replicas, before?.metadata.annotations]) !==
      JSON.stringify([set.spec.replicas, set.metadata.annotations])
    );
  });
}
