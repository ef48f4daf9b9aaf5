// What the kubelet writes into /etc/resolv.conf of a Pod's containers (pkg/kubelet/network/dns: GetPodDNS, appendDNSConfig, formDNSConfigFitsLimits).
// Left out: the events about what was cut, and a kubelet whose own resolvConf is set to nothing.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import type { ResolvConf } from '../net/zone';
import { clusterDomain } from './corefile';

const MAX_NAMESERVERS = 3;
const MAX_SEARCH_DOMAINS = 32;
const MAX_SEARCH_LENGTH = 2048;
const MAX_DOMAIN_LENGTH = 253;

/** The resolv.conf of every container of the Pod. */
export function resolvConf(pod: RunningPod, cluster: Cluster): ResolvConf {
  return withinLimits(withDnsConfig(basis(pod, cluster), pod));
}

/** The server that the kubelet is told to write for `ClusterFirst`; null where the cluster has none. */
export function clusterDnsAddress(cluster: Cluster): string | null {
  if (cluster.settings.clusterDNS !== null) return cluster.settings.clusterDNS;
  const service = cluster.services.find(({ metadata }) => metadata.namespace === 'kube-system' && metadata.name === 'kube-dns');
  const addresses = service?.spec.clusterIPs ?? 'None';
  return addresses === 'None' ? null : (addresses[0] ?? null);
}

function basis(pod: RunningPod, cluster: Cluster): ResolvConf {
  const { dnsPolicy, hostNetwork } = pod.spec;
  if (dnsPolicy === 'None') return { nameservers: [], search: [], options: [] };
  const node = nodeResolv(cluster);
  const server = clusterDnsAddress(cluster);
  const onCluster = dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !hostNetwork);
  // Without a cluster DNS address the kubelet complains and treats the Pod as `Default`.
  if (!onCluster || server === null) return node;
  const domain = clusterDomain(cluster);
  const search = [`${pod.metadata.namespace ?? 'default'}.svc.${domain}`, `svc.${domain}`, domain];
  // The node's search domains are taken over, its options are not.
  return { nameservers: [server], search: distinct([...search, ...node.search]), options: ['ndots:5'] };
}

function nodeResolv(cluster: Cluster): ResolvConf {
  const { nameservers, search, options } = cluster.settings.nodeResolv;
  return { nameservers, search: search.map((domain) => (domain === '.' ? domain : domain.replace(/\.$/, ''))), options };
}

function withDnsConfig(conf: ResolvConf, pod: RunningPod): ResolvConf {
  const { dnsConfig } = pod.spec;
  if (dnsConfig === null) return conf;
  return {
    nameservers: distinct([...conf.nameservers, ...dnsConfig.nameservers]),
    search: distinct([...conf.search, ...dnsConfig.searches]),
    options: mergedOptions(conf.options, dnsConfig.options),
  };
}

/** By name; dnsConfig wins, and its last word where it says one twice. */
function mergedOptions(
  own: readonly string[],
  added: readonly { readonly name: string; readonly value: string | null }[],
): readonly string[] {
  const written = added.map(({ name, value }) => (value === null || value === '' ? name : `${name}:${value}`));
  const byName = new Map<string, string>();
  for (const option of [...own, ...written]) byName.set(option.split(':', 1).join(), option);
  return [...byName.values()];
}

function withinLimits(conf: ResolvConf): ResolvConf {
  const short = conf.search.filter((domain) => domain.length <= MAX_DOMAIN_LENGTH).slice(0, MAX_SEARCH_DOMAINS);
  let search = short;
  while (search.join(' ').length > MAX_SEARCH_LENGTH) search = search.slice(0, -1);
  return { nameservers: conf.nameservers.slice(0, MAX_NAMESERVERS), search, options: conf.options };
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
