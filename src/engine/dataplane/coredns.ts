// CoreDNS with the plugin `kubernetes`: from Services, EndpointSlices and Pods to zones of records.
// Sources: Kubernetes DNS-Based Service Discovery 1.1.0; CoreDNS 1.14 plugin/kubernetes. The zones are always fresh: no cache.
// Left out: multicluster, label filters, zone transfer, and the SERVFAIL of a server that has not yet seen the API.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import { BUILT_IN_NAMESPACES } from '../kube/namespace';
import { compareText, provenance } from '../kube/ref';
import { bucketsOf } from '../net/buckets';
import type { RecordType } from '../net/dns';
import type { Ip } from '../net/ip';
import { NO_PROVENANCE, type Provenance } from '../net/provenance';
import type { NameServer, Zone, ZoneName } from '../net/zone';
import { readyEndpoints, serviceNameOf, slicesOf } from './coredns-endpoints';
import { verifiedPodNames } from './coredns-pods';
import { addressFacts, type Names, record } from './coredns-records';
import { reverseNames } from './coredns-reverse';
import { serviceNames } from './coredns-services';
import { type Corefile, corefileOf, isReverseZone } from './corefile';

/** What the plugin looks at; namespaces that it does not serve are gone. */
interface View {
  readonly cluster: Cluster;
  readonly corefile: Corefile;
  readonly namespaces: readonly string[];
}

const SCHEMA_VERSION = '1.1.0';
const SCHEMA_TTL = 28800;

/** A name that only holds others answers NODATA to all but TXT, which looks for records alone (kubernetes.go, Services). */
const CONTAINER_TYPES: readonly RecordType[] = ['A', 'AAAA', 'CNAME', 'PTR', 'SRV', 'SOA'];

/** What this CoreDNS answers from. `pod` is the one that answers: its own address decides what `ns.dns` is; null: any one behind kube-dns. */
export function compileNameServer(cluster: Cluster, pod: RunningPod | null = null): NameServer {
  const corefile = corefileOf(cluster);
  const view = served(cluster, corefile);
  const primary = corefile.zones.find((zone) => !isReverseZone(zone));
  if (primary === undefined)
    return { zones: [], outside: corefile.forward ? cluster.settings.upstream : null, cache: corefile.cache, since: 0 };
  const pointers = Object.entries(reverseNames(primary, view));
  const local = pod?.status.podIPs ?? nameServerAddresses(view);
  const zones = corefile.zones.map((origin) =>
    zoneOf(origin, view, isReverseZone(origin) ? below(origin, pointers) : forwardNames(origin, view, local)),
  );
  return { zones, outside: corefile.forward ? cluster.settings.upstream : null, cache: corefile.cache, since: 0 };
}

type Entries = readonly (readonly [name: string, entry: ZoneName])[];

function below(origin: string, names: Entries): Entries {
  return [...names.filter(([name]) => name.endsWith(`.${origin}`)), ...Object.entries(container(origin))];
}

function served(cluster: Cluster, corefile: Corefile): View {
  const objects = [...cluster.services, ...cluster.pods, ...cluster.endpointSlices];
  const known = [
    ...BUILT_IN_NAMESPACES,
    ...cluster.namespaces.map(({ metadata }) => metadata.name),
    ...objects.map(({ metadata }) => metadata.namespace ?? 'default'),
  ];
  const namespaces = [...new Set(known)].filter((name) => corefile.namespaces?.includes(name) ?? true).sort(compareText);
  const isServed = ({ metadata }: { readonly metadata: { readonly namespace: string | null } }) =>
    namespaces.includes(metadata.namespace ?? 'default');
  const { services, pods, endpointSlices } = cluster;
  return {
    cluster: {
      ...cluster,
      services: services.filter(isServed),
      pods: pods.filter(isServed),
      endpointSlices: endpointSlices.filter(isServed),
    },
    corefile,
    namespaces,
  };
}

