// The unit of kube-proxy: one port of one Service in one address family, with the virtual addresses it is reached by.
// (pkg/proxy/serviceport.go; the name string is ServicePortName.String())

import type { Cluster } from '../controlplane/cluster';
import type { FieldPath } from '../kube/field-path';
import { refOf } from '../kube/meta';
import { type ObjectRef, provenance } from '../kube/ref';
import type { Service, ServicePort } from '../kube/service';
import { type Cidr, parseCidr } from '../net/cidr';
import { type Family, family, type Ip } from '../net/ip';
import type { Provenance } from '../net/provenance';

export interface ProxiedPort {
  readonly service: Service;
  readonly ref: ObjectRef;
  readonly port: ServicePort;
  /** Index in spec.ports. */
  readonly index: number;
  readonly family: Family;
  /** `namespace/name:port`, or `namespace/name` where the port has no name. */
  readonly name: string;
  readonly clusterIP: Ip;
  readonly externalIPs: readonly Ip[];
  /** Addresses of load balancers that let packets through to the node (ipMode VIP). */
  readonly loadBalancerIPs: readonly Ip[];
  readonly sourceRanges: readonly Cidr[];
  readonly nodePort: number | null;
  readonly healthCheckNodePort: number | null;
  readonly internalLocal: boolean;
  readonly externalLocal: boolean;
  /** Seconds that a client sticks to its back end; null without affinity. */
  readonly affinitySeconds: number | null;
}

/** Every port that kube-proxy serves, in the order of Services and their ports. Headless Services and ExternalNames are none of its business. */
export function proxiedPorts(cluster: Cluster, of: Family): readonly ProxiedPort[] {
  return cluster.services.flatMap((service) => portsOfService(service, of));
}

/** The ports of one Service that kube-proxy serves. */
export function portsOfService(service: Service, of: Family): readonly ProxiedPort[] {
  return service.spec.ports.flatMap((port, index) => proxiedPort(service, { port, index, of }) ?? []);
}

function proxiedPort(service: Service, { port, index, of }: { port: ServicePort; index: number; of: Family }): ProxiedPort | null {
  const { spec, status, metadata } = service;
  if (spec.type === 'ExternalName' || spec.clusterIPs === 'None') return null;
  const mine = <Of extends Ip>(addresses: readonly Of[]): readonly Of[] => addresses.filter((address) => family(address) === of);
  const [clusterIP] = mine(spec.clusterIPs);
  if (clusterIP === undefined) return null;
  return {
    service,
    ref: refOf(service),
    port,
    index,
    family: of,
    name: port.name === null ? `${metadata.namespace}/${metadata.name}` : `${metadata.namespace}/${metadata.name}:${port.name}`,
    clusterIP,
    externalIPs: mine(spec.externalIPs),
    loadBalancerIPs: mine(
      spec.type === 'LoadBalancer' ? status.loadBalancer.flatMap(({ ip, ipMode }) => (ip !== null && ipMode === 'VIP' ? [ip] : [])) : [],
    ),
    sourceRanges: spec.loadBalancerSourceRanges.flatMap((text) => ofFamily(parseCidr(text), of)),
    nodePort: spec.type === 'NodePort' || spec.type === 'LoadBalancer' ? port.nodePort : null,
    healthCheckNodePort: spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local' ? spec.healthCheckNodePort : null,
    internalLocal: spec.internalTrafficPolicy === 'Local',
    externalLocal: spec.externalTrafficPolicy === 'Local',
    affinitySeconds: spec.sessionAffinity.kind === 'ClientIP' ? spec.sessionAffinity.timeoutSeconds : null,
  };
}

function ofFamily(range: Cidr | null, of: Family): readonly Cidr[] {
  return range !== null && family(range.network) === of ? [range] : [];
}

export function isExternallyAccessible(port: ProxiedPort): boolean {
  return port.nodePort !== null || port.externalIPs.length > 0 || port.loadBalancerIPs.length > 0;
}

/** The label of a field of the Service. */
export function because(port: ProxiedPort, path: FieldPath): Provenance {
  return provenance(port.ref, path);
}

/** The label of a field of this very port. */
export function becausePort(port: ProxiedPort, field: keyof ServicePort): Provenance {
  return because(port, ['spec', 'ports', port.index, field]);
}
