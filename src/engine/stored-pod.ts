// A Pod as JSON: its spec as its template or its author wrote it, its status as the kubelet reported it.

import type { Storage } from './built';
import type { RunningPod } from './controlplane/cluster';
import { controllerOf } from './controlplane/ownership';
import { ownRevisions, revisionLabel } from './controlplane/revisions';
import { refOf } from './kube/meta';
import type { Container, ContainerState, ContainerStatus, Termination } from './kube/pod';
import { formatRef } from './kube/ref';
import { REVISION_LABEL } from './kube/stateful-set';
import type { PodTemplate } from './kube/workload';
import type { Json, JsonMap } from './objects';
import { jsonMap, mapIn, present, some } from './stored-json';
import { podSpecJson } from './stored-pod-spec';

export function podParts(storage: Storage, pod: RunningPod): JsonMap {
  const written = jsonMap(storage.written.get(formatRef(refOf(pod)))?.value);
  const raw = 'spec' in written ? mapIn(written, 'spec') : mapIn(jsonMap(templateOf(storage, pod)?.written), 'spec');
  const spec = podSpecJson(pod.spec, raw);
  return { spec, status: podStatus(storage, pod, { written: mapIn(written, 'status'), spec }) };
}

/** The template that the Pod was made from; null where nobody knows it any more. */
function templateOf({ cluster }: Storage, pod: RunningPod): PodTemplate | null {
  const owner = controllerOf(pod);
  if (owner === null) return null;
  const isOwner = (one: { readonly kind: string; readonly metadata: RunningPod['metadata'] }): boolean =>
    one.kind === owner.kind && one.metadata.name === owner.name && one.metadata.namespace === pod.metadata.namespace;
  const set = [...cluster.statefulSets, ...cluster.daemonSets].find(isOwner);
  const label = pod.metadata.labels[REVISION_LABEL];
  const revision =
    set === undefined ? undefined : ownRevisions(set, cluster.controllerRevisions).find((each) => revisionLabel(set, each) === label);
  const maker = [...cluster.replicaSets, ...cluster.replicationControllers, ...cluster.jobs].find(isOwner);
  return revision?.template ?? set?.spec.template ?? maker?.spec.template ?? null;
}

function podStatus(storage: Storage, pod: RunningPod, { written, spec }: { readonly written: JsonMap; readonly spec: JsonMap }): JsonMap {
  const { phase, podIPs, reason } = pod.status;
  const host = storage.cluster.nodes.find(({ metadata }) => metadata.name === pod.spec.nodeName)?.status.internalIPs ?? [];
  const placed = pod.spec.nodeName !== null;
  const listed = (field: string): readonly JsonMap[] => (Array.isArray(written[field]) ? written[field].map(jsonMap) : []);
  return {
    qosClass: qualityOf(spec),
    startTime: placed ? pod.metadata.creationTimestamp : null,
    ...written,
    phase,
    reason,
    conditions: conditionsOf(pod, listed('conditions')),
    initContainerStatuses: placed ? some(statusesOf(pod, pod.spec.initContainers, listed('initContainerStatuses'))) : null,
    containerStatuses: placed ? some(statusesOf(pod, pod.spec.containers, listed('containerStatuses'))) : null,
    hostIP: host[0] ?? written.hostIP ?? null,
    hostIPs: some(host.map((ip) => ({ ip }))) ?? written.hostIPs ?? null,
    podIP: podIPs[0] ?? null,
    podIPs: some(podIPs.map((ip) => ({ ip }))),
  };
}

/** In the order of the kubelet; those of others that a paste brought along stay. */
function conditionsOf(pod: RunningPod, written: readonly JsonMap[]): Json {
  const { phase, ready, readySince } = pod.status;
  const isOver = phase === 'Succeeded' || phase === 'Failed';
  const unready = pod.spec.containers.filter(({ name }) => !isReady(pod, name)).map(({ name }) => name);
  const why =
    phase === 'Succeeded'
      ? { reason: 'PodCompleted' }
      : { message: `containers with unready status: [${unready.join(' ')}]`, reason: 'ContainersNotReady' };
  const missing = pod.spec.readinessGates.filter((gate) => !pod.status.gates.includes(gate));
  const shut = unready.length > 0 || missing.length === 0 || isOver ? null : gatesShut(missing);
  const word = (type: string, holds: boolean, more: JsonMap): JsonMap => {
    const before = written.find((one) => one.type === type);
    if (before !== undefined && before.status === truth(holds)) return before;
    return { ...more, status: truth(holds), type };
  };
  const own = [
    ...pod.status.gates.filter((gate) => pod.spec.readinessGates.includes(gate)).map((gate) => word(gate, true, {})),
    word('Initialized', isInitialised(pod), {}),
    word('Ready', ready, ready ? present({ lastTransitionTime: readySince }) : (shut ?? why)),
    word('ContainersReady', ready || (!isOver && unready.length === 0 && pod.spec.nodeName !== null), ready ? {} : why),
    word('PodScheduled', pod.spec.nodeName !== null, pod.spec.nodeName === null ? { reason: 'Unschedulable' } : {}),
  ];
  const others = written.filter(({ type }) => !own.some((one) => one.type === type));
  return [...others, ...own];
}

