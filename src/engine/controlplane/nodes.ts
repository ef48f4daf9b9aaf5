// Nodes as the kubelet and the node IPAM controller leave them: each with an address and a range for its Pods. A Node that
// lacks one of them gets the next free of a pattern: 192.168.1.10, .11, … and 10.1.1.0/24, 10.1.2.0/24, …; where other Nodes
// name theirs, the pattern goes on in their network.

import type { Node } from '../kube/node';
import { addressAt, type Cidr, cidr, contains, overlaps, prefixOf, size } from '../net/cidr';
import { family, type Ip } from '../net/ip';

export const DEFAULT_CLUSTER_RANGE = cidr('10.1.0.0/16');

const MACHINES = cidr('192.168.1.0/24');
const FIRST_MACHINE = 10n;
const POD_RANGE_LENGTH = 24;

/** What is taken already: addresses that the manifest fixes anywhere, and the range that Pod ranges are cut from, where one is set. */
export interface Surroundings {
  readonly fixed: ReadonlySet<Ip>;
  readonly clusterCIDR: Cidr | null;
}

/** The Nodes, each with an InternalIP and a podCIDR as long as the patterns have one left. */
export function completeNodes(nodes: readonly Node[], around: Surroundings): readonly Node[] {
  const done = [...nodes];
  for (const [index, node] of nodes.entries()) {
    const internalIP = node.status.internalIPs.length > 0 ? null : freeAddress(done, around);
    const podCIDR = node.spec.podCIDRs.length > 0 ? null : freePodRange(done, around);
    done[index] = {
      ...node,
      spec: podCIDR ? { ...node.spec, podCIDRs: [podCIDR] } : node.spec,
      status: internalIP ? { ...node.status, internalIPs: [internalIP] } : node.status,
    };
  }
  return done;
}

function freeAddress(nodes: readonly Node[], around: Surroundings): Ip | null {
  const taken = nodes.flatMap((node) => [...node.status.internalIPs, ...node.status.externalIPs]);
  const first = taken.find((ip) => family(ip) === 4);
  const network = first === undefined ? MACHINES : prefixOf(first, MACHINES.length);
  for (let offset = FIRST_MACHINE; offset < size(network) - 1n; offset += 1n) {
    const ip = addressAt(network, offset);
    if (!taken.includes(ip) && !around.fixed.has(ip)) return ip;
  }
  return null;
}

function freePodRange(nodes: readonly Node[], around: Surroundings): Cidr | null {
  const taken = nodes.flatMap((node) => node.spec.podCIDRs);
  const machines = nodes.flatMap((node) => node.status.internalIPs);
  const network = around.clusterCIDR ?? neighbourhood(taken);
  const step = 1n << BigInt(32 - POD_RANGE_LENGTH);
  for (let offset = step; offset < size(network); offset += step) {
    const range = prefixOf(addressAt(network, offset), POD_RANGE_LENGTH);
    if (!taken.some((other) => overlaps(other, range)) && !machines.some((ip) => contains(range, ip))) return range;
  }
  return null;
}

function neighbourhood(podCIDRs: readonly Cidr[]): Cidr {
  const first = podCIDRs.find((range) => family(range.network) === 4 && range.length >= DEFAULT_CLUSTER_RANGE.length);
  return first === undefined ? DEFAULT_CLUSTER_RANGE : prefixOf(first.network, DEFAULT_CLUSTER_RANGE.length);
}

/** The Node whose podCIDR holds the address. */
export function nodeHolding(ip: Ip, nodes: readonly Node[]): Node | null {
  return nodes.find((node) => node.spec.podCIDRs.some((range) => contains(range, ip))) ?? null;
}
