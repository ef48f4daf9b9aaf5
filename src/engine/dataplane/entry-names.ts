// What the world outside knows of the hosts of Ingresses and HTTPRoutes: whoever sets them up has their names lead to the load balancer, as an
// administrator does, or external-dns. A wildcard becomes a wildcard record (RFC 4592).

import type { Cluster } from '../controlplane/cluster';
import { attachedRoutes } from '../controlplane/gateways';
import { ingressAddresses } from '../controlplane/ingress';
import { refOf } from '../kube/meta';
import { type ObjectRef, provenance } from '../kube/ref';
import { commonHosts } from '../net/host-pattern';
import { family, type Ip } from '../net/ip';
import type { ZoneRecord } from '../net/zone';
import { httpListeners } from './gateway';

const TTL = 300;

/** The cluster with these names among what the resolvers outside know; those that they know by themselves stay. */
export function withEntryNames(cluster: Cluster): Cluster {
  const { upstream } = cluster.settings;
  const records = entryRecords(cluster);
  if (upstream === null || records.length === 0) return cluster;
  const known = new Set(upstream.map(({ name }) => name.toLowerCase()));
  return { ...cluster, settings: { ...cluster.settings, upstream: [...upstream, ...records.filter(({ name }) => !known.has(name))] } };
}

function entryRecords(cluster: Cluster): readonly ZoneRecord[] {
  const records = [...ingressRecords(cluster), ...gatewayRecords(cluster)];
  // A host of two of them leads where the first one wants it.
  return records.filter(({ name, type }, index) => records.findIndex((other) => other.name === name && other.type === type) === index);
}

function ingressRecords(cluster: Cluster): readonly ZoneRecord[] {
  const addresses = ingressAddresses(cluster);
  return cluster.ingresses.flatMap((ingress) =>
    ingress.spec.rules.flatMap(({ host }) => (host === null ? [] : recordsFor(host, addresses, refOf(ingress)))),
  );
}

function gatewayRecords(cluster: Cluster): readonly ZoneRecord[] {
  return cluster.gateways.flatMap((gateway) =>
    httpListeners(gateway).flatMap((listener) =>
      attachedRoutes(gateway, listener, cluster).flatMap((route) => {
        const own = listener.hostname ?? '';
        const hosts = route.spec.hostnames.length === 0 ? [own] : route.spec.hostnames.flatMap((host) => commonHosts(own, host) ?? []);
        return hosts.filter((host) => host !== '').flatMap((host) => recordsFor(host, gateway.status.addresses, refOf(route)));
      }),
    ),
  );
}

function recordsFor(host: string, addresses: readonly Ip[], ref: ObjectRef): readonly ZoneRecord[] {
  return addresses.map((ip) => ({
    name: `${host}.`,
    type: family(ip) === 4 ? 'A' : 'AAAA',
    ttl: TTL,
    data: ip,
    provenance: provenance(ref, ref.kind === 'Ingress' ? ['spec', 'rules'] : ['spec', 'hostnames']),
  }));
}
