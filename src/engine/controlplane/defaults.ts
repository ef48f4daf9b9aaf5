// The objects that we add for convenience where the text lacks them, so that three lines of YAML make a cluster: two Nodes,
// CoreDNS behind kube-system/kube-dns, the Service `kubernetes` in front of the API server, and the namespaces that are used.
// They give way to an object of the same name, and to every address that the text fixes. Facts: api.md of kubeadm and MicroK8s
// (names, labels, ports), the Corefile of both for what CoreDNS serves.

import { NO_AFFINITY } from '../kube/affinity';
import { type EndpointSlice, SERVICE_NAME_LABEL } from '../kube/endpoints';
import type { ApiObject, Labels, ObjectMeta } from '../kube/meta';
import { selects } from '../kube/meta';
import { BUILT_IN_NAMESPACES, type Namespace } from '../kube/namespace';
import type { Node } from '../kube/node';
import type { Container, ContainerPort, PodSpec } from '../kube/pod';
import { compareText } from '../kube/ref';
import type { Service, ServicePort } from '../kube/service';
import { DEPLOYMENT_DEFAULTS, type Deployment, NO_DEPLOYMENT_STATUS } from '../kube/workload';
import { addressAt, type Cidr, formatCidr, size } from '../net/cidr';
import { family, type Ip } from '../net/ip';
import { type Inventory, templatesOf } from './inventory';
import { DNS_SERVICE } from './listening';
import { MICROK8S_RANGE } from './ranges';

const CONTROL_PLANE_LABEL = 'node-role.kubernetes.io/control-plane';
const DNS_LABELS: Labels = { 'k8s-app': 'kube-dns' };

/** Two Nodes without addresses: they get the first of each pattern (`nodes.ts`). */
export const DEFAULT_NODES: readonly Node[] = ['node-1', 'node-2'].map((name) => ({
  kind: 'Node',
  metadata: meta(name, null, {}),
  spec: { podCIDRs: [], unschedulable: false, taints: [] },
  status: { internalIPs: [], externalIPs: [], ready: true, allocatable: { cpu: null, memory: null, pods: null } },
}));

/** The labels that the kubelet puts on its own Node (initialNode of kubelet_node_status.go); those of the text stay. */
export function withKubeletLabels(node: Node): Node {
  const { name, labels } = node.metadata;
  const own: Labels = {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
  };
  return { ...node, metadata: { ...node.metadata, labels: { ...own, ...labels } } };
}

/** The namespaces that every cluster has, and those that objects are in though nobody wrote them. */
export function missingNamespaces(objects: readonly ApiObject[]): readonly Namespace[] {
  const used = objects.map((object) => object.metadata.namespace).filter((name) => name !== null);
  const written = objects.filter((object) => object.kind === 'Namespace').map((object) => object.metadata.name);
  const missing = [...new Set([...BUILT_IN_NAMESPACES, ...used])].filter((name) => !written.includes(name)).sort(compareText);
  return missing.map((name) => ({ kind: 'Namespace', metadata: meta(name, null, { 'kubernetes.io/metadata.name': name }) }));
}

/** What the cluster is known to be when CoreDNS and the API server are put into it. */
export interface Ground {
  readonly nodes: readonly Node[];
  readonly serviceCIDR: Cidr;
  /** Addresses that the text fixes. */
  readonly fixed: ReadonlySet<Ip>;
}

/** CoreDNS and the Service `kubernetes`, as far as the text has none. */
export function missingParts(text: Inventory, ground: Ground): readonly ApiObject[] {
  const [apiServerIP, dnsIP] = [freeFrom(1n, ground), freeFrom(10n, ground)];
  const api = find(text, 'default', 'kubernetes') ?? apiServerService(apiServerIP, ground.serviceCIDR);
  const dns = find(text, DNS_SERVICE.namespace, DNS_SERVICE.name) ?? dnsService(dnsIP);
  const services = [api, dns].filter((service) => !text.services.includes(service));
  const slice = hasEndpoints(text, api) ? null : apiServerSlice(api, ground.nodes);
  return [...services, ...(slice === null ? [] : [slice]), ...(hasNameServer(text, dns) ? [] : [coreDNS()])];
}

function find(text: Inventory, namespace: string, name: string): Service | undefined {
  return text.services.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
}

/** The n-th address of the range, or the next that nobody fixed. */
function freeFrom(offset: bigint, { serviceCIDR, fixed }: Ground): readonly Ip[] {
  for (let at = offset; at < size(serviceCIDR) - 1n; at += 1n) {
    const ip = addressAt(serviceCIDR, at);
    if (!fixed.has(ip)) return [ip];
  }
  return [];
}

function hasEndpoints(text: Inventory, service: Service): boolean {
  const { namespace, name } = service.metadata;
  if (service.spec.selector !== null || service.spec.type === 'ExternalName') return true;
  const isIts = ({ metadata }: { metadata: ObjectMeta }): boolean => metadata.namespace === namespace && metadata.name === name;
  return (
    text.endpoints.some(isIts) ||
    text.endpointSlices.some((slice) => slice.metadata.namespace === namespace && slice.metadata.labels[SERVICE_NAME_LABEL] === name)
  );
}

