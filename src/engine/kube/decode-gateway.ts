// Gateway and HTTPRoute, with the defaults of their definitions (gateway-api apis/v1).

import { parseIp } from '../net/ip';
import { decodeMeta } from './decode-meta';
import { decodeSelector } from './decode-selector';
import { isPresent, list, map, type Raw, text, texts, whole, word } from './fields';
import type {
  Gateway,
  GatewayListener,
  HttpRoute,
  HttpRouteBackend,
  HttpRouteMatch,
  HttpRouteRule,
  HttpRouteValue,
  ReferenceGrant,
} from './gateway';

export function decodeGateway(raw: Raw): Gateway {
  const spec = map(raw.spec);
  return {
    kind: 'Gateway',
    metadata: decodeMeta(raw, true),
    spec: {
      className: text(spec.gatewayClassName) ?? '',
      listeners: list(spec.listeners).map((listener) => decodeListener(map(listener))),
      addresses: addresses(spec.addresses),
    },
    status: { addresses: addresses(map(raw.status).addresses) },
  };
}

function addresses(value: unknown): Gateway['status']['addresses'] {
  return list(value).flatMap((address) => parseIp(text(map(address).value) ?? '') ?? []);
}

function decodeListener({ name, port, protocol, hostname, allowedRoutes }: Raw): GatewayListener {
  const namespaces = map(map(allowedRoutes).namespaces);
  return {
    name: text(name) ?? '',
    port: whole(port) ?? 0,
    protocol: text(protocol) ?? '',
    hostname: text(hostname)?.toLowerCase() ?? null,
    routesFrom: word(namespaces.from, ['Same', 'All', 'Selector', 'None'], 'Same'),
    routesSelector: isPresent(namespaces.selector) ? decodeSelector(map(namespaces.selector)) : null,
  };
}

export function decodeHttpRoute(raw: Raw): HttpRoute {
  const spec = map(raw.spec);
  return {
    kind: 'HTTPRoute',
    metadata: decodeMeta(raw, true),
    created: text(map(raw.metadata).creationTimestamp),
    spec: {
      parentRefs: list(spec.parentRefs).map((parent) => decodeParent(map(parent))),
      hostnames: texts(spec.hostnames).map((name) => name.toLowerCase()),
      rules: isPresent(spec.rules)
        ? list(spec.rules).map((rule) => decodeRule(map(rule)))
        : [{ matches: [ANY_PATH], backendRefs: [], redirect: null }],
    },
  };
}

function decodeParent({ kind, name, namespace, sectionName, port }: Raw): HttpRoute['spec']['parentRefs'][number] {
  return {
    kind: text(kind) ?? 'Gateway',
    name: text(name) ?? '',
    namespace: text(namespace),
    sectionName: text(sectionName),
    port: whole(port),
  };
}

const ANY_PATH: HttpRouteMatch = { path: { type: 'PathPrefix', value: '/' }, method: null, headers: [], queryParams: [] };

function decodeRule({ matches, backendRefs, filters }: Raw): HttpRouteRule {
  const written = list(matches).map((match) => decodeMatch(map(match)));
  return {
    matches: written.length === 0 ? [ANY_PATH] : written,
    backendRefs: list(backendRefs).map((backend) => decodeBackend(map(backend))),
    redirect: redirectOf(list(filters).map(map)),
  };
}

/** 302 where the filter does not say otherwise. */
function redirectOf(filters: readonly Raw[]): number | null {
  const filter = filters.find(({ type }) => type === 'RequestRedirect');
  return filter === undefined ? null : (whole(map(filter.requestRedirect).statusCode) ?? 302);
}

function decodeMatch({ path, method, headers, queryParams }: Raw): HttpRouteMatch {
  return {
    path: {
      type: word(map(path).type, ['Exact', 'PathPrefix', 'RegularExpression'], 'PathPrefix'),
      value: text(map(path).value) ?? '/',
    },
    method: text(method),
    headers: list(headers).map((header) => named(map(header))),
    queryParams: list(queryParams).map((parameter) => named(map(parameter))),
  };
}

function named({ type, name, value }: Raw): HttpRouteValue {
  return { type: word(type, ['Exact', 'RegularExpression'], 'Exact'), name: text(name) ?? '', value: text(value) ?? '' };
}

function decodeBackend({ kind, name, namespace, port, weight }: Raw): HttpRouteBackend {
  return {
    kind: text(kind) ?? 'Service',
    name: text(name) ?? '',
    namespace: text(namespace),
    port: whole(port),
    weight: whole(weight) ?? 1,
  };
}

export function decodeReferenceGrant(raw: Raw): ReferenceGrant {
  const { from, to } = map(raw.spec);
  return {
    kind: 'ReferenceGrant',
    metadata: decodeMeta(raw, true),
    spec: {
      from: list(from)
        .map(map)
        .map(({ kind, namespace }) => ({ kind: text(kind) ?? '', namespace: text(namespace) ?? '' })),
      to: list(to)
        .map(map)
        .map(({ kind, name }) => ({ kind: text(kind) ?? '', name: text(name) })),
    },
  };
}
