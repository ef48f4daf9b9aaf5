// The kernel of one node: what kube-proxy, the network plugin and the programs on the host network make of it.

import type { RunningPod } from '../controlplane/cluster';
import type { Kernel } from '../linux/kernel';
import { mapHostPorts } from './host-port';
import { opensLocalhost } from './iptables-fixed';
import { NETWORK_POLICIES } from './network-policies';
import { NETWORKS } from './networks';
import { NodeDraft, type OnNode } from './node-draft';
import { PROXIES } from './proxies';
import { nodeSockets, podSockets } from './sockets';

/** `hosted` are the Pods on the node's own network. */
export function nodeKernel(on: OnNode, hosted: readonly RunningPod[]): Kernel {
  const { cluster, node, slices } = on;
  const { settings } = cluster;
  const draft = new NodeDraft();
  NETWORK_POLICIES[settings.network]?.(draft, on);
  PROXIES[settings.proxyMode](draft, on);
  NETWORKS[settings.network].program(draft, on);
  const hasHostPorts = mapHostPorts(draft, on);
  for (const write of draft.onceWired) write();
  return {
    netns: `node/${node.metadata.name}`,
    devices: draft.devices,
    routes: draft.routes,
    iptables: draft.ruleset(4),
    ip6tables: draft.ruleset(6),
    nftables: draft.nftables,
    ipvs: draft.ipvs,
    sets: draft.sets,
    sockets: [...hosted.flatMap((pod) => podSockets(pod, cluster)), ...nodeSockets(node, { cluster, slices })],
    sysctls: {
      forwarding: true,
      routeLocalnet: hasHostPorts || (settings.proxyMode === 'iptables' && opensLocalhost(settings)),
      bridgeNetfilter: true,
    },
  };
}
