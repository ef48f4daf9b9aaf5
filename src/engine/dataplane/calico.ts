// Calico without encapsulation: a veth and a /32 route for every Pod, and a route learnt by BGP for every other node's range.
// Device names, the gateway that nobody owns and the blackhole are Calico's own (felix/rules, confd; see `network.md` of its docs).
// Left out: blocks of /26 (a node's podCIDR is taken as it is), BGP sessions, host endpoints, network policy.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import type { Node } from '../kube/node';
import { provenance } from '../kube/ref';
import type { Device } from '../linux/device';
import type { Kernel } from '../linux/kernel';
import type { Route } from '../linux/route';
import { hex } from '../net/bytes';
import { type Cidr, cidr, contains, hostPrefix } from '../net/cidr';
import { type Family, family, type Ip, ip } from '../net/ip';
import type { Provenance } from '../net/provenance';
import { sha1 } from '../net/sha';
import { DEFAULT_ROUTE, ETHERNET_MTU, firstOf, linkRoute, localRoute, route, viaGateway } from './network';
import { poolOf } from './pod-range';
import { jump, MATCH, rule, type TableDraft } from './rules';
import { linkOf, type Subnet } from './subnet';
import { UNDERLAY } from './underlay';

/** The Pods' gateway: an address that no device has. The node's side of the veth answers ARP for it. */
const GATEWAY: Readonly<Record<Family, Ip>> = { 4: ip('169.254.1.1'), 6: ip('fe80::ecee:eeff:feee:eeee') };

const LINK_LOCAL = cidr('fe80::/64');

/** The node's side of a Pod's veth (felix: libcalico-go/lib/names). */
export function caliName(pod: RunningPod): string {
  return `cali${hex(sha1(`${pod.metadata.namespace}.${pod.metadata.name}`)).slice(0, 11)}`;
}

export function podDevices(pod: RunningPod): readonly Device[] {
  const addresses = pod.status.podIPs.map((address) => ({ ip: address, prefix: hostPrefix(address) }));
  return [
    {
      name: 'eth0',
      addresses,
      attachment: { kind: 'veth', peer: { netns: `node/${pod.spec.nodeName}`, device: caliName(pod) } },
      mtu: ETHERNET_MTU,
      proxyArp: false,
    },
  ];
}

export function podRoutes(pod: RunningPod): readonly Route[] {
  return pod.status.podIPs.flatMap((address) => {
    const of = family(address);
    return [
      localRoute(address, 'eth0'),
      route({ to: DEFAULT_ROUTE[of], nextHop: viaGateway(GATEWAY[of], 'eth0') }),
      of === 4
        ? route({ to: hostPrefix(GATEWAY[4]), nextHop: { kind: 'link', device: 'eth0' }, scope: 'link' })
        : route({ to: LINK_LOCAL, nextHop: { kind: 'link', device: 'eth0' }, protocol: 'kernel' }),
    ];
  });
}

/** The node's card and its end of each of its Pods' veths. */
export function nodeDevices(node: Node, { pods, subnets }: { pods: readonly RunningPod[]; subnets: readonly Subnet[] }): readonly Device[] {
  const addresses = node.status.internalIPs.map((address) => ({
    ip: address,
    prefix: linkOf(subnets, address) ?? hostPrefix(address),
  }));
  const card: Device = { name: 'eth0', addresses, attachment: { kind: 'segment', segment: UNDERLAY }, mtu: ETHERNET_MTU, proxyArp: false };
  return [
    card,
    ...pods.map(
      (pod): Device => ({
        name: caliName(pod),
        addresses: [],
        attachment: { kind: 'veth', peer: { netns: `pod/${pod.metadata.namespace}/${pod.metadata.name}`, device: 'eth0' } },
        mtu: ETHERNET_MTU,
        proxyArp: true,
      }),
    ),
  ];
}

export function nodeRoutes(
  cluster: Cluster,
  node: Node,
  { pods, subnets }: { pods: readonly RunningPod[]; subnets: readonly Subnet[] },
): readonly Route[] {
  const local = pods.filter(({ spec }) => spec.nodeName === node.metadata.name);
  return [
    ...node.status.internalIPs.map((address) => localRoute(address, 'eth0')),
    ...subnets.flatMap((subnet) => linkRoutes(node, subnet)),
    ...node.spec.podCIDRs.map((range, index) =>
      route({ to: range, nextHop: { kind: 'blackhole' }, protocol: 'bird', because: becauseRange(node, index) }),
    ),
    ...local.flatMap(ownPodRoutes),
    ...cluster.nodes.filter((other) => other !== node).flatMap((other) => learntRoutes(other, pods)),
  ];
}

