// A node's kernel under construction. Compilers write into it one after the other: kube-proxy in its mode, the Pod network, network
// policy, host ports. Each of them sees the draft and the cluster, and none of the others.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import type { Node } from '../kube/node';
import type { Device } from '../linux/device';
import type { IpSet } from '../linux/ipset';
import type { Ruleset, TableName } from '../linux/netfilter';
import type { NftTable } from '../linux/nftables';
import type { Route } from '../linux/route';
import type { VirtualServer } from '../linux/virtual-server';
import type { Family } from '../net/ip';
import type { SlicesByService } from './endpoints';
import { LOOPBACK, LOOPBACK_ROUTES } from './network';
import { TableDraft } from './rules';
import type { Subnet } from './subnet';

/** What every compiler of a node may look at. */
export interface OnNode {
  readonly cluster: Cluster;
  readonly node: Node;
  /** All running Pods with a network namespace of their own, of every node. */
  readonly pods: readonly RunningPod[];
  readonly subnets: readonly Subnet[];
  /** The address families in which the node is programmed. */
  readonly families: readonly Family[];
  readonly slices: SlicesByService;
}

/** A compiler: writes its part of the node into the draft. */
export type NodeCompiler = (draft: NodeDraft, on: OnNode) => void;

/** Devices, routes, rules and sets of one node, as far as they are written. */
export class NodeDraft {
  readonly devices: Device[] = [LOOPBACK];
  readonly routes: Route[] = [...LOOPBACK_ROUTES];
  readonly nftables: NftTable[] = [];
  readonly ipvs: VirtualServer[] = [];
  readonly sets: Record<string, IpSet> = {};
  /** What a compiler can only write when the node has all its devices. */
  readonly onceWired: (() => void)[] = [];
  private readonly tables: Readonly<Record<Family, Map<TableName, TableDraft>>> = { 4: new Map(), 6: new Map() };

  /** The table of iptables of this name; made when it is first spoken of. */
  table(family: Family, name: TableName): TableDraft {
    const known = this.tables[family].get(name) ?? new TableDraft(name);
    this.tables[family].set(name, known);
    return known;
  }

  ruleset(family: Family): Ruleset {
    return Object.fromEntries([...this.tables[family]].map(([name, table]) => [name, table.finish()]));
  }
}

/** The Pods of the node that have a network namespace of their own. */
export function podsHere({ node, pods }: Pick<OnNode, 'node' | 'pods'>): readonly RunningPod[] {
  const byNode = placed.get(pods) ?? groupedByNode(pods);
  placed.set(pods, byNode);
  return byNode.get(node.metadata.name) ?? [];
}

// Every node asks for the Pods of every other: the list never changes, and is sorted by node once.
const placed = new WeakMap<readonly RunningPod[], ReadonlyMap<string | null, readonly RunningPod[]>>();

function groupedByNode(pods: readonly RunningPod[]): ReadonlyMap<string | null, readonly RunningPod[]> {
  const byNode = new Map<string | null, RunningPod[]>();
  for (const pod of pods) {
    const known = byNode.get(pod.spec.nodeName);
    if (known === undefined) byNode.set(pod.spec.nodeName, [pod]);
    else known.push(pod);
  }
  return byNode;
}
