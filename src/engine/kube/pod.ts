// A Pod: containers that share one network namespace.

import type { Ip } from '../net/ip';
import type { Protocol } from '../net/packet';
import type { Labels, ObjectMeta } from './meta';

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
    | { readonly kind: 'http'; readonly path: string; readonly port: number | string }
    | { readonly kind: 'tcp' | 'grpc'; readonly port: number | string }
    | { readonly kind: 'exec'; readonly command: readonly string[] };
  /** All in seconds, and counts. */
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly ContainerPort[];
  readonly readinessProbe: Probe | null;
  readonly livenessProbe: Probe | null;
  readonly startupProbe: Probe | null;
  /** For an init container `Always` makes a sidecar. */
  readonly restartPolicy: 'Always' | null;
  readonly resources: { readonly cpuRequest: string | null; readonly memoryRequest: string | null; readonly hasLimits: boolean };
}

export interface Toleration {
  readonly key: string;
  readonly operator: 'Equal' | 'Exists';
  readonly value: string;
  readonly effect: string;
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly nodeName: string | null;
  readonly nodeSelector: Labels;
  readonly tolerations: readonly Toleration[];
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
}

export interface PodStatus {
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  readonly podIPs: readonly Ip[];
  /** The Ready condition is True. */
  readonly ready: boolean;
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
