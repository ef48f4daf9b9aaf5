// What becomes of a node from which nothing is heard, and of one that is heard again: the node controller notices after a while, marks it and
// its Pods (pkg/controller/nodelifecycle); a machine that was switched on takes its time, and its Pods begin anew. `taint-eviction.ts` has
// the Pods evicted.

import type { RunningPod } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import type { Node, Taint } from '../kube/node';
import { type ContainerLife, ended } from './container-life';
import { NODE_SILENCE, SANDBOX } from './delays';
import { part } from './happening';
import { lifeOf, report } from './kubelet';
import { keyOf, type LifeDraft } from './life-draft';
import { restarts } from './pod-life';
import { isSilent } from './silence';
import { UNREACHABLE } from './taint-eviction';

/** A machine takes so long to start again, until its kubelet reports. */
const BOOT = 15_000;

export function fallSilent(draft: LifeDraft, node: string): void {
  draft.expect(NODE_SILENCE, (cause) => ({ kind: 'node-silent', node, cause }));
}

/** Nothing was heard of the node for too long. */
export function markUnreachable(draft: LifeDraft, name: string): void {
  const node = draft.cluster.nodes.find(({ metadata }) => metadata.name === name);
  if (node === undefined || !isSilent(draft.current, name) || !node.status.ready) return;
  draft.tell(refOf(node), { code: 'node-unreachable' });
  const taints: readonly Taint[] = [
    ...node.spec.taints,
    { key: UNREACHABLE, value: '', effect: 'NoExecute' },
    { key: UNREACHABLE, value: '', effect: 'NoSchedule' },
  ];
  draft.put({ ...node, spec: { ...node.spec, taints }, status: { ...node.status, ready: false } });
  for (const pod of draft.cluster.pods.filter(({ spec }) => spec.nodeName === name))
    if (pod.status.ready) draft.put({ ...pod, status: { ...pod.status, ready: false, readySince: null } });
}

/** It is heard again: its kubelet reports of the node and of every Pod, and reads what it missed. */
export function hear(draft: LifeDraft, name: string): void {
  draft.withdraw((event) => event.kind === 'node-silent' && event.node === name);
  const node = draft.cluster.nodes.find(({ metadata }) => metadata.name === name);
  if (node === undefined) return;
  if (!node.status.ready) draft.tell(refOf(node), { code: 'node-ready' });
  draft.put(awake(node));
  draft.wake(part('kubelet', name), 0);
  draft.wake(part('kube-proxy', name), 0);
  for (const life of Object.values(draft.current.pods).filter((each) => each.node === name)) {
    draft.setPod({ ...life, pinned: false });
    draft.due(Math.max(draft.now, life.sandbox), { kind: 'pod-due', pod: life.key });
  }
}

function awake(node: Node): Node {
  const taints = node.spec.taints.filter(({ key }) => key !== UNREACHABLE);
  return { ...node, spec: { ...node.spec, taints }, status: { ...node.status, ready: true } };
}

export function switchOff(draft: LifeDraft, node: string): void {
  draft.withdraw((event) => event.kind === 'node-booted' && event.node === node);
  draft.setMachine(node, { booting: false });
}

export function switchOn(draft: LifeDraft, node: string): void {
  draft.setMachine(node, { booting: true });
  draft.expect(BOOT, (cause) => ({ kind: 'node-booted', node, cause }));
}

/** Its kubelet is up, and finds no container of its Pods: they begin anew, with new sandboxes and so with new addresses. */
export function boot(draft: LifeDraft, name: string): void {
  draft.setMachine(name, { booting: false });
  for (const pod of draft.cluster.pods.filter(({ spec }) => spec.nodeName === name)) beginAnew(draft, pod);
  if (!isSilent(draft.current, name)) hear(draft, name);
}

/** What has ended for good is not started again. */
function beginAnew(draft: LifeDraft, pod: RunningPod): void {
  const life = lifeOf(draft.current, pod);
  if (life === null || pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') return;
  const { hostNetwork } = pod.spec;
  const died = life.containers.map((each) => dead(each, pod, draft.now));
  const isOver = died.filter(({ role }) => role === 'ordinary').every(({ state }) => state.kind === 'ended' && state.again === null);
  const sandbox = draft.now + (hostNetwork ? 0 : SANDBOX);
  const begun = { ...life, sandbox, containers: isOver ? died : died.map(rebooted), pinned: false };
  draft.setPod(begun);
  draft.due(sandbox, { kind: 'pod-due', pod: keyOf(pod) });
  if (isSilent(draft.current, life.node)) return;
  report(draft, { ...pod, status: { ...pod.status, podIPs: hostNetwork ? pod.status.podIPs : [] } }, begun);
}

/** Its program died with the machine; whether another one is started is for the restartPolicy to say. */
function dead(life: ContainerLife, pod: RunningPod, now: number): ContainerLife {
  return ended({ ...life, backOff: 0 }, { now, exitCode: 255, restarts: restarts(pod, life, 255) });
}

/** In a new sandbox init containers do their work again. */
function rebooted(life: ContainerLife): ContainerLife {
  const { state } = life;
  if (state.kind !== 'ended' || (state.again === null && (life.role === 'ordinary' || state.end.exitCode !== 0))) return life;
  return {
    ...life,
    state: { kind: 'waiting', reason: life.role === 'ordinary' ? 'ContainerCreating' : 'PodInitializing', until: null },
    restarts: life.restarts + 1,
    doom: null,
    listened: false,
    starting: null,
  };
}
