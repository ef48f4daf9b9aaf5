// Objects for the tests of this floor: what matters is said, the rest is as the API server defaults it.

import { NO_AFFINITY } from '../kube/affinity';
import type { DaemonSet } from '../kube/daemon-set';
import type { Endpoint, EndpointSlice, Endpoints } from '../kube/endpoints';
import { SERVICE_NAME_LABEL } from '../kube/endpoints';
import type { Job } from '../kube/job';
import type { Labels, ObjectMeta } from '../kube/meta';
import type { Node } from '../kube/node';
import type { Container, ContainerPort, Pod, PodSpec, PodStatus, Probe } from '../kube/pod';
import type { Service, ServicePort } from '../kube/service';
import type { StatefulSet } from '../kube/stateful-set';
import { DEPLOYMENT_DEFAULTS, type Deployment, NO_DEPLOYMENT_STATUS, type ReplicaSet, type ReplicationController } from '../kube/workload';
import { cidr } from '../net/cidr';
import { ip } from '../net/ip';

export function meta(name: string, said: Partial<ObjectMeta> = {}): ObjectMeta {
  return {
    name,
    namespace: 'default',
    labels: {},
    annotations: {},
    uid: null,
    creationTimestamp: null,
    deletionTimestamp: null,
    generation: null,
    ownerReferences: [],
    ...said,
  };
}

export function node(
  name: string,
  podCIDR: string | null,
  address: string | null,
  said: Partial<Node['spec'] & { labels: Labels; ready: boolean }> = {},
): Node {
  const { labels = {}, ready = true, ...spec } = said;
  return {
    kind: 'Node',
    metadata: meta(name, { namespace: null, labels }),
    spec: { podCIDRs: podCIDR === null ? [] : [cidr(podCIDR)], unschedulable: false, taints: [], ...spec },
    status: {
      internalIPs: address === null ? [] : [ip(address)],
      externalIPs: [],
      ready,
      allocatable: { cpu: null, memory: null, pods: null },
    },
  };
}

export function port(number: number, said: Partial<ContainerPort> = {}): ContainerPort {
  return { name: null, containerPort: number, protocol: 'TCP', hostPort: null, hostIP: null, ...said };
}

export function container(said: Partial<Container> = {}): Container {
  return {
    name: 'main',
    image: 'registry.example/app:1',
    ports: [],
    readinessProbe: null,
    livenessProbe: null,
    startupProbe: null,
    restartPolicy: null,
    command: [],
    args: [],
    stdin: false,
    sources: [],
    imagePullPolicy: 'IfNotPresent',
    env: [],
    postStart: null,
    preStop: null,
    resources: { cpuRequest: null, memoryRequest: null, hasLimits: false },
    ...said,
  };
}

export function tcpProbe(target: number | string): Probe {
  return {
    action: { kind: 'tcp', port: target },
    initialDelaySeconds: 0,
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  };
}

export function podSpec(said: Partial<PodSpec> = {}): PodSpec {
  return {
    containers: [container()],
    initContainers: [],
    volumes: [],
    nodeName: null,
    nodeSelector: {},
    tolerations: [],
    affinity: NO_AFFINITY,
    topologySpreadConstraints: [],
    hostNetwork: false,
    hostname: null,
    subdomain: null,
    dnsPolicy: 'ClusterFirst',
    dnsConfig: null,
    hostAliases: [],
    enableServiceLinks: true,
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    readinessGates: [],
    ...said,
  };
}

export function pod(name: string, said: { metadata?: Partial<ObjectMeta>; spec?: Partial<PodSpec>; status?: PodStatus | null } = {}): Pod {
  return { kind: 'Pod', metadata: meta(name, said.metadata), spec: podSpec(said.spec), status: said.status ?? null };
}

/** As the kubelet reports a Pod that runs. */
export function running(address: string, said: Partial<PodStatus> = {}): PodStatus {
  return {
    phase: 'Running',
    podIPs: [ip(address)],
    reason: null,
    containers: [],
    gates: [],
    ready: true,
    readySince: null,
    reported: true,
    ...said,
  };
}

/** A status that fixes an address and says no more. */
export function at(address: string): PodStatus {
  return {
    phase: 'Pending',
    podIPs: [ip(address)],
    reason: null,
    containers: [],
    gates: [],
    ready: false,
    readySince: null,
    reported: false,
  };
}

export function servicePort(number: number, said: Partial<ServicePort> = {}): ServicePort {
  return { name: null, protocol: 'TCP', port: number, targetPort: number, nodePort: null, appProtocol: null, ...said };
}

