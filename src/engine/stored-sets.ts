// StatefulSets, DaemonSets and their revisions as JSON.

import { isWantedOn, nodeMeant } from './controlplane/daemon-pods';
import { observedGeneration } from './controlplane/generation';
import { isActive, isOwnedBy } from './controlplane/ownership';
import { ownRevisions, presentRevision, revisionLabel } from './controlplane/revisions';
import type { DaemonSet } from './kube/daemon-set';
import { type ControllerRevision, REVISION_LABEL, type StatefulSet } from './kube/stateful-set';
import type { JsonMap } from './objects';
import { selectorJson } from './stored-affinity';
import { positive } from './stored-json';
import { templateJson } from './stored-pod-spec';
import { availableIn, podsOf, readyIn, type Sighting } from './stored-workload';

export function statefulSetParts(set: StatefulSet, sighting: Sighting): JsonMap {
  const { replicas, selector, template, serviceName, podManagementPolicy, updateStrategy, firstOrdinal } = set.spec;
  const { minReadySeconds, revisionHistoryLimit } = set.spec;
  return {
    spec: {
      minReadySeconds: positive(minReadySeconds),
      ordinals: firstOrdinal === 0 ? null : { start: firstOrdinal },
      podManagementPolicy,
      replicas,
      revisionHistoryLimit,
      selector: selectorJson(selector),
      serviceName,
      template: templateJson(template),
      updateStrategy:
        updateStrategy.type === 'OnDelete'
          ? { type: 'OnDelete' }
          : {
              rollingUpdate: {
                partition: updateStrategy.partition,
                ...(updateStrategy.maxUnavailable === 1 ? {} : { maxUnavailable: updateStrategy.maxUnavailable }),
              },
              type: 'RollingUpdate',
            },
    },
    status: statefulSetStatus(set, sighting),
  };
}

function statefulSetStatus(set: StatefulSet, { cluster, now }: Sighting): JsonMap {
  // A Pod that is being deleted keeps its number, and its place in the count.
  const pods = cluster.pods.filter((pod) => isOwnedBy(pod, set));
  const serving = pods.filter(isActive);
  const update = presentRevision(set, ownRevisions(set, cluster.controllerRevisions), null).metadata.name;
  const current = set.status.currentRevision ?? update;
  const of = (revision: string): number => serving.filter(({ metadata }) => metadata.labels[REVISION_LABEL] === revision).length;
  return {
    availableReplicas: availableIn(serving, set.spec.minReadySeconds, now),
    collisionCount: 0,
    currentReplicas: positive(of(current)),
    currentRevision: current,
    observedGeneration: observedGeneration(set, cluster),
    readyReplicas: positive(readyIn(serving)),
    replicas: pods.length,
    updateRevision: update,
    updatedReplicas: positive(of(update)),
  };
}

export function daemonSetParts(set: DaemonSet, sighting: Sighting): JsonMap {
  const { selector, template, updateStrategy, minReadySeconds, revisionHistoryLimit } = set.spec;
  return {
    spec: {
      minReadySeconds: positive(minReadySeconds),
      revisionHistoryLimit,
      selector: selectorJson(selector),
      template: templateJson(template),
      updateStrategy:
        updateStrategy.type === 'OnDelete'
          ? { type: 'OnDelete' }
          : {
              rollingUpdate: { maxSurge: updateStrategy.maxSurge, maxUnavailable: updateStrategy.maxUnavailable },
              type: 'RollingUpdate',
            },
    },
    status: daemonSetStatus(set, sighting),
  };
}

/** Nodes are counted, not Pods: of several on one node the eldest speaks for it (updateDaemonSetStatus). */
function daemonSetStatus(set: DaemonSet, { cluster, now }: Sighting): JsonMap {
  const pods = podsOf([set], cluster);
  const update = presentRevision(set, ownRevisions(set, cluster.controllerRevisions), null);
  const on = (node: string) => pods.filter((pod) => (pod.spec.nodeName ?? nodeMeant(pod)) === node);
  const nodes = cluster.nodes.map((node) => ({ isWanted: isWantedOn(set, node), pods: on(node.metadata.name) }));
  const wanted = nodes.filter(({ isWanted }) => isWanted);
  const count = (holds: (pod: (typeof pods)[number]) => boolean): number => wanted.filter((node) => node.pods.some(holds)).length;
  const available = count((pod) => availableIn([pod], set.spec.minReadySeconds, now) > 0);
  return {
    currentNumberScheduled: count(() => true),
    desiredNumberScheduled: wanted.length,
    numberAvailable: positive(available),
    numberMisscheduled: nodes.filter((node) => !node.isWanted && node.pods.length > 0).length,
    numberReady: count(({ status }) => status.ready),
    numberUnavailable: positive(wanted.length - available),
    observedGeneration: observedGeneration(set, cluster),
    updatedNumberScheduled: positive(count(({ metadata }) => metadata.labels[REVISION_LABEL] === revisionLabel(set, update))),
  };
}

export function controllerRevisionParts({ revision, template }: ControllerRevision): JsonMap {
  return { data: { spec: { template: { $patch: 'replace', ...templateJson(template) } } }, revision };
}
