// Where a Pod may run, wants to run, and how far from others: node affinity, affinity to other Pods, spreading.

import type { LabelSelector } from './workload';

export interface NodeRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  readonly values: readonly string[];
}

/** All of its requirements have to hold; one without any holds nowhere. */
export interface NodeTerm {
  readonly matchExpressions: readonly NodeRequirement[];
  /** Fields of the Node itself: `metadata.name` alone exists. */
  readonly matchFields: readonly NodeRequirement[];
}

/** Pods that are looked for, and how near is near: nodes with the same value of the label are one place. */
export interface PodTerm {
  readonly topologyKey: string;
  /** null: no Pod; an empty one: every Pod. */
  readonly labelSelector: LabelSelector | null;
  /** With neither list nor selector: the namespace of the Pod itself. */
  readonly namespaces: readonly string[];
  readonly namespaceSelector: LabelSelector | null;
  /** Labels whose value the other Pods have to share with this one, or may not. */
  readonly matchLabelKeys: readonly string[];
  readonly mismatchLabelKeys: readonly string[];
}

export interface Weighted<Term> {
  readonly weight: number;
  readonly term: Term;
}

export interface Affinity {
  /** One term at least has to hold; null: every node will do. */
  readonly nodeRequired: readonly NodeTerm[] | null;
  readonly nodePreferred: readonly Weighted<NodeTerm>[];
  readonly podRequired: readonly PodTerm[];
  readonly podPreferred: readonly Weighted<PodTerm>[];
  readonly podAntiRequired: readonly PodTerm[];
  readonly podAntiPreferred: readonly Weighted<PodTerm>[];
}

export const NO_AFFINITY: Affinity = {
  nodeRequired: null,
  nodePreferred: [],
  podRequired: [],
  podPreferred: [],
  podAntiRequired: [],
  podAntiPreferred: [],
};

export interface SpreadConstraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
  readonly labelSelector: LabelSelector | null;
  readonly minDomains: number | null;
  readonly matchLabelKeys: readonly string[];
  /** Which nodes count: those that the Pod's node selector and affinity allow, or all. */
  readonly nodeAffinityPolicy: 'Honor' | 'Ignore';
  readonly nodeTaintsPolicy: 'Honor' | 'Ignore';
}
