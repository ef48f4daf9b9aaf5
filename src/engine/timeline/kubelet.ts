// The kubelet of a node: takes Pods that were bound to it, drives each through its life, reports what came of it, and lets go of those that
// are deleted. On a node that is lost it does nothing of this; cut off from the API server it only drives what it has.

import type { RunningPod } from '../controlplane/cluster';
import { serviceAddresses } from '../controlplane/inventory';
import { nextFree } from '../controlplane/ipam';
import { refOf } from '../kube/meta';
import type { PodStatus } from '../kube/pod';
import { formatRef } from '../kube/ref';
import { parseTimestamp } from '../kube/timestamp';
import { formatCidr } from '../net/cidr';
import { family, type Ip } from '../net/ip';
import { isRunning, newContainers, statusOf } from './container-life';
import { redefined } from './definition';
import { LONGEST_MOUNT_WAIT, MOUNT_WAIT, RETRY, SANDBOX } from './delays';
import type { Life } from './life';
import { keyOf, type LifeDraft } from './life-draft';
import { isOver, told } from './pod-ending';
import { areContainersReady, gatesOf, type PodLife, turn } from './pod-life';
import { askProbe } from './probing';
import { isDown, isSilent } from './silence';
import { missingFor, unfilledVolume } from './sources';

/** What its node makes of this Pod; null where it does not know of it yet, though perhaps of an earlier one of the name. */
export function lifeOf({ pods }: Life, pod: RunningPod): PodLife | null {
  const life = pods[keyOf(pod)];
  return life === undefined || life.uid !== pod.metadata.uid ? null : life;
}

/** Something about the Pods of the node changed. */
export function watchPods(draft: LifeDraft, node: string): void {
  if (isSilent(draft.current, node)) return;
  for (const pod of draft.cluster.pods.filter(({ spec }) => spec.nodeName === node)) {
    const life = lifeOf(draft.current, pod);
    if (life === null) take(draft, pod, node);
    else if (pod.metadata.deletionTimestamp !== null && life.ending === null) end(draft, pod, life);
    else redefine(draft, pod, life);
  }
  for (const { key, node: at } of Object.values(draft.current.pods))
    if (at === node && !draft.cluster.pods.some((pod) => keyOf(pod) === key)) draft.forgetPod(key);
}

function take(draft: LifeDraft, pod: RunningPod, node: string): void {
  if (pod.status.reported || pod.metadata.deletionTimestamp !== null) return;
  const sandbox = draft.now + (pod.spec.hostNetwork ? 0 : SANDBOX);
  draft.setPod({
    key: keyOf(pod),
    uid: pod.metadata.uid,
    node,
    since: draft.now,
    sandbox,
    containers: newContainers(pod, draft.now),
    ending: null,
    pinned: false,
  });
  draft.due(sandbox, { kind: 'pod-due', pod: keyOf(pod) });
}

/** A change of the Pod that its containers do not survive. */
function redefine(draft: LifeDraft, pod: RunningPod, life: PodLife): void {
  const changed = redefined(life, pod, draft.now);
  if (changed === null) return;
  for (const fact of changed.facts) draft.tell(refOf(pod), fact);
  draft.setPod(changed.life);
  draft.due(draft.now, { kind: 'pod-due', pod: life.key });
}

/** The API server wrote into deletionTimestamp when the grace ends (rest.BeforeDelete). */
function end(draft: LifeDraft, pod: RunningPod, life: PodLife): void {
  const until = parseTimestamp(pod.metadata.deletionTimestamp ?? '') ?? 0;
  const graceSeconds = Math.max(0, Math.round((until - draft.current.epoch - draft.now) / 1000));
  for (const { name } of life.containers.filter((each) => isRunning(each) && each.role !== 'sidecar'))
    draft.tell(refOf(pod), { code: 'container-told-to-end', container: name, graceSeconds, why: 'deletion' });
  draft.setPod(told(life, { pod, now: draft.now, graceSeconds }));
  draft.due(draft.now, { kind: 'pod-due', pod: keyOf(pod) });
}

