// A Service with the API server's defaults (SetDefaults_Service) and what allocation leaves to the control plane.

import { family, type Ip, parseIp } from '../net/ip';
import { decodeMeta } from './decode-meta';
import { PROTOCOLS } from './decode-pod';
import { isPresent, labels, list, map, type Raw, text, texts, truth, whole, word } from './fields';
import type { LoadBalancerIngress, Service, ServicePort } from './service';

const POLICIES = ['Cluster', 'Local'] as const;
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'] as const;
/** Three hours. */
const AFFINITY_SECONDS = 10800;

export function decodeService(raw: Raw): Service {
  const spec = map(raw.spec);
  const clusterIPs = decodeClusterIPs(spec);
  return {
    kind: 'Service',
    metadata: decodeMeta(raw, true),
    spec: {
      type: word(spec.type, ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'], 'ClusterIP'),
      selector: Object.keys(map(spec.selector)).length > 0 ? labels(spec.selector) : null,
      ports: list(spec.ports).map((port) => decodePort(map(port))),
      clusterIPs,
      externalName: text(spec.externalName),
      externalIPs: ips(spec.externalIPs),
      sessionAffinity:
        spec.sessionAffinity === 'ClientIP'
          ? { kind: 'ClientIP', timeoutSeconds: whole(map(map(spec.sessionAffinityConfig).clientIP).timeoutSeconds) ?? AFFINITY_SECONDS }
          : { kind: 'None' },
      internalTrafficPolicy: word(spec.internalTrafficPolicy, POLICIES, 'Cluster'),
      externalTrafficPolicy: word(spec.externalTrafficPolicy, POLICIES, 'Cluster'),
      loadBalancerSourceRanges: texts(spec.loadBalancerSourceRanges).map((range) => range.trim()),
      loadBalancerClass: text(spec.loadBalancerClass),
      loadBalancerIP: parseIp(text(spec.loadBalancerIP) ?? ''),
      allocateLoadBalancerNodePorts: truth(spec.allocateLoadBalancerNodePorts, true),
      healthCheckNodePort: whole(spec.healthCheckNodePort) || null,
      publishNotReadyAddresses: truth(spec.publishNotReadyAddresses, false),
      trafficDistribution: DISTRIBUTIONS.find((one) => one === spec.trafficDistribution) ?? null,
      ipFamilyPolicy: word(spec.ipFamilyPolicy, ['SingleStack', 'PreferDualStack', 'RequireDualStack'], 'SingleStack'),
      ipFamilies: decodeFamilies(spec, clusterIPs),
    },
    status: { loadBalancer: list(map(map(raw.status).loadBalancer).ingress).map((ingress) => decodeIngressPoint(map(ingress))) },
  };
}

function ips(value: unknown): readonly Ip[] {
  return texts(value).flatMap((address) => parseIp(address) ?? []);
}

function decodeClusterIPs(spec: Raw): Service['spec']['clusterIPs'] {
  const written = isPresent(spec.clusterIPs) ? texts(spec.clusterIPs) : texts([spec.clusterIP]);
  return written.includes('None') ? 'None' : ips(written);
}

function decodeFamilies(spec: Raw, clusterIPs: Service['spec']['clusterIPs']): readonly (4 | 6)[] {
  const written = texts(spec.ipFamilies).flatMap((name) => (name === 'IPv4' ? [4 as const] : name === 'IPv6' ? [6 as const] : []));
  if (written.length > 0) return written;
  const derived = clusterIPs === 'None' ? [] : clusterIPs.map(family);
  return derived.length > 0 ? derived : [4];
}

function decodePort(port: Raw): ServicePort {
  const number = whole(port.port) ?? 0;
  return {
    name: text(port.name),
    protocol: word(port.protocol, PROTOCOLS, 'TCP'),
    port: number,
    targetPort: (whole(port.targetPort) || text(port.targetPort)) ?? number,
    nodePort: whole(port.nodePort) || null,
    appProtocol: text(port.appProtocol),
  };
}

/** One point of entry in the status of a Service or an Ingress. */
export function decodeIngressPoint({ ip, hostname, ipMode }: Raw): LoadBalancerIngress {
  return { ip: parseIp(text(ip) ?? ''), hostname: text(hostname), ipMode: word(ipMode, ['VIP', 'Proxy'], 'VIP') };
}
