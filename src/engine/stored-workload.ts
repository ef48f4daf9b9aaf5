// Deployments, ReplicaSets and ReplicationControllers as JSON. Their numbers are counted from the Pods of the moment.

import { isAvailable } from './controlplane/availability';
import type { Cluster, RunningPod } from './controlplane/cluster';
import { observedGeneration } from './controlplane/generation';
import { isActive, isOwnedBy } from './controlplane/ownership';
import { replicaSetOf } from './controlplane/replica-sets';
import type { Condition, Deployment, ReplicaSet, ReplicationController } from './kube/workload';
import type { Json, JsonMap } from './objects';
import { selectorJson } from './stored-affinity';
import { filled, positive, present, some } from './stored-json';
import { templateJson } from './stored-pod-spec';

/** A cluster, and when it is looked at. */
export interface Sighting {
  readonly cluster: Cluster;
  /** Milliseconds since 1970; null in a cluster at rest. */
  readonly now: number | null;
}

export function deploymentParts(deployment: Deployment, { cluster, now }: Sighting): JsonMap {
  const { replicas, selector, template, strategy, paused, minReadySeconds, revisionHistoryLimit, progressDeadlineSeconds } =
    deployment.spec;
  const sets = cluster.replicaSets.filter((set) => isOwnedBy(set, deployment));
  const present = replicaSetOf(template, sets);
  const pods = podsOf(sets, cluster);
  const available = availableIn(pods, minReadySeconds, now);
  return {
    spec: {
      minReadySeconds: positive(minReadySeconds),
      paused: paused ? true : null,
      progressDeadlineSeconds,
      replicas,
      revisionHistoryLimit,
      selector: selectorJson(selector),
      strategy:
        strategy.type === 'Recreate'
          ? { type: 'Recreate' }
          : { rollingUpdate: { maxSurge: strategy.maxSurge, maxUnavailable: strategy.maxUnavailable }, type: 'RollingUpdate' },
      template: templateJson(template),
    },
    status: {
      availableReplicas: positive(available),
      conditions: some(deployment.status.conditions.map(conditionJson)),
      observedGeneration: observedGeneration(deployment, cluster),
      readyReplicas: positive(readyIn(pods)),
      replicas: positive(pods.length),
      unavailableReplicas: positive(Math.max(0, Math.max(replicas, pods.length) - available)),
      updatedReplicas: positive(present === null ? 0 : podsOf([present], cluster).length),
    },
  };
}

export function replicaSetParts(set: ReplicaSet | ReplicationController, { cluster, now }: Sighting): JsonMap {
  const { replicas, template, minReadySeconds } = set.spec;
  const pods = podsOf([set], cluster);
  return {
    spec: {
      minReadySeconds: positive(minReadySeconds),
      replicas,
      selector: set.kind === 'ReplicaSet' ? selectorJson(set.spec.selector) : filled(set.spec.selector),
      template: templateJson(template),
    },
    status: {
      availableReplicas: positive(availableIn(pods, minReadySeconds, now)),
      fullyLabeledReplicas: positive(pods.length),
      observedGeneration: observedGeneration(set, cluster),
      readyReplicas: positive(readyIn(pods)),
      replicas: pods.length,
    },
  };
}

/** What controllers count: Pods that have not ended and are not being deleted. */
export function podsOf(owners: readonly Parameters<typeof isOwnedBy>[1][], { pods }: Cluster): readonly RunningPod[] {
  return pods.filter((pod) => isActive(pod) && owners.some((owner) => isOwnedBy(pod, owner)));
}

export function readyIn(pods: readonly RunningPod[]): number {
  return pods.filter(({ status }) => status.ready).length;
}

export function availableIn(pods: readonly RunningPod[], minReadySeconds: number, now: number | null): number {
  return pods.filter((pod) => isAvailable(pod, minReadySeconds, now)).length;
}

export function conditionJson({ type, status, reason, message, lastUpdateTime, lastTransitionTime }: Condition): Json {
  return present({ lastTransitionTime, lastUpdateTime, message, reason, status, type });
}
