// EndpointSlices and Endpoints. Conditions that are absent count as they do for their readers: ready and serving, not terminating.

import { parseIp } from '../net/ip';
import { decodeMeta } from './decode-meta';
import { PROTOCOLS } from './decode-pod';
import type { Endpoint, EndpointAddress, EndpointPort, EndpointSlice, Endpoints } from './endpoints';
import { isPresent, list, map, type Raw, text, texts, truth, whole, word } from './fields';
import type { ObjectRef } from './ref';

export function decodeEndpointSlice(raw: Raw): EndpointSlice {
  return {
    kind: 'EndpointSlice',
    metadata: decodeMeta(raw, true),
    addressType: word(raw.addressType, ['IPv4', 'IPv6', 'FQDN'], 'IPv4'),
    endpoints: list(raw.endpoints).map((endpoint) => decodeEndpoint(map(endpoint))),
    ports: list(raw.ports).map((port) => decodePort(map(port))),
  };
}

function decodeEndpoint(endpoint: Raw): Endpoint {
  const { ready, serving, terminating } = map(endpoint.conditions);
  const hints = map(endpoint.hints);
  const named = (value: unknown): readonly string[] => list(value).flatMap((hint) => text(map(hint).name) ?? []);
  return {
    addresses: texts(endpoint.addresses).map((address) => parseIp(address) ?? address),
    conditions: { ready: truth(ready, true), serving: truth(serving, true), terminating: truth(terminating, false) },
    hostname: text(endpoint.hostname),
    nodeName: text(endpoint.nodeName),
    zone: text(endpoint.zone),
    hints: isPresent(endpoint.hints) ? { zones: named(hints.forZones), nodes: named(hints.forNodes) } : null,
    targetRef: decodeRef(endpoint.targetRef),
  };
}

function decodeRef(value: unknown): ObjectRef | null {
  const { kind, namespace, name } = map(value);
  return isPresent(value) ? { kind: text(kind) ?? '', namespace: text(namespace), name: text(name) ?? '' } : null;
}

function decodePort({ name, port, protocol }: Raw): EndpointPort {
  return { name: text(name) ?? '', port: whole(port), protocol: word(protocol, PROTOCOLS, 'TCP') };
}

export function decodeEndpoints(raw: Raw): Endpoints {
  const addresses = (value: unknown): readonly EndpointAddress[] => list(value).flatMap((address) => decodeAddress(map(address)));
  return {
    kind: 'Endpoints',
    metadata: decodeMeta(raw, true),
    subsets: list(raw.subsets)
      .map(map)
      .map((subset) => ({
        addresses: addresses(subset.addresses),
        notReadyAddresses: addresses(subset.notReadyAddresses),
        ports: list(subset.ports).map((port) => decodePort(map(port))),
      })),
  };
}

function decodeAddress(address: Raw): readonly EndpointAddress[] {
  const ip = parseIp(text(address.ip) ?? '');
  return ip === null
    ? []
    : [{ ip, hostname: text(address.hostname), nodeName: text(address.nodeName), targetRef: decodeRef(address.targetRef) }];
}
