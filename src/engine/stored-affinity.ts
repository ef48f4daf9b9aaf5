// Affinity and spread constraints as JSON.

import type { Affinity, NodeTerm, PodTerm, SpreadConstraint, Weighted } from './kube/affinity';
import type { LabelSelector } from './kube/workload';
import type { Json, JsonMap } from './objects';
import { filled, present, some } from './stored-json';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

export function affinityJson(affinity: Affinity): Json {
  const { nodeRequired, nodePreferred } = affinity;
  const node = present({
    [REQUIRED]: nodeRequired === null ? null : { nodeSelectorTerms: nodeRequired.map(nodeTermJson) },
    [PREFERRED]: some(nodePreferred.map(({ weight, term }) => ({ weight, preference: nodeTermJson(term) }))),
  });
  return filled(
    present({
      nodeAffinity: filled(node),
      podAffinity: filled(podTermsJson(affinity.podRequired, affinity.podPreferred)),
      podAntiAffinity: filled(podTermsJson(affinity.podAntiRequired, affinity.podAntiPreferred)),
    }),
  );
}

function podTermsJson(required: readonly PodTerm[], preferred: readonly Weighted<PodTerm>[]): JsonMap {
  return present({
    [REQUIRED]: some(required.map(podTermJson)),
    [PREFERRED]: some(preferred.map(({ weight, term }) => ({ weight, podAffinityTerm: podTermJson(term) }))),
  });
}

function nodeTermJson({ matchExpressions, matchFields }: NodeTerm): JsonMap {
  const all = (list: NodeTerm['matchFields']): Json => some(list.map((one) => present({ ...one, values: some(one.values) })));
  return present({ matchExpressions: all(matchExpressions), matchFields: all(matchFields) });
}

function podTermJson(term: PodTerm): JsonMap {
  return present({
    labelSelector: term.labelSelector === null ? null : selectorJson(term.labelSelector),
    matchLabelKeys: some(term.matchLabelKeys),
    mismatchLabelKeys: some(term.mismatchLabelKeys),
    namespaceSelector: term.namespaceSelector === null ? null : selectorJson(term.namespaceSelector),
    namespaces: some(term.namespaces),
    topologyKey: term.topologyKey,
  });
}

export function spreadJson(constraint: SpreadConstraint): JsonMap {
  const { maxSkew, topologyKey, whenUnsatisfiable, labelSelector, minDomains, matchLabelKeys } = constraint;
  const { nodeAffinityPolicy, nodeTaintsPolicy } = constraint;
  return present({
    labelSelector: labelSelector === null ? null : selectorJson(labelSelector),
    matchLabelKeys: some(matchLabelKeys),
    maxSkew,
    minDomains,
    nodeAffinityPolicy: nodeAffinityPolicy === 'Honor' ? null : nodeAffinityPolicy,
    nodeTaintsPolicy: nodeTaintsPolicy === 'Ignore' ? null : nodeTaintsPolicy,
    topologyKey,
    whenUnsatisfiable,
  });
}

export function selectorJson({ matchLabels, matchExpressions }: LabelSelector): JsonMap {
  return present({
    matchExpressions: some(matchExpressions.map(({ key, operator, values }) => present({ key, operator, values: some(values) }))),
    matchLabels: filled(matchLabels),
  });
}
