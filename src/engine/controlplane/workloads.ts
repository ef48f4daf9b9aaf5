// The controllers of workloads, settled: every rollout over, every Job done, each with the Pods that it comes to. What a paste from a
// running cluster brings along (ReplicaSets, revisions, Pods with their generated names) is recognised and completed, not made again.
// Left out: the steps of a rollout (`sync-*.ts`); Pods of the text are never deleted, since the text says that they exist.

import type { DaemonSet } from '../kube/daemon-set';
import type { Job } from '../kube/job';
import type { ApiObject } from '../kube/meta';
import type { Node } from '../kube/node';
import type { Pod, PodStatus } from '../kube/pod';
import { type ControllerRevision, REVISION_LABEL, type StatefulSet } from '../kube/stateful-set';
import type { Deployment, ReplicaSet, ReplicationController } from '../kube/workload';
import { adopted } from './adoption';
import type { Birth } from './birth';
import { daemonPod, isWantedOn, nodeMeant } from './daemon-pods';
import { type Inventory, inventory } from './inventory';
import { UNSTARTED } from './ipam';
import { indexOf, isFinished, jobPod } from './job-pods';
import { replicaSetNameIn } from './names';
import { controllerOf, hasEnded, isActive, isOwnedBy } from './ownership';
import {
  annotated,
  byAge,
  newReplicaSet,
  nextRevision,
  ownReplicaSets,
  REVISION_ANNOTATION,
  replicaSetOf,
  revisionOf,
  sized,
} from './replica-sets';
import { replica } from './replicas';
import { newRevision, ownRevisions, presentRevision } from './revisions';
import { nodeOfAddress } from './schedule';
import { matchesSelector } from './selector';
import { ordinalsOf, statefulPod } from './stateful-pods';
import { MOST_REPLICAS, TEMPLATE_HASH_LABEL } from './template';

export interface Workloads {
  readonly deployments: readonly Deployment[];
  readonly replicaSets: readonly ReplicaSet[];
  readonly statefulSets: readonly StatefulSet[];
  readonly controllerRevisions: readonly ControllerRevision[];
  /** In order of the text: those that a workload makes stand in its place. */
  readonly pods: readonly Pod[];
}

/** What the controllers make of the objects. */
export function makeWorkloads(objects: readonly ApiObject[], nodes: readonly Node[]): Workloads {
  const text = inventory(objects);
  const replicaSets = new Map(text.replicaSets.map((each) => [keyOf(each), each]));
  for (const deployment of text.deployments)
    for (const made of rolledOut(deployment, [...replicaSets.values()], text.pods)) replicaSets.set(keyOf(made), made);
  const revisions = new Map(text.controllerRevisions.map((each) => [keyOf(each), each]));
  for (const owner of [...text.statefulSets, ...text.daemonSets]) {
    const present = settledRevision(owner, [...revisions.values()], text.pods);
    revisions.set(keyOf(present), present);
  }
  const all = [...replicaSets.values()];
  const makers = [...all, ...text.replicationControllers, ...text.statefulSets, ...text.daemonSets, ...text.jobs];
  const made: Made = {
    ...text,
    replicaSets: all,
    controllerRevisions: [...revisions.values()],
    pods: text.pods.map((pod) => adopted(pod, makers)),
    nodes,
    birth: { taken: new Set(text.pods.map(keyOf)), serial: 0, created: null },
  };
  const pods = objects.flatMap((object) => podsAt(object, made));
  const deployments = text.deployments.map((deployment) => numbered(deployment, all));
  const statefulSets = text.statefulSets.map((set) => rolled(set, made));
  return { deployments, replicaSets: all, statefulSets, controllerRevisions: made.controllerRevisions, pods };
}

/** The text with what its controllers made so far. */
interface Made extends Inventory {
  readonly birth: Birth;
}

