// The checks behind a proxy: which of its rules took the request, and the Service behind that rule, whose Pods the proxy asks itself.

import { isServedByNginx } from '../controlplane/ingress';
import { NGINX_PROXY } from '../dataplane/ingress-nginx';
import { ruleText } from '../explain/http-fact';
import type { Ingress } from '../kube/ingress';
import { refOf } from '../kube/meta';
import { mostSimilar } from '../kube/nearest';
import { readProvenance } from '../kube/ref';
import { NO_PROVENANCE } from '../net/provenance';
import { unreachable } from '../net/unreachable';
import { routeHttp } from '../trace/http-route';
import type { StepOf } from '../trace/step';
import { type Call, proxyCall, type Ways } from './call';
import { behindProxy } from './called';
import type { Cause } from './diagnosis';
import { type Given, labelOf, serviceNamed } from './given';
import { nodeStages } from './node-stages';
import { firstLines, NOTHING } from './output';
import { remedyAt } from './pod-fault';
import { refusedObject } from './refused';
import { behindService, serviceStages } from './service-stages';
import { cause, kubectl, type Look, type Stage } from './stage';

type Routed = StepOf<'http-routed'>;

/** None where no proxy read the request. */
export function proxyStages(given: Given, ways: Ways): readonly Stage[] {
  const routed = ways.shown.steps.findLast((step): step is Routed => step.kind === 'http-routed');
  if (routed === undefined) return [];
  return [{ code: 'proxy-rule', about: 'proxy', look: () => ruled(given, routed) }, ...upstreamStages(given, routed, ways)];
}

interface NamedUpstream {
  readonly namespace: string;
  readonly name: string;
  readonly port: string | null;
}

/** `shop/api:80`. */
function upstreamOf({ decision }: Routed): NamedUpstream | null {
  const text = decision.upstream?.name;
  const [, namespace, name, port] = /^([^/]+)\/([^:]+)(?::(.+))?$/.exec(text ?? '') ?? [];
  return namespace === undefined || name === undefined ? null : { namespace, name, port: port ?? null };
}

function upstreamStages(given: Given, routed: Routed, ways: Ways): readonly Stage[] {
  const named = upstreamOf(routed);
  const service = named === null ? null : serviceNamed(given, named.namespace, named.name);
  if (named === null || service === null) return [];
  const call: Call | null = proxyCall(ways);
  const behind = behindService(given, behindProxy(service, named.port), { about: 'back-end', call });
  return [...serviceStages(behind), ...(call === null ? [] : nodeStages(behind, call))];
}

function ruled(given: Given, routed: Routed): Look {
  const { request, program, decision } = routed;
  const ref = readProvenance(routed.location?.provenance ?? routed.server?.provenance ?? NO_PROVENANCE)?.ref ?? null;
  const rules = given.cluster.ingresses.flatMap(rulesOf);
  return {
    fact: { code: 'proxy-rule', program, host: request.host, path: request.path, upstream: decision.upstream?.name ?? '' },
    command: kubectl(
      ref === null
        ? `get ${program === 'gateway' ? 'gateways,httproutes' : 'ingresses,ingressclasses'} -A`
        : `describe ${ref.kind.toLowerCase()} -n ${ref.namespace} ${ref.name}`,
    ),
    output: rules.length === 0 ? NOTHING : firstLines(rules),
    complaint: decision.kind === 'answered' ? refused(given, routed, decision) : null,
  };
}

/** `shop.example  /api  api:80`. */
function rulesOf({ spec }: Ingress): readonly string[] {
  return spec.rules.flatMap(({ host, paths }) =>
    (paths ?? []).map(
      ({ path, backend }) =>
        `${host ?? '*'}   ${path === '' ? '/' : path}   ${backend === null ? '' : `${backend.service}:${backend.port}`}`,
    ),
  );
}

function refused(given: Given, routed: Routed, { why, status }: Extract<Routed['decision'], { kind: 'answered' }>): Cause | 'symptom' {
  const { program, request } = routed;
  if (isOutdated(given, routed)) return cause({ code: 'proxy-behind', program, host: request.host, path: request.path });
  switch (why) {
    case 'no-server':
      return unknownHost(given, routed);
    case 'no-location':
      return unknownPath(given, routed);
    case 'no-service':
      return missingService(given, routed);
    case 'no-port':
      return missingPort(given, routed);
    case 'no-endpoint':
      return 'symptom';
    case 'no-upstream':
    case 'not-permitted':
    case 'fixed':
    case 'to-https':
    case 'wrong-scheme':
    case 'upstream-refused':
    case 'upstream-silent':
    case 'upstream-no-http':
      return cause({ code: 'proxy-answers', program, status, why }, objectOf(routed));
    default:
      return unreachable(why);
  }
}

function objectOf({
  location,
  server,
  decision,
}: Routed): { readonly object: ReturnType<typeof refOf>; readonly path: readonly (string | number)[] } | null {
  const found = readProvenance(decision.upstream?.provenance ?? location?.provenance ?? server?.provenance ?? NO_PROVENANCE);
  return found === null ? null : { object: found.ref, path: found.path };
}

