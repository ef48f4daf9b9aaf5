// The configuration that ingress-nginx makes of the Ingresses of its classes (internal/ingress/controller/controller.go: getBackendServers,
// createServers): one server for each host, one location for each path and type, the oldest Ingress first. A host that has a server is
// never served by a wildcard, nor by rules without a host.
// Left out: rewriting, regular expressions, canaries, snippets, authentication, server aliases.

import type { Cluster } from '../controlplane/cluster';
import { controllerPods, isServedByNginx } from '../controlplane/ingress';
import type { Ingress, IngressBackend, IngressPath } from '../kube/ingress';
import { compareText } from '../kube/ref';
import type { Service, ServicePort } from '../kube/service';
import type { HttpAction, HttpLocation, HttpProxy, HttpServer, PathRule } from '../linux/http-proxy';
import { compareHosts } from '../net/host-pattern';
import { NO_PROVENANCE, type Provenance } from '../net/provenance';
import { becauseOf, familiesOf, type UpstreamRules, upstreamOf } from './http-upstream';

/** Its key in `World.proxies`: all Pods of the controller are set up alike. */
export const NGINX_PROXY = 'ingress-nginx';

export function nginxProxy(cluster: Cluster): HttpProxy {
  const served = cluster.ingresses.filter((ingress) => isServedByNginx(ingress, cluster.ingressClasses)).sort(byAge);
  const hosts = [...new Set(served.flatMap(({ spec }) => spec.rules.map(({ host }) => host ?? '')))];
  const around: Around = { cluster, rules: upstreamRules(cluster) };
  const servers = [...hosts.filter((host) => host !== '').map((host) => serverOf(host, served, around)), serverForAll(served, around)];
  return {
    program: 'ingress-nginx',
    // Without anything for other hosts its last server is the built-in one, which answers 404.
    servers: servers
      .filter(({ locations, otherwise }) => locations.length > 0 || otherwise !== null)
      .sort((a, b) => compareHosts(a.host, b.host)),
    wildcard: 'one-label',
    certificates: served.flatMap(({ spec }) => (spec.tls.length === 0 ? [] : spec.rules.flatMap(({ host }) => host ?? []))),
    tries: 3,
  };
}

/** The oldest first, of one age by name backwards (store.go, sortIngressSlice). */
function byAge(a: Ingress, b: Ingress): number {
  return compareText(a.created ?? LATE, b.created ?? LATE) || compareText(keyOf(b), keyOf(a));
}

/** What has no date is created as the manifest is applied: after all that have one. */
const LATE = '~';

function keyOf({ metadata }: Ingress): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** The port by its number or name. The controller takes the targetPort too (serviceEndpoints); the first port that fits is meant. */
function choosePort({ spec }: Service, port: number | string | null): ServicePort | undefined {
  const wanted = String(port);
  return spec.ports.find(({ port: number, targetPort, name }) => [String(number), String(targetPort), name].includes(wanted));
}

function upstreamRules(cluster: Cluster): UpstreamRules {
  const families = familiesOf(controllerPods(cluster).flatMap(({ status }) => status.podIPs));
  return { families, choosePort, statuses: { 'no-service': 503, 'no-port': 503, 'no-endpoint': 503, 'not-permitted': 503 } };
}

interface Around {
  readonly cluster: Cluster;
  readonly rules: UpstreamRules;
}

function serverOf(host: string, served: readonly Ingress[], around: Around): HttpServer {
  const first = served.find(({ spec }) => spec.rules.some((rule) => (rule.host ?? '') === host));
  const at = first?.spec.rules.findIndex((rule) => (rule.host ?? '') === host) ?? 0;
  return {
    host,
    locations: locationsOf(host, served, around),
    otherwise: first === undefined ? null : rootOf(first, around),
    provenance: first === undefined ? NO_PROVENANCE : becauseOf(first, ['spec', 'rules', at, 'host']),
  };
}

