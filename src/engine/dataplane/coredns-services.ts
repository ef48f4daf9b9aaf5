// The names of one Service in the cluster's zone (plugin/kubernetes findServices):
//   web.shop.svc            cluster IPs, or the ready endpoints of a headless one
//   _http._tcp.web.shop.svc the same through one named port; the filter holds for every question type
//   EP.web.shop.svc         one ready endpoint, headless or not
// A headless Service without a ready endpoint has no name at all; one with a cluster IP always has.

import type { Cluster } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import { provenance } from '../kube/ref';
import type { Service } from '../kube/service';
import { absoluteName } from '../net/dns';
import { parseIp } from '../net/ip';
import { endpointPorts, type NamedPort, slicesOf } from './coredns-endpoints';
import { type Names, portFacts, zoneName } from './coredns-records';
import type { Corefile } from './corefile';

/** All names of the Service below `zone`. */
export function serviceNames(
  service: Service,
  zone: string,
  { cluster, corefile }: { readonly cluster: Cluster; readonly corefile: Corefile },
): Names {
  const domain = `${service.metadata.name}.${service.metadata.namespace}.svc.${zone}`;
  if (service.spec.type === 'ExternalName') return externalName(service, domain, corefile);
  const slices = slicesOf(cluster, service.metadata.namespace, service.metadata.name);
  const endpoints = slices.flatMap((slice) => endpointPorts(slice, domain, corefile));
  const headless = service.spec.clusterIPs === 'None';
  if (corefile.ignoreEmptyService && !headless && endpoints.length === 0) return {};
  const own = headless ? endpoints : clusterIpPorts(service, domain);
  return { ...endpointNames(endpoints, corefile), ...ownNames(own, domain, corefile) };
}

/** CoreDNS skips an externalName that reads as an address. */
function externalName(service: Service, domain: string, corefile: Corefile): Names {
  const target = service.spec.externalName ?? '';
  if (target === '' || parseIp(target) !== null) return {};
  return zoneName(domain, corefile.ttl, [
    { type: 'CNAME', data: absoluteName(target), provenance: provenance(refOf(service), ['spec', 'externalName']) },
  ]);
}

/** Every cluster IP with every port of the Service; the readiness of endpoints does not matter here. */
function clusterIpPorts(service: Service, target: string): readonly NamedPort[] {
  const { clusterIPs, ports } = service.spec;
  if (clusterIPs === 'None') return [];
  const ref = refOf(service);
  return ports.flatMap(({ name, protocol, port }, portIndex) =>
    clusterIPs.map((address, index) => ({
      address,
      addressFrom: provenance(ref, index === 0 ? ['spec', 'clusterIP'] : ['spec', 'clusterIPs', index]),
      portName: (name ?? '').toLowerCase(),
      protocol: protocol.toLowerCase(),
      port,
      portFrom: provenance(ref, ['spec', 'ports', portIndex]),
      target,
    })),
  );
}

function ownNames(ports: readonly NamedPort[], domain: string, corefile: Corefile): Names {
  if (ports.length === 0) return {};
  const named = grouped(
    ports.filter(({ portName }) => portName !== ''),
    ({ portName, protocol }) => `_${portName}._${protocol}.${domain}`,
  );
  return { ...zoneName(domain, corefile.ttl, portFacts(ports)), ...allNames(named, corefile) };
}

function endpointNames(ports: readonly NamedPort[], corefile: Corefile): Names {
  return allNames(
    grouped(ports, ({ target }) => target),
    corefile,
  );
}

function allNames(groups: ReadonlyMap<string, readonly NamedPort[]>, corefile: Corefile): Names {
  return Object.assign({}, ...[...groups].map(([owner, ports]) => zoneName(owner, corefile.ttl, portFacts(ports))));
}

function grouped(ports: readonly NamedPort[], owner: (port: NamedPort) => string): ReadonlyMap<string, readonly NamedPort[]> {
  const groups = new Map<string, NamedPort[]>();
  for (const port of ports) groups.set(owner(port), [...(groups.get(owner(port)) ?? []), port]);
  return groups;
}
