// What becomes of a node that is lost, and of its Pods: the node controller notices after a while that nothing is heard of it, marks it and
// them, and has the Pods evicted once they have tolerated that for long enough (pkg/controller/nodelifecycle, tainteviction).

import { refOf } from '../kube/meta';
import type { Node, Taint } from '../kube/node';
import type { Pod } from '../kube/pod';
import { formatTimestamp } from '../kube/timestamp';
import type { ContainerLife } from './container-life';
import { NODE_SILENCE } from './delays';
import { part } from './happening';
import { isLost } from './kubelet';
import { keyOf, type LifeDraft } from './life-draft';

const UNREACHABLE = 'node.kubernetes.io/unreachable';

/** Tolerated so long by Pods that do not say otherwise (DefaultTolerationSeconds). */
const TOLERATED = 300;

/** A machine takes so long to start again. */
const BOOT = 15_000;

export function loseNode(draft: LifeDraft, node: string): void {
  draft.expect(NODE_SILENCE, (cause) => ({ kind: 'node-silent', node, since: draft.now, cause }));
}

/** Nothing was heard of the node since then. */
export function markUnreachable(draft: LifeDraft, name: string): void {
  const node = draft.cluster.nodes.find(({ metadata }) => metadata.name === name);
  if (node === undefined || !isLost(draft.current, name) || !node.status.ready) return;
  draft.tell(refOf(node), { code: 'node-unreachable' });
  const taints: readonly Taint[] = [
    ...node.spec.taints,
    { key: UNREACHABLE, value: '', effect: 'NoExecute' },
    { key: UNREACHABLE, value: '', effect: 'NoSchedule' },
  ];
  draft.put({ ...node, spec: { ...node.spec, taints }, status: { ...node.status, ready: false } });
  for (const pod of draft.cluster.pods.filter(({ spec }) => spec.nodeName === name)) {
    if (pod.status.ready) draft.put({ ...pod, status: { ...pod.status, ready: false, readySince: null } });
    const stays = tolerated(pod);
    if (stays !== null) draft.expect(stays * 1000, (cause) => ({ kind: 'eviction', pod: keyOf(pod), node: name, cause }));
  }
}

/** Seconds that the Pod stays on an unreachable node; null for ever. Pods of a DaemonSet and of the node itself do. */
function tolerated({ spec, metadata }: Pod): number | null {
  if (metadata.ownerReferences.some(({ kind, controller }) => controller && (kind === 'DaemonSet' || kind === 'Node'))) return null;
  const own = spec.tolerations.filter(
    ({ key, effect, operator }) =>
      (key === UNREACHABLE || (key === '' && operator === 'Exists')) && (effect === '' || effect === 'NoExecute'),
  );
  if (own.length === 0) return TOLERATED;
  const seconds = own.flatMap(({ tolerationSeconds }) => tolerationSeconds ?? []);
  return seconds.length < own.length ? null : Math.min(...seconds);
}

/** The kubelet is silent, so the Pod stays Terminating until the node is back; its controller makes another one meanwhile. */
export function evict(draft: LifeDraft, key: string, node: string): void {
  const pod = draft.cluster.pods.find((each) => keyOf(each) === key);
  if (pod === undefined || pod.metadata.deletionTimestamp !== null || !isLost(draft.current, node)) return;
  draft.tell(refOf(pod), { code: 'evicted', node });
  const until = draft.current.epoch + draft.now + pod.spec.terminationGracePeriodSeconds * 1000;
  draft.put({ ...pod, metadata: { ...pod.metadata, deletionTimestamp: formatTimestamp(until) } });
}

/** It is switched on: its Pods begin anew, with new sandboxes and so with new addresses. */
export function returnNode(draft: LifeDraft, name: string): void {
  const node = draft.cluster.nodes.find(({ metadata }) => metadata.name === name);
  if (node === undefined) return;
  for (const life of Object.values(draft.current.pods).filter((each) => each.node === name)) {
    const sandbox = draft.now + BOOT;
    draft.setPod({ ...life, sandbox, containers: life.containers.map((each) => rebooted(each, draft.now)), pinned: false });
    draft.due(sandbox, { kind: 'pod-due', pod: life.key });
  }
  for (const pod of draft.cluster.pods.filter(({ spec }) => spec.nodeName === name && !spec.hostNetwork))
    draft.put({ ...pod, status: { ...pod.status, podIPs: [], ready: false, readySince: null } });
  if (!node.status.ready) draft.tell(refOf(node), { code: 'node-ready' });
  draft.put(awake(node));
  draft.wake(part('kubelet', name), BOOT);
  draft.wake(part('kube-proxy', name), BOOT);
}

function awake(node: Node): Node {
  const taints = node.spec.taints.filter(({ key }) => key !== UNREACHABLE);
  return { ...node, spec: { ...node.spec, taints }, status: { ...node.status, ready: true } };
}

/** Its program died with the machine. In a new sandbox init containers do their work again. */
function rebooted(life: ContainerLife, now: number): ContainerLife {
  const { state } = life;
  if (state.kind === 'waiting' || (state.kind === 'ended' && life.role !== 'init')) return life;
  return {
    ...life,
    state: { kind: 'waiting', reason: life.role === 'ordinary' ? 'ContainerCreating' : 'PodInitializing', until: null },
    restarts: life.restarts + 1,
    last: state.kind === 'running' ? { exitCode: 255, since: state.since, at: now } : life.last,
    doom: null,
    listened: false,
    starting: null,
  };
}
