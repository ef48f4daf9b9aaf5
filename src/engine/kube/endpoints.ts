// EndpointSlices, and the older Endpoints object that people still write by hand.

import type { Ip } from '../net/ip';
import type { ObjectMeta } from './meta';
import type { ServiceProtocol } from './pod';
import type { ObjectRef } from './ref';

export interface Endpoint {
  readonly addresses: readonly string[];
  /** Absent conditions are stored as they count: ready and serving true, terminating false. */
  readonly conditions: { readonly ready: boolean; readonly serving: boolean; readonly terminating: boolean };
  readonly hostname: string | null;
  readonly nodeName: string | null;
  readonly zone: string | null;
  readonly hints: { readonly zones: readonly string[]; readonly nodes: readonly string[] } | null;
  readonly targetRef: ObjectRef | null;
}

export interface EndpointPort {
  readonly name: string;
  /** null means all ports. */
  readonly port: number | null;
  readonly protocol: ServiceProtocol;
}

export interface EndpointSlice {
  readonly kind: 'EndpointSlice';
  readonly metadata: ObjectMeta;
  readonly addressType: 'IPv4' | 'IPv6' | 'FQDN';
  readonly endpoints: readonly Endpoint[];
  readonly ports: readonly EndpointPort[];
}

export interface EndpointAddress {
  readonly ip: Ip;
  readonly hostname: string | null;
  readonly nodeName: string | null;
  readonly targetRef: ObjectRef | null;
}

export interface Endpoints {
  readonly kind: 'Endpoints';
  readonly metadata: ObjectMeta;
  readonly subsets: readonly {
    readonly addresses: readonly EndpointAddress[];
    readonly notReadyAddresses: readonly EndpointAddress[];
    readonly ports: readonly EndpointPort[];
  }[];
}

/** The label that ties a slice to its Service. */
export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
