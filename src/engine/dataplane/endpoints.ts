// Which endpoints serve a port from a node: decided once, the same for every mode of kube-proxy.
// (pkg/proxy/topology.go: CategorizeEndpoints; pkg/proxy/endpointslicecache.go)

import type { Cluster } from '../controlplane/cluster';
import { type EndpointPort, type EndpointSlice, SERVICE_NAME_LABEL } from '../kube/endpoints';
import type { FieldPath } from '../kube/field-path';
import { refOf } from '../kube/meta';
import type { Node } from '../kube/node';
import { compareText, type ObjectRef, provenance } from '../kube/ref';
import { family, parseIp } from '../net/ip';
import { formatSocket, type SocketAddress } from '../net/packet';
import type { Provenance } from '../net/provenance';
import { isExternallyAccessible, type ProxiedPort } from './service-ports';

/** One address behind a port, as kube-proxy keeps it. */
export interface ProxiedEndpoint {
  readonly address: SocketAddress;
  /** `10.1.1.10:8080`: its key, and what the rules are ordered by. */
  readonly key: string;
  readonly nodeName: string | null;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly zoneHints: readonly string[];
  readonly nodeHints: readonly string[];
  /** The Pod behind it, else the line that lists its address. */
  readonly provenance: Provenance;
  /** The line that states its port number, where somebody wrote the endpoints by hand; null where the Service's targetPort does. */
  readonly portProvenance: Provenance | null;
}

/** What a node may use. */
export interface UsableEndpoints {
  readonly cluster: readonly ProxiedEndpoint[];
  readonly local: readonly ProxiedEndpoint[];
  /** The union of both, in order. */
  readonly reachable: readonly ProxiedEndpoint[];
  /** Whether there is any endpoint at all, wherever it runs. */
  readonly any: boolean;
}

/** Slices by `namespace/service`, so that ten thousand Services are not searched once each. */
export type SlicesByService = ReadonlyMap<string, readonly EndpointSlice[]>;

// Asked for every node and by CoreDNS: kept as long as the list itself.
const indices = new WeakMap<readonly EndpointSlice[], SlicesByService>();

export function slicesByService({ endpointSlices }: Pick<Cluster, 'endpointSlices'>): SlicesByService {
  const known = indices.get(endpointSlices) ?? indexed(endpointSlices);
  indices.set(endpointSlices, known);
  return known;
}

function indexed(endpointSlices: readonly EndpointSlice[]): SlicesByService {
  const slices = new Map<string, EndpointSlice[]>();
  for (const slice of endpointSlices) {
    const key = `${slice.metadata.namespace}/${slice.metadata.labels[SERVICE_NAME_LABEL] ?? ''}`;
    const known = slices.get(key);
    if (known === undefined) slices.set(key, [slice]);
    else known.push(slice);
  }
  return slices;
}

/** All endpoints of a port as kube-proxy of this node sees them, sorted as strings. One that two slices list is one: that of this node wins. */
export function endpointsOf(port: ProxiedPort, slices: SlicesByService, node: Node): readonly ProxiedEndpoint[] {
  const found = new Map<string, ProxiedEndpoint>();
  for (const slice of slices.get(`${port.ref.namespace}/${port.ref.name}`) ?? []) {
    if (slice.addressType !== (port.family === 4 ? 'IPv4' : 'IPv6')) continue;
    for (const endpoint of slice.ports.flatMap((listed, index) => endpointsIn(slice, port, { listed, index })))
      if (!found.has(endpoint.key) || isOn(node, endpoint)) found.set(endpoint.key, endpoint);
  }
  return [...found.values()].sort((a, b) => compareText(a.key, b.key));
}

function serves(candidate: EndpointPort, { port }: ProxiedPort): boolean {
  return candidate.name === (port.name ?? '') && candidate.protocol === port.protocol;
}

function isOn({ metadata }: Node, { nodeName }: { readonly nodeName: string | null }): boolean {
  return nodeName === metadata.name;
}

