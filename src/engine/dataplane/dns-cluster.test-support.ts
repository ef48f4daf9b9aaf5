// Small clusters for the tests of names: only what DNS looks at is said, the rest is what the API server would fill in.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { NO_AFFINITY } from '../kube/affinity';
import { type Endpoint, type EndpointSlice, SERVICE_NAME_LABEL } from '../kube/endpoints';
import type { ObjectMeta } from '../kube/meta';
import type { PodSpec } from '../kube/pod';
import type { Service, ServicePort } from '../kube/service';
import { cidr } from '../net/cidr';
import type { RecordType } from '../net/dns';
import { ip } from '../net/ip';
import type { NameServer } from '../net/zone';
import { BARE } from '../settings';
import { answer } from '../trace/name-server';

/** `shop/web` */
function meta(path: string, more: Partial<ObjectMeta> = {}): ObjectMeta {
  const [namespace, name] = path.split('/');
  return {
    namespace: namespace ?? '',
    name: name ?? '',
    labels: {},
    annotations: {},
    uid: null,
    creationTimestamp: null,
    deletionTimestamp: null,
    generation: null,
    ownerReferences: [],
    ...more,
  };
}

/** `http 80` or `dns 53/UDP`; without a name just the number. */
function port(text: string): { name: string | null; number: number; protocol: 'TCP' | 'UDP' } {
  const [number = '', name = null] = text.split(' ').reverse();
  return { name, number: Number.parseInt(number, 10), protocol: number.endsWith('/UDP') ? 'UDP' : 'TCP' };
}

function servicePort(text: string): ServicePort {
  const { name, number, protocol } = port(text);
  return { name, protocol, port: number, targetPort: number, nodePort: null, appProtocol: null };
}

export function service(
  path: string,
  said: { clusterIPs?: 'None' | readonly string[]; ports?: readonly string[]; externalName?: string },
): Service {
  const { clusterIPs = [], ports = [], externalName = null } = said;
  return {
    kind: 'Service',
    metadata: meta(path),
    spec: {
      type: externalName === null ? 'ClusterIP' : 'ExternalName',
      selector: null,
      ports: ports.map(servicePort),
      clusterIPs: clusterIPs === 'None' ? 'None' : clusterIPs.map(ip),
      externalName,
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
    },
    status: { loadBalancer: [] },
  };
}

/** Addresses; `10.1.1.5=web-0` has a hostname, `!10.1.1.6` is not ready. */
export function slice(path: string, addresses: readonly string[], ports: readonly string[] = []): EndpointSlice {
  const { namespace, name } = meta(path);
  return {
    kind: 'EndpointSlice',
    metadata: meta(`${namespace}/${name}-abc`, { labels: { [SERVICE_NAME_LABEL]: name } }),
    addressType: addresses.some((address) => address.includes(':')) ? 'IPv6' : 'IPv4',
    endpoints: addresses.map(endpoint),
    ports: ports.map(port).map(({ name: portName, number, protocol }) => ({ name: portName ?? '', port: number, protocol })),
  };
}

function endpoint(text: string): Endpoint {
  const [address = '', hostname = null] = text.replace('!', '').split('=');
  const ready = !text.startsWith('!');
  return {
    addresses: [address],
    conditions: { ready, serving: ready, terminating: false },
    hostname,
    nodeName: null,
    zone: null,
    hints: null,
    targetRef: null,
  };
}

export function pod(path: string, address: string, spec: Partial<PodSpec> = {}): RunningPod {
  return {
    kind: 'Pod',
    metadata: meta(path),
    spec: {
      containers: [],
      initContainers: [],
      volumes: [],
      nodeName: 'node-1',
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
      ...spec,
    },
    status: {
      phase: 'Running',
      podIPs: [ip(address)],
      reason: null,
      containers: [],
      gates: [],
      ready: true,
      readySince: null,
      reported: true,
    },
  };
}

export function cluster(said: Partial<Cluster>): Cluster {
  return {
    settings: BARE,
    serviceCIDR: cidr('10.96.0.0/12'),
    clusterCIDR: cidr('10.244.0.0/16'),
    second: null,
    nodes: [],
    namespaces: [],
    pods: [],
    services: [],
    endpoints: [],
    endpointSlices: [],
    deployments: [],
    replicaSets: [],
    replicationControllers: [],
    statefulSets: [],
    daemonSets: [],
    controllerRevisions: [],
    jobs: [],
    cronJobs: [],
    configMaps: [],
    networkPolicies: [],
    ingresses: [],
    ingressClasses: [],
    gateways: [],
    httpRoutes: [],
    referenceGrants: [],
    others: [],
    added: [],
    unobserved: {},
    ...said,
  };
}

export function corednsConfig(corefile: string): Cluster['configMaps'][number] {
  return { kind: 'ConfigMap', metadata: meta('kube-system/coredns'), data: { Corefile: corefile } };
}

/** What comes back, without owners: `['A 10.96.0.1']`, or the code alone where it is not NOERROR. */
export function ask(server: NameServer, name: string, type: RecordType): readonly string[] | string {
  const { rcode, answers } = answer(server, { name, type });
  return rcode === 'NOERROR' ? answers.map((record) => `${record.type} ${record.data}`) : rcode;
}
