// An Ingress: hosts, paths and back ends (pkg/apis/networking/validation).

import { parseIp } from '../net/ip';
import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { pointerChoice } from './field-rules';
import { isPresent, list, map, type Raw, strings, text } from './fields';
import { isDnsSubdomain, isPathSegment, isPort, isPortName, isServiceName, isWildcardSubdomain } from './lexical';

export function ingressFaults(raw: Raw): readonly Fault[] {
  const spec = map(raw.spec);
  const rules = list(spec.rules).map(map);
  const annotation = map(map(raw.metadata).annotations)['kubernetes.io/ingress.class'];
  return [
    ...(rules.length === 0 && !isPresent(spec.defaultBackend) ? [fault(['spec'], 'no-rules')] : []),
    ...(isPresent(spec.defaultBackend) ? backendFaults(map(spec.defaultBackend), ['spec', 'defaultBackend']) : []),
    ...rules.flatMap((rule, index) => ruleFaults(rule, ['spec', 'rules', index])),
    ...list(spec.tls).flatMap((entry, index) => tlsFaults(map(entry), ['spec', 'tls', index])),
    ...(isPresent(spec.ingressClassName) && !isDnsSubdomain(String(spec.ingressClassName))
      ? [fault(['spec', 'ingressClassName'], 'not-dns-subdomain', spec.ingressClassName)]
      : []),
    ...(isPresent(spec.ingressClassName) && typeof annotation === 'string' && annotation !== spec.ingressClassName
      ? [fault(['annotations', 'kubernetes.io/ingress.class'], 'class-twice', annotation, [String(spec.ingressClassName)])]
      : []),
  ];
}

function ruleFaults(rule: Raw, path: FieldPath): readonly Fault[] {
  const host = text(rule.host);
  const http = rule.http;
  const paths = list(map(http).paths).map(map);
  return [
    ...(host === null ? [] : hostFaults(host, [...path, 'host'])),
    ...(isPresent(http) && paths.length === 0 ? [fault([...path, 'http', 'paths'], 'missing')] : []),
    ...paths.flatMap((entry, index) => pathFaults(entry, [...path, 'http', 'paths', index])),
  ];
}

/** A name without port, no address; a wildcard is the whole first label and not alone. */
function hostFaults(host: string, path: FieldPath): readonly Fault[] {
  return parseIp(host) === null && isHostPattern(host) ? [] : [fault(path, 'not-a-host', host)];
}

function isHostPattern(host: string): boolean {
  return host.includes('*') ? isWildcardSubdomain(host) : isDnsSubdomain(host);
}

/** Certificates may be for addresses. */
function tlsFaults(entry: Raw, path: FieldPath): readonly Fault[] {
  const secret = text(entry.secretName);
  return [
    ...strings(entry.hosts).flatMap((host, at) => (isHostPattern(host) ? [] : [fault([...path, 'hosts', at], 'not-a-host', host)])),
    ...(secret !== null && !isDnsSubdomain(secret) ? [fault([...path, 'secretName'], 'not-dns-subdomain', secret)] : []),
  ];
}

const PATH_TYPES = ['Exact', 'Prefix', 'ImplementationSpecific'];
/** What no path may hold (invalidPathSequences). */
const FORBIDDEN_SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const FORBIDDEN_ENDINGS = ['/..', '/.'];

function pathFaults(entry: Raw, path: FieldPath): readonly Fault[] {
  const at = [...path, 'path'];
  const written = text(entry.path) ?? '';
  const strict = entry.pathType === 'Exact' || entry.pathType === 'Prefix';
  const free = entry.pathType === 'ImplementationSpecific' && written !== '';
  const relative = (strict || free) && !written.startsWith('/');
  const sequence = strict
    ? (FORBIDDEN_SEQUENCES.find((part) => written.includes(part)) ?? FORBIDDEN_ENDINGS.find((part) => written.endsWith(part)))
    : undefined;
  // Without a type the API server looks no further.
  if (!isPresent(entry.pathType)) return [fault([...path, 'pathType'], 'missing')];
  return [
    ...pointerChoice(entry.pathType, [...path, 'pathType'], PATH_TYPES),
    ...(relative ? [fault(at, 'not-absolute', written)] : []),
    ...(sequence === undefined ? [] : [fault(at, 'path-sequence', written, [sequence])]),
    ...backendFaults(map(entry.backend), [...path, 'backend']),
  ];
}

const PORT_FORMS = ['service.port.name', 'service.port.number'];

function backendFaults(backend: Raw, path: FieldPath): readonly Fault[] {
  const { service, resource } = backend;
  if (isPresent(service) && isPresent(resource)) return [fault(path, 'backend-twice', null, ['service', 'resource'])];
  if (!isPresent(service))
    return isPresent(resource)
      ? resourceFaults(map(resource), [...path, 'resource'])
      : [fault(path, 'backend-needs-one', null, ['service', 'resource'])];
  const { name, port } = map(service);
  const { number, name: portName } = map(port);
  const at = [...path, 'service'];
  const named = text(name);
  const both = text(portName) !== null && isPresent(number) && number !== 0;
  const neither = text(portName) === null && (!isPresent(number) || number === 0);
  return [
    ...(named === null
      ? [fault([...at, 'name'], 'missing')]
      : isServiceName(named)
        ? []
        : [fault([...at, 'name'], 'not-service-name', named)]),
    ...(both
      ? [fault(path, 'one-port-form', null, PORT_FORMS)]
      : neither
        ? [fault(path, 'backend-port-missing', null, PORT_FORMS)]
        : portFaults(number, portName, [...at, 'port'])),
  ];
}

function portFaults(number: unknown, name: unknown, path: FieldPath): readonly Fault[] {
  const named = text(name);
  if (named !== null) return isPortName(named) ? [] : [fault([...path, 'name'], 'not-port-name', named)];
  return isPort(number) ? [] : [fault([...path, 'number'], 'not-a-port', number)];
}

function resourceFaults(resource: Raw, path: FieldPath): readonly Fault[] {
  return (['kind', 'name'] as const).flatMap((field) => {
    const value = text(resource[field]);
    if (value === null) return [fault([...path, field], 'missing')];
    return isPathSegment(value) ? [] : [fault([...path, field], 'not-path-segment', value)];
  });
}

/** An IngressClass names its controller as a domain and a path. */
export function ingressClassFaults(raw: Raw): readonly Fault[] {
  const path = ['spec', 'controller'];
  const controller = text(map(raw.spec).controller);
  if (controller === null) return [fault(path, 'missing')];
  const [domain = '', ...rest] = controller.split('/');
  const named = isDnsSubdomain(domain) && rest.length > 0 && rest.every((part) => part !== '' && isPathSegment(part));
  return [
    ...(controller.length > MAX_CONTROLLER ? [fault(path, 'too-long', null, [String(MAX_CONTROLLER)])] : []),
    ...(named ? [] : [fault(path, 'not-a-controller', controller)]),
  ];
}

const MAX_CONTROLLER = 250;
