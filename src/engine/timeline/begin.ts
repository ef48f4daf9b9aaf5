// The first instant of an axis: a cluster that came to rest some time ago, on machines that know all of it.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { RESTARTS_AT_REST, shutOut } from '../controlplane/port-clash';
import { REST } from '../controlplane/readiness';
import { objectsIn, put } from '../controlplane/store';
import { type ApiObject, refOf } from '../kube/meta';
import type { Node } from '../kube/node';
import { formatTimestamp } from '../kube/timestamp';
import { uidOf } from '../kube/uid';
import { contains, formatCidr, offsetOf } from '../net/cidr';
import type { Ip } from '../net/ip';
import { declared } from './apply';
import { type ContainerLife, newContainers, statusOf } from './container-life';
import { LONGEST_BACK_OFF } from './delays';
import { part } from './happening';
import type { Life, Machine, Timed } from './life';
import { delayOf } from './parts';
import { pastOf } from './past';
import type { PodLife } from './pod-life';

/** How long the cluster has been at rest when the axis begins. */
const AGE = REST;

export interface Beginning {
  readonly cluster: Cluster;
  /** What the user wrote. */
  readonly written: readonly ApiObject[];
  /** Milliseconds since 1970. */
  readonly epoch: number;
}

export function beginLife({ cluster: settled, written, epoch }: Beginning): Life {
  const ground = dated(settled, epoch);
  const pods = Object.fromEntries(ground.pods.flatMap((pod) => lived(pod, ground)).map((life) => [life.key, life] as const));
  const cluster = ground.pods.reduce((all, pod) => withReport(all, pod, { pods, epoch }), ground);
  const { services, endpointSlices } = cluster;
  const machines = cluster.nodes.map((node) => [node.metadata.name, machineOf(node, cluster)] as const);
  const queue: Timed[] = Object.values(pods)
    .filter(({ pinned }) => !pinned)
    .map(({ key }) => ({ at: 0, event: { kind: 'pod-due', pod: key } }));
  const first = [
    part('scheduler'),
    ...cluster.nodes.map(({ metadata }) => part('kubelet', metadata.name)),
    ...(cluster.nodes.some(({ spec }) => spec.taints.some(({ effect }) => effect === 'NoExecute'))
      ? [part('node-lifecycle-controller')]
      : []),
    ...(cluster.cronJobs.length === 0 ? [] : [part('cronjob-controller')]),
  ];
  queue.push(...first.map((each): Timed => ({ at: delayOf(each), event: { kind: 'wake', part: each, cause: null } })));
  return {
    now: 0,
    epoch,
    serial: 0,
    cluster,
    written,
    applied: declared(written, settled),
    machines: Object.fromEntries(machines),
    pods,
    named: { services, endpointSlices },
    faults: [],
    queue: queue.sort((a, b) => a.at - b.at),
    happenings: [],
    past: pastOf(settled, -AGE),
  };
}

/** Every object was made when the cluster came to rest, unless it says when. A CronJob is made this moment: before, no time of its passed. */
function dated(cluster: Cluster, epoch: number): Cluster {
  const undated = objectsIn(cluster).filter(({ metadata }) => metadata.creationTimestamp === null || metadata.uid === null);
  return undated.map((object) => asStored(object, epoch)).reduce(put, cluster);
}

function asStored(object: ApiObject, epoch: number): ApiObject {
  const made = formatTimestamp(object.kind === 'CronJob' ? epoch : epoch - AGE);
  const { metadata } = object;
  const stored = { ...metadata, creationTimestamp: metadata.creationTimestamp ?? made, uid: metadata.uid ?? uidOf(refOf(object)) };
  return { ...object, metadata: stored } as ApiObject;
}

function machineOf(node: Node, cluster: Cluster): Machine {
  const own = cluster.pods.filter(({ spec }) => spec.nodeName === node.metadata.name);
  const images = own.flatMap(({ spec }) => [...spec.initContainers, ...spec.containers].map(({ image }) => image));
  const given = node.spec.podCIDRs.flatMap((range) => {
    const inRange = own.flatMap(({ status }) => status.podIPs).filter((ip) => contains(range, ip));
    const last = inRange.reduce<Ip | null>((best, ip) => (best === null || offsetOf(range, ip) > offsetOf(range, best) ? ip : best), null);
    return last === null ? [] : [[formatCidr(range), last] as const];
  });
  const { services, endpointSlices } = cluster;
  return {
    images: [...new Set(images)],
    booting: false,
    given: Object.fromEntries(given),
    programmed: { services, endpointSlices },
    programmedAt: -AGE,
  };
}

/** A Pod that has a node and an address has been running since; one whose status was pasted stays as it is told. */
function lived(pod: RunningPod, { nodes }: Cluster): readonly PodLife[] {
  const node = nodes.find(({ metadata }) => metadata.name === pod.spec.nodeName);
  if (node === undefined || pod.status.podIPs.length === 0) return [];
  const out = shutOut(pod);
  const containers = newContainers(pod, 0).map((each) => (out.includes(each.name) ? ofNoAvail(each) : atRest(each, pod)));
  const key = `${pod.metadata.namespace}/${pod.metadata.name}`;
  const { uid } = pod.metadata;
  return [{ key, uid, node: node.metadata.name, since: -AGE, sandbox: -AGE, containers, ending: null, pinned: pod.status.reported }];
}

function atRest(life: ContainerLife, { status }: RunningPod): ContainerLife {
  const final = status.phase === 'Succeeded' || status.phase === 'Failed';
  if (life.role === 'init' || final) {
    const end = { exitCode: status.phase === 'Failed' && life.role !== 'init' ? 1 : 0, since: -AGE, at: -AGE };
    return { ...life, state: { kind: 'ended', end, again: null, backedOff: false }, last: end };
  }
  const probes = life.probes.map((probe) =>
    status.ready ? { ...probe, result: 'success' as const, run: { success: true, count: 1 } } : probe,
  );
  return { ...life, state: { kind: 'running', since: -AGE }, listened: true, probes };
}

/** It has found its port taken again and again, and waits for its next try. */
function ofNoAvail(life: ContainerLife): ContainerLife {
  const end = { exitCode: 1, since: -AGE / 2, at: -AGE / 2 };
  const state = { kind: 'ended', end, again: NEXT_TRY, backedOff: true } as const;
  return { ...life, state, last: end, restarts: RESTARTS_AT_REST, backOff: LONGEST_BACK_OFF };
}

/** After 10, 20, 40, 80 and 160 seconds. */
const NEXT_TRY = 10_000;

/** What the kubelet reported by then. */
function withReport(cluster: Cluster, pod: RunningPod, { pods, epoch }: { pods: Life['pods']; epoch: number }): Cluster {
  const life = pods[`${pod.metadata.namespace}/${pod.metadata.name}`];
  const stored = cluster.pods.find(({ metadata }) => metadata.name === pod.metadata.name && metadata.namespace === pod.metadata.namespace);
  if (life === undefined || life.pinned || stored === undefined) return cluster;
  const readySince = pod.status.ready ? formatTimestamp(epoch - AGE) : null;
  return put(cluster, {
    ...stored,
    status: { ...stored.status, containers: life.containers.map((each) => statusOf(each, epoch)), readySince },
  });
}
