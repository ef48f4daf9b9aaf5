// The EndpointSlice controller at work: slices as they should be, compared with those that stand, Service by Service.

import { MANAGED_BY_LABEL, SLICE_CONTROLLER, writeSlices } from '../controlplane/endpoint-slices';
import { type EndpointSlice, SERVICE_NAME_LABEL } from '../kube/endpoints';
import { refOf } from '../kube/meta';
import type { LifeDraft } from './life-draft';

export function writeEndpoints(draft: LifeDraft): void {
  const { services, pods, nodes, endpointSlices } = draft.cluster;
  const wanted = bySubject(writeSlices(services, pods, nodes));
  const present = bySubject(endpointSlices.filter(isOurs));
  for (const subject of new Set([...wanted.keys(), ...present.keys()]))
    rewrite(draft, wanted.get(subject) ?? [], present.get(subject) ?? []);
}

export function isOurs({ metadata }: EndpointSlice): boolean {
  return metadata.labels[MANAGED_BY_LABEL] === SLICE_CONTROLLER;
}

function bySubject(slices: readonly EndpointSlice[]): ReadonlyMap<string, readonly EndpointSlice[]> {
  const grouped = new Map<string, EndpointSlice[]>();
  for (const slice of slices) {
    const subject = `${slice.metadata.namespace}/${slice.metadata.labels[SERVICE_NAME_LABEL]}`;
    grouped.set(subject, [...(grouped.get(subject) ?? []), slice]);
  }
  return grouped;
}

function rewrite(draft: LifeDraft, wanted: readonly EndpointSlice[], present: readonly EndpointSlice[]): void {
  const changed = wanted.filter(
    (slice) => !present.some((other) => other.metadata.name === slice.metadata.name && sameContent(other, slice)),
  );
  const gone = present.filter((slice) => !wanted.some(({ metadata }) => metadata.name === slice.metadata.name));
  const [some] = [...changed, ...gone];
  if (some === undefined) return;
  const [before, after] = [readyIn(present), readyIn(wanted)];
  const service = { kind: 'Service', namespace: some.metadata.namespace, name: some.metadata.labels[SERVICE_NAME_LABEL] ?? '' };
  draft.tell(service, {
    code: 'endpoints-written',
    ready: after,
    unready: addressesIn(wanted, ({ ready, terminating }) => ready === false && terminating !== true),
    terminating: addressesIn(wanted, ({ terminating }) => terminating === true),
    added: after.filter((address) => !before.includes(address)),
    removed: before.filter((address) => !after.includes(address)),
  });
  for (const slice of changed) draft.put(slice);
  for (const slice of gone) draft.remove(refOf(slice));
}

function sameContent(a: EndpointSlice, b: EndpointSlice): boolean {
  const content = ({ addressType, endpoints, ports, metadata }: EndpointSlice) => [addressType, endpoints, ports, metadata.labels];
  return JSON.stringify(content(a)) === JSON.stringify(content(b));
}

function readyIn(slices: readonly EndpointSlice[]): readonly string[] {
  return addressesIn(slices, ({ ready }) => ready !== false);
}

function addressesIn(
  slices: readonly EndpointSlice[],
  counts: (conditions: EndpointSlice['endpoints'][number]['conditions']) => boolean,
): readonly string[] {
  return slices.flatMap(({ endpoints }) => endpoints.filter(({ conditions }) => counts(conditions)).flatMap(({ addresses }) => addresses));
}
