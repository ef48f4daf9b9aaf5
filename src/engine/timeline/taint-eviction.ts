// Taints with the effect NoExecute drive Pods away (pkg/controller/tainteviction): one that does not tolerate them all goes at once, one that
// does for so many seconds goes then, unless the taint has gone before. Left out: timeAdded; a wait begins when the taint is read.

import { formatTaint, tolerates } from '../controlplane/taints';
import { refOf } from '../kube/meta';
import type { Taint } from '../kube/node';
import type { Pod, Toleration } from '../kube/pod';
import { deleteObject } from './deletion';
import type { Event } from './life';
import { keyOf, type LifeDraft } from './life-draft';
import { isSilent } from './silence';

export const UNREACHABLE = 'node.kubernetes.io/unreachable';
const NOT_READY = 'node.kubernetes.io/not-ready';

/** Tolerated so long by Pods that do not say otherwise (DefaultTolerationSeconds). */
const TOLERATED = 300;

type Eviction = Extract<Event, { kind: 'eviction' }>;

/** Looks at all nodes and Pods again. */
export function evictTainted(draft: LifeDraft): void {
  const tainted = new Map(draft.cluster.nodes.map((node) => [node.metadata.name, expelling(node.spec.taints)] as const));
  const pending = draft.current.queue.flatMap(({ event }) => (event.kind === 'eviction' ? [event] : []));
  if (pending.length === 0 && [...tainted.values()].every((taints) => taints.length === 0)) return;
  for (const pod of draft.cluster.pods) {
    const node = pod.spec.nodeName ?? '';
    const taints = tainted.get(node) ?? [];
    const stay = taints.length === 0 || pod.metadata.deletionTimestamp !== null ? null : stayOf(pod, taints);
    const eviction = { kind: 'eviction', pod: keyOf(pod), uid: pod.metadata.uid, node } as const;
    const known = pending.some((each) => isSame(each, eviction));
    if (stay === null && known) draft.withdraw((event) => event.kind === 'eviction' && isSame(event, eviction));
    if (stay === 0) evict(draft, eviction);
    else if (stay !== null && !known) draft.expect(stay * 1000, (cause) => ({ ...eviction, cause }));
  }
}

function expelling(taints: readonly Taint[]): readonly Taint[] {
  return taints.filter(({ effect }) => effect === 'NoExecute');
}

function isSame(a: Omit<Eviction, 'cause'>, b: Omit<Eviction, 'cause'>): boolean {
  return a.pod === b.pod && a.uid === b.uid;
}

/** Seconds that the Pod stays; null for ever. Of several tolerations for one taint the first counts (GetMatchingTolerations). */
function stayOf(pod: Pod, taints: readonly Taint[]): number | null {
  const tolerations = tolerationsOf(pod);
  if (tolerations === null) return null;
  const used = taints.map((taint) => tolerations.find((each) => tolerates([each], taint)));
  if (used.includes(undefined)) return 0;
  const seconds = used.flatMap((toleration) => toleration?.tolerationSeconds ?? []);
  return seconds.length === 0 ? null : Math.max(0, Math.min(...seconds));
}

/** With those that admission, the DaemonSet controller and the kubelet add; null for a Pod of the node itself, which tolerates everything. */
function tolerationsOf({ spec, metadata }: Pod): readonly Toleration[] | null {
  const owner = metadata.ownerReferences.find(({ controller }) => controller)?.kind;
  if (owner === 'Node') return null;
  const tolerationSeconds = owner === 'DaemonSet' ? null : TOLERATED;
  const added = [NOT_READY, UNREACHABLE]
    .map((key): Toleration => ({ key, operator: 'Exists', value: '', effect: 'NoExecute', tolerationSeconds }))
    .filter(({ key }) => owner === 'DaemonSet' || !spec.tolerations.some((own) => speaksOf(own, key)));
  return owner === 'DaemonSet' ? [...added, ...spec.tolerations] : [...spec.tolerations, ...added];
}

function speaksOf({ key, operator, effect }: Toleration, wanted: string): boolean {
  return (key === wanted || (key === '' && operator === 'Exists')) && (effect === '' || effect === 'NoExecute');
}

/** On a node that does not hear of it the Pod stays Terminating until the node is back; its controller makes another one meanwhile. */
export function evict(draft: LifeDraft, { pod: key, uid, node: name }: Omit<Eviction, 'cause'>): void {
  const pod = draft.cluster.pods.find((each) => keyOf(each) === key && each.metadata.uid === uid);
  const node = draft.cluster.nodes.find(({ metadata }) => metadata.name === name);
  const taints = expelling(node?.spec.taints ?? []);
  const taint = taints.find((each) => !tolerates(pod?.spec.tolerations ?? [], each)) ?? taints[0];
  if (pod === undefined || pod.metadata.deletionTimestamp !== null || taint === undefined) return;
  draft.tell(refOf(pod), { code: 'evicted', node: name, taint: formatTaint(taint), isHeard: !isSilent(draft.current, name) });
  deleteObject(draft, refOf(pod), { gracePeriodSeconds: null, cascade: true });
}
