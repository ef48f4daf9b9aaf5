// Pods that want to be near others, or far from them: a place is all nodes with the same value of a label (InterPodAffinity).

import type { PodTerm } from '../kube/affinity';
import { type Labels, refOf } from '../kube/meta';
import type { Namespace } from '../kube/namespace';
import type { Node } from '../kube/node';
import type { Pod } from '../kube/pod';
import { formatRef } from '../kube/ref';
import type { LabelSelector } from '../kube/workload';
import { matchesSelector } from './selector';
import type { Host, Stage } from './stage';

export type AffinityRefusal = { readonly reason: 'pod-affinity' | 'pod-anti-affinity' | 'shunned'; readonly detail: string };

/** Why the node is not near those that the Pod wants, or too near others; null where it fits. */
export function affinityRefusal(pod: Pod, { node }: Host, stage: Stage): AffinityRefusal | null {
  const lacking = lackingCompany(pod, node, stage);
  if (lacking !== null) return { reason: 'pod-affinity', detail: lacking };
  const { podAntiRequired } = pod.spec.affinity;
  const neighbour = podAntiRequired.flatMap((term) => neighbours(pod, term, { node, stage }))[0];
  if (neighbour !== undefined) return { reason: 'pod-anti-affinity', detail: formatRef(refOf(neighbour)) };
  const shunning = stage.choosy.find((other) => shuns(other, { pod, node, stage }));
  return shunning === undefined ? null : { reason: 'shunned', detail: formatRef(refOf(shunning.pod)) };
}

/** How much the node is liked for who is near: what the Pod prefers, and what those prefer who are there. */
export function affinityScore(pod: Pod, { node }: Host, stage: Stage): number {
  const { podPreferred, podAntiPreferred } = pod.spec.affinity;
  const own = (terms: typeof podPreferred): number =>
    terms.reduce((score, { weight, term }) => score + weight * neighbours(pod, term, { node, stage }).length, 0);
  const theirs = stage.choosy.reduce((score, other) => {
    const { affinity } = other.pod.spec;
    const liked = (terms: typeof podPreferred): number =>
      terms
        .filter(({ term }) => isOnePlace(term.topologyKey, node, other.node) && isMeant(pod, term, { by: other.pod, stage }))
        .reduce((sum, { weight }) => sum + weight, 0);
    return score + liked(affinity.podPreferred) - liked(affinity.podAntiPreferred);
  }, 0);
  return own(podPreferred) - own(podAntiPreferred) + theirs;
}

interface Near {
  readonly node: Node;
  readonly stage: Stage;
}

/** The label by which some Pod should be near and none is. The first of a kind may be alone, where it meets its own wish. */
function lackingCompany(pod: Pod, node: Node, stage: Stage): string | null {
  const terms = pod.spec.affinity.podRequired;
  if (terms.length === 0) return null;
  const unlabelled = terms.find(({ topologyKey }) => node.metadata.labels[topologyKey] === undefined);
  if (unlabelled !== undefined) return unlabelled.topologyKey;
  const isFriend = (other: Pod): boolean => terms.every((term) => isMeant(other, term, { by: pod, stage }));
  const friends = stage.hosts.filter(({ pods }) => pods.some(isFriend));
  const alone = terms.find(({ topologyKey }) => !friends.some((host) => isOnePlace(topologyKey, node, host.node)));
  if (alone === undefined || (friends.length === 0 && isFriend(pod))) return null;
  return alone.topologyKey;
}

function neighbours(pod: Pod, term: PodTerm, { node, stage }: Near): readonly Pod[] {
  const near = stage.hosts.filter((host) => isOnePlace(term.topologyKey, node, host.node));
  return near.flatMap(({ pods }) => pods.filter((other) => isMeant(other, term, { by: pod, stage })));
}

function shuns(other: Stage['choosy'][number], { pod, node, stage }: Near & { readonly pod: Pod }): boolean {
  return other.pod.spec.affinity.podAntiRequired.some(
    (term) => isOnePlace(term.topologyKey, node, other.node) && isMeant(pod, term, { by: other.pod, stage }),
  );
}

function isOnePlace(topologyKey: string, a: Node, b: Node): boolean {
  const value = a.metadata.labels[topologyKey];
  return value !== undefined && value === b.metadata.labels[topologyKey];
}

/** Whether the term that `by` bears speaks of the Pod. */
function isMeant({ metadata }: Pod, term: PodTerm, { by, stage }: { readonly by: Pod; readonly stage: Stage }): boolean {
  if (term.labelSelector === null || !isInNamespaces(metadata.namespace, term, { by, stage })) return false;
  const own = by.metadata.labels;
  return (
    matchesSelector(withKeys(term.labelSelector, term.matchLabelKeys, own), metadata.labels) &&
    term.mismatchLabelKeys.every((key) => own[key] === undefined || metadata.labels[key] !== own[key])
  );
}

/** A selector that also asks for the Pod's own values of these labels. */
export function withKeys(selector: LabelSelector, keys: readonly string[], own: Labels): LabelSelector {
  const pairs = keys.flatMap((key) => (own[key] === undefined ? [] : [[key, own[key]] as const]));
  return pairs.length === 0 ? selector : { ...selector, matchLabels: { ...selector.matchLabels, ...Object.fromEntries(pairs) } };
}

function isInNamespaces(
  namespace: string | null,
  { namespaces, namespaceSelector }: PodTerm,
  { by, stage }: { readonly by: Pod; readonly stage: Stage },
): boolean {
  if (namespaces.length === 0 && namespaceSelector === null) return namespace === by.metadata.namespace;
  if (namespaces.includes(namespace ?? '')) return true;
  return namespaceSelector !== null && matchesSelector(namespaceSelector, labelsOf(namespace, stage.namespaces));
}

function labelsOf(name: string | null, namespaces: readonly Namespace[]): Labels {
  return namespaces.find(({ metadata }) => metadata.name === name)?.metadata.labels ?? { 'kubernetes.io/metadata.name': name ?? '' };
}
