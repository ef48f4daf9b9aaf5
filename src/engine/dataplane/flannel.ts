// flannel: Pods on a bridge, and the nodes' ranges joined by VXLAN (flannel's backend/vxlan and pkg/trafficmngr/iptables; CNI plugins bridge and
// host-local). With DirectRouting a node on the same link is reached without the tunnel. There is no NetworkPolicy.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import type { Node } from '../kube/node';
import type { Match, Target } from '../linux/netfilter';
import type { Route } from '../linux/route';
import { type Family, family, type Ip } from '../net/ip';
import { bridgeDevices, bridgedPodRoutes, bridgeRoutes, gatewayOf, podCard, rangeFor } from './bridged-pods';
import { MASQUERADE_MARK } from './masquerade-mark';
import { firstOf, localRoute, MULTICAST, route, viaGateway } from './network';
import type { NodeDraft, OnNode } from './node-draft';
import { nodeCard, nodeLinkRoutes, type RangeElsewhere, rangesElsewhere, sharesLink } from './node-link';
import type { PodNetwork } from './pod-network';
import { poolOf } from './pod-range';
import { jump, MATCH, rule } from './rules';
import { type VxlanNetwork, vxlanDevice, vxlanMtu } from './vxlan';

export const FLANNEL: PodNetwork = {
  podDevices: (pod, cluster) => [podCard(pod, cluster, podMtu(pod.status.podIPs.map(family)))],
  podRoutes: (pod, cluster) => [...bridgedPodRoutes(pod, cluster), ...poolRoutes(pod, cluster)],
  program: (draft, on) => {
    const tunnels = on.families.flatMap((of) => vxlanDevice(on, tunnelOf(of)) ?? []);
    draft.devices.push(nodeCard(on), ...bridgeDevices(on, podMtu(on.families)), ...tunnels);
    draft.routes.push(
      ...nodeLinkRoutes(on),
      ...bridgeRoutes(on),
      ...tunnels.flatMap(({ name, addresses }) => addresses.map(({ ip }) => localRoute(ip, name))),
      ...rangesElsewhere(on).flatMap((elsewhere) => routeToOther(on, elsewhere) ?? []),
    );
    for (const of of on.families) writeRules(draft, on, of);
  },
};

function podMtu(families: readonly Family[]): number {
  return Math.min(...families.map(vxlanMtu));
}

/** The tunnel has the address of the node's range itself: `10.244.0.0`. */
function tunnelOf(of: Family): VxlanNetwork {
  return { device: of === 4 ? 'flannel.1' : 'flannel-v6.1', vni: 1, port: 8472, of, addressOf: (node) => tunnelAddress(node, of) };
}

function tunnelAddress(node: Node, of: Family): Ip | null {
  return node.spec.podCIDRs.find(({ network }) => family(network) === of)?.network ?? null;
}

/** The Pod's route to the whole Pod network, which the CNI plugin of flannel adds beside the default route. */
function poolRoutes(pod: RunningPod, cluster: Cluster): readonly Route[] {
  return pod.status.podIPs.flatMap((address) => {
    const [pool, range] = [poolOf(cluster, family(address)), rangeFor(address, pod, cluster)];
    if (pool === null || range === null || pool.length >= range.length) return [];
    return [route({ to: pool, nextHop: viaGateway(gatewayOf(range), 'eth0') })];
  });
}

function routeToOther(on: OnNode, { other, range, because }: RangeElsewhere): Route | null {
  const of = family(range.network);
  const machine = firstOf(other.status.internalIPs, of);
  const gateway = tunnelAddress(other, of);
  if (machine === undefined || gateway === null) return null;
  if (on.cluster.settings.crossSubnet && sharesLink(on, other, of))
    return route({ to: range, nextHop: viaGateway(machine, 'eth0'), because });
  return route({ to: range, nextHop: viaGateway(gateway, tunnelOf(of).device, true), because });
}

function writeRules(draft: NodeDraft, { cluster, node }: OnNode, of: Family): void {
  const pool = poolOf(cluster, of);
  const own = node.spec.podCIDRs.find(({ network }) => family(network) === of);
  if (pool === null || own === undefined) return;
  const nat = draft.table(of, 'nat');
  nat.add('POSTROUTING', said('flanneld masq', [], jump('FLANNEL-POSTRTG')));
  const add = (matches: readonly Match[], kind: 'return' | 'masquerade') =>
    nat.add('FLANNEL-POSTRTG', said('flanneld masq', matches, { kind }));
  add([MATCH.mark(MASQUERADE_MARK)], 'return');
  add([MATCH.source(own), MATCH.destination(pool)], 'return');
  add([MATCH.source(pool), MATCH.destination(own)], 'return');
  add([MATCH.source(pool, true), MATCH.destination(own)], 'return');
  add([MATCH.source(pool), MATCH.destination(MULTICAST[of], true)], 'masquerade');
  add([MATCH.source(pool, true), MATCH.destination(pool)], 'masquerade');
  const filter = draft.table(of, 'filter');
  filter.add('FORWARD', said('flanneld forward', [], jump('FLANNEL-FWD')));
  for (const match of [MATCH.source(pool), MATCH.destination(pool)])
    filter.add('FLANNEL-FWD', said('flanneld forward', [match], { kind: 'accept' }));
}

function said(comment: string, matches: readonly Match[], target: Target) {
  return rule({ matches, comment, target });
}
