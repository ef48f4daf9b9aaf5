// The Pods of a DaemonSet: on which nodes it wants one, and how such a Pod differs from its template
// (pkg/controller/daemon: NodeShouldRunDaemonPod, util.AddOrUpdateDaemonPodTolerations).

import type { Affinity } from '../kube/affinity';
import type { DaemonSet } from '../kube/daemon-set';
import type { Node } from '../kube/node';
import type { Pod, PodSpec, Toleration } from '../kube/pod';
import { type ControllerRevision, REVISION_LABEL } from '../kube/stateful-set';
import { type Birth, freeName } from './birth';
import { fitsAffinity } from './node-affinity';
import { revisionLabel } from './revisions';
import { untolerated } from './taints';
import { podFrom } from './template';

/** Whether the node gets a Pod: a cordon does not keep it away, a node that does not answer does. */
export function isWantedOn({ spec: { template } }: DaemonSet, node: Node): boolean {
  const taints = untolerated(tolerating(template.spec), node, ['NoSchedule', 'NoExecute']);
  return isMeantFor(template.spec, node) && node.status.ready && taints.length === 0;
}

/** Whether a Pod that is there may stay: a taint that came later only drives it away with NoExecute. */
export function mayStayOn({ spec: { template } }: DaemonSet, node: Node): boolean {
  return isMeantFor(template.spec, node) && untolerated(tolerating(template.spec), node, ['NoExecute']).length === 0;
}

function isMeantFor(spec: PodSpec, node: Node): boolean {
  return (spec.nodeName === null || spec.nodeName === node.metadata.name) && fitsAffinity(spec, node);
}

/** The Pod for this node: the scheduler is left no choice. */
export function daemonPod(
  set: DaemonSet,
  { node, revision }: { readonly node: string; readonly revision: ControllerRevision },
  birth: Birth,
): Pod {
  const { spec } = revision.template;
  const name = freeName(set.metadata.name, [set.metadata.namespace, set.metadata.name, node], birth);
  const labels = { [REVISION_LABEL]: revisionLabel(set, revision) };
  return podFrom(
    set,
    revision.template,
    { name, labels, spec: { tolerations: tolerating(spec), affinity: pinned(spec.affinity, node) } },
    birth,
  );
}

/** The node for which the Pod was made; null for one that was made otherwise. */
export function nodeMeant({ spec }: Pod): string | null {
  const fields = (spec.affinity.nodeRequired ?? []).flatMap(({ matchFields }) => matchFields);
  return fields.find(({ key, operator }) => key === 'metadata.name' && operator === 'In')?.values[0] ?? null;
}

function pinned(affinity: Affinity, node: string): Affinity {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }] as const;
  const terms = affinity.nodeRequired ?? [{ matchExpressions: [], matchFields: [] }];
  return { ...affinity, nodeRequired: terms.map((term) => ({ ...term, matchFields })) };
}

function tolerating(spec: PodSpec): readonly Toleration[] {
  const own = BUILT_IN.map(({ key, effect }): Toleration => ({ key, operator: 'Exists', value: '', effect, tolerationSeconds: null }));
  const network: Toleration = { key: NETWORK_UNAVAILABLE, operator: 'Exists', value: '', effect: 'NoSchedule', tolerationSeconds: null };
  return [...spec.tolerations, ...own, ...(spec.hostNetwork ? [network] : [])];
}

const BUILT_IN = [
  { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
] as const;

const NETWORK_UNAVAILABLE = 'node.kubernetes.io/network-unavailable';
