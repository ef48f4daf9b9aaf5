// No network plugin that joins the nodes: each has a private bridge for its Pods, as with Docker alone, and no route to the others, no NAT.
// Every node may hand out the same range, and then two Pods have one address. (A real kubelet without a plugin starts no Pod at all.)

import { bridgeDevices, bridgedPodRoutes, bridgeRoutes, podCard } from './bridged-pods';
import { ETHERNET_MTU } from './network';
import { nodeCard, nodeLinkRoutes } from './node-link';
import type { PodNetwork } from './pod-network';

export const NO_NETWORK: PodNetwork = {
  podDevices: (pod, cluster) => [podCard(pod, cluster, ETHERNET_MTU)],
  podRoutes: bridgedPodRoutes,
  program: (draft, on) => {
    draft.devices.push(nodeCard(on), ...bridgeDevices(on, ETHERNET_MTU));
    draft.routes.push(...nodeLinkRoutes(on), ...bridgeRoutes(on));
  },
};
