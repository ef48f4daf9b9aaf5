// A Namespace: a scope for names, and a place for labels that network policies select.

import type { ObjectMeta } from './meta';

export interface Namespace {
  readonly kind: 'Namespace';
  readonly metadata: ObjectMeta;
}

/** The four that every cluster has. */
export const BUILT_IN_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'] as const;
