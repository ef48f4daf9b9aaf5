// What listens in a Pod, and which rule says so. Kubernetes does not know: containerPort is documentation, the program decides.
// The first rule that speaks wins, for each container by itself:
//   1. the annotation kubehop.dev/listen: "3000/TCP, 9000/UDP", or "none"
//   2. the declared containerPorts: a container that declares some has no others
//   3. with conveniences: for a container that declares none, a table of well-known images
//   4. with conveniences, in a Pod that declares none: the ports that Services and probes aim at, as an assumption
// The Pods behind kube-system/kube-dns are name servers: whatever they declare, they answer on the target ports of that Service.

import type { EndpointSlice } from '../kube/endpoints';
import { SERVICE_NAME_LABEL } from '../kube/endpoints';
import { selects } from '../kube/meta';
import type { Container, Pod, Probe, ServiceProtocol } from '../kube/pod';
import type { Service } from '../kube/service';
import type { Cluster } from './cluster';
import { allContainers, numberOf } from './target-port';

export const LISTEN_ANNOTATION = 'kubehop.dev/listen';

/** Which of the four rules said that a program listens on a port. */
export type ListenSource = 'annotation' | 'declared' | 'image' | 'assumed';

export interface Listening {
  readonly port: number;
  readonly protocol: ServiceProtocol;
  readonly source: ListenSource;
}

/** What has to be known of the cluster to tell what listens in one of its Pods. */
export type Surroundings = Pick<Cluster, 'settings' | 'services' | 'endpointSlices'>;

/** The ports on which programs of the Pod listen, each once, by number. While it is Pending, at most those of sidecars. */
export function listening(pod: Pod, around: Surroundings): readonly Listening[] {
  return isRunning(pod) ? listeningOnceStarted(pod, around) : inOrder(listeningEarly(sidecarsUp(pod), around));
}

function isRunning({ status }: Pod): boolean {
  return status !== null && (status.ready || status.phase === 'Running' || status.phase === 'Unknown');
}

/** The sidecars that run while the Pod is still Pending: those behind them may wait for their startup probe. */
export function sidecarsUp({ spec, status }: Pod): readonly Container[] {
  if (status === null || status.phase !== 'Pending' || status.containers.length === 0) return [];
  const isUp = (name: string): boolean => status.containers.some((one) => one.name === name && one.state.kind === 'running');
  return spec.initContainers.filter(({ restartPolicy, name }) => restartPolicy === 'Always' && isUp(name));
}

function declaredBy(containers: readonly Container[]): readonly Listening[] {
  return containers.flatMap(({ ports }) =>
    ports.map(({ containerPort, protocol }) => ({ port: containerPort, protocol, source: 'declared' as const })),
  );
}

/** Sidecars that are up before their Pod is: of those that declare nothing, their images and their own probes tell. */
function listeningEarly(sidecars: readonly Container[], { settings }: Surroundings): readonly Listening[] {
  const silent = settings.conveniences ? sidecars.filter(({ ports }) => ports.length === 0) : [];
  const unknown = silent.filter((container) => knownImage(container) === undefined);
  return [...declaredBy(sidecars), ...silent.flatMap(wellKnown), ...unknown.flatMap(probed)];
}

/** The same for a Pod whose programs run, whatever its status says. */
export function listeningOnceStarted(pod: Pod, around: Surroundings): readonly Listening[] {
  const annotated = readListenAnnotation(pod.metadata.annotations[LISTEN_ANNOTATION]);
  if (annotated !== null) return inOrder(annotated.map((port) => ({ ...port, source: 'annotation' })));
  const declared = declaredBy(allContainers(pod));
  const names = nameServerPorts(pod, around).map((port) => ({ ...port, source: 'image' as const }));
  if (names.length > 0 || !around.settings.conveniences) return inOrder([...declared, ...names]);
  const known = allContainers(pod)
    .filter(({ ports }) => ports.length === 0)
    .flatMap(wellKnown);
  // An assumption would hide that a Service aims at a port that the Pod does not declare.
  const aimed = declared.length === 0 && hasUnknownImage(pod) ? assumed(pod, around) : [];
  return inOrder([...declared, ...known, ...aimed]);
}

