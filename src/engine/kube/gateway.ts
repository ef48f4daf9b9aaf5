// Gateway API: a Gateway has addresses and listeners; an HTTPRoute hangs itself on listeners and says where requests go; a ReferenceGrant
// lets routes of one namespace name Services of another (gateway-api apis/v1).
// Left out: routes other than HTTPRoute, and filters that do not answer by themselves.

import type { Ip } from '../net/ip';
import type { ObjectMeta } from './meta';
import type { LabelSelector } from './workload';

export interface GatewayListener {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  /** null: every host. */
  readonly hostname: string | null;
  /** The namespaces whose routes may come. */
  readonly routesFrom: 'Same' | 'All' | 'Selector' | 'None';
  /** Where they are chosen by their labels. */
  readonly routesSelector: LabelSelector | null;
}

export interface Gateway {
  readonly kind: 'Gateway';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly className: string;
    readonly listeners: readonly GatewayListener[];
    /** Those that are asked for. */
    readonly addresses: readonly Ip[];
  };
  readonly status: { readonly addresses: readonly Ip[] };
}

export interface HttpRouteParent {
  readonly kind: string;
  readonly name: string;
  /** null: that of the route. */
  readonly namespace: string | null;
  /** A listener by name; null: all of them. */
  readonly sectionName: string | null;
  readonly port: number | null;
}

export interface HttpRouteMatch {
  readonly path: { readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value: string };
  readonly method: string | null;
  readonly headers: readonly HttpRouteValue[];
  readonly queryParams: readonly HttpRouteValue[];
}

export interface HttpRouteValue {
  readonly type: 'Exact' | 'RegularExpression';
  readonly name: string;
  readonly value: string;
}

export interface HttpRouteBackend {
  readonly kind: string;
  readonly name: string;
  /** null: that of the route. */
  readonly namespace: string | null;
  readonly port: number | null;
  readonly weight: number;
}

export interface HttpRouteRule {
  /** Any of them; never empty. */
  readonly matches: readonly HttpRouteMatch[];
  readonly backendRefs: readonly HttpRouteBackend[];
  /** The status of a filter RequestRedirect; null without one. */
  readonly redirect: number | null;
}

export interface HttpRoute {
  readonly kind: 'HTTPRoute';
  readonly metadata: ObjectMeta;
  /** metadata.creationTimestamp; null where the manifest has none: then it is younger than all that have one. */
  readonly created: string | null;
  readonly spec: {
    readonly parentRefs: readonly HttpRouteParent[];
    /** None: every host of the listener. */
    readonly hostnames: readonly string[];
    readonly rules: readonly HttpRouteRule[];
  };
}

export interface ReferenceGrant {
  readonly kind: 'ReferenceGrant';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly from: readonly { readonly kind: string; readonly namespace: string }[];
    /** `name` null: all of the kind. */
    readonly to: readonly { readonly kind: string; readonly name: string | null }[];
  };
}