/** The server of all other hosts: rules without a host, and the oldest Ingress that has a default back end and no rule. */
function serverForAll(served: readonly Ingress[], around: Around): HttpServer {
  const catchAll = served.find(({ spec }) => spec.defaultBackend !== null && spec.rules.length === 0);
  const everything = catchAll === undefined ? null : { ...rootOf(catchAll, around), toHttps: 'never' as const };
  const locations = locationsOf('', served, around);
  const isRoot = ({ match }: HttpLocation): boolean => match.path.kind === 'prefix' && match.path.path === '/';
  return {
    host: '',
    locations: everything === null ? locations : locations.filter((location) => !isRoot(location)),
    otherwise: everything,
    provenance: everything?.provenance ?? NO_PROVENANCE,
  };
}

/** What takes the paths that no rule names: the Ingress' default back end, else nobody. */
function rootOf(ingress: Ingress, around: Around): HttpLocation {
  const { defaultBackend } = ingress.spec;
  const because = becauseOf(ingress, defaultBackend === null ? ['spec', 'rules'] : ['spec', 'defaultBackend']);
  const action: HttpAction =
    defaultBackend === null ? { kind: 'answer', status: 404 } : forwarded(ingress, { backend: defaultBackend, because }, around);
  return { match: matchOf({ kind: 'prefix', path: '/' }), toHttps: toHttps(ingress), action, provenance: because };
}

function forwarded(
  { metadata }: Ingress,
  { backend, because }: { backend: IngressBackend; because: Provenance },
  { cluster, rules }: Around,
): HttpAction {
  const named = { namespace: metadata.namespace ?? 'default', service: backend.service, port: backend.port, weight: 1, because };
  return { kind: 'forward', upstreams: [upstreamOf(cluster, named, rules)] };
}

/** The paths of all rules with this very host: of one path and type the oldest Ingress' own. */
function locationsOf(host: string, served: readonly Ingress[], around: Around): readonly HttpLocation[] {
  const found = new Map<string, HttpLocation>();
  for (const ingress of served)
    for (const [index, rule] of ingress.spec.rules.entries()) {
      if ((rule.host ?? '') !== host) continue;
      for (const [at, path] of (rule.paths ?? []).entries()) {
        const key = `${path.pathType} ${path.path === '' ? '/' : path.path}`;
        if (path.backend === null || found.has(key)) continue;
        const because = becauseOf(ingress, ['spec', 'rules', index, 'http', 'paths', at]);
        const action = forwarded(ingress, { backend: path.backend, because }, around);
        found.set(key, { match: matchOf(ruleOf(path)), toHttps: toHttps(ingress), action, provenance: because });
      }
    }
  return [...found.values()].sort((a, b) => compareLocations(a.match.path, b.match.path));
}

function matchOf(path: PathRule): HttpLocation['match'] {
  return { path, method: null, headers: [], query: [] };
}

function ruleOf({ path, pathType }: IngressPath): PathRule {
  const written = path === '' ? '/' : path;
  switch (pathType) {
    case 'Exact':
      return { kind: 'exact', path: written };
    case 'Prefix':
      return { kind: 'prefix', path: written };
    case 'ImplementationSpecific':
      return { kind: 'letters', path: written };
  }
}

/** Exact paths first, then the longest; a prefix of elements is written with a slash at its end, and as an exact path beside. */
function compareLocations(a: PathRule, b: PathRule): number {
  return KINDS[a.kind] - KINDS[b.kind] || lengthOf(b) - lengthOf(a) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind);
}

const KINDS: Readonly<Record<PathRule['kind'], number>> = { exact: 0, prefix: 1, letters: 1 };
const ORDER: readonly PathRule['kind'][] = ['exact', 'prefix', 'letters'];

function lengthOf({ kind, path }: PathRule): number {
  return kind === 'prefix' && !path.endsWith('/') ? path.length + 1 : path.length;
}

const SSL_REDIRECT = 'nginx.ingress.kubernetes.io/ssl-redirect';
const FORCE_SSL_REDIRECT = 'nginx.ingress.kubernetes.io/force-ssl-redirect';

function toHttps({ metadata: { annotations } }: Ingress): HttpLocation['toHttps'] {
  if (annotations[FORCE_SSL_REDIRECT] === 'true') return 'always';
  return annotations[SSL_REDIRECT] === 'false' ? 'never' : 'with-certificate';
}
