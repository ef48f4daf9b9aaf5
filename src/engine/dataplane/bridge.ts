// The CNI plugin `bridge` with ipMasq, as minikube configures it: one node's Pods on one bridge, and for each Pod a chain that gives what it
// sends to the outside the node's address (plugins/pkg/ip/ipmasq_iptables_linux.go). Nodes know nothing of each other's Pods.

import type { RunningPod } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import { provenance } from '../kube/ref';
import { hex } from '../net/bytes';
import { type Family, family } from '../net/ip';
import { sha256 } from '../net/sha';
import { bridgeDevices, bridgedPodRoutes, bridgeRoutes, podCard, rangeAround } from './bridged-pods';
import { ETHERNET_MTU, MULTICAST } from './network';
import { type NodeDraft, type OnNode, podsHere } from './node-draft';
import { nodeCard, nodeLinkRoutes } from './node-link';
import type { PodNetwork } from './pod-network';
import { jump, MATCH, rule } from './rules';

export const BRIDGE_NETWORK: PodNetwork = {
  podDevices: (pod, cluster) => [podCard(pod, cluster, ETHERNET_MTU)],
  podRoutes: bridgedPodRoutes,
  program: (draft, on) => {
    draft.devices.push(nodeCard(on), ...bridgeDevices(on, ETHERNET_MTU));
    draft.routes.push(...nodeLinkRoutes(on), ...bridgeRoutes(on));
    for (const pod of podsHere(on)) for (const of of on.families) masquerade(draft, on, { pod, of });
  },
};

/** `CNI-` and 24 digits of a hash of network and container. */
function chainOf({ metadata }: RunningPod): string {
  return `CNI-${hex(sha256(`bridge${metadata.namespace}/${metadata.name}`)).slice(0, 24)}`;
}

function masquerade(draft: NodeDraft, { cluster }: OnNode, { pod, of }: { readonly pod: RunningPod; readonly of: Family }): void {
  const address = pod.status.podIPs.find((one) => family(one) === of);
  if (address === undefined) return;
  const nat = draft.table(of, 'nat');
  const chain = chainOf(pod);
  const comment = `name: "bridge" id: "${pod.metadata.namespace}/${pod.metadata.name}"`;
  const because = provenance(refOf(pod), ['metadata', 'name']);
  nat.add('POSTROUTING', rule({ matches: [MATCH.from(address)], comment, target: jump(chain), because }));
  const range = rangeAround(address, pod, cluster);
  if (range !== null) nat.add(chain, rule({ matches: [MATCH.destination(range)], comment, target: { kind: 'accept' }, because }));
  nat.add(
    chain,
    rule({ matches: [MATCH.destination(MULTICAST[of], true)], comment, target: { kind: 'masquerade', keepsPort: true }, because }),
  );
}
