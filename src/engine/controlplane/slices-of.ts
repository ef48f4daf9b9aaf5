// The EndpointSlices of a cluster in the form of the conformance cases: by Service, then ports, then endpoints.

import { type EndpointSlice, SERVICE_NAME_LABEL } from '../kube/endpoints';
import { compareText, type ObjectRef } from '../kube/ref';
import type { Cluster } from './cluster';

export interface ComparedSlice {
  /** `namespace/name`. */
  readonly service: string;
  readonly ports: readonly { readonly name: string; readonly port: number | null; readonly protocol: string }[];
  readonly endpoints: readonly ComparedEndpoint[];
}

export interface ComparedEndpoint {
  readonly address: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly nodeName: string | null;
  readonly targetRef: ObjectRef | null;
}

/** Every slice that belongs to a Service, sorted. */
export function slicesOf(cluster: Pick<Cluster, 'endpointSlices'>): readonly ComparedSlice[] {
  const slices = cluster.endpointSlices.flatMap((slice) => {
    const service = slice.metadata.labels[SERVICE_NAME_LABEL];
    return service === undefined ? [] : [compared(slice, `${slice.metadata.namespace}/${service}`)];
  });
  return slices.sort(
    (a, b) =>
      compareText(a.service, b.service) || compareText(text(a.ports), text(b.ports)) || compareText(text(a.endpoints), text(b.endpoints)),
  );
}

function compared(slice: EndpointSlice, service: string): ComparedSlice {
  const ports = slice.ports
    .map(({ name, port, protocol }) => ({ name, port, protocol }))
    .sort((a, b) => compareText(a.name, b.name) || compareText(text(a), text(b)));
  const endpoints = slice.endpoints.map(
    ({ addresses, conditions, nodeName, targetRef }): ComparedEndpoint => ({
      address: addresses[0] ?? '',
      ready: conditions.ready,
      serving: conditions.serving,
      terminating: conditions.terminating,
      nodeName,
      targetRef: targetRef === null ? null : { kind: targetRef.kind, namespace: targetRef.namespace, name: targetRef.name },
    }),
  );
  return { service, ports, endpoints: endpoints.sort((a, b) => compareText(a.address, b.address) || compareText(text(a), text(b))) };
}

function text(value: unknown): string {
  return JSON.stringify(value);
}
