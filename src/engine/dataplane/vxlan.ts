// One VXLAN device that joins a node to all others, as Calico and flannel both make it: without learning, with one permanent neighbour and
// one forwarding entry for every other node (felix: vxlan_mgr; flannel: backend/vxlan).

import { refOf } from '../kube/meta';
import type { Node } from '../kube/node';
import { provenance } from '../kube/ref';
import type { Device } from '../linux/device';
import { hex } from '../net/bytes';
import { hostPrefix } from '../net/cidr';
import { type Family, family, type Ip } from '../net/ip';
import { sha1 } from '../net/sha';
import { ETHERNET_MTU, firstOf } from './network';
import type { OnNode } from './node-draft';

/** One VXLAN network as its plugin sets it up. */
export interface VxlanNetwork {
  readonly device: string;
  readonly vni: number;
  readonly port: number;
  readonly of: Family;
  /** The address of a node's own device; it stands for the node as gateway. null: the node takes no part. */
  readonly addressOf: (node: Node) => Ip | null;
}

/** Bytes that the wrapping adds: Ethernet, IP, UDP and VXLAN headers. */
const OVERHEAD: Readonly<Record<Family, number>> = { 4: 50, 6: 70 };

/** The largest packet that fits into the wrapping. */
export function vxlanMtu(of: Family): number {
  return ETHERNET_MTU - OVERHEAD[of];
}

/** The node's end of the tunnel; null where the node has no address for it. */
export function vxlanDevice({ node, cluster }: Pick<OnNode, 'node' | 'cluster'>, network: VxlanNetwork): Device | null {
  const { device, vni, port, of, addressOf } = network;
  const own = addressOf(node);
  const local = firstOf(node.status.internalIPs, of);
  if (own === null || local === undefined) return null;
  const others = cluster.nodes.filter((other) => other !== node).flatMap((other) => peer(other, network));
  return {
    name: device,
    addresses: [{ ip: own, prefix: hostPrefix(own) }],
    attachment: {
      kind: 'tunnel',
      tunnel: {
        kind: 'vxlan',
        vni,
        port,
        local,
        mac: macOf(node, device),
        neighbours: others.map(({ ip, mac, because }) => ({ ip, mac, provenance: because })),
        forwarding: others.map(({ mac, remote, because }) => ({ mac, remote, provenance: because })),
      },
    },
    mtu: vxlanMtu(of),
    proxyArp: false,
  };
}

function peer(other: Node, { device, of, addressOf }: VxlanNetwork) {
  const ip = addressOf(other);
  const remote = other.status.internalIPs.find((address) => family(address) === of);
  if (ip === null || remote === undefined) return [];
  return [{ ip, remote, mac: macOf(other, device), because: provenance(refOf(other), ['status', 'addresses']) }];
}

/** Locally administered, and the same whenever the node is made anew. */
function macOf({ metadata }: Node, device: string): string {
  const digits = hex(sha1(`${metadata.name} ${device}`));
  return `66:${[0, 2, 4, 6, 8].map((at) => digits.slice(at, at + 2)).join(':')}`;
}