/** In the words of the kubelet (GeneratePodReadyCondition). */
function gatesShut(missing: readonly string[]): JsonMap {
  const message = missing.map((gate) => `corresponding condition of pod readiness gate "${gate}" does not exist.`).join(', ');
  return { message, reason: 'ReadinessGatesNotReady' };
}

function truth(holds: boolean): string {
  return holds ? 'True' : 'False';
}

/** Init containers have succeeded, sidecars were started (GeneratePodInitializedCondition). Once an ordinary container ran, it stays so. */
function isInitialised({ spec, status }: RunningPod): boolean {
  const sidecars = new Map(spec.initContainers.map(({ name, restartPolicy }) => [name, restartPolicy === 'Always']));
  const reported = status.containers.filter(({ name }) => sidecars.has(name));
  if (reported.length === 0) return sidecars.size === 0 || status.phase !== 'Pending';
  const ran = status.containers.some(({ name, state, last }) => !sidecars.has(name) && (state.kind !== 'waiting' || last !== null));
  return (
    ran ||
    reported.every(({ name, state, started }) => (state.kind === 'terminated' ? state.exitCode === 0 : started && sidecars.get(name)))
  );
}

function isReady({ status, spec }: RunningPod, container: string): boolean {
  const reported = status.containers.find(({ name }) => name === container);
  if (reported !== undefined) return reported.ready;
  // A container without a readiness probe is ready as soon as it runs (prober_manager.go, UpdatePodStatus).
  const probed = spec.readinessGates.length > 0 || spec.containers.some(({ readinessProbe }) => readinessProbe !== null);
  const own = spec.containers.find(({ name }) => name === container)?.readinessProbe ?? null;
  return status.ready || (status.phase === 'Running' && probed && own === null);
}

function statusesOf(pod: RunningPod, containers: readonly Container[], written: readonly JsonMap[]): readonly JsonMap[] {
  return containers.flatMap(({ name, image, restartPolicy }) => {
    const before = written.find((one) => one.name === name) ?? {};
    const reported = pod.status.containers.find((one) => one.name === name);
    if (reported !== undefined) return [{ ...before, image: before.image ?? image, ...reportedJson(reported) }];
    // Nobody reported: the phase tells. Init containers that are no sidecars have done their work.
    const isInit = !pod.spec.containers.some((one) => one.name === name) && restartPolicy === null;
    if (Object.keys(before).length > 0) return [before];
    // A Pod that failed as a whole, such as one that was evicted, may never have had a container.
    if (pod.status.phase === 'Failed' && pod.status.reason !== null) return [];
    const state = containerState(isInit && pod.status.phase === 'Running' ? 'Succeeded' : pod.status.phase);
    return [
      { image, name, ready: isInit || isReady(pod, name), restartCount: 0, started: !isInit && pod.status.phase === 'Running', state },
    ];
  });
}

function containerState(phase: RunningPod['status']['phase']): JsonMap {
  if (phase === 'Pending') return { waiting: { reason: 'ContainerCreating' } };
  if (phase === 'Succeeded') return { terminated: { exitCode: 0, reason: 'Completed' } };
  if (phase === 'Failed') return { terminated: { exitCode: 1, reason: 'Error' } };
  return { running: {} };
}

function reportedJson({ name, state, last, ready, started, restartCount }: ContainerStatus): JsonMap {
  return {
    lastState: last === null ? {} : { terminated: terminationJson(last) },
    name,
    ready,
    restartCount,
    started,
    state: stateJson(state),
  };
}

function stateJson(state: ContainerState): JsonMap {
  switch (state.kind) {
    case 'waiting':
      return { waiting: { reason: state.reason } };
    case 'running':
      return { running: present({ startedAt: state.startedAt }) };
    case 'terminated':
      return { terminated: terminationJson(state) };
  }
}

function terminationJson({ exitCode, reason, startedAt, finishedAt }: Termination): JsonMap {
  return present({ exitCode, finishedAt, reason, startedAt });
}

/** Who is killed first when memory runs short (qos.ComputePodQOS). */
function qualityOf(spec: JsonMap): string {
  const containers = ['containers', 'initContainers'].flatMap((field) => (Array.isArray(spec[field]) ? spec[field].map(jsonMap) : []));
  const parts = containers.map((container) => {
    const resources = mapIn(container, 'resources');
    const limits = mapIn(resources, 'limits');
    return { limits, requests: { ...limits, ...mapIn(resources, 'requests') } };
  });
  const counted = ['cpu', 'memory'];
  if (parts.every(({ requests }) => counted.every((name) => requests[name] === undefined))) return 'BestEffort';
  const isFixed = parts.every(({ limits, requests }) =>
    counted.every((name) => limits[name] !== undefined && limits[name] === requests[name]),
  );
  return isFixed ? 'Guaranteed' : 'Burstable';
}
