// Services and Ingresses as JSON, with the addresses and ports that they were given.

import type { ApiObject } from './kube/meta';
import type { Service } from './kube/service';
import type { JsonMap } from './objects';
import { mapIn } from './stored-json';

export function serviceParts(service: Service, whole: JsonMap): JsonMap {
  const { spec, status } = service;
  const clusterIPs = spec.clusterIPs === 'None' ? ['None'] : spec.clusterIPs;
  const external = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  const written = mapIn(whole, 'spec');
  return {
    spec: {
      ...written,
      ...(clusterIPs[0] === undefined ? {} : { clusterIP: clusterIPs[0], clusterIPs }),
      ...(external ? { externalTrafficPolicy: spec.externalTrafficPolicy } : {}),
      ...(spec.type === 'ExternalName'
        ? {}
        : {
            internalTrafficPolicy: spec.internalTrafficPolicy,
            ipFamilies: spec.ipFamilies.map((of) => `IPv${of}`),
            ipFamilyPolicy: spec.ipFamilyPolicy,
          }),
      ...(spec.ports.length === 0 ? {} : { ports: spec.ports.map(servicePort) }),
      ...(spec.selector === null ? {} : { selector: spec.selector }),
      sessionAffinity: spec.sessionAffinity.kind,
      type: spec.type,
    },
    status: { loadBalancer: loadBalancer(status.loadBalancer) },
  };
}

function servicePort({ name, port, protocol, targetPort, nodePort, appProtocol }: Service['spec']['ports'][number]): JsonMap {
  return {
    ...(appProtocol === null ? {} : { appProtocol }),
    ...(name === null ? {} : { name }),
    ...(nodePort === null ? {} : { nodePort }),
    port,
    protocol,
    targetPort,
  };
}

function loadBalancer(points: Service['status']['loadBalancer']): JsonMap {
  if (points.length === 0) return {};
  return {
    ingress: points.map(({ ip, hostname, ipMode }) => ({
      ...(hostname === null ? {} : { hostname }),
      ...(ip === null ? {} : { ip, ipMode }),
    })),
  };
}

export function ingressParts({ spec, status }: Extract<ApiObject, { kind: 'Ingress' }>): JsonMap {
  return {
    ...(spec.className === null ? {} : { spec: { ingressClassName: spec.className } }),
    status: { loadBalancer: loadBalancer(status.loadBalancer) },
  };
}
