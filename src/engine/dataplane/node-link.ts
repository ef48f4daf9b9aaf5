// A node on the link that joins the nodes: its card, the routes that come with it, and the labels of its Pod ranges. Every network has these.

import type { RunningPod } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import type { Node } from '../kube/node';
import { provenance } from '../kube/ref';
import type { Device } from '../linux/device';
import type { Route } from '../linux/route';
import { type Cidr, contains, hostPrefix } from '../net/cidr';
import { type Family, family, type Ip } from '../net/ip';
import type { Provenance } from '../net/provenance';
import { DEFAULT_ROUTE, ETHERNET_MTU, firstOf, linkRoute, localRoute, route, viaGateway } from './network';
import { type OnNode, podsHere } from './node-draft';
import { linkOf, type Subnet } from './subnet';
import { UNDERLAY } from './underlay';

/** The node's own card, `eth0`. */
export function nodeCard({ node, subnets }: Pick<OnNode, 'node' | 'subnets'>): Device {
  const addresses = node.status.internalIPs.map((address) => ({ ip: address, prefix: linkOf(subnets, address) ?? hostPrefix(address) }));
  return { name: 'eth0', addresses, attachment: { kind: 'segment', segment: UNDERLAY }, mtu: ETHERNET_MTU, proxyArp: false };
}

/** Routes to the node's own addresses, to its link, and to the rest of the world. */
export function nodeLinkRoutes({ node, subnets }: Pick<OnNode, 'node' | 'subnets'>): readonly Route[] {
  return [
    ...node.status.internalIPs.map((address) => localRoute(address, 'eth0')),
    ...subnets.flatMap((subnet) => linkRoutes(node, subnet)),
  ];
}

/** The router for the rest of the world; and the links, those on which the node has no address of its own included, unless the router joins them. */
function linkRoutes({ status }: Node, { links, gateway, gateways }: Subnet): readonly Route[] {
  const sourceOn = (link: Cidr): Ip | undefined => status.internalIPs.find((address) => contains(link, address));
  const own = links.filter((link) => sourceOn(link) !== undefined);
  if (own.length === 0) return [];
  const near = gateways.find((address) => own.some((link) => contains(link, address)));
  return [
    route({ to: DEFAULT_ROUTE[family(gateway)], nextHop: viaGateway(near ?? gateway, 'eth0', near === undefined) }),
    ...(gateways.length > 1 ? own : links).map((link) => {
      const source = sourceOn(link);
      return source === undefined
        ? route({ to: link, nextHop: { kind: 'link', device: 'eth0' }, scope: 'link' })
        : linkRoute(link, 'eth0', source);
    }),
  ];
}

/** Whether the other node is on the same link as this one. */
export function sharesLink({ node, subnets }: Pick<OnNode, 'node' | 'subnets'>, other: Node, of: Family): boolean {
  const links = [node, other].map(({ status }) => {
    const address = firstOf(status.internalIPs, of);
    return address === undefined ? undefined : linkOf(subnets, address);
  });
  return links[0] !== undefined && links[0] === links[1];
}

/** The ranges of all other nodes; and each of their Pods' addresses that lies outside of them (Calico: a borrowed address). */
export function rangesElsewhere({ cluster, node, pods }: Pick<OnNode, 'cluster' | 'node' | 'pods'>): readonly RangeElsewhere[] {
  return cluster.nodes
    .filter((other) => other !== node)
    .flatMap((other) => [
      ...other.spec.podCIDRs.map((range, index) => ({ other, range, because: becauseRange(other, index) })),
      ...strayAddresses(other, pods).map(({ pod, address }) => ({
        other,
        range: hostPrefix(address),
        because: provenance(refOf(pod), ['metadata', 'name']),
      })),
    ]);
}

/** A range that lies on another node, with the label of the field that says so. */
export interface RangeElsewhere {
  readonly other: Node;
  readonly range: Cidr;
  readonly because: Provenance;
}

/** The addresses of the node's Pods that lie outside of its ranges. */
export function strayAddresses(node: Node, pods: readonly RunningPod[]): readonly { pod: RunningPod; address: Ip }[] {
  return podsHere({ node, pods }).flatMap((pod) =>
    pod.status.podIPs
      .filter((address) => !node.spec.podCIDRs.some((range) => contains(range, address)))
      .map((address) => ({ pod, address })),
  );
}

/** The label of a node's Pod range. The first range has a field of its own beside the list of all. */
export function becauseRange(node: Node, index: number): Provenance {
  return provenance(refOf(node), index === 0 ? ['spec', 'podCIDR'] : ['spec', 'podCIDRs', index]);
}
