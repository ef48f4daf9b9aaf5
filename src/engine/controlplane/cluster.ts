// The cluster after the controllers have settled: every object, those of the user and those that were made.

import type { ConfigMap } from '../kube/config-map';
import type { CronJob } from '../kube/cron-job';
import type { DaemonSet } from '../kube/daemon-set';
import type { EndpointSlice, Endpoints } from '../kube/endpoints';
import type { Gateway, HttpRoute, ReferenceGrant } from '../kube/gateway';
import type { Ingress, IngressClass } from '../kube/ingress';
import type { Job } from '../kube/job';
import type { OtherObject } from '../kube/meta';
import type { Namespace } from '../kube/namespace';
import type { NetworkPolicy } from '../kube/network-policy';
import type { Node } from '../kube/node';
import type { Pod, PodStatus } from '../kube/pod';
import type { Service } from '../kube/service';
import type { ControllerRevision, StatefulSet } from '../kube/stateful-set';
import type { Deployment, ReplicaSet, ReplicationController } from '../kube/workload';
import type { Cidr } from '../net/cidr';
import type { Ip } from '../net/ip';
import type { ResolvConf, ZoneRecord } from '../net/zone';

/** The modes of kube-proxy. */
export type ProxyModeName = 'iptables' | 'ipvs' | 'nftables';

/** The Pod networks; those of Calico by how it joins the nodes. */
export type NetworkName = 'calico' | 'calico-ipip' | 'calico-vxlan' | 'flannel' | 'kindnet' | 'bridge' | 'none';

/** How the cluster was set up: what a manifest does not say. */
export interface ClusterSettings {
  /** null: derived from the manifest (see `ranges.ts`). */
  readonly serviceCIDR: Cidr | null;
  /** null: derived. */
  readonly clusterCIDR: Cidr | null;
  /** The Pod range of the other family, where the cluster is dual-stack; null: derived. */
  readonly secondClusterCIDR: Cidr | null;
  /** How long the prefix of a node's own Pod range is, where nobody writes it (--node-cidr-mask-size, Calico's blockSize). */
  readonly nodeRangeLength: number;
  /** Whether kube-proxy knows the Pod range (`--cluster-cidr`). */
  readonly detectLocal: boolean;
  readonly masqueradeAll: boolean;
  readonly localhostNodePorts: boolean;
  readonly nodePortAddresses: readonly Cidr[];
  readonly proxyMode: ProxyModeName;
  /** How IPVS chooses a back end: `rr`, `lc`, `wrr`, `sh` … (ipvs.scheduler). */
  readonly ipvsScheduler: string;
  readonly network: NetworkName;
  /** Calico wraps packets only between nodes of different links (ipipMode, vxlanMode: CrossSubnet). */
  readonly crossSubnet: boolean;
  /** Who gives a Service of type LoadBalancer its address; `none`: nobody, it stays pending. */
  readonly loadBalancer: 'cloud' | 'metallb' | 'none';
  /** Destinations towards which Calico's outgoing NAT leaves Pod addresses alone: other pools only, or hosts too. `IPPoolsOnly` is the default. */
  readonly natOutgoing: 'IPPoolsOnly' | 'IPPoolsAndHostIPs' | 'none';
  /** Whether nodes, CoreDNS and the Service `kubernetes` are added where the manifest lacks them, and undeclared ports are guessed. Off in `verify`. */
  readonly conveniences: boolean;
  readonly dns: { readonly zone: string; readonly pods: 'insecure' | 'verified' | 'disabled'; readonly ttl: number };
  /** The address that the kubelet writes into resolv.conf; null: the cluster IP of kube-system/kube-dns. */
  readonly clusterDNS: Ip | null;
  readonly nodeResolv: ResolvConf;
  /** What resolvers outside know; null: unreachable. */
  readonly upstream: readonly ZoneRecord[] | null;
}

/** A Pod that has been placed and started. */
export interface RunningPod extends Pod {
  readonly status: PodStatus;
}

export interface Cluster {
  readonly settings: ClusterSettings;
  readonly serviceCIDR: Cidr;
  /** The Pod range, known to kube-proxy and to the network plugin. */
  readonly clusterCIDR: Cidr;
  /** The ranges of the other family; null in a cluster of one. */
  readonly second: { readonly serviceCIDR: Cidr; readonly clusterCIDR: Cidr } | null;
  readonly nodes: readonly Node[];
  readonly namespaces: readonly Namespace[];
  /** Sorted by namespace and name, as all lists here. Those that found no node have status.phase Pending and no address. */
  readonly pods: readonly RunningPod[];
  readonly services: readonly Service[];
  readonly endpoints: readonly Endpoints[];
  /** Hand-written ones and those of the controllers. */
  readonly endpointSlices: readonly EndpointSlice[];
  readonly deployments: readonly Deployment[];
  readonly replicaSets: readonly ReplicaSet[];
  readonly replicationControllers: readonly ReplicationController[];
  readonly statefulSets: readonly StatefulSet[];
  readonly daemonSets: readonly DaemonSet[];
  /** The templates that StatefulSets and DaemonSets have, or had. */
  readonly controllerRevisions: readonly ControllerRevision[];
  readonly jobs: readonly Job[];
  readonly cronJobs: readonly CronJob[];
  readonly configMaps: readonly ConfigMap[];
  readonly networkPolicies: readonly NetworkPolicy[];
  /** With the class that admission gave them. */
  readonly ingresses: readonly Ingress[];
  readonly ingressClasses: readonly IngressClass[];
  /** With an address in their status. */
  readonly gateways: readonly Gateway[];
  readonly httpRoutes: readonly HttpRoute[];
  readonly referenceGrants: readonly ReferenceGrant[];
  readonly others: readonly OtherObject[];
  /** Keys (`formatRef`) of objects that we added and nobody wrote: default nodes, CoreDNS, `kubernetes`. */
  readonly added: readonly string[];
  /** Workloads at which no controller has looked since they were written, with the generation that it saw last: 0 for none. */
  readonly unobserved: Readonly<Record<string, number>>;
}

/** The Pod and Service ranges of every family. */
export function clusterRanges({ clusterCIDR, serviceCIDR, second }: Cluster): readonly Cidr[] {
  return [clusterCIDR, serviceCIDR, ...(second === null ? [] : [second.clusterCIDR, second.serviceCIDR])];
}
