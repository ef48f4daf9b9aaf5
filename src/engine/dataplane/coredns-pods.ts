// The names of Pods, `10-1-1-5.shop.pod`: with `pods verified` for Pods that run in that very namespace (plugin/kubernetes findPods).
// `pods insecure` needs no list: the zone echoes (net/zone.ts). Only the first address of a Pod counts.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import { provenance } from '../kube/ref';
import { family } from '../net/ip';
import { type Names, zoneName } from './coredns-records';
import type { Corefile } from './corefile';

/** The names of all Pods that CoreDNS has seen. */
export function verifiedPodNames(zone: string, { cluster, corefile }: { readonly cluster: Cluster; readonly corefile: Corefile }): Names {
  return Object.assign({}, ...cluster.pods.filter(isWatched).map((pod) => podName(pod, zone, corefile)));
}

/** CoreDNS drops finished Pods and those that are being deleted (object/pod.go). */
function isWatched(pod: RunningPod): boolean {
  return pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed' && pod.metadata.deletionTimestamp === null;
}

function podName(pod: RunningPod, zone: string, corefile: Corefile): Names {
  const [address] = pod.status.podIPs;
  if (address === undefined) return {};
  const owner = `${address.replaceAll(/[.:]/g, '-')}.${pod.metadata.namespace}.pod.${zone}`;
  const from = provenance(refOf(pod), ['status', 'podIP']);
  return zoneName(owner, corefile.ttl, [
    { type: family(address) === 4 ? 'A' : 'AAAA', data: address, provenance: from },
    // CoreDNS gives SRV here too, with a port that nobody set.
    { type: 'SRV', data: `0 100 0 ${owner}`, provenance: from },
  ]);
}
