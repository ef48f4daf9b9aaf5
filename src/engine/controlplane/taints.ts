// Taints keep Pods off a node that do not tolerate them (TaintToleration).

import type { Node, Taint } from '../kube/node';
import type { Toleration } from '../kube/pod';

/** `kubectl cordon` sets spec.unschedulable, which counts as this taint (NodeUnschedulable). */
export const CORDON: Taint = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' };

export function untolerated(tolerations: readonly Toleration[], node: Node, effects: readonly Taint['effect'][]): readonly Taint[] {
  return node.spec.taints.filter((taint) => effects.includes(taint.effect) && !tolerates(tolerations, taint));
}

export function tolerates(tolerations: readonly Toleration[], taint: Taint): boolean {
  return tolerations.some((toleration) => isTolerated(toleration, taint));
}

function isTolerated(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== '' && toleration.effect !== taint.effect) return false;
  if (toleration.operator === 'Exists') return toleration.key === '' || toleration.key === taint.key;
  return toleration.key === taint.key && toleration.value === taint.value;
}

export function formatTaint(taint: Taint): string {
  return `${taint.key}${taint.value === '' ? '' : `=${taint.value}`}:${taint.effect}`;
}
