// Which server and which location of a proxy take a request, and which were tried and passed over. A pure function of the
// configuration: the order of servers and locations is the proxy's own, the first that fits wins.

import type { HttpLocation, HttpProxy, HttpServer, LocationMatch, PathRule } from '../linux/http-proxy';
import { fitsHost } from '../net/host-pattern';
import type { HttpRequest } from '../net/http';
import { unreachable } from '../net/unreachable';

/** The part of a location that the request does not fit; null: it would fit, but another one came first. */
export type Misfit = 'path' | 'method' | 'header' | 'query';

export interface PassedLocation {
  readonly location: HttpLocation;
  readonly failed: Misfit | null;
}

export interface HttpRouted {
  /** null: no server has the host. */
  readonly server: HttpServer | null;
  /** The hosts of the servers that were asked before it. */
  readonly passedHosts: readonly string[];
  /** null: the server has none for this request. */
  readonly location: HttpLocation | null;
  /** The location is the server's own for all that no other takes. */
  readonly byDefault: boolean;
  readonly passedOver: readonly PassedLocation[];
}

export function routeHttp(proxy: HttpProxy, request: HttpRequest): HttpRouted {
  const at = proxy.servers.findIndex(({ host }) => fitsHost(host, request.host, proxy.wildcard));
  const server = proxy.servers[at] ?? null;
  const passedHosts = [...new Set((server === null ? proxy.servers : proxy.servers.slice(0, at)).map(({ host }) => host))];
  if (server === null) return { server, passedHosts, location: null, byDefault: false, passedOver: [] };
  const tried = server.locations.map((location) => ({ location, failed: misfit(location.match, request) }));
  const chosen = tried.find(({ failed }) => failed === null) ?? null;
  return {
    server,
    passedHosts,
    location: chosen?.location ?? server.otherwise,
    byDefault: chosen === null,
    passedOver: tried.filter((one) => one !== chosen),
  };
}

/** The first part of the match that does not hold. */
export function misfit(match: LocationMatch, request: HttpRequest): Misfit | null {
  if (!fitsPath(match.path, request.path)) return 'path';
  if (match.method !== null && match.method !== request.method) return 'method';
  if (!match.headers.every(({ name, value }) => request.headers[name.toLowerCase()] === value)) return 'header';
  return match.query.every(({ name, value }) => request.query[name] === value) ? null : 'query';
}

function fitsPath(rule: PathRule, path: string): boolean {
  switch (rule.kind) {
    case 'exact':
      return rule.path === path;
    case 'prefix': {
      const base = rule.path.replace(/\/$/, '');
      return path === base || path.startsWith(`${base}/`);
    }
    case 'letters':
      return path.startsWith(rule.path);
    default:
      return unreachable(rule);
  }
}

/** Whether plain HTTP is answered with the address of HTTPS (308). */
export function isSentToHttps(proxy: HttpProxy, location: HttpLocation | null, { scheme, host }: HttpRequest): boolean {
  if (scheme === 'https' || location === null) return false;
  if (location.toHttps !== 'with-certificate') return location.toHttps === 'always';
  return proxy.certificates.some((name) => fitsHost(name, host, 'one-label'));
}
