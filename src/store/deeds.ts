// What the page offers to do to a Pod or a node, as changes of the cluster. Pure.

import type { ClusterView, Fault, LiveChange, NodeView, ObjectRef, PodView } from '../engine/index';

type Deletion = Extract<LiveChange, { kind: 'delete' }>;

/** With the grace period that the Pod itself grants. */
export function deletionOf(pod: PodView): Deletion {
  return { kind: 'delete', object: podRef(pod), gracePeriodSeconds: null, cascade: true };
}

function podRef({ namespace, name }: PodView): ObjectRef {
  return { kind: 'Pod', namespace, name };
}

/** `kubectl cordon`, or its opposite. */
export function cordonOf({ name, schedulable }: NodeView): Extract<LiveChange, { kind: 'patch' }> {
  const object: ObjectRef = { kind: 'Node', namespace: null, name };
  return { kind: 'patch', object, patch: { spec: { unschedulable: schedulable ? true : null } } };
}

/** `kubectl drain --ignore-daemonsets --force`: cordoned, and every Pod that no DaemonSet would put back is deleted. */
export function drainOf(node: NodeView, { pods }: ClusterView): Extract<LiveChange, { kind: 'several' }> {
  const leaving = pods.filter((pod) => pod.node === node.name && pod.ownerKind !== 'DaemonSet' && pod.condition !== 'terminating');
  return { kind: 'several', changes: [...(node.schedulable ? [cordonOf(node)] : []), ...leaving.map(deletionOf)] };
}

export function podKey({ namespace, name }: PodView): string {
  return `${namespace}/${name}`;
}

/** Breaks what is whole, mends what is broken. */
export function toggled(fault: Fault, inForce: boolean): LiveChange {
  return { kind: inForce ? 'mend-fault' : 'set-fault', fault };
}

/** The fault of this kind at the node that is in force; null where there is none. */
export function faultAt(faults: readonly Fault[], node: string, kind: 'proxy-stopped' | 'dns-stopped' | 'node-lost'): Fault | null {
  return faults.find((fault) => fault.kind === kind && fault.node === node) ?? null;
}

export function cutBetween(faults: readonly Fault[], a: string, b: string): Fault | null {
  return faults.find((fault) => fault.kind === 'link-cut' && fault.nodes.includes(a) && fault.nodes.includes(b)) ?? null;
}
