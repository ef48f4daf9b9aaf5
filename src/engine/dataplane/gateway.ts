// What the HTTPRoutes of a Gateway come to (gateway-api apis/v1, HTTPRouteSpec): for each port the hosts of its listeners, within a listener the
// hosts that routes share with it, and for each host the matches of all its routes in order of precedence. Whoever implements the class does
// that; the simulation plays it at the Gateway's own address.
// Left out: matches by regular expression (such a match serves nobody), filters other than a redirection, kinds of routes but HTTPRoute.

import type { Cluster } from '../controlplane/cluster';
import { attachedRoutes, isGranted } from '../controlplane/gateways';
import type { Gateway, GatewayListener, HttpRoute, HttpRouteBackend, HttpRouteMatch, HttpRouteRule, HttpRouteValue } from '../kube/gateway';
import { compareText } from '../kube/ref';
import type { Service, ServicePort } from '../kube/service';
import type { HttpAction, HttpLocation, HttpProxy, HttpServer, LocationMatch, NamedValue, Upstream } from '../linux/http-proxy';
import { commonHosts, compareHosts } from '../net/host-pattern';
import { becauseOf, familiesOf, type NamedBackend, refusedUpstream, type UpstreamRules, upstreamOf } from './http-upstream';

/** The proxies of a Gateway by port. */
export function gatewayProxies(gateway: Gateway, cluster: Cluster): ReadonlyMap<number, HttpProxy> {
  const ports = [...new Set(httpListeners(gateway).map(({ port }) => port))];
  return new Map(ports.map((port) => [port, proxyOf(gateway, port, cluster)]));
}

/** Listeners that speak HTTP. */
export function httpListeners({ spec }: Gateway): readonly GatewayListener[] {
  return spec.listeners.filter(({ protocol }) => protocol === 'HTTP' || protocol === 'HTTPS');
}

function proxyOf(gateway: Gateway, port: number, cluster: Cluster): HttpProxy {
  const listeners = httpListeners(gateway).filter((listener) => listener.port === port);
  const ordered = [...listeners].sort((a, b) => compareHosts(a.hostname ?? '', b.hostname ?? ''));
  return {
    program: 'gateway',
    servers: ordered.flatMap((listener) => serversOf(gateway, listener, cluster)),
    wildcard: 'labels',
    certificates: [],
    tries: 1,
  };
}

/** A route that shares a host with the listener. */
interface Hosted {
  readonly route: HttpRoute;
  readonly host: string;
}

/** The more precise hosts first, and behind them the listener itself: a request for its host goes to no other listener. */
function serversOf(gateway: Gateway, listener: GatewayListener, cluster: Cluster): readonly HttpServer[] {
  const own = listener.hostname ?? '';
  const hosted = attachedRoutes(gateway, listener, cluster).flatMap((route) =>
    hostsOf(route, own).map((host): Hosted => ({ route, host })),
  );
  const because = becauseOf(gateway, ['spec', 'listeners', gateway.spec.listeners.indexOf(listener)]);
  const hosts = [...new Set([...hosted.map(({ host }) => host), own])].sort(compareHosts);
  return hosts.map((host) => ({
    host,
    locations: locationsOf(
      hosted.filter((one) => one.host === host).map(({ route }) => route),
      { gateway, cluster },
    ),
    otherwise: null,
    provenance: because,
  }));
}

function hostsOf({ spec }: HttpRoute, listener: string): readonly string[] {
  if (spec.hostnames.length === 0) return [listener];
  return [...new Set(spec.hostnames.flatMap((host) => commonHosts(listener, host) ?? []))];
}

/** One match of one rule of one route. */
interface Candidate {
  readonly route: HttpRoute;
  readonly rule: HttpRouteRule;
  readonly match: HttpRouteMatch;
  readonly place: readonly [rule: number, match: number];
}

interface Around {
  readonly gateway: Gateway;
  readonly cluster: Cluster;
}

