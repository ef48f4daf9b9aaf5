// The difference between two clusters, where it is one Service and the slices behind it.

import type { Cluster } from '../controlplane/cluster';
import { type EndpointSlice, SERVICE_NAME_LABEL } from '../kube/endpoints';
import type { Service } from '../kube/service';

/** One Service with its slices; null where there is none. */
export interface ServiceState {
  readonly service: Service | null;
  readonly slices: readonly EndpointSlice[];
}

/** What became of one Service. */
export interface ServiceChange {
  /** `namespace/name`. */
  readonly key: string;
  readonly before: ServiceState;
  readonly after: ServiceState;
}

/** Fields of the cluster that a change of a Service shows in. */
const OF_SERVICES: readonly string[] = ['services', 'endpointSlices'];

/** The one Service that differs; null where more does, or nothing. Objects are compared by identity: see `controlplane/reuse.ts`. */
export function serviceChange(before: Cluster, after: Cluster): ServiceChange | null {
  const old = new Map<string, unknown>(Object.entries(before));
  if (Object.entries(after).some(([field, value]) => !OF_SERVICES.includes(field) && old.get(field) !== value)) return null;
  const keys = new Set([
    ...differing(before.services, after.services).map(keyOfService),
    ...differing(before.endpointSlices, after.endpointSlices).map(keyOfSlice),
  ]);
  const [key] = keys;
  if (key === undefined || keys.size > 1) return null;
  return { key, before: stateOf(before, key), after: stateOf(after, key) };
}

/** What lies between the beginnings and the ends that both lists share: of a long list with one change little is left. */
function differing<Item>(before: readonly Item[], after: readonly Item[]): readonly Item[] {
  if (before === after) return [];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  return [...old.filter((item) => !now.includes(item)), ...now.filter((item) => !old.includes(item))];
}

/** `namespace/name`. */
export function keyOfService({ metadata }: Service): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function keyOfSlice({ metadata }: EndpointSlice): string {
  return `${metadata.namespace}/${metadata.labels[SERVICE_NAME_LABEL] ?? ''}`;
}

/** Whether it is the Service of this key; asked of ten thousand, so the key is taken apart once. */
export function isService(key: string): (service: Service) => boolean {
  const [namespace, name] = key.split('/');
  return ({ metadata }) => metadata.name === name && metadata.namespace === namespace;
}

function stateOf({ services, endpointSlices }: Cluster, key: string): ServiceState {
  const [namespace, name] = key.split('/');
  return {
    service: services.find(isService(key)) ?? null,
    slices: endpointSlices.filter(({ metadata }) => metadata.labels[SERVICE_NAME_LABEL] === name && metadata.namespace === namespace),
  };
}
