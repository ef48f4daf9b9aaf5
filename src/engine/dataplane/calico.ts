// Calico: a veth and a /32 route for every Pod, and a route for every other node's range, with or without a tunnel on its way (`calico-tunnel.ts`).
// Device names, the gateway that nobody owns and the blackhole are Calico's own (felix/rules, confd; see `network.md` of its docs).
// Left out: BGP sessions, host endpoints, NOTRACK for wrapped packets.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import { provenance } from '../kube/ref';
import type { Device } from '../linux/device';
import { netSet } from '../linux/ipset';
import type { Kernel } from '../linux/kernel';
import type { Route } from '../linux/route';
import { hex } from '../net/bytes';
import { cidr, contains, hostPrefix } from '../net/cidr';
import { type Family, family, type Ip, ip } from '../net/ip';
import { sha1 } from '../net/sha';
import {
  calicoPodMtu,
  type Overlay,
  protocolOf,
  routeToOther,
  tunnelDevices,
  tunnelLocalRoutes,
  tunnelMasquerade,
  tunnelName,
} from './calico-tunnel';
import { DEFAULT_ROUTE, localRoute, route, viaGateway } from './network';
import { type OnNode, podsHere } from './node-draft';
import { becauseRange, nodeCard, nodeLinkRoutes, rangesElsewhere } from './node-link';
import type { PodNetwork } from './pod-network';
import { poolOf } from './pod-range';
import { jump, MATCH, rule, type TableDraft } from './rules';

/** The Pods' gateway: an address that no device has. The node's side of the veth answers ARP for it. */
const GATEWAY: Readonly<Record<Family, Ip>> = { 4: ip('169.254.1.1'), 6: ip('fe80::ecee:eeff:feee:eeee') };

const LINK_LOCAL = cidr('fe80::/64');

/** The node's side of a Pod's veth (felix: libcalico-go/lib/names). */
export function caliName(pod: RunningPod): string {
  return `cali${hex(sha1(`${pod.metadata.namespace}.${pod.metadata.name}`)).slice(0, 11)}`;
}

function podDevices(overlay: Overlay, pod: RunningPod): readonly Device[] {
  const addresses = pod.status.podIPs.map((address) => ({ ip: address, prefix: hostPrefix(address) }));
  return [
    {
      name: 'eth0',
      addresses,
      attachment: { kind: 'veth', peer: { netns: `node/${pod.spec.nodeName}`, device: caliName(pod) } },
      mtu: calicoPodMtu(overlay, pod.status.podIPs.map(family)),
      proxyArp: false,
    },
  ];
}

function podRoutes(pod: RunningPod): readonly Route[] {
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

/** Without a tunnel, and with each of its two. */
export const CALICO = calico('none');
export const CALICO_IPIP = calico('ipip');
export const CALICO_VXLAN = calico('vxlan');

function calico(overlay: Overlay): PodNetwork {
  return {
    podDevices: (pod) => podDevices(overlay, pod),
    podRoutes,
    program: (draft, on) => {
      const tunnels = tunnelDevices(overlay, on);
      draft.devices.push(nodeCard(on), ...podsHere(on).map((pod) => ownEnd(overlay, pod)), ...tunnels);
      draft.routes.push(...nodeRoutes(overlay, on), ...tunnelLocalRoutes(tunnels));
      for (const family of on.families) {
        natOutgoingRules(draft.table(family, 'nat'), on.cluster, family);
        const device = tunnelName(overlay, family);
        if (device !== null) tunnelMasquerade(draft.table(family, 'nat'), device);
        Object.assign(draft.sets, ipSets(on.cluster, family));
      }
    },
  };
}

/** The node's end of a Pod's veth. */
function ownEnd(overlay: Overlay, pod: RunningPod): Device {
  return {
    name: caliName(pod),
    addresses: [],
    attachment: { kind: 'veth', peer: { netns: `pod/${pod.metadata.namespace}/${pod.metadata.name}`, device: 'eth0' } },
    mtu: calicoPodMtu(overlay, pod.status.podIPs.map(family)),
    proxyArp: true,
  };
}

function nodeRoutes(overlay: Overlay, on: OnNode): readonly Route[] {
  return [
    ...nodeLinkRoutes(on),
    ...on.node.spec.podCIDRs.map((range, index) =>
      route({ to: range, nextHop: { kind: 'blackhole' }, protocol: protocolOf(overlay), because: becauseRange(on.node, index) }),
    ),
    ...podsHere(on).flatMap(ownPodRoutes),
    ...rangesElsewhere(on).flatMap((elsewhere) => routeToOther(overlay, on, elsewhere) ?? []),
  ];
}

function ownPodRoutes(pod: RunningPod): readonly Route[] {
  const because = provenance(refOf(pod), ['metadata', 'name']);
  return pod.status.podIPs.map((address) =>
    route({ to: hostPrefix(address), nextHop: { kind: 'link', device: caliName(pod) }, scope: 'link', because }),
  );
}

/** felix: ipsets of the two families, told apart by a digit. */
const SETS: Readonly<Record<Family, { readonly masqueraded: string; readonly pools: string; readonly hosts: string }>> = {
  4: { masqueraded: 'cali40masq-ipam-pools', pools: 'cali40all-ipam-pools', hosts: 'cali40all-hosts-net' },
  6: { masqueraded: 'cali60masq-ipam-pools', pools: 'cali60all-ipam-pools', hosts: 'cali60all-hosts-net' },
};

/** natOutgoing: what leaves the Pod network is given the node's address, behind kube-proxy's own rules. */
function natOutgoingRules(nat: TableDraft, { settings }: Cluster, of: Family): void {
  const { masqueraded, pools, hosts } = SETS[of];
  nat.add('POSTROUTING', rule({ target: jump('cali-POSTROUTING') }));
  nat.add('cali-POSTROUTING', rule({ target: jump('cali-nat-outgoing') }));
  nat.add('cali-nat-outgoing');
  if (settings.natOutgoing === 'none') return;
  const toHosts = settings.natOutgoing === 'IPPoolsAndHostIPs' ? [MATCH.set(hosts, ['dst'], true)] : [];
  nat.add(
    'cali-nat-outgoing',
    rule({ matches: [MATCH.set(masqueraded, ['src']), MATCH.set(pools, ['dst'], true), ...toHosts], target: { kind: 'masquerade' } }),
  );
}

/** The plugin's pools: the Pod range, and what Nodes have beside it. */
function ipSets(cluster: Cluster, of: Family): Kernel['sets'] {
  const range = poolOf(cluster, of);
  const apart = cluster.nodes
    .flatMap(({ spec }) => spec.podCIDRs)
    .filter(({ network }) => family(network) === of && !(range !== null && contains(range, network)));
  const pools = [...(range === null ? [] : [range]), ...apart];
  const hosts = cluster.nodes.flatMap(({ status }) => status.internalIPs).filter((address) => family(address) === of);
  const pooled = netSet(of, pools);
  return { [SETS[of].masqueraded]: pooled, [SETS[of].pools]: pooled, [SETS[of].hosts]: netSet(of, hosts.map(hostPrefix)) };
}