function podsAt(object: ApiObject, made: Made): readonly Pod[] {
  if (object.kind === 'Pod') return made.pods.filter((pod) => keyOf(pod) === keyOf(object));
  if (object.kind === 'Deployment')
    return made.replicaSets.filter((each) => isOwnedBy(each, object)).flatMap((each) => missingPods(each, made));
  if (object.kind === 'ReplicaSet')
    return made.replicaSets
      .filter((each) => keyOf(each) === keyOf(object) && !made.deployments.some((deployment) => isOwnedBy(each, deployment)))
      .flatMap((each) => missingPods(each, made));
  if (object.kind === 'ReplicationController') return missingPods(object, made);
  if (object.kind === 'StatefulSet') return missingStatefulPods(object, made);
  if (object.kind === 'DaemonSet') return missingDaemonPods(object, made);
  return object.kind === 'Job' ? missingJobPods(object, made) : [];
}

/** The ReplicaSets of a Deployment once its rollout is over: the one of its template at full size, the others empty. */
function rolledOut(deployment: Deployment, replicaSets: readonly ReplicaSet[], pods: readonly Pod[]): readonly ReplicaSet[] {
  if (deployment.metadata.deletionTimestamp !== null) return [];
  const own = ownReplicaSets(deployment, replicaSets);
  const { replicas } = deployment.spec;
  const present = presentOf(deployment, own);
  const name = nameInPods(deployment, pods);
  const current = present ?? newReplicaSet(deployment, { name, replicas, revision: nextRevision(own), created: null });
  const others = own.filter((each) => keyOf(each) !== keyOf(current));
  const revision = Math.max(revisionOf(current), nextRevision(others));
  const full = sized(deployment, annotated(deployment, current, revision), replicas);
  return [full, ...others.map((each) => sized(deployment, each, 0))].map((each) => owned(each, deployment));
}

function owned(replicaSet: ReplicaSet, { metadata: { name } }: Deployment): ReplicaSet {
  return { ...replicaSet, metadata: { ...replicaSet.metadata, ownerReferences: [{ kind: 'Deployment', name, controller: true }] } };
}

/** The one that runs the template; else, where a paste shows several, the one of the highest revision, which is taken to run it. */
function presentOf(deployment: Deployment, own: readonly ReplicaSet[]): ReplicaSet | null {
  const same = replicaSetOf(deployment.spec.template, own);
  const newest = [...byAge(own)].sort((a, b) => revisionOf(b) - revisionOf(a))[0];
  if (same !== null || newest === undefined) return same;
  const { template } = deployment.spec;
  const labels = { ...newest.spec.template.metadata.labels, ...template.metadata.labels };
  return { ...newest, spec: { ...newest.spec, template: { ...template, metadata: { ...template.metadata, labels } } } };
}

/** The name of the ReplicaSet that Pods of a paste speak of, where the paste left it out itself. */
function nameInPods(deployment: Deployment, pods: readonly Pod[]): string | null {
  for (const pod of pods) {
    if (pod.metadata.namespace !== deployment.metadata.namespace || !matchesSelector(deployment.spec.selector, pod.metadata.labels))
      continue;
    const owner = controllerOf(pod);
    const templateHash = pod.metadata.labels[TEMPLATE_HASH_LABEL];
    if (owner !== null && (owner.kind !== 'ReplicaSet' || !owner.name.startsWith(`${deployment.metadata.name}-`))) continue;
    if (owner !== null) return owner.name;
    if (templateHash !== undefined) return `${deployment.metadata.name}-${templateHash}`;
    const name = replicaSetNameIn(pod.metadata.name, deployment.metadata.name);
    if (name !== null) return name;
  }
  return null;
}

/** The Deployment says of itself which revision it is at. */
function numbered(deployment: Deployment, replicaSets: readonly ReplicaSet[]): Deployment {
  const present = replicaSetOf(
    deployment.spec.template,
    replicaSets.filter((each) => isOwnedBy(each, deployment)),
  );
  if (present === null) return deployment;
  const annotations = { ...deployment.metadata.annotations, [REVISION_ANNOTATION]: String(revisionOf(present)) };
  return { ...deployment, metadata: { ...deployment.metadata, annotations } };
}

/** The revision that all Pods come to. Where a paste lacks it, its name may stand in the status, or in a Pod. */
function settledRevision(owner: StatefulSet | DaemonSet, all: readonly ControllerRevision[], pods: readonly Pod[]): ControllerRevision {
  const own = ownRevisions(owner, all);
  const present = presentRevision(owner, own, null);
  const newest = own.at(-1);
  if (own.some((each) => keyOf(each) === keyOf(present))) return present;
  // No revision is quite the template: of a paste, the newest is taken to be.
  if (newest !== undefined) return { ...newest, template: owner.spec.template };
  return newRevision(owner, { name: revisionNamed(owner, pods), revision: 1, created: null });
}