/** With the configuration that the objects ask for, the request would have found another rule. */
function isOutdated(given: Given, { program, request, location }: Routed): boolean {
  const key = Object.entries(given.world.proxies).find(([, proxy]) => proxy.program === program)?.[0] ?? NGINX_PROXY;
  const wanted = given.wanted().proxies[key];
  if (wanted === undefined || given.world.proxies[key] === undefined) return false;
  return routeHttp(wanted, request).location?.provenance !== location?.provenance;
}

function unknownHost(given: Given, { request }: Routed): Cause {
  const { ingresses, ingressClasses } = given.cluster;
  const own = ingresses.find((ingress) => ingress.spec.rules.some(({ host }) => host === request.host));
  if (own !== undefined && !isServedByNginx(own, ingressClasses)) return notServed(given, own, request.host);
  const hosts = ingresses.flatMap(({ spec }) => spec.rules.flatMap(({ host }) => host ?? []));
  const near = mostSimilar(request.host, hosts);
  const ingress = ingresses.find(({ spec }) => spec.rules.some(({ host }) => host === near)) ?? ingresses[0];
  const fact = { code: 'ingress-host-unknown', host: request.host, hosts, nearest: near } as const;
  if (ingress === undefined) return cause(fact);
  const index = Math.max(
    0,
    ingress.spec.rules.findIndex(({ host }) => host === near),
  );
  const at = { object: refOf(ingress), path: ['spec', 'rules', index, 'host'] };
  return cause(fact, { ...at, remedy: near === null ? null : remedyAt(given, at, request.host) });
}

function notServed(given: Given, ingress: Ingress, host: string): Cause {
  const known = given.cluster.ingressClasses
    .filter(({ controller }) => controller === 'k8s.io/ingress-nginx')
    .map(({ metadata }) => metadata.name);
  const at = { object: refOf(ingress), path: ['spec', 'ingressClassName'] };
  const [only] = known;
  return cause(
    { code: 'ingress-not-served', ingress: labelOf(given, ingress.metadata), host, name: ingress.spec.className, known },
    { ...at, remedy: known.length === 1 ? remedyAt(given, at, only ?? null) : null },
  );
}

function unknownPath(given: Given, routed: Routed): Cause {
  const { request, passedOver, server } = routed;
  const own = given.cluster.ingresses.find((ingress) => ingress.spec.rules.some(({ host }) => (host ?? '') === (server?.host ?? '')));
  const fact = {
    code: 'ingress-path-unknown',
    host: request.host,
    path: request.path,
    rules: passedOver.map(({ location }) => ruleText(location)),
  } as const;
  return cause(fact, own === undefined ? null : { object: refOf(own), path: ['spec', 'rules'] });
}

function missingService(given: Given, routed: Routed): Cause {
  const { namespace, name } = upstreamOf(routed) ?? { namespace: 'default', name: '' };
  const { services } = given.cluster;
  const here = services.flatMap(({ metadata }) => (metadata.namespace === namespace ? [metadata.name] : []));
  const elsewhere = services.find(({ metadata }) => metadata.name === name)?.metadata.namespace ?? null;
  const refused = refusedObject(given, { kind: 'Service', namespace, name });
  if (refused !== null) return refused;
  const at = objectOf(routed);
  const nearest = mostSimilar(name, here);
  const fact = { code: 'ingress-service-missing', ingress: ingressLabel(given, at), service: name, nearest, elsewhere } as const;
  if (at === null) return cause(fact);
  const field = { ...at, path: [...at.path, 'backend', 'service', 'name'] };
  return cause(fact, { ...field, remedy: isIngressPath(at.path) ? remedyAt(given, field, nearest) : null });
}

function missingPort(given: Given, routed: Routed): Cause {
  const { namespace, name, port } = upstreamOf(routed) ?? { namespace: 'default', name: '', port: null };
  const service = serviceNamed(given, namespace, name);
  const ports = service?.spec.ports ?? [];
  const at = objectOf(routed);
  const fact = {
    code: 'ingress-port-missing',
    ingress: ingressLabel(given, at),
    service: name,
    port: port ?? '',
    ports: ports.map(({ port: number, name: called }) => (called === null ? String(number) : `${number} (${called})`)),
  } as const;
  if (at === null) return cause(fact);
  const isNumber = /^\d+$/.test(port ?? '');
  const field = { ...at, path: [...at.path, 'backend', 'service', 'port', isNumber ? 'number' : 'name'] };
  const [only] = ports;
  const right = ports.length !== 1 ? null : isNumber ? (only?.port ?? null) : (only?.name ?? null);
  return cause(fact, { ...field, remedy: isIngressPath(at.path) ? remedyAt(given, field, right) : null });
}

function isIngressPath(path: readonly (string | number)[]): boolean {
  return path.includes('paths');
}

function ingressLabel(given: Given, at: { readonly object: ReturnType<typeof refOf> } | null): string {
  return at === null ? '' : labelOf(given, at.object);
}
