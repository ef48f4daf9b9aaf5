// How Calico's nodes reach the Pod ranges of others: by BGP routes over the nodes' own link, through VXLAN, or through IPIP; and with
// CrossSubnet through the tunnel only where the other node is on another link (felix/dataplane/linux: vxlan_mgr, ipip_mgr; confd's bird templates).
// IPIP is of IPv4 alone: ranges of IPv6 are routed as without any tunnel.

import type { RunningPod } from '../controlplane/cluster';
import type { Node } from '../kube/node';
import type { Device } from '../linux/device';
import type { Match } from '../linux/netfilter';
import type { Route } from '../linux/route';
import { addressAt, hostPrefix, size } from '../net/cidr';
import { type Family, family, type Ip } from '../net/ip';
import { ETHERNET_MTU, firstOf, localRoute, route, viaGateway } from './network';
import type { OnNode } from './node-draft';
import { type RangeElsewhere, sharesLink } from './node-link';
import { MATCH, rule, type TableDraft } from './rules';
import { type VxlanNetwork, vxlanDevice, vxlanMtu } from './vxlan';

/** How packets get from node to node: as they are, or wrapped. */
export type Overlay = 'none' | 'ipip' | 'vxlan';

const IPIP_MTU = ETHERNET_MTU - 20;

/** The largest packet of a Pod: the wrapping has to fit as well. */
export function calicoPodMtu(overlay: Overlay, families: readonly Family[]): number {
  if (overlay === 'vxlan') return Math.min(...families.map(vxlanMtu));
  return overlay === 'ipip' ? IPIP_MTU : ETHERNET_MTU;
}

/** Who writes the routes: BIRD, or felix itself, which has protocol 80. */
export function protocolOf(overlay: Overlay): string {
  return overlay === 'vxlan' ? '80' : 'bird';
}

function isTunnelled(overlay: Overlay, of: Family): boolean {
  return overlay === 'vxlan' || (overlay === 'ipip' && of === 4);
}

/** The name of the tunnel's device; null where the family has none. */
export function tunnelName(overlay: Overlay, of: Family): string | null {
  if (!isTunnelled(overlay, of)) return null;
  if (overlay === 'ipip') return 'tunl0';
  return of === 4 ? 'vxlan.calico' : 'vxlan-v6.calico';
}

/** The tunnel takes an address of the node's own range, the first that no Pod has. */
function tunnelAddress(node: Node, of: Family, pods: readonly RunningPod[]): Ip | null {
  const range = node.spec.podCIDRs.find(({ network }) => family(network) === of);
  if (range === undefined) return null;
  const taken = addressesOf(pods);
  for (let offset = 0n; offset < size(range); offset += 1n) {
    const candidate = addressAt(range, offset);
    if (!taken.has(candidate)) return candidate;
  }
  return null;
}

// Every node asks for the tunnel address of every other: the Pods' addresses are gathered once for all of them.
const gathered = new WeakMap<readonly RunningPod[], ReadonlySet<Ip>>();

function addressesOf(pods: readonly RunningPod[]): ReadonlySet<Ip> {
  const known = gathered.get(pods) ?? new Set(pods.flatMap(({ status }) => status.podIPs));
  gathered.set(pods, known);
  return known;
}

function vxlanOf({ pods }: OnNode, of: Family): VxlanNetwork {
  const device = tunnelName('vxlan', of) ?? '';
  return { device, vni: 4096, port: 4789, of, addressOf: (node) => tunnelAddress(node, of, pods) };
}

/** The node's own end of the tunnel, one for each family that is wrapped. */
export function tunnelDevices(overlay: Overlay, on: OnNode): readonly Device[] {
  return on.families.flatMap((of) => (isTunnelled(overlay, of) ? (tunnelDevice(overlay, on, of) ?? []) : []));
}

function tunnelDevice(overlay: Overlay, on: OnNode, of: Family): Device | null {
  if (overlay === 'vxlan') return vxlanDevice(on, vxlanOf(on, of));
  const address = tunnelAddress(on.node, of, on.pods);
  if (address === null) return null;
  const addresses = [{ ip: address, prefix: hostPrefix(address) }];
  return { name: 'tunl0', addresses, attachment: { kind: 'tunnel', tunnel: { kind: 'ipip' } }, mtu: IPIP_MTU, proxyArp: false };
}

/** The routes to the tunnel's own addresses. */
export function tunnelLocalRoutes(devices: readonly Device[]): readonly Route[] {
  return devices.flatMap(({ name, addresses }) => addresses.map(({ ip }) => localRoute(ip, name)));
}

/** The route to a range of another node; null where there is no way. */
export function routeToOther(overlay: Overlay, on: OnNode, { other, range, because }: RangeElsewhere): Route | null {
  const of = family(range.network);
  const machine = firstOf(other.status.internalIPs, of);
  const device = tunnelName(overlay, of);
  if (machine === undefined) return null;
  if (device === null || (on.cluster.settings.crossSubnet && sharesLink(on, other, of)))
    return route({ to: range, nextHop: viaGateway(machine, 'eth0'), protocol: protocolOf(overlay), because });
  if (overlay === 'ipip') return route({ to: range, nextHop: viaGateway(machine, device, true), protocol: 'bird', because });
  const gateway = tunnelAddress(other, of, on.pods);
  return gateway === null ? null : route({ to: range, nextHop: viaGateway(gateway, device, true), because });
}

/** What the node itself sends through the tunnel bears the tunnel's address, else the answer would come beside it (felix: rules/nat.go). */
export function tunnelMasquerade(nat: TableDraft, device: string): void {
  const elsewhere: Match = { kind: 'source-type', negated: true, type: 'LOCAL', limit: 'output-device' };
  const matches: readonly Match[] = [{ kind: 'output', negated: false, device }, elsewhere, MATCH.fromLocal];
  nat.add('cali-POSTROUTING', rule({ matches, target: { kind: 'masquerade' } }));
}