function revisionNamed(owner: StatefulSet | DaemonSet, pods: readonly Pod[]): string | null {
  if (owner.kind === 'StatefulSet' && owner.status.currentRevision !== null) return owner.status.currentRevision;
  const { namespace, name } = owner.metadata;
  const pod = pods.find((each) => each.metadata.namespace === namespace && matchesSelector(owner.spec.selector, each.metadata.labels));
  const label = pod?.metadata.labels[REVISION_LABEL];
  if (label === undefined) return null;
  return owner.kind === 'StatefulSet' ? label : `${name}-${label}`;
}

function rolled(set: StatefulSet, made: Made): StatefulSet {
  return { ...set, status: { ...set.status, currentRevision: revisionOfOwner(set, made).metadata.name } };
}

function revisionOfOwner(owner: StatefulSet | DaemonSet, { controllerRevisions }: Made): ControllerRevision {
  return presentRevision(owner, ownRevisions(owner, controllerRevisions), null);
}

/** What a ReplicaSet makes beyond the Pods that it has. The n-th one always has the same name, so scaling leaves the others alone. */
function missingPods(maker: ReplicaSet | ReplicationController, made: Made): readonly Pod[] {
  if (maker.metadata.deletionTimestamp !== null) return [];
  const present = made.pods.filter((pod) => isOwnedBy(pod, maker) && isActive(pod)).length;
  const pods: Pod[] = [];
  for (let index = present; index < Math.min(maker.spec.replicas, MOST_REPLICAS); index += 1) pods.push(replica(maker, index, made.birth));
  return pods;
}

function missingStatefulPods(set: StatefulSet, made: Made): readonly Pod[] {
  if (set.metadata.deletionTimestamp !== null) return [];
  const revision = revisionOfOwner(set, made);
  return ordinalsOf(set)
    .filter((ordinal) => !made.birth.taken.has(`${set.metadata.namespace}/${set.metadata.name}-${ordinal}`))
    .map((ordinal) => statefulPod(set, { ordinal, revision }, made.birth));
}

function missingDaemonPods(set: DaemonSet, made: Made): readonly Pod[] {
  if (set.metadata.deletionTimestamp !== null) return [];
  const revision = revisionOfOwner(set, made);
  const own = made.pods.filter((pod) => isOwnedBy(pod, set) && !hasEnded(pod));
  const served = new Set(own.map((pod) => pod.spec.nodeName ?? nodeMeant(pod) ?? nodeOfAddress(pod, made.nodes)?.metadata.name));
  return made.nodes
    .filter((node) => isWantedOn(set, node) && !served.has(node.metadata.name))
    .map((node) => daemonPod(set, { node: node.metadata.name, revision }, made.birth));
}

/** Pods of a Job that is over have run and ended well. */
const SUCCEEDED: PodStatus = { ...UNSTARTED, phase: 'Succeeded' };

function missingJobPods(job: Job, made: Made): readonly Pod[] {
  const { spec, status, metadata } = job;
  if (metadata.deletionTimestamp !== null || spec.suspend || isFinished(job)) return [];
  const own = made.pods.filter((pod) => isOwnedBy(pod, job) && pod.status?.phase !== 'Failed');
  const wanted = Math.min(spec.completions ?? spec.parallelism, MOST_REPLICAS);
  const numbers = Array.from({ length: wanted }, (_, number) => number);
  if (spec.completionMode === 'Indexed') {
    const done = new Set([...status.completedIndexes, ...own.map(indexOf)]);
    return numbers.filter((index) => !done.has(index)).map((index) => succeeded(jobPod(job, { number: 0, index }, made.birth)));
  }
  const ended = own.filter(hasEnded).length;
  // Of Pods that were counted and deleted since, the status alone knows.
  const present = own.length - ended + Math.max(ended, status.succeeded);
  return numbers.slice(present).map((number) => succeeded(jobPod(job, { number, index: null }, made.birth)));
}

function succeeded(pod: Pod): Pod {
  return { ...pod, status: SUCCEEDED };
}

function keyOf({ metadata }: ApiObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