/** The text of the annotation as ports; null where it is absent or cannot be read. */
export function readListenAnnotation(
  text: string | undefined,
): readonly { readonly port: number; readonly protocol: ServiceProtocol }[] | null {
  if (text === undefined) return null;
  if (text.trim() === 'none') return [];
  const ports = text.split(',').map((part) => readPort(part.trim()));
  return ports.every((port) => port !== null) ? ports : null;
}

function readPort(text: string): { readonly port: number; readonly protocol: ServiceProtocol } | null {
  const match = /^(\d{1,5})(?:\/(TCP|UDP|SCTP))?$/i.exec(text);
  const port = Number(match?.[1]);
  if (match === null || port < 1 || port > 65535) return null;
  const protocol = (match[2] ?? 'TCP').toUpperCase();
  return { port, protocol: protocol === 'UDP' || protocol === 'SCTP' ? protocol : 'TCP' };
}

/** Each port once; of two rules that name it, the one that came first. */
function inOrder(ports: readonly Listening[]): readonly Listening[] {
  const first = ports.filter(
    (port, index) => ports.findIndex((other) => other.port === port.port && other.protocol === port.protocol) === index,
  );
  return first.sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
}

interface WellKnown {
  readonly port: number;
  readonly protocols: readonly ServiceProtocol[];
}

/** What the images of these names listen on unless they are told otherwise; nothing for those that only hold a Pod open. */
export const WELL_KNOWN_IMAGES: Readonly<Record<string, WellKnown | null>> = {
  nginx: { port: 80, protocols: ['TCP'] },
  httpd: { port: 80, protocols: ['TCP'] },
  redis: { port: 6379, protocols: ['TCP'] },
  postgres: { port: 5432, protocols: ['TCP'] },
  mysql: { port: 3306, protocols: ['TCP'] },
  mongo: { port: 27017, protocols: ['TCP'] },
  rabbitmq: { port: 5672, protocols: ['TCP'] },
  elasticsearch: { port: 9200, protocols: ['TCP'] },
  coredns: { port: 53, protocols: ['TCP', 'UDP'] },
  busybox: null,
  alpine: null,
  pause: null,
};

/** `nginx` for `docker.io/library/nginx:1.27@sha256:…`. */
export function imageName(image: string): string {
  const path = image.replace(/@.*$/, '');
  return path.slice(path.lastIndexOf('/') + 1).replace(/:.*$/, '');
}

function wellKnown(container: Container): readonly Listening[] {
  const known = knownImage(container);
  return (known?.protocols ?? []).map((protocol) => ({ port: known?.port ?? 0, protocol, source: 'image' as const }));
}

function knownImage(container: Container): WellKnown | null | undefined {
  const name = imageName(container.image);
  return Object.hasOwn(WELL_KNOWN_IMAGES, name) ? WELL_KNOWN_IMAGES[name] : undefined;
}

/** Whether the container, which does not declare it, has the port by its image or by its own probes. */
export function isUndeclaredPort(container: Container, port: number | null): boolean {
  if (container.ports.length > 0) return false;
  const own = knownImage(container) === undefined ? probed(container) : wellKnown(container);
  return own.some((each) => each.port === port);
}

/** Whether the image is known to speak HTTP without TLS on this port. */
export function speaksPlainHttp({ image }: Container, port: number): boolean {
  return port === 80 && ['nginx', 'httpd'].includes(imageName(image));
}

function hasUnknownImage(pod: Pod): boolean {
  return allContainers(pod).some((container) => knownImage(container) === undefined);
}

