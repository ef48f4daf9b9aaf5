// The Service behind a rule of HTTP as a proxy sees it: the addresses of its ready endpoints, never its cluster IP. kube-proxy, session
// affinity and the Service's traffic policies play no part.

import type { Cluster } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import { compareText, type ObjectRef, provenance } from '../kube/ref';
import type { Service, ServicePort } from '../kube/service';
import type { Lack, Upstream } from '../linux/http-proxy';
import { type Family, family, type Ip, parseIp } from '../net/ip';
import { formatSocket, type SocketAddress } from '../net/packet';
import type { Provenance } from '../net/provenance';
import { slicesByService } from './endpoints';

/** A back end as a rule names it. */
export interface NamedBackend {
  readonly namespace: string;
  readonly service: string;
  readonly port: number | string | null;
  readonly weight: number;
  readonly because: Provenance;
}

/** How this proxy deals with what is missing. */
export interface UpstreamRules {
  readonly families: readonly Family[];
  readonly choosePort: (service: Service, port: number | string | null) => ServicePort | undefined;
  readonly statuses: Readonly<Record<Lack, number>>;
}

export function upstreamOf(cluster: Cluster, backend: NamedBackend, rules: UpstreamRules): Upstream {
  const { namespace, service: name, port, weight, because } = backend;
  const common = { name: port === null ? `${namespace}/${name}` : `${namespace}/${name}:${port}`, weight, provenance: because };
  const without = (lack: Lack): Upstream => ({ ...common, addresses: [], otherwise: { status: rules.statuses[lack], lack } });
  const service = cluster.services.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  if (service === undefined) return without('no-service');
  const chosen = rules.choosePort(service, port);
  if (chosen === undefined) return without('no-port');
  const addresses = (service.spec.type === 'ExternalName' ? outsideAddresses : readyAddresses)(cluster, service, chosen);
  const usable = addresses.filter(({ ip }) => rules.families.includes(family(ip)));
  return usable.length === 0 ? without('no-endpoint') : { ...common, addresses: usable, otherwise: null };
}

/** A back end that the rule may not name, or that is no Service. */
export function refusedUpstream(backend: NamedBackend, { status, lack }: { status: number; lack: Lack }): Upstream {
  const { namespace, service, port, weight, because } = backend;
  const name = port === null ? `${namespace}/${service}` : `${namespace}/${service}:${port}`;
  return { name, weight, addresses: [], otherwise: { status, lack }, provenance: because };
}

/** Ready endpoints from the slices, each once, in order. */
function readyAddresses(cluster: Cluster, service: Service, port: ServicePort): readonly SocketAddress[] {
  const slices = slicesByService(cluster).get(`${service.metadata.namespace}/${service.metadata.name}`) ?? [];
  const found = slices.flatMap((slice) =>
    slice.ports
      .filter(({ name, protocol }) => name === (port.name ?? '') && protocol === 'TCP')
      .flatMap(({ port: number }) =>
        slice.endpoints.filter(({ conditions }) => conditions.ready).flatMap(({ addresses }) => atPort(addresses, number)),
      ),
  );
  const distinct = new Map(found.map((address) => [formatSocket(address), address]));
  return [...distinct].sort(([a], [b]) => compareText(a, b)).map(([, address]) => address);
}

function atPort(addresses: readonly string[], port: number | null): readonly SocketAddress[] {
  const ip: Ip | null = parseIp(addresses[0] ?? '');
  return ip === null || port === null ? [] : [{ ip, port }];
}

/** An ExternalName is looked up by the proxy itself, among what the resolvers outside know. */
function outsideAddresses({ settings }: Cluster, { spec }: Service, port: ServicePort): readonly SocketAddress[] {
  const name = spec.externalName ?? '';
  const literal = parseIp(name);
  const number = typeof port.targetPort === 'number' ? port.targetPort : port.port;
  const known = (settings.upstream ?? []).filter(({ type, name: owner }) => (type === 'A' || type === 'AAAA') && owner === `${name}.`);
  const ips = literal === null ? known.flatMap(({ data }) => parseIp(data) ?? []) : [literal];
  return ips.map((ip) => ({ ip, port: number }));
}

/** The families of a program's own addresses. */
export function familiesOf(addresses: readonly Ip[]): readonly Family[] {
  return ([4, 6] as const).filter((of) => addresses.some((address) => family(address) === of));
}

/** The label of a field of a rule. */
export function becauseOf(object: Parameters<typeof refOf>[0], path: Parameters<typeof provenance>[1]): Provenance {
  const ref: ObjectRef = refOf(object);
  return provenance(ref, path);
}
