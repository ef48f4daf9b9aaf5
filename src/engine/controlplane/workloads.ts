// The Deployment and ReplicaSet controllers, settled: Deployment -> ReplicaSet -> Pods. What a paste from a running cluster
// brings along (ReplicaSets, Pods with their generated names) is recognised and completed, not made a second time.
// Left out: the steps of a rollout; Pods of the text are never deleted, since the text says that they exist.

import type { ApiObject, Labels } from '../kube/meta';
import { selects } from '../kube/meta';
import type { Pod, PodSpec } from '../kube/pod';
import type { Deployment, LabelSelector, PodTemplate, ReplicaSet } from '../kube/workload';
import { unreachable } from '../net/unreachable';
import { replicaSetNameIn, suffix } from './names';

export const TEMPLATE_HASH_LABEL = 'pod-template-hash';

/** As many Pods as one workload gets here, so that a zero too many does not stop the page. */
export const MOST_REPLICAS = 1000;

const REVISION_ANNOTATION = 'deployment.kubernetes.io/revision';

export interface Workloads {
  readonly replicaSets: readonly ReplicaSet[];
  /** In order of the text: those that a Deployment or ReplicaSet makes stand in its place. */
  readonly pods: readonly Pod[];
}

/** Every ReplicaSet and Pod of the text, and those that its Deployments and ReplicaSets make. */
export function makeWorkloads(objects: readonly ApiObject[]): Workloads {
  const written = objects.filter((object) => object.kind === 'Pod');
  const deployments = objects.filter((object) => object.kind === 'Deployment');
  const replicaSets = new Map<string, ReplicaSet>();
  for (const object of objects) if (object.kind === 'ReplicaSet') replicaSets.set(keyOf(object), object);
  for (const deployment of deployments)
    for (const made of rolledOut(deployment, [...replicaSets.values()], written)) replicaSets.set(keyOf(made), made);
  const all = [...replicaSets.values()];
  const adopted = written.map((pod) => adopt(pod, all));
  const names = new Set(written.map(keyOf));
  const pods = objects.flatMap((object) => podsAt(object, { deployments, replicaSets: all, adopted, names }));
  return { replicaSets: all, pods };
}

interface Made {
  readonly deployments: readonly Deployment[];
  readonly replicaSets: readonly ReplicaSet[];
  readonly adopted: readonly Pod[];
  readonly names: Set<string>;
}

function podsAt(object: ApiObject, made: Made): readonly Pod[] {
  if (object.kind === 'Pod') return made.adopted.filter((pod) => keyOf(pod) === keyOf(object));
  if (object.kind === 'Deployment')
    return made.replicaSets.filter((each) => isOwnedBy(each, object)).flatMap((each) => missingPods(each, made));
  if (object.kind !== 'ReplicaSet') return [];
  const settled = made.replicaSets.filter((each) => keyOf(each) === keyOf(object));
  return settled
    .filter((each) => !made.deployments.some((deployment) => isOwnedBy(each, deployment)))
    .flatMap((each) => missingPods(each, made));
}

/** The ReplicaSets of a Deployment once its rollout is over: the one of its template at full size, the others empty. */
function rolledOut(deployment: Deployment, replicaSets: readonly ReplicaSet[], pods: readonly Pod[]): readonly ReplicaSet[] {
  if (deployment.metadata.deletionTimestamp !== null) return [];
  const own = replicaSets.filter((each) => belongsTo(each, deployment));
  const current = currentOf(own, deployment.spec.template) ?? newReplicaSet(deployment, pods);
  const others = own.filter((each) => each !== current);
  return [{ each: current, replicas: deployment.spec.replicas }, ...others.map((each) => ({ each, replicas: 0 }))].map(
    ({ each, replicas }) => ({
      ...each,
      metadata: { ...each.metadata, ownerReferences: [{ kind: 'Deployment', name: deployment.metadata.name, controller: true }] },
      spec: { ...each.spec, replicas },
    }),
  );
}

function belongsTo(replicaSet: ReplicaSet, deployment: Deployment): boolean {
  if (controllerOf(replicaSet) !== null) return isOwnedBy(replicaSet, deployment);
  return (
    replicaSet.metadata.namespace === deployment.metadata.namespace &&
    TEMPLATE_HASH_LABEL in replicaSet.spec.template.metadata.labels &&
    matchesSelector(deployment.spec.selector, replicaSet.spec.template.metadata.labels)
  );
}

/** The one that runs the template; else, where a paste shows several, the one of the highest revision. */
function currentOf(own: readonly ReplicaSet[], template: PodTemplate): ReplicaSet | null {
  const same = own.find((each) => templateText(each.spec.template) === templateText(template));
  if (same !== undefined) return same;
  const latest = [...own].sort((a, b) => revisionOf(b) - revisionOf(a))[0];
  return latest ?? null;
}

function revisionOf(replicaSet: ReplicaSet): number {
  return Number(replicaSet.metadata.annotations[REVISION_ANNOTATION] ?? '0') || 0;
}

function templateText(template: PodTemplate): string {
  const { [TEMPLATE_HASH_LABEL]: _, ...labels } = template.metadata.labels;
  return JSON.stringify([Object.entries(labels).sort(), template.spec]);
}

