// Addresses of Pods: each node gives them out of its podCIDR, from the third address of the range upwards, always the next
// after the last one given, round and round (host-local IPAM of the CNI plugins). What the manifest fixes is never given.
// The range's own address and the node's bridge address (the first two) and IPv4's broadcast address are left alone.

import type { Node } from '../kube/node';
import type { Pod, PodStatus } from '../kube/pod';
import { addressAt, type Cidr, contains, formatCidr, offsetOf, size } from '../net/cidr';
import { family, type Ip } from '../net/ip';
import type { RunningPod } from './cluster';

const FIRST = 2n;

/** The next free address after `last` (null: from the beginning), or null where the range is full. */
export function nextFree(range: Cidr, last: Ip | null, isTaken: (ip: Ip) => boolean): Ip | null {
  const count = size(range) - (family(range.network) === 4 ? 1n : 0n) - FIRST;
  const start = last === null || !contains(range, last) ? 0n : offsetOf(range, last) + 1n - FIRST;
  for (let step = 0n; step < count; step += 1n) {
    const ip = addressAt(range, FIRST + ((start + step) % count));
    if (!isTaken(ip)) return ip;
  }
  return null;
}

export interface Addressed {
  /** Each with its addresses; without one where the Pod is Pending. */
  readonly pods: readonly RunningPod[];
  /** Pods for which their node's range had no address left. */
  readonly exhausted: readonly { readonly pod: Pod; readonly node: string; readonly ranges: readonly Cidr[] }[];
}

export interface Assignment {
  /** What this Pod may not take beyond the addresses of Pods and Nodes. */
  readonly avoid: (pod: Pod) => ReadonlySet<Ip>;
  /** Whether a Pod with a written address of one family is given one of the other. */
  readonly completes: boolean;
}

/** Gives every Pod on a node its addresses, in order. */
export function assignAddresses(pods: readonly Pod[], nodes: readonly Node[], { avoid, completes }: Assignment): Addressed {
  const taken = new Set<Ip>([...pods.flatMap((pod) => pod.status?.podIPs ?? []), ...nodes.flatMap((node) => node.status.internalIPs)]);
  const last = new Map<string, Ip>();
  const exhausted: { pod: Pod; node: string; ranges: readonly Cidr[] }[] = [];
  const give = (range: Cidr, avoided: ReadonlySet<Ip>): Ip | null => {
    const ip = nextFree(range, last.get(formatCidr(range)) ?? null, (each) => taken.has(each) || avoided.has(each));
    if (ip === null) return null;
    last.set(formatCidr(range), ip);
    taken.add(ip);
    return ip;
  };
  /** Who fixes one address of a dual-stack Pod leaves the other to the node. */
  const completed = (pod: Pod, status: PodStatus, node: Node): PodStatus => {
    if (pod.spec.hostNetwork || status.podIPs.length === 0) return status;
    const lacking = onePerFamily(node.spec.podCIDRs).filter(({ network }) => !status.podIPs.some((ip) => family(ip) === family(network)));
    return { ...status, podIPs: [...status.podIPs, ...lacking.flatMap((range) => give(range, avoid(pod)) ?? [])] };
  };
  const addressed = pods.map((pod): RunningPod => {
    const node = nodes.find((each) => each.metadata.name === pod.spec.nodeName);
    if (node === undefined) return { ...pod, status: pod.status ?? UNSTARTED };
    if (pod.status !== null) return { ...pod, status: completes ? completed(pod, pod.status, node) : pod.status };
    if (pod.spec.hostNetwork) return { ...pod, status: { ...UNSTARTED, podIPs: node.status.internalIPs } };
    const ranges = onePerFamily(node.spec.podCIDRs);
    const podIPs = ranges.map((range) => give(range, avoid(pod))).filter((ip) => ip !== null);
    if (podIPs.length === 0) exhausted.push({ pod, node: node.metadata.name, ranges });
    return { ...pod, status: { ...UNSTARTED, podIPs } };
  });
  return { pods: addressed, exhausted };
}

/** The same where no node knows of the others: each gives out its own range by itself, and two Pods may get one address. */
export function assignPrivately(pods: readonly Pod[], nodes: readonly Node[], assignment: Assignment): Addressed {
  const parts = [...nodes.map(({ metadata }) => metadata.name), null].map((name) => {
    const own = pods.filter(({ spec }) =>
      name === null ? !nodes.some(({ metadata }) => metadata.name === spec.nodeName) : spec.nodeName === name,
    );
    return { own, ...assignAddresses(own, nodes, assignment) };
  });
  const byPod = new Map(parts.flatMap(({ own, pods: addressed }) => own.map((pod, index) => [pod, addressed[index]] as const)));
  return { pods: pods.flatMap((pod) => byPod.get(pod) ?? []), exhausted: parts.flatMap(({ exhausted }) => exhausted) };
}

/** What the API server writes into the status of a new Pod. */
export const UNSTARTED: PodStatus = {
  phase: 'Pending',
  podIPs: [],
  reason: null,
  containers: [],
  gates: [],
  ready: false,
  readySince: null,
  reported: false,
};

function onePerFamily(ranges: readonly Cidr[]): readonly Cidr[] {
  return ranges.filter((range, index) => ranges.findIndex((other) => family(other.network) === family(range.network)) === index);
}
