// The EndpointSlice controller: for every Service with a selector, the addresses and ports behind it (k8s.io/endpointslice,
// reconciler.go and utils.go). Pods whose ports come out alike share slices of a hundred endpoints at most.
// Left out: how slices are refilled over time, and the heuristic behind the annotation topology-mode: Auto.

import { type Endpoint, type EndpointPort, type EndpointSlice, SERVICE_NAME_LABEL } from '../kube/endpoints';
import { selects } from '../kube/meta';
import type { Node } from '../kube/node';
import type { Pod } from '../kube/pod';
import type { Service } from '../kube/service';
import { type Family, family } from '../net/ip';
import type { RunningPod } from './cluster';
import { suffix } from './names';
import { numberOf } from './target-port';

export const MANAGED_BY_LABEL = 'endpointslice.kubernetes.io/managed-by';
export const SLICE_CONTROLLER = 'endpointslice-controller.k8s.io';
export const HEADLESS_LABEL = 'service.kubernetes.io/headless';
const ZONE_LABEL = 'topology.kubernetes.io/zone';
const TOPOLOGY_MODE = 'service.kubernetes.io/topology-mode';

/** --max-endpoints-per-slice of kube-controller-manager. */
const SLICE_CAPACITY = 100;

/** The slices of every Service that the controller serves: none for ExternalName, without selector, or being deleted. */
export function writeSlices(services: readonly Service[], pods: readonly RunningPod[], nodes: readonly Node[]): readonly EndpointSlice[] {
  return services.filter(isServed).flatMap((service) => families(service).flatMap((of) => slicesOfFamily(service, of, { pods, nodes })));
}

function isServed(service: Service): boolean {
  return service.spec.type !== 'ExternalName' && service.spec.selector !== null && service.metadata.deletionTimestamp === null;
}

function families(service: Service): readonly Family[] {
  return service.spec.ipFamilies.length === 0 ? [4] : service.spec.ipFamilies;
}

interface Group {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: Endpoint[];
}

function slicesOfFamily(
  service: Service,
  of: Family,
  around: { pods: readonly RunningPod[]; nodes: readonly Node[] },
): readonly EndpointSlice[] {
  const groups = new Map<string, Group>();
  for (const pod of around.pods.filter((each) => isEndpoint(each, service, around.nodes))) {
    const addresses = pod.status.podIPs.filter((ip) => family(ip) === of);
    if (addresses.length === 0) continue;
    const ports = portsFor(service, pod);
    const group = groups.get(JSON.stringify(ports)) ?? { ports, endpoints: [] };
    group.endpoints.push(endpointOf(pod, { service, addresses, node: nodeOf(pod, around.nodes) }));
    groups.set(JSON.stringify(ports), group);
  }
  // A Service without any endpoint gets an empty slice, so that it can be told from one that nobody looked at yet.
  if (groups.size === 0) groups.set('', { ports: [], endpoints: [] });
  const chunks = [...groups.values()].flatMap(({ ports, endpoints }) => chunked(endpoints).map((chunk) => ({ ports, endpoints: chunk })));
  return chunks.map((chunk, index) => ({
    kind: 'EndpointSlice',
    metadata: {
      name: `${service.metadata.name}-${suffix(`${service.metadata.namespace}/${service.metadata.name}/${of}/${index}`, 5)}`,
      namespace: service.metadata.namespace,
      labels: sliceLabels(service),
      annotations: {},
      uid: null,
      creationTimestamp: null,
      deletionTimestamp: null,
      generation: null,
      ownerReferences: [{ kind: 'Service', name: service.metadata.name, controller: true }],
    },
    addressType: of === 4 ? 'IPv4' : 'IPv6',
    ...chunk,
  }));
}

function chunked(endpoints: readonly Endpoint[]): readonly (readonly Endpoint[])[] {
  const chunks = [endpoints.slice(0, SLICE_CAPACITY)];
  for (let from = SLICE_CAPACITY; from < endpoints.length; from += SLICE_CAPACITY)
    chunks.push(endpoints.slice(from, from + SLICE_CAPACITY));
  return chunks;
}

function sliceLabels(service: Service): Readonly<Record<string, string>> {
  const headless = service.spec.clusterIPs === 'None' ? { [HEADLESS_LABEL]: '' } : {};
  return { ...service.metadata.labels, ...headless, [SERVICE_NAME_LABEL]: service.metadata.name, [MANAGED_BY_LABEL]: SLICE_CONTROLLER };
}

/** Pods that ended have no place in a slice; those that end have one. A Pod of an unknown node only where unready ones are published. */
function isEndpoint(pod: RunningPod, service: Service, nodes: readonly Node[]): boolean {
  if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') return false;
  return isSelected(pod, service) && (nodeOf(pod, nodes) !== null || service.spec.publishNotReadyAddresses);
}

/** Whether the Service's selector chooses the Pod. */
export function isSelected(pod: Pod, service: Service): boolean {
  const { selector } = service.spec;
  return selector !== null && pod.metadata.namespace === service.metadata.namespace && selects(selector, pod.metadata.labels);
}

function nodeOf(pod: Pod, nodes: readonly Node[]): Node | null {
  return nodes.find((node) => node.metadata.name === pod.spec.nodeName) ?? null;
}

/** A named targetPort that the Pod lacks is left out, for this Pod only. */
function portsFor(service: Service, pod: Pod): readonly EndpointPort[] {
  return service.spec.ports.flatMap((port) => {
    const number = numberOf(port, pod);
    return number === null ? [] : [{ name: port.name ?? '', port: number, protocol: port.protocol }];
  });
}

function endpointOf(pod: RunningPod, how: { service: Service; addresses: readonly string[]; node: Node | null }): Endpoint {
  const { service, addresses, node } = how;
  const terminating = pod.metadata.deletionTimestamp !== null;
  const serving = pod.status.ready;
  const ready = service.spec.publishNotReadyAddresses || (serving && !terminating);
  const zone = node?.metadata.labels[ZONE_LABEL] ?? null;
  return {
    addresses,
    conditions: { ready, serving, terminating },
    hostname: pod.spec.hostname !== null && pod.spec.subdomain === service.metadata.name ? pod.spec.hostname : null,
    nodeName: pod.spec.nodeName,
    zone,
    hints: ready ? hintsFor(service, zone, pod.spec.nodeName) : null,
    targetRef: { kind: 'Pod', namespace: pod.metadata.namespace, name: pod.metadata.name },
  };
}

/** trafficDistribution: an endpoint is meant for its own zone, with PreferSameNode for its own node as well (trafficdist.go). */
function hintsFor(service: Service, zone: string | null, node: string | null): Endpoint['hints'] {
  const { trafficDistribution } = service.spec;
  if (trafficDistribution === null || hasAutomaticHints(service)) return null;
  const zones = zone === null ? [] : [zone];
  const nodes = trafficDistribution === 'PreferSameNode' && node !== null ? [node] : [];
  return zones.length + nodes.length === 0 ? null : { zones, nodes };
}

/** The older annotation wins over the field. */
function hasAutomaticHints(service: Service): boolean {
  return ['Auto', 'auto'].includes(service.metadata.annotations[TOPOLOGY_MODE] ?? '');
}
