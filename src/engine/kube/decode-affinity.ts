// Affinity and spread constraints, as the API server defaults them.

import type { Affinity, NodeRequirement, NodeTerm, PodTerm, SpreadConstraint } from './affinity';
import { decodeSelector } from './decode-selector';
import { isPresent, list, map, type Raw, text, texts, whole, word } from './fields';

export function decodeAffinity(affinity: Raw): Affinity {
  const [node, pod, anti] = [map(affinity.nodeAffinity), map(affinity.podAffinity), map(affinity.podAntiAffinity)];
  const required = node.requiredDuringSchedulingIgnoredDuringExecution;
  return {
    nodeRequired: isPresent(required) ? list(map(required).nodeSelectorTerms).map((term) => decodeNodeTerm(map(term))) : null,
    nodePreferred: list(node.preferredDuringSchedulingIgnoredDuringExecution).map((one) => {
      const { weight, preference } = map(one);
      return { weight: whole(weight) ?? 0, term: decodeNodeTerm(map(preference)) };
    }),
    podRequired: requiredTerms(pod),
    podPreferred: preferredTerms(pod),
    podAntiRequired: requiredTerms(anti),
    podAntiPreferred: preferredTerms(anti),
  };
}

export function decodeSpreadConstraint(constraint: Raw): SpreadConstraint {
  return {
    maxSkew: whole(constraint.maxSkew) ?? 1,
    topologyKey: text(constraint.topologyKey) ?? '',
    whenUnsatisfiable: word(constraint.whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway'], 'DoNotSchedule'),
    labelSelector: selectorOrNone(constraint.labelSelector),
    minDomains: whole(constraint.minDomains),
    matchLabelKeys: texts(constraint.matchLabelKeys),
    nodeAffinityPolicy: word(constraint.nodeAffinityPolicy, ['Honor', 'Ignore'], 'Honor'),
    nodeTaintsPolicy: word(constraint.nodeTaintsPolicy, ['Honor', 'Ignore'], 'Ignore'),
  };
}

function decodeNodeTerm(term: Raw): NodeTerm {
  return {
    matchExpressions: list(term.matchExpressions).map((one) => decodeRequirement(map(one))),
    matchFields: list(term.matchFields).map((one) => decodeRequirement(map(one))),
  };
}

function decodeRequirement({ key, operator, values }: Raw): NodeRequirement {
  return {
    key: text(key) ?? '',
    operator: word(operator, ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'], 'Exists'),
    values: texts(values),
  };
}

function requiredTerms(affinity: Raw): Affinity['podRequired'] {
  return list(affinity.requiredDuringSchedulingIgnoredDuringExecution).map((term) => decodePodTerm(map(term)));
}

function preferredTerms(affinity: Raw): Affinity['podPreferred'] {
  return list(affinity.preferredDuringSchedulingIgnoredDuringExecution).map((one) => {
    const { weight, podAffinityTerm } = map(one);
    return { weight: whole(weight) ?? 0, term: decodePodTerm(map(podAffinityTerm)) };
  });
}

function decodePodTerm(term: Raw): PodTerm {
  return {
    topologyKey: text(term.topologyKey) ?? '',
    labelSelector: selectorOrNone(term.labelSelector),
    namespaces: texts(term.namespaces),
    namespaceSelector: selectorOrNone(term.namespaceSelector),
    matchLabelKeys: texts(term.matchLabelKeys),
    mismatchLabelKeys: texts(term.mismatchLabelKeys),
  };
}

function selectorOrNone(value: unknown): PodTerm['labelSelector'] {
  return isPresent(value) ? decodeSelector(map(value)) : null;
}