function zoneOf(origin: string, { corefile, namespaces }: View, names: Entries): Zone {
  const reverse = isReverseZone(origin);
  const isAbove = (suffix: string) => suffix === '.' || suffix === origin || origin.endsWith(`.${suffix}`);
  return {
    origin,
    ttl: corefile.ttl,
    names: bucketsOf(names),
    echoes: reverse || corefile.pods !== 'insecure' ? [] : namespaces.map((namespace) => `${namespace}.pod.${origin}`),
    fallthrough: corefile.fallthrough.some(isAbove),
  };
}

function forwardNames(zone: string, view: View, local: readonly Ip[]): Entries {
  const fixed = [
    containers(zone, view),
    apexNames(zone, view, local),
    view.corefile.pods === 'verified' ? verifiedPodNames(zone, view) : {},
  ];
  const own = view.cluster.services.map((service) => serviceNames(service, zone, view));
  return [...fixed, ...own].flatMap((names) => Object.entries(names));
}

function containers(zone: string, { namespaces, corefile }: View): Names {
  const pods = corefile.pods === 'disabled' ? [] : namespaces.map((namespace) => `${namespace}.pod.${zone}`);
  const names = [zone, `svc.${zone}`, `pod.${zone}`, ...namespaces.map((namespace) => `${namespace}.svc.${zone}`), ...pods];
  return Object.assign({}, ...names.map(container));
}

function container(name: string): Names {
  return { [name]: { records: [], existsFor: CONTAINER_TYPES } };
}

/** `dns-version` is known for TXT alone, `ns.dns` for what could be an address. */
function apexNames(zone: string, view: View, local: readonly Ip[]): Names {
  const [version, server] = [`dns-version.${zone}`, `ns.dns.${zone}`];
  const schema = record(version, SCHEMA_TTL, { type: 'TXT', data: SCHEMA_VERSION, provenance: NO_PROVENANCE });
  const addresses = addressFacts(ownServiceAddresses(view, local)).map((fact) => record(server, view.corefile.ttl, fact));
  return {
    [version]: { records: [schema], existsFor: ['TXT'] },
    [server]: { records: addresses, existsFor: ['A', 'AAAA', 'CNAME', 'SRV'] },
  };
}

interface Addressed {
  readonly address: Ip;
  readonly addressFrom: Provenance;
}

/** The addresses of the Services that have this server as a ready endpoint; its own where none has (ns.go, nsAddrs). */
function ownServiceAddresses({ cluster, corefile }: View, local: readonly Ip[]): readonly Addressed[] {
  const slices = cluster.endpointSlices.filter((slice) => readyEndpoints(slice, corefile).some(({ address }) => local.includes(address)));
  if (slices.length === 0) return local.map((address) => ({ address, addressFrom: NO_PROVENANCE }));
  return slices.flatMap((slice): readonly Addressed[] => {
    const service = cluster.services.find(
      ({ metadata }) => metadata.namespace === slice.metadata.namespace && metadata.name === serviceNameOf(slice),
    );
    if (service === undefined) return [];
    if (service.spec.clusterIPs === 'None') return readyEndpoints(slice, corefile);
    return service.spec.clusterIPs.map((address, index) => ({
      address,
      addressFrom: provenance(refOf(service), index === 0 ? ['spec', 'clusterIP'] : ['spec', 'clusterIPs', index]),
    }));
  });
}

/** The addresses of the first Pod that kube-system/kube-dns leads to. */
function nameServerAddresses({ cluster, corefile }: View): readonly Ip[] {
  const [first] = slicesOf(cluster, 'kube-system', 'kube-dns').flatMap((slice) => readyEndpoints(slice, corefile));
  if (first === undefined) return [];
  const pod = cluster.pods.find(({ status }) => status.podIPs.includes(first.address));
  return pod?.status.podIPs ?? [first.address];
}