function locationsOf(routes: readonly HttpRoute[], around: Around): readonly HttpLocation[] {
  const candidates = routes.flatMap((route) =>
    route.spec.rules.flatMap((rule, index) =>
      rule.matches.filter(isSupported).map((match): Candidate => ({ route, rule, match, place: [index, rule.matches.indexOf(match)] })),
    ),
  );
  return candidates.sort(byPrecedence).map(({ route, rule, match, place: [index, at] }) => ({
    match: matchOf(match),
    toHttps: 'never',
    action: actionOf(route, rule, { index, ...around }),
    // A rule without matches has the one that fits everything, which nobody wrote.
    provenance: becauseOf(route, ['spec', 'rules', index, 'matches', at]),
  }));
}

function isSupported({ path, headers, queryParams }: HttpRouteMatch): boolean {
  return path.type !== 'RegularExpression' && [...headers, ...queryParams].every(({ type }) => type === 'Exact');
}

/** Exact path, longest prefix, method, most header fields, most parameters; then the oldest route, its name, its first rule. */
function byPrecedence(a: Candidate, b: Candidate): number {
  return (
    Number(b.match.path.type === 'Exact') - Number(a.match.path.type === 'Exact') ||
    b.match.path.value.length - a.match.path.value.length ||
    Number(b.match.method !== null) - Number(a.match.method !== null) ||
    b.match.headers.length - a.match.headers.length ||
    b.match.queryParams.length - a.match.queryParams.length ||
    compareText(a.route.created ?? LATE, b.route.created ?? LATE) ||
    compareText(keyOf(a.route), keyOf(b.route)) ||
    a.place[0] - b.place[0] ||
    a.place[1] - b.place[1]
  );
}

/** What has no date is created as the manifest is applied: after all that have one. */
const LATE = '~';

function keyOf({ metadata }: HttpRoute): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function matchOf({ path, method, headers, queryParams }: HttpRouteMatch): LocationMatch {
  return {
    path: { kind: path.type === 'Exact' ? 'exact' : 'prefix', path: path.value },
    method,
    headers: firstOfEach(headers, (name) => name.toLowerCase()),
    query: firstOfEach(queryParams, (name) => name),
  };
}

/** Of entries with one name the first counts. */
function firstOfEach(values: readonly HttpRouteValue[], key: (name: string) => string): readonly NamedValue[] {
  return values
    .filter(({ name }, index) => values.findIndex((other) => key(other.name) === key(name)) === index)
    .map(({ name, value }) => ({ name, value }));
}

interface AtRule extends Around {
  readonly index: number;
}

function actionOf(route: HttpRoute, { backendRefs, redirect }: HttpRouteRule, around: AtRule): HttpAction {
  if (redirect !== null) return { kind: 'answer', status: redirect };
  return { kind: 'forward', upstreams: backendRefs.map((backend, at) => upstreamFor(route, backend, { ...around, at })) };
}

function upstreamFor(
  route: HttpRoute,
  { kind, name, namespace: other, port, weight }: HttpRouteBackend,
  { gateway, cluster, index, at }: AtRule & { readonly at: number },
): Upstream {
  const own = route.metadata.namespace ?? 'default';
  const namespace = other ?? own;
  const because = becauseOf(route, ['spec', 'rules', index, 'backendRefs', at]);
  const named: NamedBackend = { namespace, service: name, port, weight, because };
  if (kind !== 'Service') return refusedUpstream(named, { status: 500, lack: 'no-service' });
  if (!isGranted(cluster, { from: own, to: namespace, service: name }))
    return refusedUpstream(named, { status: 500, lack: 'not-permitted' });
  const rules: UpstreamRules = {
    families: familiesOf(gateway.status.addresses),
    choosePort: ({ spec }: Service): ServicePort | undefined => spec.ports.find((one) => one.port === port),
    statuses: { 'no-service': 500, 'no-port': 500, 'no-endpoint': 503, 'not-permitted': 500 },
  };
  return upstreamOf(cluster, named, rules);
}
