// A program that answers HTTP by asking others: virtual servers by host name, locations by path (and method, header fields, query), and for
// each the addresses behind it. Plain data, as a configuration file would hold it; `trace/http-route.ts` reads it for one request.
// Both lists are ordered by whoever wrote them: the first server whose host fits takes the request, and of its locations the first that fits.

import type { Wildcard } from '../net/host-pattern';
import type { SocketAddress } from '../net/packet';
import type { Provenance } from '../net/provenance';

export type PathRule =
  /** The very same path. */
  | { readonly kind: 'exact'; readonly path: string }
  /** Whole elements of the path; a slash at the end of either is of no account. */
  | { readonly kind: 'prefix'; readonly path: string }
  /** The path begins with these letters. */
  | { readonly kind: 'letters'; readonly path: string };

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** All of it has to hold. */
export interface LocationMatch {
  readonly path: PathRule;
  /** null: any. */
  readonly method: string | null;
  readonly headers: readonly NamedValue[];
  readonly query: readonly NamedValue[];
}

/** Why nobody can be asked. */
export type Lack = 'no-service' | 'no-port' | 'no-endpoint' | 'not-permitted';

/** Who is behind a location. */
export interface Upstream {
  /** As people name it: `shop/api:80`. */
  readonly name: string;
  /** Its share among the upstreams of the location. */
  readonly weight: number;
  readonly addresses: readonly SocketAddress[];
  /** What the proxy says by itself where there is no address. */
  readonly otherwise: { readonly status: number; readonly lack: Lack } | null;
  readonly provenance: Provenance;
}

export type HttpAction =
  | { readonly kind: 'forward'; readonly upstreams: readonly Upstream[] }
  /** The proxy answers by itself. */
  | { readonly kind: 'answer'; readonly status: number };

export interface HttpLocation {
  readonly match: LocationMatch;
  /** Whether plain HTTP is sent to HTTPS: always, or where the host has a certificate. */
  readonly toHttps: 'never' | 'with-certificate' | 'always';
  readonly action: HttpAction;
  readonly provenance: Provenance;
}

export interface HttpServer {
  /** `shop.example`, `*.example`; empty for every host. */
  readonly host: string;
  readonly locations: readonly HttpLocation[];
  /** Takes the requests that no location fits; null: 404. */
  readonly otherwise: HttpLocation | null;
  readonly provenance: Provenance;
}

export interface HttpProxy {
  /** The program, as sentences name it. */
  readonly program: string;
  readonly servers: readonly HttpServer[];
  readonly wildcard: Wildcard;
  /** Hosts with a certificate, wildcards of one label included. */
  readonly certificates: readonly string[];
  /** How many back ends are asked one after the other where one does not answer (proxy_next_upstream_tries). */
  readonly tries: number;
}
