// Whose address was called: by `kubectl get services,pods,nodes -A -o wide`, and by the name where the client called a name.

import { clusterRanges, type RunningPod } from '../controlplane/cluster';
import { clusterDomain } from '../dataplane/corefile';
import { isInside } from '../dispatch';
import type { Gateway } from '../kube/gateway';
import { refOf } from '../kube/meta';
import type { Node } from '../kube/node';
import type { ObjectRef } from '../kube/ref';
import type { Service, ServicePort } from '../kube/service';
import { contains } from '../net/cidr';
import type { Ip } from '../net/ip';
import type { Protocol, SocketAddress } from '../net/packet';
import type { Step } from '../trace/step';
import { type Given, podAt, serviceNamed } from './given';

/** How a Service was called. */
export type Entrance = 'cluster-ip' | 'external-ip' | 'load-balancer' | 'node-port' | 'headless' | 'behind-proxy';

export interface CalledService {
  readonly kind: 'service';
  readonly service: Service;
  readonly ref: ObjectRef;
  readonly entrance: Entrance;
  /** null: it has none of this number and protocol. */
  readonly port: ServicePort | null;
  /** Of the port in spec.ports; -1 without one. */
  readonly index: number;
}

export type Called =
  | CalledService
  | { readonly kind: 'pod'; readonly pod: RunningPod }
  | { readonly kind: 'node'; readonly node: Node }
  | { readonly kind: 'gateway'; readonly gateway: Gateway }
  | { readonly kind: 'outside' }
  | { readonly kind: 'nobody'; readonly range: 'pods' | 'services' | 'nodes' | null };

interface Asked {
  readonly asked: SocketAddress;
  readonly protocol: Protocol;
}

/** `named` is the Service whose name was looked up; null where the address itself was written. */
export function calledBy(given: Given, call: Asked, named: Service | null = null): Called {
  if (named !== null && named.spec.clusterIPs === 'None') return headless(named, call);
  return byServiceAddress(given, call) ?? byNodePort(given, call) ?? byOtherAddress(given, call.asked.ip);
}

function byServiceAddress({ cluster }: Given, { asked, protocol }: Asked): Called | null {
  for (const service of cluster.services) {
    const entrance = entranceAt(service, asked.ip);
    if (entrance === null) continue;
    return withPort(service, entrance, (port) => port.port === asked.port && port.protocol === protocol);
  }
  return null;
}

function entranceAt({ spec, status }: Service, ip: Ip): Entrance | null {
  if (spec.clusterIPs !== 'None' && spec.clusterIPs.includes(ip)) return 'cluster-ip';
  if (spec.externalIPs.includes(ip)) return 'external-ip';
  return spec.type === 'LoadBalancer' && status.loadBalancer.some((ingress) => ingress.ip === ip) ? 'load-balancer' : null;
}

function byNodePort({ cluster }: Given, { asked, protocol }: Asked): Called | null {
  if (!cluster.nodes.some(({ status }) => status.internalIPs.includes(asked.ip))) return null;
  const isAsked = (port: ServicePort): boolean => port.nodePort === asked.port && port.protocol === protocol;
  const service = cluster.services.find(({ spec }) => isOnNodes(spec.type) && spec.ports.some(isAsked));
  return service === undefined ? null : withPort(service, 'node-port', isAsked);
}

export function isOnNodes(type: Service['spec']['type']): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

/** The ports of a headless Service play no part: the client calls the Pod's own. The Service's port is that which leads there, else its first. */
function headless(service: Service, { asked, protocol }: Asked): Called {
  const { ports } = service.spec;
  const meant = ports.find((port) => port.protocol === protocol && [port.port, port.targetPort].includes(asked.port)) ?? ports[0] ?? null;
  return withPort(service, 'headless', (port) => port === meant);
}

function withPort(service: Service, entrance: Entrance, isMeant: (port: ServicePort) => boolean): CalledService {
  const index = service.spec.ports.findIndex(isMeant);
  return { kind: 'service', service, ref: refOf(service), entrance, port: service.spec.ports[index] ?? null, index };
}

/** The Service behind a rule of a proxy, which asks its Pods itself. */
export function behindProxy(service: Service, port: string | null): CalledService {
  return withPort(service, 'behind-proxy', (one) => port === null || [String(one.port), String(one.targetPort), one.name].includes(port));
}

function byOtherAddress(given: Given, ip: Ip): Called {
  const { cluster } = given;
  const pod = podAt(given, ip);
  if (pod !== null) return { kind: 'pod', pod };
  const node = cluster.nodes.find(({ status }) => status.internalIPs.includes(ip));
  if (node !== undefined) return { kind: 'node', node };
  const gateway = cluster.gateways.find(({ status }) => status.addresses.includes(ip));
  if (gateway !== undefined) return { kind: 'gateway', gateway };
  return isInside(cluster, ip) ? { kind: 'nobody', range: rangeOf(given, ip) } : outsideOrNobody(given, ip);
}

/** A name server that the kubelet was told of may lie anywhere: an address outside that no host has is nobody's. */
function outsideOrNobody({ world }: Given, ip: Ip): Called {
  const held = Object.values(world.kernels).some(({ devices }) => devices.some(({ addresses }) => addresses.some((own) => own.ip === ip)));
  return held ? { kind: 'outside' } : { kind: 'nobody', range: null };
}

function rangeOf({ cluster }: Given, ip: Ip): 'pods' | 'services' | null {
  const services = [cluster.serviceCIDR, ...(cluster.second === null ? [] : [cluster.second.serviceCIDR])];
  if (services.some((range) => contains(range, ip))) return 'services';
  const pods = [...clusterRanges(cluster), ...cluster.nodes.flatMap(({ spec }) => spec.podCIDRs)];
  return pods.some((range) => contains(range, ip)) ? 'pods' : null;
}

/** The Service that the name stands for: the one whose name was found at last. */
export function serviceFound(given: Given, steps: readonly Step[]): Service | null {
  const settled = steps.findLast((step) => step.kind === 'name-settled');
  const found = settled?.kind === 'name-settled' ? settled.lookups.at(-1) : undefined;
  return found === undefined ? null : serviceOfName(given, found);
}

/** `web.shop.svc.cluster.local.`, or the name of one of its endpoints. */
export function serviceOfName(given: Given, absolute: string): Service | null {
  const end = `.svc.${clusterDomain(given.cluster)}.`;
  if (!absolute.toLowerCase().endsWith(end)) return null;
  const [namespace, name] = absolute.slice(0, -end.length).toLowerCase().split('.').reverse();
  return namespace === undefined || name === undefined ? null : serviceNamed(given, namespace, name);
}
