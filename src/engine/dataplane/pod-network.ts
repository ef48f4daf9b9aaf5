// What a network plugin does: it wires Pods to their node, and nodes to each other. One file a plugin; `networks.ts` lists them.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import type { Device } from '../linux/device';
import type { Route } from '../linux/route';
import type { NodeCompiler } from './node-draft';

/** A network plugin. */
export interface PodNetwork {
  /** Devices, routes, rules and sets of a node. Runs after kube-proxy, so its rules stand behind those of kube-proxy unless it puts them in front. */
  readonly program: NodeCompiler;
  /** The devices of a Pod, loopback aside. */
  readonly podDevices: (pod: RunningPod, cluster: Cluster) => readonly Device[];
  readonly podRoutes: (pod: RunningPod, cluster: Cluster) => readonly Route[];
}