/** Something of the Pod is due: a turn of its life, and a report of what came of it. */
export function drive(draft: LifeDraft, key: string): void {
  const life = draft.current.pods[key];
  const pod = draft.cluster.pods.find((each) => keyOf(each) === key);
  if (life === undefined || pod === undefined || life.uid !== pod.metadata.uid || life.pinned || isDown(draft.current, life.node)) return;
  draft.because(draft.lastAbout(refOf(pod)));
  const isHeard = !isSilent(draft.current, life.node);
  const isNew = draft.now >= life.sandbox && pod.status.podIPs.length === 0;
  const held = isNew ? unfilledVolume(draft.current, pod) : null;
  if (held !== null) {
    waitForVolume(draft, pod, { ...held, isEnding: life.ending !== null });
    return;
  }
  const addressed = !isNew ? pod : isHeard ? addressedPod(draft, pod, life.node) : null;
  if (addressed === null) {
    draft.due(draft.now + RETRY, { kind: 'pod-due', pod: key });
    return;
  }
  const images = draft.current.machines[life.node]?.images ?? [];
  const probe = askProbe(draft.current, addressed);
  const turned = turn(life, {
    pod: addressed,
    now: draft.now,
    images,
    probe,
    missing: (container) => missingFor(draft.current, addressed, container),
  });
  draft.setPod(turned.life);
  if (turned.images.length > images.length) draft.setMachine(life.node, { images: turned.images });
  for (const fact of turned.facts) {
    // A probe comes of its clock alone; all else in a Pod's life comes of what was before.
    draft.because(fact.code === 'probe-failed' || fact.code === 'probe-succeeded' ? null : draft.lastAbout(refOf(pod)));
    draft.tell(refOf(pod), fact);
  }
  // Cut off from the API server it goes on as before, and what it has to say waits.
  if (!isHeard) {
    if (turned.due !== null) draft.due(turned.due, { kind: 'pod-due', pod: key });
    return;
  }
  if (isOver(turned.life)) {
    forget(draft, pod);
    return;
  }
  report(draft, addressed, turned.life);
  if (turned.due !== null) draft.due(turned.due, { kind: 'pod-due', pod: key });
}

/** Volumes come before the sandbox. Their set-up is tried again, each time after twice the wait (goroutinemap's exponential back-off). */
function waitForVolume(
  draft: LifeDraft,
  pod: RunningPod,
  { volume, why, isEnding }: { readonly volume: string; readonly why: string; readonly isEnding: boolean },
): void {
  if (isEnding) {
    forget(draft, pod);
    return;
  }
  const name = formatRef(refOf(pod));
  const tries = draft.current.happenings.filter(
    ({ code, object }) => code === 'mount-failed' && object !== null && formatRef(object) === name,
  );
  draft.tell(refOf(pod), { code: 'mount-failed', volume, why });
  draft.due(draft.now + Math.min(LONGEST_MOUNT_WAIT, MOUNT_WAIT * 2 ** tries.length), { kind: 'pod-due', pod: keyOf(pod) });
}

/** Nothing of the Pod is left on its node: now its object goes too. */
function forget(draft: LifeDraft, pod: RunningPod): void {
  draft.forgetPod(keyOf(pod));
  draft.tell(refOf(pod), { code: 'deleted' });
  draft.remove(refOf(pod));
}

/** The Pod with the address that its node gives it, once its sandbox stands; null where none is left. */
function addressedPod(draft: LifeDraft, pod: RunningPod, nodeName: string): RunningPod | null {
  const node = draft.cluster.nodes.find(({ metadata }) => metadata.name === nodeName);
  if (node === undefined) return null;
  const podIPs = pod.spec.hostNetwork ? node.status.internalIPs : given(draft, nodeName);
  if (podIPs.length === 0) {
    draft.tell(refOf(pod), { code: 'no-address-left' });
    return null;
  }
  const addressed = { ...pod, status: { ...pod.status, podIPs } };
  draft.tell(refOf(pod), { code: 'sandbox-ready', addresses: podIPs });
  return addressed;
}

