// /etc/hosts of a Pod's containers, as the kubelet writes it (pkg/kubelet/kubelet_pods.go: managedHostsFileContent); Pods on the host network
// have their node's. It answers before any name server is asked. Left out: hostnameOverride, setHostnameAsFQDN, a file that an image brings along.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import { provenance } from '../kube/ref';
import { type Ip, ip } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';
import type { HostsEntry } from '../net/zone';
import { clusterDomain } from './corefile';

const LOOPBACK: readonly HostsEntry[] = [
  { ip: ip('127.0.0.1'), names: ['localhost'], provenance: NO_PROVENANCE },
  { ip: ip('::1'), names: ['localhost', 'ip6-localhost', 'ip6-loopback'], provenance: NO_PROVENANCE },
];

export function podHosts(pod: RunningPod, cluster: Cluster): readonly HostsEntry[] {
  const { hostNetwork, hostAliases } = pod.spec;
  const own = hostNetwork
    ? nodeEntry(pod.spec.nodeName ?? '', pod.status.podIPs)
    : pod.status.podIPs.map((address) => ownEntry(pod, address, cluster));
  const aliases = hostAliases.map(({ ip: address, hostnames }, index) => ({
    ip: address,
    names: hostnames,
    provenance: provenance(refOf(pod), ['spec', 'hostAliases', index]),
  }));
  return [...LOOPBACK, ...own, ...aliases];
}

/** `10.1.1.5 db-0.db.shop.svc.cluster.local db-0`, or the host name alone where the Pod has no subdomain. */
function ownEntry(pod: RunningPod, address: Ip, cluster: Cluster): HostsEntry {
  const { metadata, spec } = pod;
  const hostname = spec.hostname ?? metadata.name;
  const domain = `${spec.subdomain}.${metadata.namespace}.svc.${clusterDomain(cluster)}`;
  const names = spec.subdomain === null ? [hostname] : [`${hostname}.${domain}`, hostname];
  return { ip: address, names, provenance: provenance(refOf(pod), ['metadata', 'name']) };
}

/** A node knows itself and localhost. */
export function nodeHosts(name: string, addresses: readonly Ip[]): readonly HostsEntry[] {
  return [...LOOPBACK, ...nodeEntry(name, addresses)];
}

function nodeEntry(name: string, addresses: readonly Ip[]): readonly HostsEntry[] {
  return addresses.map((address) => ({ ip: address, names: [name], provenance: NO_PROVENANCE }));
}
