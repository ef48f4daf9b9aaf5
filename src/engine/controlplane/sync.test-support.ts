// A cluster in which controllers look again and again: what they write and delete is done at once, and Pods become ready when a test says so.

import type { ApiObject } from '../kube/meta';
import { refOf } from '../kube/meta';
import type { PodStatus } from '../kube/pod';
import { formatRef, type ObjectRef } from '../kube/ref';
import { formatTimestamp } from '../kube/timestamp';
import { ip } from '../net/ip';
import { BARE } from '../settings';
import type { Cluster, RunningPod } from './cluster';
import { isActive } from './ownership';
import { settle } from './settle';
import { node } from './specimens.test-support';
import type { Moment, Sync } from './sync';

/** 5 January 2026, nine o'clock UTC. */
export const NINE = 1_767_603_600_000;

export const THREE_NODES = [1, 2, 3].map((number) => node(`node-${number}`, `10.244.${number}.0/24`, `192.168.1.${number + 10}`));

const PENDING: PodStatus = {
  phase: 'Pending',
  podIPs: [],
  reason: null,
  containers: [],
  gates: [],
  ready: false,
  readySince: null,
  reported: true,
};

export class Bench {
  cluster: Cluster;
  now = NINE;
  private serial = 0;
  private address = 0;

  constructor(objects: readonly ApiObject[] = []) {
    this.cluster = settle(THREE_NODES, BARE).cluster;
    for (const object of objects) this.write(object);
  }

  get at(): Moment {
    return { now: this.now, serial: this.serial };
  }

  /** Does what the controller wants; whether it wanted anything. */
  act({ writes, deletes }: Sync): boolean {
    for (const object of writes) this.write(object);
    for (const ref of deletes) this.remove(ref);
    return writes.length + deletes.length > 0;
  }

  write(object: ApiObject): void {
    const isNew = !this.has(refOf(object));
    if (isNew) this.serial += 1;
    if (object.kind === 'Pod') {
      const pod: RunningPod = { ...object, status: object.status ?? PENDING };
      this.cluster = { ...this.cluster, pods: replaced(this.cluster.pods, pod) };
    }
    if (object.kind === 'Deployment') this.cluster = { ...this.cluster, deployments: replaced(this.cluster.deployments, object) };
    if (object.kind === 'ReplicaSet') this.cluster = { ...this.cluster, replicaSets: replaced(this.cluster.replicaSets, object) };
    if (object.kind === 'StatefulSet') this.cluster = { ...this.cluster, statefulSets: replaced(this.cluster.statefulSets, object) };
    if (object.kind === 'DaemonSet') this.cluster = { ...this.cluster, daemonSets: replaced(this.cluster.daemonSets, object) };
    if (object.kind === 'Job') this.cluster = { ...this.cluster, jobs: replaced(this.cluster.jobs, object) };
    if (object.kind === 'Node') this.cluster = { ...this.cluster, nodes: replaced(this.cluster.nodes, object) };
    if (object.kind === 'ControllerRevision')
      this.cluster = { ...this.cluster, controllerRevisions: replaced(this.cluster.controllerRevisions, object) };
    if (object.kind === 'ReplicationController')
      this.cluster = { ...this.cluster, replicationControllers: replaced(this.cluster.replicationControllers, object) };
  }

  remove(ref: ObjectRef): void {
    const others = <Kind extends ApiObject>(list: readonly Kind[]) => list.filter((each) => formatRef(refOf(each)) !== formatRef(ref));
    const { pods, replicaSets, jobs, nodes, controllerRevisions } = this.cluster;
    this.cluster = {
      ...this.cluster,
      pods: others(pods),
      replicaSets: others(replicaSets),
      jobs: others(jobs),
      nodes: others(nodes),
      controllerRevisions: others(controllerRevisions),
    };
  }

  /** Pods that wait start and become ready, those at least that the test means; whether there were any. */
  ready(isMeant: (pod: RunningPod) => boolean = () => true): boolean {
    const waiting = this.cluster.pods.filter((pod) => isActive(pod) && !pod.status.ready && isMeant(pod));
    for (const pod of waiting) this.report(pod.metadata.name, { phase: 'Running', ready: true, readySince: formatTimestamp(this.now) });
    return waiting.length > 0;
  }

  /** Changes the status of a Pod; it runs on a node afterwards. */
  report(name: string, status: Partial<PodStatus>): void {
    const pod = this.pod(name);
    this.address += 1;
    const podIPs = pod.status.podIPs.length > 0 ? pod.status.podIPs : [ip(`10.244.1.${this.address + 1}`)];
    const nodeName = pod.spec.nodeName ?? pod.spec.affinity.nodeRequired?.[0]?.matchFields[0]?.values[0] ?? 'node-1';
    this.write({ ...pod, spec: { ...pod.spec, nodeName }, status: { ...pod.status, podIPs, ...status } });
  }

  /** The Pod is being deleted, and still there. */
  terminate(name: string): void {
    const pod = this.pod(name);
    this.write({ ...pod, metadata: { ...pod.metadata, deletionTimestamp: formatTimestamp(this.now) } });
  }

  pod(name: string): RunningPod {
    const pod = this.cluster.pods.find(({ metadata }) => metadata.name === name);
    if (pod === undefined) throw new Error(`no Pod ${name}`);
    return pod;
  }

  get podNames(): readonly string[] {
    return this.cluster.pods.map(({ metadata }) => metadata.name);
  }

  private has(ref: ObjectRef): boolean {
    const { pods, deployments, replicaSets, statefulSets, daemonSets, jobs } = this.cluster;
    return [...pods, ...deployments, ...replicaSets, ...statefulSets, ...daemonSets, ...jobs].some(
      (each) => formatRef(refOf(each)) === formatRef(ref),
    );
  }
}

function replaced<Kind extends ApiObject>(list: readonly Kind[], object: Kind): readonly Kind[] {
  const index = list.findIndex((each) => formatRef(refOf(each)) === formatRef(refOf(object)));
  return index < 0 ? [...list, object] : list.with(index, object);
}
