// The names of one Service replaced in the zones of every name server: its own below the cluster's domain, and those of its addresses.

import type { Cluster } from '../controlplane/cluster';
import type { World } from '../linux/kernel';
import { withEntries } from '../net/buckets';
import type { Ip } from '../net/ip';
import { parseIp } from '../net/ip';
import type { NameServer, Zone } from '../net/zone';
import type { Names } from './coredns-records';
import { reverseNames } from './coredns-reverse';
import { serviceNames } from './coredns-services';
import { type Corefile, corefileOf, isReverseZone } from './corefile';

import { reverseName } from './reverse-name';
import type { ServiceChange, ServiceState } from './service-change';

interface Rewriting {
  readonly before: Cluster;
  readonly cluster: Cluster;
  readonly change: ServiceChange;
}

/** The world with the records and the reverse names of the Service brought to the change. */
export function rewriteNames(world: World, rewriting: Rewriting): World {
  const corefile = corefileOf(rewriting.cluster);
  const servers = Object.entries(world.nameServers).map(([key, server]) => [key, rewritten(server, rewriting, corefile)] as const);
  return { ...world, nameServers: Object.fromEntries(servers) };
}

/** A server outside has no zones and stays as it is. */
function rewritten(server: NameServer, rewriting: Rewriting, corefile: Corefile): NameServer {
  const primary = corefile.zones.find((zone) => !isReverseZone(zone));
  if (server.zones.length === 0 || primary === undefined) return server;
  const pointers = pointersOf(primary, rewriting, corefile);
  return {
    ...server,
    zones: server.zones.map((zone) => (isReverseZone(zone.origin) ? withPointers(zone, pointers) : withService(zone, rewriting, corefile))),
  };
}

function withService(zone: Zone, { before, cluster, change }: Rewriting, corefile: Corefile): Zone {
  const gone = namesOf(change.before, zone.origin, { cluster: before, corefile });
  const come = namesOf(change.after, zone.origin, { cluster, corefile });
  return { ...zone, names: withEntries(zone.names, [...Object.keys(gone).map((name) => [name, null] as const), ...Object.entries(come)]) };
}

function namesOf({ service, slices }: ServiceState, zone: string, { cluster, corefile }: { cluster: Cluster; corefile: Corefile }): Names {
  const isServed = service !== null && (corefile.namespaces?.includes(service.metadata.namespace ?? 'default') ?? true);
  return service === null || !isServed ? {} : serviceNames(service, zone, { cluster: { ...cluster, endpointSlices: slices }, corefile });
}

/** The pointers of every address that the Service had or has; null where an address is nobody's any more. */
function pointersOf(primary: string, { cluster, change }: Rewriting, corefile: Corefile): ReadonlyMap<string, Names[string] | null> {
  const touched = new Set([...addressesOf(change.before), ...addressesOf(change.after)]);
  const known = reverseNames(primary, { cluster: concerning(cluster, touched), corefile });
  return new Map([...touched].map(reverseName).map((name) => [name, known[name] ?? null]));
}

function addressesOf({ service, slices }: ServiceState): readonly Ip[] {
  const own = service === null || service.spec.clusterIPs === 'None' ? [] : service.spec.clusterIPs;
  const behind = slices.flatMap(({ endpoints }) => endpoints.flatMap(({ addresses }) => addresses)).flatMap((text) => parseIp(text) ?? []);
  return [...own, ...behind];
}

/** Only the Services and slices that name one of these addresses. */
function concerning(cluster: Cluster, touched: ReadonlySet<string>): Cluster {
  const isTouched = (text: string): boolean => {
    const address = text.includes(':') ? parseIp(text) : text;
    return address !== null && touched.has(address);
  };
  return {
    ...cluster,
    services: cluster.services.filter(({ spec }) => spec.clusterIPs !== 'None' && spec.clusterIPs.some(isTouched)),
    endpointSlices: cluster.endpointSlices.filter(({ endpoints }) => endpoints.some(({ addresses }) => addresses.some(isTouched))),
  };
}

function withPointers(zone: Zone, pointers: ReadonlyMap<string, Names[string] | null>): Zone {
  return {
    ...zone,
    names: withEntries(
      zone.names,
      [...pointers].filter(([name]) => name.endsWith(`.${zone.origin}`)),
    ),
  };
}