function newReplicaSet(deployment: Deployment, pods: readonly Pod[]): ReplicaSet {
  const { name, namespace } = deployment.metadata;
  const { template, selector } = deployment.spec;
  const replicaSetName = nameInPods(deployment, pods) ?? `${name}-${suffix(templateText(template), 10)}`;
  const labels = { ...template.metadata.labels, [TEMPLATE_HASH_LABEL]: replicaSetName.slice(name.length + 1) };
  return {
    kind: 'ReplicaSet',
    metadata: {
      name: replicaSetName,
      namespace,
      labels,
      annotations: { [REVISION_ANNOTATION]: '1' },
      creationTimestamp: null,
      deletionTimestamp: null,
      ownerReferences: [],
    },
    spec: {
      replicas: deployment.spec.replicas,
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [TEMPLATE_HASH_LABEL]: replicaSetName.slice(name.length + 1) } },
      template: { ...template, metadata: { ...template.metadata, labels } },
      minReadySeconds: deployment.spec.minReadySeconds,
    },
  };
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

/** A Pod without a controller falls to the ReplicaSet that selects it (ClaimPods), or whose generated name it still carries. */
function adopt(pod: Pod, replicaSets: readonly ReplicaSet[]): Pod {
  if (controllerOf(pod) !== null) return pod;
  const owner = replicaSets.find(
    (each) =>
      each.metadata.namespace === pod.metadata.namespace &&
      (matchesSelector(each.spec.selector, pod.metadata.labels) || isNamedBy(pod, each)),
  );
  if (owner === undefined) return pod;
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      ownerReferences: [...pod.metadata.ownerReferences, { kind: 'ReplicaSet', name: owner.metadata.name, controller: true }],
    },
  };
}

function isNamedBy(pod: Pod, replicaSet: ReplicaSet): boolean {
  const deployment = controllerOf(replicaSet);
  if (deployment === null || replicaSetNameIn(pod.metadata.name, deployment.name) !== replicaSet.metadata.name) return false;
  const { [TEMPLATE_HASH_LABEL]: _, ...matchLabels } = replicaSet.spec.selector.matchLabels;
  return matchesSelector({ ...replicaSet.spec.selector, matchLabels }, pod.metadata.labels);
}

/** What the ReplicaSet makes beyond the Pods that it has. The n-th one always has the same name, so scaling leaves the others alone. */
function missingPods(replicaSet: ReplicaSet, made: Made): readonly Pod[] {
  if (replicaSet.metadata.deletionTimestamp !== null) return [];
  const present = made.adopted.filter((pod) => isOwnedBy(pod, replicaSet) && isActive(pod)).length;
  const pods: Pod[] = [];
  for (let index = present; index < Math.min(replicaSet.spec.replicas, MOST_REPLICAS); index += 1)
    pods.push(newPod(replicaSet, index, made.names));
  return pods;
}

function newPod(replicaSet: ReplicaSet, index: number, names: Set<string>): Pod {
  const { template } = replicaSet.spec;
  return {
    kind: 'Pod',
    metadata: {
      name: podName(replicaSet, index, names),
      namespace: replicaSet.metadata.namespace,
      labels: template.metadata.labels,
      annotations: template.metadata.annotations,
      creationTimestamp: null,
      deletionTimestamp: null,
      ownerReferences: [{ kind: 'ReplicaSet', name: replicaSet.metadata.name, controller: true }],
    },
    spec: instantiate(template.spec),
    status: null,
  };
}

/** The end of the name follows from the workload and the number, so a new template changes the middle only. */
function podName(replicaSet: ReplicaSet, index: number, names: Set<string>): string {
  const { name, namespace } = replicaSet.metadata;
  const workload = controllerOf(replicaSet)?.name ?? name;
  for (let attempt = 0; ; attempt += 1) {
    const candidate = `${name}-${suffix([namespace, workload, index, attempt].join('/'), 5)}`;
    if (names.has(`${namespace}/${candidate}`)) continue;
    names.add(`${namespace}/${candidate}`);
    return candidate;
  }
}

/** Pods on the host network hold their ports on the node; templates do not say so, Pods do (SetDefaults_PodSpec). */
function instantiate(spec: PodSpec): PodSpec {
  if (!spec.hostNetwork) return spec;
  const containers = spec.containers.map((container) => ({
    ...container,
    ports: container.ports.map((port) => ({ ...port, hostPort: port.hostPort ?? port.containerPort })),
  }));
  return { ...spec, containers };
}

function isActive(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === null && pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed';
}

/** The object that made this one; null where nobody did. */
export function controllerOf(object: Pod | ReplicaSet): { readonly kind: string; readonly name: string } | null {
  return object.metadata.ownerReferences.find((owner) => owner.controller) ?? null;
}

function isOwnedBy(object: Pod | ReplicaSet, owner: Deployment | ReplicaSet): boolean {
  const controller = controllerOf(object);
  return (
    controller?.kind === owner.kind && controller.name === owner.metadata.name && object.metadata.namespace === owner.metadata.namespace
  );
}

/** Whether a selector of a workload chooses the labels. */
export function matchesSelector(selector: LabelSelector, labels: Labels): boolean {
  return selects(selector.matchLabels, labels) && selector.matchExpressions.every((expression) => matchesExpression(expression, labels));
}

function matchesExpression(expression: LabelSelector['matchExpressions'][number], labels: Labels): boolean {
  const value = labels[expression.key];
  switch (expression.operator) {
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'In':
      return value !== undefined && expression.values.includes(value);
    case 'NotIn':
      return value === undefined || !expression.values.includes(value);
    default:
      return unreachable(expression.operator);
  }
}

function keyOf(object: Pod | ReplicaSet): string {
  return `${object.metadata.namespace}/${object.metadata.name}`;
}
