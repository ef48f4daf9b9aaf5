// A Deployment with its ReplicaSets and Pods, as its controller sees them: what the next step of a rollout is reckoned from.

import type { Deployment, ReplicaSet } from '../kube/workload';
import { isAvailable } from './availability';
import type { Cluster, RunningPod } from './cluster';
import { isActive, isOwnedBy } from './ownership';
import { byAge, replicaSetOf } from './replica-sets';

export interface Rollout {
  readonly deployment: Deployment;
  /** The one that runs the template; null until there is one. */
  readonly present: ReplicaSet | null;
  /** The others, the eldest first. */
  readonly old: readonly ReplicaSet[];
  readonly pods: readonly RunningPod[];
  /** null where no clock is at hand. */
  readonly now: number | null;
}

export function rolloutOf(
  deployment: Deployment,
  own: readonly ReplicaSet[],
  { pods }: Pick<Cluster, 'pods'>,
  now: number | null,
): Rollout {
  const present = replicaSetOf(deployment.spec.template, own);
  const theirs = pods.filter((pod) => own.some((set) => isOwnedBy(pod, set)));
  return { deployment, present, old: byAge(own.filter((set) => set !== present)), pods: theirs, now };
}

export function allSets({ present, old }: Rollout): readonly ReplicaSet[] {
  return present === null ? old : [...old, present];
}

/** With some ReplicaSets replaced by what was made of them. */
export function withSets(rollout: Rollout, changed: readonly ReplicaSet[]): Rollout {
  const latest = (set: ReplicaSet): ReplicaSet => changed.find((each) => each.metadata.name === set.metadata.name) ?? set;
  return { ...rollout, present: rollout.present === null ? null : latest(rollout.present), old: rollout.old.map(latest) };
}

/** How many Pods the ReplicaSets are to have. */
export function total(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, { spec }) => sum + spec.replicas, 0);
}

export function activePods({ pods }: Rollout, set: ReplicaSet): readonly RunningPod[] {
  return pods.filter((pod) => isOwnedBy(pod, set) && isActive(pod));
}

/** Its available Pods, without those that it is to lose: in life the status of the ReplicaSet tells, a little late. */
export function availableOf(rollout: Rollout, set: ReplicaSet): number {
  const { minReadySeconds } = rollout.deployment.spec;
  const available = activePods(rollout, set).filter((pod) => isAvailable(pod, minReadySeconds, rollout.now)).length;
  return Math.min(available, set.spec.replicas);
}
