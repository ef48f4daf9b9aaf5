// A Pod: containers that share one network namespace.

import type { Ip } from '../net/ip';
import type { Protocol } from '../net/packet';
import type { Affinity, SpreadConstraint } from './affinity';
import type { Labels, ObjectMeta } from './meta';
import type { FilledVolume, PodSource } from './pod-source';

export type ServiceProtocol = Exclude<Protocol, 'ICMP'>;

export interface ContainerPort {
  readonly name: string | null;
  readonly containerPort: number;
  readonly protocol: ServiceProtocol;
  readonly hostPort: number | null;
  readonly hostIP: Ip | null;
}

export interface Probe {
  readonly action:
    | { readonly kind: 'http'; readonly scheme: 'HTTP' | 'HTTPS'; readonly path: string; readonly port: number | string }
    | { readonly kind: 'tcp' | 'grpc'; readonly port: number | string }
    | { readonly kind: 'exec'; readonly command: readonly string[] };
  /** All in seconds, and counts. */
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
}

/** When the kubelet asks the registry: at each start, for an image that the node does not have, or never. */
export type PullPolicy = 'Always' | 'IfNotPresent' | 'Never';

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy: PullPolicy;
  readonly ports: readonly ContainerPort[];
  readonly readinessProbe: Probe | null;
  readonly livenessProbe: Probe | null;
  readonly startupProbe: Probe | null;
  /** For an init container `Always` makes a sidecar. */
  readonly restartPolicy: 'Always' | null;
  /** What the image is started with instead of its own; empty where it starts as it is. */
  readonly command: readonly string[];
  readonly args: readonly string[];
  /** Its input is open: somebody may type into it. */
  readonly stdin: boolean;
  /** Variables with a value of their own, as written. */
  readonly env: readonly { readonly name: string; readonly value: string }[];
  /** Where its variables come from. */
  readonly sources: readonly PodSource[];
  readonly postStart: LifecycleHook | null;
  readonly preStop: LifecycleHook | null;
  readonly resources: { readonly cpuRequest: string | null; readonly memoryRequest: string | null; readonly hasLimits: boolean };
}

/** What the kubelet does in a container just after it started it, or before it ends it. */
export type LifecycleHook =
  | { readonly kind: 'sleep'; readonly seconds: number }
  | { readonly kind: 'exec'; readonly command: readonly string[] }
  | { readonly kind: 'http'; readonly path: string; readonly port: number | string };

export interface Toleration {
  readonly key: string;
  readonly operator: 'Equal' | 'Exists';
  readonly value: string;
  readonly effect: string;
  /** For NoExecute: how long the Pod stays; null for ever. */
  readonly tolerationSeconds: number | null;
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  /** Volumes that are filled from ConfigMaps and Secrets. */
  readonly volumes: readonly FilledVolume[];
  readonly nodeName: string | null;
  readonly nodeSelector: Labels;
  readonly tolerations: readonly Toleration[];
  readonly affinity: Affinity;
  readonly topologySpreadConstraints: readonly SpreadConstraint[];
  readonly hostNetwork: boolean;
  readonly hostname: string | null;
  readonly subdomain: string | null;
  readonly dnsPolicy: 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';
  readonly dnsConfig: {
    readonly nameservers: readonly string[];
    readonly searches: readonly string[];
    readonly options: readonly { readonly name: string; readonly value: string | null }[];
  } | null;
  readonly hostAliases: readonly { readonly ip: Ip; readonly hostnames: readonly string[] }[];
  readonly enableServiceLinks: boolean;
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never';
  /** How long its programs may take to end after they were told to. */
  readonly terminationGracePeriodSeconds: number;
  /** Conditions that others must set to True before it counts as ready. */
  readonly readinessGates: readonly string[];
}

export interface Termination {
  readonly exitCode: number;
  /** `Completed`, `Error`, `OOMKilled`. */
  readonly reason: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export type ContainerState =
  /** `ContainerCreating`, `PodInitializing`, `ErrImagePull`, `CrashLoopBackOff` … */
  | { readonly kind: 'waiting'; readonly reason: string }
  | { readonly kind: 'running'; readonly startedAt: string | null }
  | ({ readonly kind: 'terminated' } & Termination);

/** What the kubelet reports of one container. */
export interface ContainerStatus {
  readonly name: string;
  readonly state: ContainerState;
  readonly last: Termination | null;
  readonly ready: boolean;
  /** It runs, and its startup probe, where it has one, succeeded. */
  readonly started: boolean;
  readonly restartCount: number;
}

export interface PodStatus {
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  readonly podIPs: readonly Ip[];
  /** The address of its machine, where the kubelet reports one. */
  readonly hostIP?: Ip;
  /** Why it is in this phase, in a word: `Evicted`, `NodeLost`; null usually. */
  readonly reason: string | null;
  /** Of init containers, sidecars and containers, by name; empty where nobody reported. */
  readonly containers: readonly ContainerStatus[];
  /** The conditions of its readiness gates that are True. */
  readonly gates: readonly string[];
  /** The Ready condition is True. */
  readonly ready: boolean;
  /** Since when, as RFC 3339; null where it is not ready, or no clock was at hand. */
  readonly readySince: string | null;
  /** Whether the manifest states a phase or a condition. A status of addresses alone fixes these and leaves the rest to the control plane. */
  readonly reported: boolean;
}

export interface Pod {
  readonly kind: 'Pod';
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
  /** null where the manifest has none: then the control plane schedules, starts and probes it. A pasted status is taken as it stands. */
  readonly status: PodStatus | null;
}
