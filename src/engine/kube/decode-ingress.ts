// Ingress and IngressClass as the API server stores them. Without a pathType it would refuse the object.

import { decodeMeta } from './decode-meta';
import { decodeIngressPoint } from './decode-service';
import { isPresent, list, map, type Raw, text, texts, whole, word } from './fields';
import type { Ingress, IngressBackend, IngressClass, IngressPath, IngressRule } from './ingress';

export function decodeIngress(raw: Raw): Ingress {
  const spec = map(raw.spec);
  return {
    kind: 'Ingress',
    metadata: decodeMeta(raw, true),
    created: text(map(raw.metadata).creationTimestamp),
    spec: {
      className: text(spec.ingressClassName),
      defaultBackend: decodeBackend(map(spec.defaultBackend)),
      rules: list(spec.rules).map((rule) => decodeRule(map(rule))),
      tls: list(spec.tls).map((entry) => ({ hosts: texts(map(entry).hosts), secretName: text(map(entry).secretName) })),
    },
    status: { loadBalancer: list(map(map(raw.status).loadBalancer).ingress).map((point) => decodeIngressPoint(map(point))) },
  };
}

function decodeRule(rule: Raw): IngressRule {
  const paths = list(map(rule.http).paths).map((path) => decodePath(map(path)));
  return { host: text(rule.host)?.toLowerCase() ?? null, paths: isPresent(rule.http) ? paths : null };
}

function decodePath({ path, pathType, backend }: Raw): IngressPath {
  return {
    path: text(path) ?? '',
    pathType: word(pathType, ['Exact', 'Prefix', 'ImplementationSpecific'], 'ImplementationSpecific'),
    backend: decodeBackend(map(backend)),
  };
}

function decodeBackend(backend: Raw): IngressBackend | null {
  const service = map(backend.service);
  const name = text(service.name);
  const port = map(service.port);
  return name === null ? null : { service: name, port: text(port.name) ?? whole(port.number) ?? 0 };
}

export function decodeIngressClass(raw: Raw): IngressClass {
  return { kind: 'IngressClass', metadata: decodeMeta(raw, false), controller: text(map(raw.spec).controller) ?? '' };
}