/** Endpoints by hand, a workload called `coredns`, or Pods that carry the labels: the text provides for itself. */
function hasNameServer(text: Inventory, dns: Service): boolean {
  if (dns.spec.selector === null) return true;
  const inPlace = ({ metadata }: { metadata: ObjectMeta }): boolean => metadata.namespace === DNS_SERVICE.namespace;
  const workloads = templatesOf(text).filter(inPlace);
  if ([...workloads, ...text.others.filter(inPlace)].some(({ metadata }) => metadata.name === 'coredns')) return true;
  const labels = [
    ...text.pods.filter(inPlace).map((pod) => pod.metadata.labels),
    ...workloads.map(({ spec }) => spec.template.metadata.labels),
  ];
  const { selector } = dns.spec;
  return labels.some((each) => selects(selector, each) || selects(DNS_LABELS, each));
}

function apiServerService(ips: readonly Ip[], range: Cidr): Service {
  // MicroK8s moves the API server so that it can live beside another one.
  const targetPort = formatCidr(range) === formatCidr(MICROK8S_RANGE) ? 16443 : 6443;
  const metadata = meta('kubernetes', 'default', { component: 'apiserver', provider: 'kubernetes' });
  return service(metadata, null, { ips, ports: [servicePort('https', 443, targetPort)] });
}

function dnsService(ips: readonly Ip[]): Service {
  const metadata = meta(DNS_SERVICE.name, DNS_SERVICE.namespace, {
    ...DNS_LABELS,
    'kubernetes.io/cluster-service': 'true',
    'kubernetes.io/name': 'CoreDNS',
  });
  const ports = [
    { ...servicePort('dns', 53, 53), protocol: 'UDP' as const },
    servicePort('dns-tcp', 53, 53),
    servicePort('metrics', 9153, 9153),
  ];
  return service(metadata, DNS_LABELS, { ips, ports });
}

/** The API server writes its own endpoint: the address of the machine that it runs on. */
function apiServerSlice(api: Service, nodes: readonly Node[]): EndpointSlice | null {
  const machine = nodes.find((node) => CONTROL_PLANE_LABEL in node.metadata.labels) ?? nodes[0];
  const [address] = machine?.status.internalIPs ?? [];
  if (address === undefined) return null;
  const ports = api.spec.ports.flatMap(({ name, targetPort, protocol }) =>
    typeof targetPort === 'number' ? [{ name: name ?? '', port: targetPort, protocol }] : [],
  );
  const conditions = { ready: true, serving: true, terminating: false };
  return {
    kind: 'EndpointSlice',
    metadata: meta('kubernetes', 'default', { [SERVICE_NAME_LABEL]: 'kubernetes' }),
    addressType: family(address) === 4 ? 'IPv4' : 'IPv6',
    endpoints: [{ addresses: [address], conditions, hostname: null, nodeName: null, zone: null, hints: null, targetRef: null }],
    ports,
  };
}

function coreDNS(): Deployment {
  return {
    kind: 'Deployment',
    metadata: meta('coredns', DNS_SERVICE.namespace, DNS_LABELS),
    spec: {
      replicas: 2,
      selector: { matchLabels: DNS_LABELS, matchExpressions: [] },
      template: { metadata: { labels: DNS_LABELS, annotations: {} }, spec: CORE_DNS_POD, written: {} },
      ...DEPLOYMENT_DEFAULTS,
    },
    status: NO_DEPLOYMENT_STATUS,
  };
}

const CORE_DNS_CONTAINER: Container = {
  name: 'coredns',
  image: 'registry.k8s.io/coredns/coredns:v1.12.1',
  ports: [containerPort('dns', 53, 'UDP'), containerPort('dns-tcp', 53, 'TCP'), containerPort('metrics', 9153, 'TCP')],
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
  resources: { cpuRequest: '100m', memoryRequest: '70Mi', hasLimits: true },
};

const CORE_DNS_POD: PodSpec = {
  containers: [CORE_DNS_CONTAINER],
  initContainers: [],
  volumes: [],
  nodeName: null,
  nodeSelector: {},
  tolerations: [
    { key: 'CriticalAddonsOnly', operator: 'Exists', value: '', effect: '', tolerationSeconds: null },
    { key: CONTROL_PLANE_LABEL, operator: 'Exists', value: '', effect: 'NoSchedule', tolerationSeconds: null },
  ],
  affinity: NO_AFFINITY,
  topologySpreadConstraints: [],
  hostNetwork: false,
  hostname: null,
  subdomain: null,
  // CoreDNS asks the resolvers of its node, not itself.
  dnsPolicy: 'Default',
  dnsConfig: null,
  hostAliases: [],
  enableServiceLinks: true,
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  readinessGates: [],
};

/** The metadata of an object that we add. */
export function meta(name: string, namespace: string | null, labels: Labels): ObjectMeta {
  return {
    name,
    namespace,
    labels,
    annotations: {},
    uid: null,
    creationTimestamp: null,
    deletionTimestamp: null,
    generation: null,
    ownerReferences: [],
  };
}

/** A port of a container that we add. */
export function containerPort(name: string, number: number, protocol: 'TCP' | 'UDP'): ContainerPort {
  return { name, containerPort: number, protocol, hostPort: null, hostIP: null };
}

/** A TCP port of a Service that we add. */
export function servicePort(name: string, port: number, targetPort: number | string): ServicePort {
  return { name, protocol: 'TCP', port, targetPort, nodePort: null, appProtocol: null };
}

/** A Service of type ClusterIP that we add. */
export function service(
  metadata: ObjectMeta,
  selector: Labels | null,
  { ips, ports }: { ips: readonly Ip[]; ports: readonly ServicePort[] },
): Service {
  return {
    kind: 'Service',
    metadata,
    spec: {
      type: 'ClusterIP',
      selector,
      ports,
      clusterIPs: ips,
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
      ipFamilies: [ips[0] === undefined ? 4 : family(ips[0])],
    },
    status: { loadBalancer: [] },
  };
}
