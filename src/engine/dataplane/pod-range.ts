// The Pod range of one family, as kube-proxy is told it (`--cluster-cidr`) and as the network plugin has it as a pool.
// The cluster has one range; in a dual-stack cluster that nobody set up by hand, that of the other family is read off the Nodes.

import type { Cluster } from '../controlplane/cluster';
import { addressAt, type Cidr, coveringPrefix, size } from '../net/cidr';
import { type Family, family } from '../net/ip';

/** What kube-proxy takes for Pods of this family; null: it cannot tell them from others. */
export function podRange(cluster: Cluster, of: Family): Cidr | null {
  return cluster.settings.detectLocal ? poolOf(cluster, of) : null;
}

/** The plugin's pool of this family; null for none. */
export function poolOf({ settings, clusterCIDR, second, nodes }: Cluster, of: Family): Cidr | null {
  if (family(clusterCIDR.network) === of) return clusterCIDR;
  if (second !== null && family(second.clusterCIDR.network) === of) return second.clusterCIDR;
  if (settings.clusterCIDR !== null) return null;
  const ranges = nodes.flatMap(({ spec }) => spec.podCIDRs).filter(({ network }) => family(network) === of);
  return coveringPrefix(ranges.flatMap((range) => [range.network, addressAt(range, size(range) - 1n)]));
}