/** One address of each family, the next after the last one given (host-local IPAM). Without a Pod network a node knows of its own Pods alone. */
function given(draft: LifeDraft, nodeName: string): readonly Ip[] {
  const { cluster, current } = draft;
  const node = cluster.nodes.find(({ metadata }) => metadata.name === nodeName);
  const known = cluster.settings.network === 'none' ? cluster.pods.filter(({ spec }) => spec.nodeName === nodeName) : cluster.pods;
  const taken = new Set<Ip>([
    ...known.flatMap(({ status }) => status.podIPs),
    ...cluster.nodes.flatMap(({ status }) => status.internalIPs),
    ...cluster.services.flatMap(serviceAddresses),
  ]);
  const ranges = (node?.spec.podCIDRs ?? []).filter(
    (range, index, all) => all.findIndex((other) => family(other.network) === family(range.network)) === index,
  );
  return ranges.flatMap((range) => {
    const last = current.machines[nodeName]?.given ?? {};
    const ip = nextFree(range, last[formatCidr(range)] ?? null, (each) => taken.has(each));
    if (ip !== null) draft.setMachine(nodeName, { given: { ...draft.current.machines[nodeName]?.given, [formatCidr(range)]: ip } });
    return ip === null ? [] : [ip];
  });
}

/** What is said of the Pod where that is news. */
export function report(draft: LifeDraft, pod: RunningPod, life: PodLife): void {
  const status = reported(draft, pod, life);
  const before = draft.cluster.pods.find((each) => keyOf(each) === life.key)?.status;
  if (before === undefined || JSON.stringify(before) === JSON.stringify(status)) return;
  if (before.ready !== status.ready) draft.tell(refOf(pod), { code: status.ready ? 'ready' : 'not-ready' });
  if (before.phase !== status.phase && (status.phase === 'Succeeded' || status.phase === 'Failed'))
    draft.tell(refOf(pod), { code: 'ended', phase: status.phase });
  draft.put({ ...pod, status });
}

function reported(draft: LifeDraft, pod: RunningPod, life: PodLife): PodStatus {
  const containers = life.containers.map((each) => statusOf(each, draft.current.epoch));
  const gates = gatesOf(life, pod, draft.now);
  const ready = areContainersReady(life) && pod.spec.readinessGates.every((gate) => gates.includes(gate));
  const readySince = ready ? (pod.status.ready ? pod.status.readySince : draft.timestamp) : null;
  return { ...pod.status, phase: phaseOf(life), containers, gates, ready, readySince, reason: pod.status.reason };
}

/** getPhase of the kubelet: Pending until the first ordinary container has started, Running while one may run, then how they ended. */
function phaseOf({ containers }: PodLife): PodStatus['phase'] {
  const ordinary = containers.filter(({ role }) => role === 'ordinary');
  const isFinal = ({ state }: (typeof containers)[number]): boolean => state.kind === 'ended' && state.again === null;
  const failed = containers.some((each) => each.role === 'init' && isFinal(each) && each.last?.exitCode !== 0);
  if (failed) return 'Failed';
  // A sidecar that outlives the work holds the last word back.
  const isServed = containers.some(({ role, state }) => role === 'sidecar' && state.kind === 'running');
  if (ordinary.every(isFinal) && isServed) return 'Running';
  if (ordinary.every(isFinal)) return ordinary.every(({ last }) => last?.exitCode === 0) ? 'Succeeded' : 'Failed';
  return ordinary.some(({ state, starting, last }) => (state.kind === 'running' && starting === null) || last !== null)
    ? 'Running'
    : 'Pending';
}
