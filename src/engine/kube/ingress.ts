// Ingress and IngressClass: which HTTP requests go to which Service. By themselves they do nothing; a controller has to read them.
// A backend that is no Service (`resource`) is kept as null.

import type { ObjectMeta } from './meta';
import type { LoadBalancerIngress } from './service';

export interface IngressBackend {
  /** A Service of the Ingress' own namespace. */
  readonly service: string;
  /** A port of that Service, by its number or its name. */
  readonly port: number | string;
}

export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

export interface IngressPath {
  /** Empty where none is written. */
  readonly path: string;
  readonly pathType: PathType;
  /** null: a resource that is no Service. */
  readonly backend: IngressBackend | null;
}

export interface IngressRule {
  /** null: every host. */
  readonly host: string | null;
  /** null: the rule names a host and nothing else. */
  readonly paths: readonly IngressPath[] | null;
}

export interface Ingress {
  readonly kind: 'Ingress';
  readonly metadata: ObjectMeta;
  /** metadata.creationTimestamp; null where the manifest has none: then it is younger than all that have one. */
  readonly created: string | null;
  readonly spec: {
    readonly className: string | null;
    readonly defaultBackend: IngressBackend | null;
    readonly rules: readonly IngressRule[];
    readonly tls: readonly { readonly hosts: readonly string[]; readonly secretName: string | null }[];
  };
  readonly status: { readonly loadBalancer: readonly LoadBalancerIngress[] };
}

export interface IngressClass {
  readonly kind: 'IngressClass';
  readonly metadata: ObjectMeta;
  readonly controller: string;
}

/** The older way to name a class. */
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
