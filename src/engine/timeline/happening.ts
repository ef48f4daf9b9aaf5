// What happens in a cluster, one line of its history each: who did what to which object, and because of what. Plain data; the sentences
// are in `explain/happening-en.ts` and `-fr.ts`, the Events of the API in `engine/events.ts`.

import type { ProbeRole } from '../controlplane/readiness';
import type { Refusal } from '../kube/advice';
import type { ObjectRef } from '../kube/ref';
import type { Fault } from './fault';

/** The parts of a cluster that act. */
export const PARTS = [
  'user',
  'api-server',
  'scheduler',
  'deployment-controller',
  'replicaset-controller',
  'replication-controller',
  'statefulset-controller',
  'daemonset-controller',
  'job-controller',
  'cronjob-controller',
  'endpointslice-controller',
  'service-controller',
  'node-lifecycle-controller',
  'garbage-collector',
  'kubelet',
  'kube-proxy',
  'coredns',
] as const;

export type PartName = (typeof PARTS)[number];

/** A part that acts; the kubelet and kube-proxy of each node are parts of their own. */
export interface Part {
  readonly name: PartName;
  /** null for a part of the control plane. */
  readonly node: string | null;
}

export type Workload = 'Deployment' | 'ReplicaSet' | 'ReplicationController' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob';

const WORKLOADS: Readonly<Partial<Record<PartName, Workload>>> = {
  'deployment-controller': 'Deployment',
  'replicaset-controller': 'ReplicaSet',
  'replication-controller': 'ReplicationController',
  'statefulset-controller': 'StatefulSet',
  'daemonset-controller': 'DaemonSet',
  'job-controller': 'Job',
  'cronjob-controller': 'CronJob',
};

/** The kind that a controller looks after; null for a part that looks after no workload. */
export function workloadOf(name: PartName): Workload | null {
  return WORKLOADS[name] ?? null;
}

export type Happening = {
  /** Milliseconds since the axis began. */
  readonly at: number;
  readonly by: Part;
  /** What it happened to; null for the cluster as a whole. */
  readonly object: ObjectRef | null;
  /** The happening that it is an answer to, as an index; null for one that nothing here caused. */
  readonly cause: number | null;
} & Fact;

export type Fact =
  /** The user's manifest, or an object of it, reached the API server and is in etcd. */
  | { readonly code: 'created' | 'configured' | 'deleted' }
  /** It bears a deletionTimestamp from now on. */
  | { readonly code: 'deletion-begun'; readonly graceSeconds: number }
  | { readonly code: 'fault-set' | 'fault-mended'; readonly fault: Fault }
  /** A workload wants another number of Pods. */
  | { readonly code: 'scaled'; readonly target: ObjectRef; readonly from: number; readonly to: number }
  | { readonly code: 'scheduled'; readonly node: string }
  | { readonly code: 'unschedulable'; readonly refusals: readonly Refusal[] }
  /** It bears its address now. */
  | { readonly code: 'sandbox-ready'; readonly addresses: readonly string[] }
  | { readonly code: 'no-address-left' }
  | { readonly code: 'image-pulled'; readonly container: string; readonly image: string; readonly took: number }
  /** The node has it, and its registry was asked all the same: imagePullPolicy Always. */
  | { readonly code: 'image-checked'; readonly container: string; readonly image: string; readonly took: number }
  /** imagePullPolicy Never, and the node does not have it. */
  | { readonly code: 'image-missing'; readonly container: string; readonly image: string }
  | { readonly code: 'image-present' | 'pull-failed' | 'pull-backed-off'; readonly container: string; readonly image: string }
  /** A ConfigMap or Secret of its variables is not there, or of a volume: the kubelet tries again. */
  | { readonly code: 'config-missing'; readonly container: string; readonly why: string }
  | { readonly code: 'mount-failed'; readonly volume: string; readonly why: string }
  | { readonly code: 'container-started'; readonly container: string; readonly restarts: number }
  | { readonly code: 'program-listens'; readonly container: string }
  /** The hook postStart of a container has ended. */
  | { readonly code: 'post-start-done' | 'post-start-failed'; readonly container: string }
  | { readonly code: 'container-exited'; readonly container: string; readonly exitCode: number }
  /** SIGTERM, and the instant at which SIGKILL would follow. */
  | {
      readonly code: 'container-told-to-end';
      readonly container: string;
      readonly graceSeconds: number;
      readonly why: 'deletion' | 'definition' | ProbeRole;
    }
  | { readonly code: 'container-killed'; readonly container: string }
  | { readonly code: 'backing-off'; readonly container: string; readonly seconds: number; readonly restarts: number }
  | {
      readonly code: 'probe-failed';
      readonly container: string;
      readonly role: ProbeRole;
      readonly answer: ProbeAnswer;
      readonly run: number;
      readonly threshold: number;
    }
  | { readonly code: 'probe-succeeded'; readonly container: string; readonly role: ProbeRole; readonly answer: ProbeAnswer }
  | { readonly code: 'ready' | 'not-ready' }
  | { readonly code: 'ended'; readonly phase: 'Succeeded' | 'Failed' }
  /** The EndpointSlices of a Service were written: who is in, and who can be called. */
  | ({ readonly code: 'endpoints-written' } & Written)
  /** kube-proxy wrote the rules of its node anew. */
  | { readonly code: 'rules-written'; readonly services: readonly string[] }
  | { readonly code: 'names-written'; readonly services: readonly string[] }
  | { readonly code: 'balancer-given'; readonly addresses: readonly string[] }
  | { readonly code: 'node-ready' | 'node-unreachable' }
  | { readonly code: 'evicted'; readonly node: string; readonly taint: string; readonly isHeard: boolean };

/** Addresses in the slices of a Service, and what is new about them. */
export interface Written {
  readonly ready: readonly string[];
  /** Listed, and not called: not ready yet or no more. */
  readonly unready: readonly string[];
  /** They end: called only where nobody is ready. */
  readonly terminating: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What a probe found. */
export type ProbeAnswer =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'open' | 'ran' }
  /** The command in the container failed, or took too long. */
  | { readonly kind: 'failed' | 'timed-out' }
  /** `plain`: it speaks HTTP where it was asked in TLS. */
  | { readonly kind: 'refused' | 'timeout' | 'plain'; readonly asked: Asked }
  /** There was nothing to ask: the container has no port of that name. It counts neither way. */
  | { readonly kind: 'errored'; readonly port: string };

/** Whom a probe asked. `address`: with its port. */
export type Asked =
  | { readonly kind: 'http'; readonly address: string; readonly url: string }
  | { readonly kind: 'tcp'; readonly address: string }
  | { readonly kind: 'grpc'; readonly address: string; readonly timeoutSeconds: number };

export function part(name: PartName, node: string | null = null): Part {
  return { name, node };
}
