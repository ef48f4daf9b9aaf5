// Nodes as the kubelet and the node IPAM controller leave them: each with an address and a range for its Pods. A Node that
// lacks one of them gets the next free of a pattern: 192.168.1.10, .11, … and 10.1.1.0/24, 10.1.2.0/24, …; where other Nodes
// name theirs, the pattern goes on in their network. Of IPv6: fd00:1::10, ::11, … and fd00:10:1:1::/64, fd00:10:1:2::/64, ….

import type { Node } from '../kube/node';
import { addressAt, type Cidr, cidr, contains, overlaps, prefixOf, size } from '../net/cidr';
import { type Family, family, type Ip } from '../net/ip';

export const DEFAULT_CLUSTER_RANGE = cidr('10.1.0.0/16');

const MACHINES: Readonly<Record<Family, Cidr>> = { 4: cidr('192.168.1.0/24'), 6: cidr('fd00:1::/64') };

/** Pods of the second family, where the text says nothing else: a /64 for each node. */
export const IPV6_CLUSTER_RANGE = cidr('fd00:10:1::/48');

/** The first number that a machine gets: `.10`, `::10`. */
const FIRST_MACHINE: Readonly<Record<Family, bigint>> = { 4: 10n, 6: 0x10n };

/** What is taken already: addresses that the manifest fixes anywhere, and the ranges that Pod ranges are cut from, where they are set. */
export interface Surroundings {
  readonly fixed: ReadonlySet<Ip>;
  readonly clusterCIDRs: readonly Cidr[];
  readonly nodeRangeLength: number;
  /** What every Node is to have; empty: one address and one range, whatever their family. */
  readonly families: readonly Family[];
}

/** The Nodes, each with an InternalIP and a podCIDR (of each family that is asked for) as long as the patterns have one left. */
export function completeNodes(nodes: readonly Node[], around: Surroundings): readonly Node[] {
  const done = [...nodes];
  for (const [index, node] of nodes.entries()) {
    const { internalIPs } = node.status;
    const { podCIDRs } = node.spec;
    const addresses = missing(internalIPs, around).flatMap((of) => freeAddress(done, of, around) ?? []);
    const ranges = missing(
      podCIDRs.map(({ network }) => network),
      around,
    ).flatMap((of) => freePodRange(done, of, around) ?? []);
    done[index] = {
      ...node,
      spec: { ...node.spec, podCIDRs: [...podCIDRs, ...ranges] },
      status: { ...node.status, internalIPs: [...internalIPs, ...addresses] },
    };
  }
  return done;
}

/** Nodes that know nothing of each other: whoever lacks a range takes the one that all such nodes take. */
export function withPrivateRanges(
  nodes: readonly Node[],
  { clusterCIDRs, nodeRangeLength }: Pick<Surroundings, 'clusterCIDRs' | 'nodeRangeLength'>,
): readonly Node[] {
  const written = nodes.flatMap(({ spec }) => spec.podCIDRs)[0];
  const range = written ?? prefixOf((clusterCIDRs[0] ?? PRIVATE_RANGE).network, Math.max(nodeRangeLength, clusterCIDRs[0]?.length ?? 0));
  return nodes.map((node) => (node.spec.podCIDRs.length > 0 ? node : { ...node, spec: { ...node.spec, podCIDRs: [range] } }));
}

/** What the CNI plugin `bridge` is usually told. */
const PRIVATE_RANGE = cidr('10.244.0.0/16');

function missing(own: readonly Ip[], { families }: Surroundings): readonly Family[] {
  if (families.length === 0) return own.length === 0 ? [4] : [];
  return families.filter((of) => !own.some((ip) => family(ip) === of));
}

function freeAddress(nodes: readonly Node[], of: Family, around: Surroundings): Ip | null {
  const taken = nodes.flatMap((node) => [...node.status.internalIPs, ...node.status.externalIPs]);
  const first = taken.find((ip) => family(ip) === of);
  const network = first === undefined ? MACHINES[of] : prefixOf(first, MACHINES[of].length);
  for (let offset = FIRST_MACHINE[of]; offset < size(network) - 1n; offset += 1n) {
    const ip = addressAt(network, offset);
    if (!taken.includes(ip) && !around.fixed.has(ip)) return ip;
  }
  return null;
}

function freePodRange(nodes: readonly Node[], of: Family, around: Surroundings): Cidr | null {
  const taken = nodes.flatMap((node) => node.spec.podCIDRs).filter(({ network }) => family(network) === of);
  const machines = nodes.flatMap((node) => node.status.internalIPs);
  const network = around.clusterCIDRs.find((range) => family(range.network) === of) ?? neighbourhood(taken, of);
  const length = of === 4 ? around.nodeRangeLength : Math.max(IPV6_NODE_LENGTH, network.length);
  const step = 1n << BigInt((of === 4 ? 32 : 128) - length);
  for (let offset = step; offset < size(network); offset += step) {
    const range = prefixOf(addressAt(network, offset), length);
    if (!taken.some((other) => overlaps(other, range)) && !machines.some((ip) => contains(range, ip))) return range;
  }
  return null;
}

const IPV6_NODE_LENGTH = 64;

function neighbourhood(podCIDRs: readonly Cidr[], of: Family): Cidr {
  const usual = of === 4 ? DEFAULT_CLUSTER_RANGE : IPV6_CLUSTER_RANGE;
  const first = podCIDRs.find((range) => range.length >= usual.length);
  return first === undefined ? usual : prefixOf(first.network, usual.length);
}

/** The Node whose podCIDR holds the address. */
export function nodeHolding(ip: Ip, nodes: readonly Node[]): Node | null {
  return nodes.find((node) => node.spec.podCIDRs.some((range) => contains(range, ip))) ?? null;
}