/** Of each endpoint only the first address counts. */
function endpointsIn(
  slice: EndpointSlice,
  port: ProxiedPort,
  { listed, index: portIndex }: { listed: EndpointPort; index: number },
): readonly ProxiedEndpoint[] {
  const number = listed.port;
  if (number === null || !serves(listed, port)) return [];
  const portProvenance = isByHand(port) ? written(slice, ['ports', portIndex, 'port']) : null;
  return slice.endpoints.flatMap((endpoint, index): readonly ProxiedEndpoint[] => {
    const ip = parseIp(endpoint.addresses[0] ?? '');
    if (ip === null || family(ip) !== port.family) return [];
    const address = { ip, port: number };
    const pod = endpoint.targetRef?.kind === 'Pod' ? endpoint.targetRef : null;
    return [
      {
        address,
        key: formatSocket(address),
        nodeName: endpoint.nodeName,
        ...endpoint.conditions,
        zoneHints: endpoint.hints?.zones ?? [],
        nodeHints: endpoint.hints?.nodes ?? [],
        provenance: pod === null ? written(slice, ['endpoints', index, 'addresses', 0]) : provenance(pod, ['metadata', 'name']),
        portProvenance,
      },
    ];
  });
}

/** Without a selector no controller computes the endpoints of a Service, and its targetPort is read by nobody. */
function isByHand({ service }: ProxiedPort): boolean {
  return service.spec.selector === null;
}

/** A field of the slice, or the Endpoints object that the mirroring controller copied it from. */
function written(slice: EndpointSlice, path: FieldPath): Provenance {
  const owner = slice.metadata.ownerReferences.find(({ kind }) => kind === 'Endpoints');
  if (owner === undefined) return provenance(refOf(slice), path);
  const endpoints: ObjectRef = { kind: owner.kind, namespace: slice.metadata.namespace, name: owner.name };
  return provenance(endpoints, ['subsets']);
}

const ZONE_LABEL = 'topology.kubernetes.io/zone';

/** Sorts the endpoints of a port for a node, by its traffic policies and by the hints in the slices. */
export function usableEndpoints(port: ProxiedPort, endpoints: readonly ProxiedEndpoint[], node: Node): UsableEndpoints {
  const usesCluster = !port.internalLocal || isExternallyAccessible(port);
  const usesLocal = port.internalLocal || (port.externalLocal && isExternallyAccessible(port));
  const cluster = usesCluster ? orTerminating(endpoints.filter(topologyFilter(endpoints, node)), endpoints) : [];
  const here = endpoints.filter((endpoint) => isOn(node, endpoint));
  const local = usesLocal
    ? orTerminating(
        here.filter(({ ready }) => ready),
        here,
      )
    : [];
  const any = cluster.length > 0 || (usesLocal && endpoints.some((endpoint) => endpoint.ready || isLastResort(endpoint)));
  return { cluster, local, reachable: endpoints.filter((endpoint) => cluster.includes(endpoint) || local.includes(endpoint)), any };
}

/** Where nobody is ready, those that still serve while they terminate are better than none. */
function orTerminating(ready: readonly ProxiedEndpoint[], all: readonly ProxiedEndpoint[]): readonly ProxiedEndpoint[] {
  return ready.length > 0 ? ready : all.filter(isLastResort);
}

function isLastResort({ serving, terminating }: ProxiedEndpoint): boolean {
  return serving && terminating;
}

/** The hints count only where every ready endpoint has one and at least one of them names this node, or its zone. */
function topologyFilter(endpoints: readonly ProxiedEndpoint[], node: Node): (endpoint: ProxiedEndpoint) => boolean {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  const applies = (hints: (endpoint: ProxiedEndpoint) => readonly string[], value: string | undefined): value is string =>
    value !== undefined &&
    ready.every((endpoint) => hints(endpoint).length > 0) &&
    ready.some((endpoint) => hints(endpoint).includes(value));
  const zone = node.metadata.labels[ZONE_LABEL];
  if (applies(({ nodeHints }) => nodeHints, node.metadata.name))
    return (endpoint) => endpoint.ready && endpoint.nodeHints.includes(node.metadata.name);
  if (applies(({ zoneHints }) => zoneHints, zone)) return (endpoint) => endpoint.ready && endpoint.zoneHints.includes(zone);
  return (endpoint) => endpoint.ready;
}
