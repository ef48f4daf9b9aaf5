// A Pod without a controller falls to one that selects it (ClaimPods), or whose generated name it still carries: so the Pods of a paste
// find those that made them.

import type { Job } from '../kube/job';
import { selects } from '../kube/meta';
import type { Pod } from '../kube/pod';
import type { ReplicaSet } from '../kube/workload';
import { unreachable } from '../net/unreachable';
import type { Inventory } from './inventory';
import { isOfJob } from './job-pods';
import { isGeneratedName, replicaSetNameIn } from './names';
import { controllerOf, withController } from './ownership';
import { matchesSelector } from './selector';
import { ordinalOf } from './stateful-pods';
import { TEMPLATE_HASH_LABEL } from './template';

export type Maker = Inventory['replicaSets' | 'replicationControllers' | 'statefulSets' | 'daemonSets' | 'jobs'][number];

/** The Pod with the controller that claims it; as it is where nobody does. */
export function adopted(pod: Pod, makers: readonly Maker[]): Pod {
  if (controllerOf(pod) !== null) return pod;
  const owner = makers.find((maker) => maker.metadata.namespace === pod.metadata.namespace && claims(maker, pod));
  return owner === undefined ? pod : withController(pod, owner);
}

function claims(maker: Maker, pod: Pod): boolean {
  const { name, labels } = pod.metadata;
  switch (maker.kind) {
    case 'ReplicaSet':
      return matchesSelector(maker.spec.selector, labels) || isNamedBy(pod, maker);
    case 'ReplicationController':
      return selects(maker.spec.selector, labels);
    case 'StatefulSet':
      return ordinalOf(maker, name) !== null && matchesSelector(maker.spec.selector, labels);
    case 'DaemonSet':
      return matchesSelector(maker.spec.selector, labels);
    case 'Job':
      return isOfJob(pod, maker) || isNamedByJob(pod, maker);
    default:
      return unreachable(maker);
  }
}

function isNamedBy(pod: Pod, replicaSet: ReplicaSet): boolean {
  const deployment = controllerOf(replicaSet);
  if (deployment === null || replicaSetNameIn(pod.metadata.name, deployment.name) !== replicaSet.metadata.name) return false;
  const { [TEMPLATE_HASH_LABEL]: _, ...matchLabels } = replicaSet.spec.selector.matchLabels;
  return matchesSelector({ ...replicaSet.spec.selector, matchLabels }, pod.metadata.labels);
}

/** A Job's selector is a number that it drew: of a Pod that lost its labels only the name tells. */
function isNamedByJob({ metadata }: Pod, { metadata: job, spec }: Job): boolean {
  return isGeneratedName(metadata.name, job.name) && selects(spec.template.metadata.labels, metadata.labels);
}
