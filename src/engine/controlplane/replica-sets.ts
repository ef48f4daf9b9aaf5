// The ReplicaSets of a Deployment: which are its own, which one runs its template, and what a new one looks like
// (pkg/controller/deployment/util/deployment_util.go).

import type { Labels } from '../kube/meta';
import { compareText } from '../kube/ref';
import type { Deployment, PodTemplate, ReplicaSet } from '../kube/workload';
import { suffix } from './names';
import { controllerOf, isOwnedBy, ownerReference } from './ownership';
import { fenceposts } from './rolling';
import { matchesSelector } from './selector';
import { TEMPLATE_HASH_LABEL, templateText } from './template';

export const REVISION_ANNOTATION = 'deployment.kubernetes.io/revision';
export const REVISION_HISTORY_ANNOTATION = 'deployment.kubernetes.io/revision-history';
/** What the Deployment wanted, and how many Pods it might have, when the ReplicaSet was last scaled: tells a scaling from a rollout. */
export const DESIRED_ANNOTATION = 'deployment.kubernetes.io/desired-replicas';
export const MOST_ANNOTATION = 'deployment.kubernetes.io/max-replicas';

/** Those that it controls, and those that it would adopt. */
export function ownReplicaSets(deployment: Deployment, replicaSets: readonly ReplicaSet[]): readonly ReplicaSet[] {
  return replicaSets.filter((each) => {
    if (controllerOf(each) !== null) return isOwnedBy(each, deployment);
    return (
      each.metadata.namespace === deployment.metadata.namespace &&
      TEMPLATE_HASH_LABEL in each.spec.template.metadata.labels &&
      matchesSelector(deployment.spec.selector, each.metadata.labels)
    );
  });
}

export function isSameVersion(a: PodTemplate, b: PodTemplate): boolean {
  return templateText(a) === templateText(b);
}

/** The eldest that runs the template (FindNewReplicaSet). */
export function replicaSetOf(template: PodTemplate, own: readonly ReplicaSet[]): ReplicaSet | null {
  return byAge(own).find((each) => isSameVersion(each.spec.template, template)) ?? null;
}

/** The eldest first. Those of one second, and those without any time, by what they were made for. */
export function byAge(replicaSets: readonly ReplicaSet[]): readonly ReplicaSet[] {
  return [...replicaSets].sort(
    (a, b) =>
      compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') ||
      revisionOf(a) - revisionOf(b) ||
      compareText(a.metadata.name, b.metadata.name),
  );
}

export function revisionOf({ metadata }: { readonly metadata: { readonly annotations: Labels } }): number {
  return Number(metadata.annotations[REVISION_ANNOTATION] ?? '0') || 0;
}

/** The revision that the ReplicaSet of the template has to have: above all others. */
export function nextRevision(others: readonly ReplicaSet[]): number {
  return Math.max(0, ...others.map(revisionOf)) + 1;
}

export interface NewReplicaSet {
  /** null: after the hash of the template. */
  readonly name: string | null;
  readonly replicas: number;
  readonly revision: number;
  readonly created: string | null;
}

export function newReplicaSet(deployment: Deployment, { name, replicas, revision, created }: NewReplicaSet): ReplicaSet {
  const { template, selector, minReadySeconds } = deployment.spec;
  const replicaSetName = name ?? `${deployment.metadata.name}-${suffix(templateText(template), 10)}`;
  const hash = { [TEMPLATE_HASH_LABEL]: replicaSetName.slice(deployment.metadata.name.length + 1) };
  const labels = { ...template.metadata.labels, ...hash };
  const made: ReplicaSet = {
    kind: 'ReplicaSet',
    metadata: {
      name: replicaSetName,
      namespace: deployment.metadata.namespace,
      labels,
      annotations: {},
      uid: null,
      creationTimestamp: created,
      deletionTimestamp: null,
      generation: null,
      ownerReferences: [ownerReference(deployment)],
    },
    spec: {
      replicas,
      selector: { ...selector, matchLabels: { ...selector.matchLabels, ...hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
      minReadySeconds,
    },
  };
  return sized(deployment, annotated(deployment, made, revision), replicas);
}

/** With the annotations of the Deployment, among them why it was changed, and its place in the history (SetNewReplicaSetAnnotations). */
export function annotated(deployment: Deployment, replicaSet: ReplicaSet, revision: number): ReplicaSet {
  const { annotations } = replicaSet.metadata;
  const former = revisionOf(replicaSet);
  const copied = Object.entries(deployment.metadata.annotations).filter(([key]) => !NOT_COPIED.includes(key));
  const history = annotations[REVISION_HISTORY_ANNOTATION];
  const moved: Labels =
    former === 0 ? {} : { [REVISION_HISTORY_ANNOTATION]: history === undefined ? String(former) : `${history},${former}` };
  const numbered: Labels = former < revision ? { ...moved, [REVISION_ANNOTATION]: String(revision) } : {};
  const next = { ...annotations, ...Object.fromEntries(copied), ...numbered };
  return { ...replicaSet, metadata: { ...replicaSet.metadata, annotations: next } };
}

const NOT_COPIED = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deprecated.deployment.rollback.to',
  REVISION_ANNOTATION,
  REVISION_HISTORY_ANNOTATION,
  DESIRED_ANNOTATION,
  MOST_ANNOTATION,
];

/** So many Pods, and in which situation that was decided (SetReplicasAnnotations). */
export function sized(deployment: Deployment, replicaSet: ReplicaSet, replicas: number): ReplicaSet {
  const desired = deployment.spec.replicas;
  const annotations = {
    ...replicaSet.metadata.annotations,
    [DESIRED_ANNOTATION]: String(desired),
    [MOST_ANNOTATION]: String(desired + fenceposts(deployment).surge),
  };
  return { ...replicaSet, metadata: { ...replicaSet.metadata, annotations }, spec: { ...replicaSet.spec, replicas } };
}