/** The first range has a field of its own beside the list of all. */
function becauseRange(node: Node, index: number): Provenance {
  return provenance(refOf(node), index === 0 ? ['spec', 'podCIDR'] : ['spec', 'podCIDRs', index]);
}

/** The router for the rest of the world; and the links, those on which the node has no address of its own included. */
function linkRoutes({ status }: Node, { links, gateway }: Subnet): readonly Route[] {
  const sourceOn = (link: Cidr): Ip | undefined => status.internalIPs.find((address) => contains(link, address));
  if (!links.some((link) => sourceOn(link) !== undefined)) return [];
  const reaches = links.some((link) => contains(link, gateway) && sourceOn(link) !== undefined);
  return [
    route({ to: DEFAULT_ROUTE[family(gateway)], nextHop: viaGateway(gateway, 'eth0', !reaches) }),
    ...links.map((link) => {
      const source = sourceOn(link);
      return source === undefined
        ? route({ to: link, nextHop: { kind: 'link', device: 'eth0' }, scope: 'link' })
        : linkRoute(link, 'eth0', source);
    }),
  ];
}

function ownPodRoutes(pod: RunningPod): readonly Route[] {
  const because = provenance(refOf(pod), ['metadata', 'name']);
  return pod.status.podIPs.map((address) =>
    route({ to: hostPrefix(address), nextHop: { kind: 'link', device: caliName(pod) }, scope: 'link', because }),
  );
}

/** One route for the other node's range, and one for each of its Pods whose address lies outside of it (Calico: a borrowed address). */
function learntRoutes(other: Node, pods: readonly RunningPod[]): readonly Route[] {
  const learnt = (range: Route['destination'], because: Route['provenance']): readonly Route[] => {
    const gateway = firstOf(other.status.internalIPs, family(range.network));
    return gateway === undefined ? [] : [route({ to: range, nextHop: viaGateway(gateway, 'eth0'), protocol: 'bird', because })];
  };
  const borrowed = pods
    .filter(({ spec }) => spec.nodeName === other.metadata.name)
    .flatMap((pod) =>
      pod.status.podIPs
        .filter((address) => !other.spec.podCIDRs.some((range) => contains(range, address)))
        .map((address) => ({ pod, address })),
    );
  return [
    ...other.spec.podCIDRs.flatMap((range, index) => learnt(range, becauseRange(other, index))),
    ...borrowed.flatMap(({ pod, address }) => learnt(hostPrefix(address), provenance(refOf(pod), ['metadata', 'name']))),
  ];
}

/** felix: ipsets of the two families, told apart by a digit. */
const SETS: Readonly<Record<Family, { readonly masqueraded: string; readonly pools: string; readonly hosts: string }>> = {
  4: { masqueraded: 'cali40masq-ipam-pools', pools: 'cali40all-ipam-pools', hosts: 'cali40all-hosts-net' },
  6: { masqueraded: 'cali60masq-ipam-pools', pools: 'cali60all-ipam-pools', hosts: 'cali60all-hosts-net' },
};

/** natOutgoing: what leaves the Pod network is given the node's address, behind kube-proxy's own rules. */
export function natOutgoingRules(nat: TableDraft, { settings }: Cluster, of: Family): void {
  const { masqueraded, pools, hosts } = SETS[of];
  nat.add('POSTROUTING', rule({ target: jump('cali-POSTROUTING') }));
  nat.add('cali-POSTROUTING', rule({ target: jump('cali-nat-outgoing') }));
  nat.add('cali-nat-outgoing');
  if (settings.natOutgoing === 'none') return;
  const toHosts = settings.natOutgoing === 'IPPoolsAndHostIPs' ? [MATCH.set(hosts, 'dst', true)] : [];
  nat.add(
    'cali-nat-outgoing',
    rule({ matches: [MATCH.set(masqueraded, 'src'), MATCH.set(pools, 'dst', true), ...toHosts], target: { kind: 'masquerade' } }),
  );
}

/** The plugin's pools: the Pod range, and what Nodes have beside it. */
export function ipSets(cluster: Cluster, of: Family): Kernel['sets'] {
  const range = poolOf(cluster, of);
  const apart = cluster.nodes
    .flatMap(({ spec }) => spec.podCIDRs)
    .filter(({ network }) => family(network) === of && !(range !== null && contains(range, network)));
  const pools = [...(range === null ? [] : [range]), ...apart];
  const hosts = cluster.nodes.flatMap(({ status }) => status.internalIPs).filter((address) => family(address) === of);
  return { [SETS[of].masqueraded]: pools, [SETS[of].pools]: pools, [SETS[of].hosts]: hosts.map(hostPrefix) };
}
