// Ingresses and HTTPRoutes that serve nobody: no class or one that nobody serves, a parent that is not there, a back end whose Service, port or
// endpoints are missing. The API server takes all of them.

import type { IngressAdviceFact } from '../kube/advice';
import { SERVICE_NAME_LABEL } from '../kube/endpoints';
import type { FieldPath } from '../kube/field-path';
import type { Finding } from '../kube/finding';
import type { HttpRoute } from '../kube/gateway';
import { CLASS_ANNOTATION, type Ingress, type IngressBackend } from '../kube/ingress';
import { isStored, refOf } from '../kube/meta';
import { mostSimilar } from '../kube/nearest';
import type { ObjectRef } from '../kube/ref';
import type { Service } from '../kube/service';
import type { Cluster } from './cluster';
import { attachedRoutes, isGranted } from './gateways';
import { isServedByNginx } from './ingress';
import type { Reviewed } from './reviewed';

export function adviseOnIngresses({ text, cluster }: Reviewed): readonly Finding[] {
  return [
    ...text.ingresses.flatMap((written) => adviseOnIngress(settledForm(written, cluster), cluster)),
    ...text.httpRoutes.flatMap((route) => adviseOnRoute(route, cluster)),
  ];
}

/** The Ingress with the class that admission gave it. */
function settledForm(written: Ingress, { ingresses }: Cluster): Ingress {
  const { namespace, name } = written.metadata;
  return ingresses.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name) ?? written;
}

function adviseOnIngress(ingress: Ingress, cluster: Cluster): readonly Finding[] {
  const object = refOf(ingress);
  const { defaultBackend, rules } = ingress.spec;
  const named: readonly [IngressBackend | null, FieldPath][] = [
    [defaultBackend, ['spec', 'defaultBackend']],
    ...rules.flatMap(({ paths }, index) =>
      (paths ?? []).map(({ backend }, at): [IngressBackend | null, FieldPath] => [
        backend,
        ['spec', 'rules', index, 'http', 'paths', at, 'backend'],
      ]),
    ),
  ];
  const namespace = ingress.metadata.namespace ?? 'default';
  const backends = named.flatMap(([backend, path]) =>
    backend === null ? [] : adviseOnBackend({ object, path: [...path, 'service'] }, { ...backend, namespace }, cluster),
  );
  return [...adviseOnClass(ingress, cluster), ...backends];
}

function adviseOnClass(ingress: Ingress, { ingressClasses }: Cluster): readonly Finding[] {
  if (isServedByNginx(ingress, ingressClasses)) return [];
  const object = refOf(ingress);
  const known = ingressClasses.map(({ metadata }) => metadata.name);
  const { className } = ingress.spec;
  const annotated = ingress.metadata.annotations[CLASS_ANNOTATION];
  if (className === null && annotated === undefined)
    return [{ object, path: ['spec'], severity: 'warning', code: 'ingress-without-class', known }];
  const path = className === null ? ['metadata', 'annotations', CLASS_ANNOTATION] : ['spec', 'ingressClassName'];
  const name = className ?? annotated ?? '';
  const owner = ingressClasses.find(({ metadata }) => metadata.name === className);
  if (owner !== undefined) return [{ object, path, severity: 'hint', code: 'ingress-class-elsewhere', name, controller: owner.controller }];
  // A running cluster took it, so the class is there and was not copied.
  if (isStored(ingress.metadata)) return [];
  return [{ object, path, severity: 'warning', code: 'ingress-class-unknown', name, known }];
}

interface About {
  readonly object: ObjectRef;
  readonly path: FieldPath;
}

interface Named {
  readonly namespace: string;
  readonly service: string;
  readonly port: number | string | null;
}

/** The first of: no such Service, no such port, nobody ready. */
function adviseOnBackend(about: About, { namespace, service: name, port }: Named, cluster: Cluster): readonly Finding[] {
  const say = (fact: IngressAdviceFact): readonly Finding[] => [{ ...about, ...fact }];
  const service = cluster.services.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  if (service === undefined) {
    const neighbours = cluster.services.filter(({ metadata }) => metadata.namespace === namespace).map(({ metadata }) => metadata.name);
    const elsewhere = cluster.services.find(({ metadata }) => metadata.name === name)?.metadata.namespace ?? null;
    return say({ severity: 'warning', code: 'backend-service-missing', service: name, nearest: mostSimilar(name, neighbours), elsewhere });
  }
  const chosen = service.spec.ports.find((one) => one.port === port || one.name === port || one.targetPort === port);
  if (chosen === undefined) {
    const ports = service.spec.ports.map((one) => (one.name === null ? String(one.port) : `${one.port} (${one.name})`));
    return say({ severity: 'warning', code: 'backend-port-missing', service: name, port: String(port), ports });
  }
  return isServed(service, cluster) ? [] : say({ severity: 'warning', code: 'backend-without-endpoint', service: name });
}

function isServed({ metadata, spec }: Service, { endpointSlices }: Cluster): boolean {
  if (spec.type === 'ExternalName') return true;
  const own = endpointSlices.filter(
    (slice) => slice.metadata.namespace === metadata.namespace && slice.metadata.labels[SERVICE_NAME_LABEL] === metadata.name,
  );
  return own.some(({ endpoints }) => endpoints.some(({ conditions }) => conditions.ready));
}

function adviseOnRoute(route: HttpRoute, cluster: Cluster): readonly Finding[] {
  const object = refOf(route);
  const from = route.metadata.namespace ?? 'default';
  const attached = cluster.gateways.some((gateway) =>
    gateway.spec.listeners.some((listener) => attachedRoutes(gateway, listener, cluster).includes(route)),
  );
  const gateways = cluster.gateways.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  const alone: readonly Finding[] = attached
    ? []
    : [{ object, path: ['spec', 'parentRefs'], severity: 'warning', code: 'route-without-gateway', gateways }];
  const backends = route.spec.rules.flatMap(({ backendRefs }, index) =>
    backendRefs.flatMap(({ kind, name, namespace, port }, at): readonly Finding[] => {
      if (kind !== 'Service') return [];
      const about: About = { object, path: ['spec', 'rules', index, 'backendRefs', at] };
      const to = namespace ?? from;
      if (!isGranted(cluster, { from, to, service: name }))
        return [{ ...about, severity: 'warning', code: 'backend-not-granted', service: name, namespace: to }];
      return adviseOnBackend(about, { namespace: to, service: name, port }, cluster);
    }),
  );
  return [...alone, ...backends];
}