export function service(name: string, said: Partial<Service['spec']> & { metadata?: Partial<ObjectMeta> } = {}): Service {
  const { metadata, ...spec } = said;
  return {
    kind: 'Service',
    metadata: meta(name, metadata),
    spec: {
      type: 'ClusterIP',
      selector: null,
      ports: [servicePort(80)],
      clusterIPs: [],
      externalName: null,
      externalIPs: [],
      sessionAffinity: { kind: 'None' },
      internalTrafficPolicy: 'Cluster',
      externalTrafficPolicy: 'Cluster',
      loadBalancerSourceRanges: [],
      loadBalancerClass: null,
      loadBalancerIP: null,
      allocateLoadBalancerNodePorts: true,
      healthCheckNodePort: null,
      publishNotReadyAddresses: false,
      trafficDistribution: null,
      ipFamilyPolicy: 'SingleStack',
      ipFamilies: [4],
      ...spec,
    },
    status: { loadBalancer: [] },
  };
}

export function deployment(name: string, replicas: number, said: { labels?: Labels; spec?: Partial<PodSpec> } = {}): Deployment {
  const spec = { ...workloadSpec(said.labels ?? { app: name }, replicas, said.spec), ...DEPLOYMENT_DEFAULTS };
  return { kind: 'Deployment', metadata: meta(name), spec, status: NO_DEPLOYMENT_STATUS };
}

export function replicaSet(
  name: string,
  replicas: number,
  said: { labels?: Labels; metadata?: Partial<ObjectMeta>; spec?: Partial<PodSpec> } = {},
): ReplicaSet {
  return { kind: 'ReplicaSet', metadata: meta(name, said.metadata), spec: workloadSpec(said.labels ?? { app: name }, replicas, said.spec) };
}

export function replicationController(name: string, replicas: number): ReplicationController {
  const { template, minReadySeconds } = workloadSpec({ app: name }, replicas);
  return {
    kind: 'ReplicationController',
    metadata: meta(name),
    spec: { replicas, selector: { app: name }, template, minReadySeconds },
  };
}

export function statefulSet(name: string, replicas: number, said: Partial<StatefulSet['spec']> = {}): StatefulSet {
  return {
    kind: 'StatefulSet',
    metadata: meta(name),
    spec: {
      ...workloadSpec({ app: name }, replicas),
      serviceName: name,
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', partition: 0, maxUnavailable: 1 },
      firstOrdinal: 0,
      revisionHistoryLimit: 10,
      ...said,
    },
    status: { currentRevision: null },
  };
}

export function daemonSet(name: string, said: Partial<DaemonSet['spec']> = {}): DaemonSet {
  const { replicas: _, ...spec } = workloadSpec({ app: name }, 0);
  return {
    kind: 'DaemonSet',
    metadata: meta(name),
    spec: { ...spec, updateStrategy: { type: 'RollingUpdate', maxSurge: 0, maxUnavailable: 1 }, revisionHistoryLimit: 10, ...said },
  };
}

export function job(name: string, said: Partial<Job['spec']> = {}): Job {
  return {
    kind: 'Job',
    metadata: meta(name),
    spec: {
      parallelism: 1,
      completions: 1,
      completionMode: 'NonIndexed',
      backoffLimit: 6,
      activeDeadlineSeconds: null,
      ttlSecondsAfterFinished: null,
      suspend: false,
      selector: null,
      template: workloadSpec({ app: name }, 0, { restartPolicy: 'Never' }).template,
      ...said,
    },
    status: { startTime: null, completionTime: null, succeeded: 0, failed: 0, completedIndexes: [], counted: null, conditions: [] },
  };
}

function workloadSpec(labels: Labels, replicas: number, spec: Partial<PodSpec> = {}): ReplicaSet['spec'] {
  return {
    replicas,
    selector: { matchLabels: labels, matchExpressions: [] },
    template: { metadata: { labels, annotations: {} }, spec: podSpec(spec), written: {} },
    minReadySeconds: 0,
  };
}

/** A slice written by hand. */
export function slice(name: string, serviceName: string | null, addresses: readonly string[], number = 80): EndpointSlice {
  const labels: Labels = serviceName === null ? {} : { [SERVICE_NAME_LABEL]: serviceName };
  return {
    kind: 'EndpointSlice',
    metadata: meta(name, { labels }),
    addressType: 'IPv4',
    endpoints: addresses.map(endpoint),
    ports: [{ name: '', port: number, protocol: 'TCP' }],
  };
}

function endpoint(address: string): Endpoint {
  return {
    addresses: [address],
    conditions: { ready: true, serving: true, terminating: false },
    hostname: null,
    nodeName: null,
    zone: null,
    hints: null,
    targetRef: null,
  };
}

export function endpoints(
  name: string,
  addresses: readonly string[],
  said: { metadata?: Partial<ObjectMeta>; notReady?: readonly string[]; port?: number } = {},
): Endpoints {
  const listed = (texts: readonly string[]) => texts.map((text) => ({ ip: ip(text), hostname: null, nodeName: null, targetRef: null }));
  return {
    kind: 'Endpoints',
    metadata: meta(name, said.metadata),
    subsets: [
      {
        addresses: listed(addresses),
        notReadyAddresses: listed(said.notReady ?? []),
        ports: [{ name: '', port: said.port ?? 9376, protocol: 'TCP' }],
      },
    ],
  };
}