/** Numbers only: a name that no container declares leads nowhere. */
function assumed(pod: Pod, around: Surroundings): readonly Listening[] {
  const aimed = around.services
    .filter((service) => isBehind(pod, service))
    .flatMap((service) =>
      service.spec.ports.flatMap(({ targetPort, protocol }) => (typeof targetPort === 'number' ? [{ port: targetPort, protocol }] : [])),
    );
  return [...aimed.map((port) => ({ ...port, source: 'assumed' as const })), ...allContainers(pod).flatMap(probed)];
}

/** That its own probes find somebody is assumed. */
function probed({ readinessProbe, livenessProbe, startupProbe }: Container): readonly Listening[] {
  const probes = [readinessProbe, livenessProbe, startupProbe].flatMap((probe) => (probe === null ? [] : numericPort(probe)));
  return probes.map((port) => ({ port, protocol: 'TCP', source: 'assumed' }));
}

function numericPort(probe: Probe): readonly number[] {
  return probe.action.kind !== 'exec' && typeof probe.action.port === 'number' ? [probe.action.port] : [];
}

function isBehind(pod: Pod, service: Service): boolean {
  const { selector, type } = service.spec;
  return (
    type !== 'ExternalName' &&
    selector !== null &&
    service.metadata.namespace === pod.metadata.namespace &&
    selects(selector, pod.metadata.labels)
  );
}

/** The Service that the kubelet writes into every resolv.conf. */
export const DNS_SERVICE = { namespace: 'kube-system', name: 'kube-dns' } as const;

/** Whether the Pod is a name server of the cluster: behind kube-system/kube-dns by its labels or by a slice written by hand. */
export function isNameServer(pod: Pod, around: Pick<Cluster, 'services' | 'endpointSlices'>): boolean {
  return dnsServices(around).some((service) => isBehind(pod, service)) || dnsSlices(around).some((slice) => lists(slice, pod));
}

function nameServerPorts(pod: Pod, around: Surroundings): readonly { readonly port: number; readonly protocol: ServiceProtocol }[] {
  const selected = dnsServices(around)
    .filter((service) => isBehind(pod, service))
    .flatMap((service) => service.spec.ports.flatMap((port) => ({ port: numberOf(port, pod) ?? 0, protocol: port.protocol })));
  const sliced = dnsSlices(around)
    .filter((slice) => lists(slice, pod))
    .flatMap((slice) => slice.ports.map((port) => ({ port: port.port ?? 0, protocol: port.protocol })));
  return [...selected, ...sliced].filter(({ port }) => port > 0);
}

// Asked for every Pod: found once for each list.
const servicesOfDns = new WeakMap<readonly Service[], readonly Service[]>();
const slicesOfDns = new WeakMap<readonly EndpointSlice[], readonly EndpointSlice[]>();

function dnsServices({ services }: Pick<Cluster, 'services'>): readonly Service[] {
  const isDns = ({ metadata }: Service): boolean => metadata.namespace === DNS_SERVICE.namespace && metadata.name === DNS_SERVICE.name;
  const found = servicesOfDns.get(services) ?? services.filter(isDns);
  servicesOfDns.set(services, found);
  return found;
}

function dnsSlices({ endpointSlices }: Pick<Cluster, 'endpointSlices'>): readonly EndpointSlice[] {
  const isDns = ({ metadata }: EndpointSlice): boolean =>
    metadata.namespace === DNS_SERVICE.namespace && metadata.labels[SERVICE_NAME_LABEL] === DNS_SERVICE.name;
  const found = slicesOfDns.get(endpointSlices) ?? endpointSlices.filter(isDns);
  slicesOfDns.set(endpointSlices, found);
  return found;
}

function lists(slice: EndpointSlice, pod: Pod): boolean {
  const addresses: readonly string[] = pod.status?.podIPs ?? [];
  return slice.endpoints.some((endpoint) => endpoint.addresses.some((address) => addresses.includes(address)));
}
