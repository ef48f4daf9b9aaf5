// EndpointSlices and Endpoints as JSON. Of the latter most are written by nobody: a controller copies them from the slices.

import type { Cluster } from './controlplane/cluster';
import { type EndpointSlice, SERVICE_NAME_LABEL } from './kube/endpoints';
import { type ApiObject, refOf } from './kube/meta';
import { compareText, formatRef } from './kube/ref';
import type { Service } from './kube/service';
import type { JsonMap, StoredObject } from './objects';

export function sliceParts({ addressType, endpoints, ports }: EndpointSlice): JsonMap {
  return {
    addressType,
    endpoints: endpoints.map(({ addresses, conditions, hostname, nodeName, zone, targetRef }) => ({
      addresses,
      conditions: { ready: conditions.ready, serving: conditions.serving, terminating: conditions.terminating },
      ...(hostname === null ? {} : { hostname }),
      ...(nodeName === null ? {} : { nodeName }),
      ...(targetRef === null ? {} : { targetRef: { kind: targetRef.kind, name: targetRef.name, namespace: targetRef.namespace } }),
      ...(zone === null ? {} : { zone }),
    })),
    ports: ports.map(({ name, port, protocol }) => ({ name, ...(port === null ? {} : { port }), protocol })),
  };
}

/**
 * Those that the endpoints controller keeps for each Service with a selector, of its first family only, and the API server's own, which
 * stand beside its slice (reconcilers/endpointsadapter.go).
 */
export function madeEndpoints(cluster: Cluster): readonly StoredObject[] {
  const { endpoints, services } = cluster;
  const names = new Set(endpoints.map((one) => formatRef(refOf(one))));
  return services
    .filter((service) => service.spec.type !== 'ExternalName' && (service.spec.selector !== null || isOfTheServer(cluster, service)))
    .map((service) => endpointsOf(cluster, service))
    .filter((one) => !names.has(formatRef(one)));
}

function isOfTheServer(cluster: Cluster, { metadata }: Service): boolean {
  return cluster.added.includes(formatRef({ kind: 'EndpointSlice', namespace: metadata.namespace, name: metadata.name }));
}

export function subsetJson({ addresses, notReadyAddresses, ports }: Extract<ApiObject, { kind: 'Endpoints' }>['subsets'][number]): JsonMap {
  const ips = (of: typeof addresses) => of.map(({ ip, nodeName }) => ({ ip, ...(nodeName === null ? {} : { nodeName }) }));
  return {
    ...(addresses.length === 0 ? {} : { addresses: ips(addresses) }),
    ...(notReadyAddresses.length === 0 ? {} : { notReadyAddresses: ips(notReadyAddresses) }),
    ports: ports.map(({ name, port, protocol }) => ({ ...(name === '' ? {} : { name }), ...(port === null ? {} : { port }), protocol })),
  };
}

function endpointsOf(cluster: Cluster, { metadata, spec }: Service): StoredObject {
  const { name, namespace, labels, creationTimestamp } = metadata;
  const slices = cluster.endpointSlices.filter(
    (slice) =>
      slice.metadata.namespace === namespace &&
      slice.metadata.labels[SERVICE_NAME_LABEL] === name &&
      slice.addressType === `IPv${spec.ipFamilies[0] ?? 4}`,
  );
  const subsets = slices.filter((slice) => slice.endpoints.length > 0).map(subsetOf);
  const json = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name,
      ...(namespace === null ? {} : { namespace }),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      ...(creationTimestamp === null ? {} : { creationTimestamp }),
    },
    ...(subsets.length === 0 ? {} : { subsets }),
  };
  return { kind: 'Endpoints', namespace, name, labels, json };
}

function subsetOf({ endpoints, ports }: EndpointSlice): JsonMap {
  const ips = (ready: boolean) =>
    endpoints
      .filter(({ conditions }) => conditions.ready === ready)
      .flatMap(({ addresses, nodeName }) => addresses.map((ip) => ({ ip, ...(nodeName === null ? {} : { nodeName }) })))
      .sort((a, b) => compareText(a.ip, b.ip));
  const [addresses, notReadyAddresses] = [ips(true), ips(false)];
  return {
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(notReadyAddresses.length === 0 ? {} : { notReadyAddresses }),
    ...(ports.length === 0
      ? {}
      : {
          ports: ports.map(({ name, port, protocol }) => ({
            ...(name === '' ? {} : { name }),
            ...(port === null ? {} : { port }),
            protocol,
          })),
        }),
  };
}
