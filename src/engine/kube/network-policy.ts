// A NetworkPolicy: which Pods it isolates, in which directions, and what it lets through all the same. There are no rules that forbid:
// what no rule of any policy allows is dropped.

import type { Cidr } from '../net/cidr';
import type { ObjectMeta } from './meta';
import type { ServiceProtocol } from './pod';
import type { LabelSelector } from './workload';

/** A direction, seen from the Pod that is isolated. */
export type PolicyType = 'Ingress' | 'Egress';

/** What a rule lets through of the ports. */
export interface PolicyPort {
  readonly protocol: ServiceProtocol;
  /** A number, or a name that is looked up in the server's Pod; null: every port of the protocol. */
  readonly port: number | string | null;
  /** The last of a range that begins at `port`. */
  readonly endPort: number | null;
}

/** Whom a rule lets through. */
export type PolicyPeer =
  /** Pods: without a `namespaceSelector` those of the policy's namespace, without a `podSelector` all of them. */
  | { readonly kind: 'pods'; readonly podSelector: LabelSelector | null; readonly namespaceSelector: LabelSelector | null }
  | { readonly kind: 'block'; readonly cidr: Cidr; readonly except: readonly Cidr[] };

/** Lets through what is for one of its ports and of one of its peers. */
export interface PolicyRule {
  /** `from` or `to`; none: everybody. */
  readonly peers: readonly PolicyPeer[];
  /** None: every port of every protocol. */
  readonly ports: readonly PolicyPort[];
}

export interface NetworkPolicy {
  readonly kind: 'NetworkPolicy';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly podSelector: LabelSelector;
    readonly policyTypes: readonly PolicyType[];
    readonly ingress: readonly PolicyRule[];
    readonly egress: readonly PolicyRule[];
  };
}

/** The rules of one direction. */
export function rulesOf({ spec }: NetworkPolicy, type: PolicyType): readonly PolicyRule[] {
  return type === 'Ingress' ? spec.ingress : spec.egress;
}

/** `ingress` or `egress`, and `from` or `to`: the fields of a direction. */
export const POLICY_FIELDS = {
  Ingress: { rules: 'ingress', peers: 'from' },
  Egress: { rules: 'egress', peers: 'to' },
} as const;
