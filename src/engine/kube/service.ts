// A Service: a name and a stable address in front of Pods.

import type { Ip } from '../net/ip';
import type { Labels, ObjectMeta } from './meta';
import type { ServiceProtocol } from './pod';

export interface ServicePort {
  readonly name: string | null;
  readonly protocol: ServiceProtocol;
  readonly port: number;
  /** A number, or the name of a container port. */
  readonly targetPort: number | string;
  /** null where none is given or needed. */
  readonly nodePort: number | null;
  readonly appProtocol: string | null;
}

export type TrafficPolicy = 'Cluster' | 'Local';

/** Where a load balancer can be reached from outside. */
export interface LoadBalancerIngress {
  readonly ip: Ip | null;
  readonly hostname: string | null;
  readonly ipMode: 'VIP' | 'Proxy';
}

export interface Service {
  readonly kind: 'Service';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
    /** null for none: somebody else writes its endpoints. `{}` is stored as none. */
    readonly selector: Labels | null;
    readonly ports: readonly ServicePort[];
    /** `None` makes it headless; empty until the control plane gives one, and for ever with ExternalName. */
    readonly clusterIPs: readonly Ip[] | 'None';
    readonly externalName: string | null;
    readonly externalIPs: readonly Ip[];
    readonly sessionAffinity: { readonly kind: 'None' } | { readonly kind: 'ClientIP'; readonly timeoutSeconds: number };
    readonly internalTrafficPolicy: TrafficPolicy;
    readonly externalTrafficPolicy: TrafficPolicy;
    readonly loadBalancerSourceRanges: readonly string[];
    readonly loadBalancerClass: string | null;
    /** The address that is asked for; deprecated, and still read by clouds and MetalLB. */
    readonly loadBalancerIP: Ip | null;
    readonly allocateLoadBalancerNodePorts: boolean;
    readonly healthCheckNodePort: number | null;
    readonly publishNotReadyAddresses: boolean;
    readonly trafficDistribution: 'PreferClose' | 'PreferSameZone' | 'PreferSameNode' | null;
    readonly ipFamilyPolicy: 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';
    readonly ipFamilies: readonly (4 | 6)[];
  };
  readonly status: {
    readonly loadBalancer: readonly LoadBalancerIngress[];
  };
}
