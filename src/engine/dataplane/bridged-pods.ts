// Pods on a bridge of their node, as the CNI plugin `bridge` with host-local addresses wires them: one bridge with the first address of the node's
// range, a cable from every Pod to a port of it, and hairpin mode on. Flannel, minikube's bridge and two nodes without any network share this.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import type { Node } from '../kube/node';
import { provenance } from '../kube/ref';
import type { Device } from '../linux/device';
import type { Route } from '../linux/route';
import { hex } from '../net/bytes';
import { addressAt, type Cidr, contains, hostPrefix } from '../net/cidr';
import { family, type Ip } from '../net/ip';
import { sha1 } from '../net/sha';
import { DEFAULT_ROUTE, linkRoute, localRoute, route, viaGateway } from './network';
import { type OnNode, podsHere } from './node-draft';
import { becauseRange, strayAddresses } from './node-link';

const BRIDGE = 'cni0';

/** The node's end of a Pod's cable. The plugin draws the digits; here the Pod's name gives them. */
export function vethName({ metadata }: RunningPod): string {
  return `veth${hex(sha1(`${metadata.namespace}/${metadata.name}`)).slice(0, 8)}`;
}

/** The node's own address among its Pods: the first of the range. */
export function gatewayOf(range: Cidr): Ip {
  return addressAt(range, 1n);
}

/** The range of its node that the address belongs to; null for one from elsewhere. */
export function rangeAround(address: Ip, pod: RunningPod, { nodes }: Pick<Cluster, 'nodes'>): Cidr | null {
  const node = nodes.find(({ metadata }) => metadata.name === pod.spec.nodeName);
  return node?.spec.podCIDRs.find((range) => contains(range, address)) ?? null;
}

/** The first range of the node of the address's family: that of the gateway for an address from elsewhere. */
export function rangeFor(address: Ip, pod: RunningPod, { nodes }: Pick<Cluster, 'nodes'>): Cidr | null {
  const node = nodes.find(({ metadata }) => metadata.name === pod.spec.nodeName);
  return node?.spec.podCIDRs.find(({ network }) => family(network) === family(address)) ?? null;
}

/** The Pod's end of the cable, `eth0`. */
export function podCard(pod: RunningPod, cluster: Pick<Cluster, 'nodes'>, mtu: number): Device {
  return {
    name: 'eth0',
    addresses: pod.status.podIPs.map((ip) => ({ ip, prefix: rangeAround(ip, pod, cluster) ?? hostPrefix(ip) })),
    attachment: { kind: 'veth', peer: { netns: `node/${pod.spec.nodeName}`, device: vethName(pod) } },
    mtu,
    proxyArp: false,
  };
}

/** The Pod's routes: its own range lies on the link, all else behind the bridge's address. */
export function bridgedPodRoutes(pod: RunningPod, cluster: Pick<Cluster, 'nodes'>): readonly Route[] {
  return pod.status.podIPs.flatMap((address) => {
    const own = rangeAround(address, pod, cluster);
    const range = own ?? rangeFor(address, pod, cluster);
    return [
      localRoute(address, 'eth0'),
      ...(range === null
        ? []
        : [route({ to: DEFAULT_ROUTE[family(address)], nextHop: viaGateway(gatewayOf(range), 'eth0', own === null) })]),
      ...(own === null ? [] : [linkRoute(own, 'eth0', address)]),
    ];
  });
}

/** The bridge and its ports. */
export function bridgeDevices(on: OnNode, mtu: number): readonly Device[] {
  const bridge: Device = {
    name: BRIDGE,
    addresses: on.node.spec.podCIDRs.map((range) => ({ ip: gatewayOf(range), prefix: range })),
    attachment: { kind: 'bridge', hairpin: true },
    mtu,
    proxyArp: false,
  };
  return [bridge, ...podsHere(on).map((pod) => port(pod, mtu))];
}

function port(pod: RunningPod, mtu: number): Device {
  const peer = { netns: `pod/${pod.metadata.namespace}/${pod.metadata.name}`, device: 'eth0' };
  return { name: vethName(pod), addresses: [], attachment: { kind: 'bridge-port', bridge: BRIDGE, peer }, mtu, proxyArp: false };
}

/** The node's routes to its own Pods: its ranges lie on the bridge, and so does each address of a Pod that is from elsewhere. */
export function bridgeRoutes({ node, pods }: OnNode): readonly Route[] {
  return [
    ...node.spec.podCIDRs.flatMap((range, index) => rangeOnBridge(node, range, index)),
    ...strayAddresses(node, pods).map(({ pod, address }) =>
      route({
        to: hostPrefix(address),
        nextHop: { kind: 'link', device: BRIDGE },
        scope: 'link',
        because: provenance(refOf(pod), ['metadata', 'name']),
      }),
    ),
  ];
}

function rangeOnBridge(node: Node, range: Cidr, index: number): readonly Route[] {
  const own = gatewayOf(range);
  return [localRoute(own, BRIDGE), { ...linkRoute(range, BRIDGE, own), provenance: becauseRange(node, index) }];
}
