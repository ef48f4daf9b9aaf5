// The machines that a paste from a running cluster shows. Pods that it reports name their node, the machine's address (hostIP) and an
// address out of the node's range; the Node itself may not have been copied, or may hold no podCIDR (Calico and the clouds' networks
// give addresses out of blocks of their own). Nothing here touches a text that was written by hand: what counts is what an API
// server stored.

import { isStored } from '../kube/meta';
import type { Node } from '../kube/node';
import type { Pod } from '../kube/pod';
import { type Cidr, contains, hostPrefix, prefixOf } from '../net/cidr';
import { type Family, family, type Ip } from '../net/ip';
import { meta } from './defaults';
import { type Inventory, serviceAddresses } from './inventory';

/** The Nodes of the text, those that its Pods run on beside them, and the ranges that the addresses of these Pods tell of. */
export function shownNodes(text: Inventory): readonly Node[] {
  const seen = text.pods.filter(isReported);
  const nodes = [...text.nodes, ...missingNodes(text, seen)];
  if (seen.length === 0) return nodes;
  const machines = nodes.flatMap(({ status }) => [...status.internalIPs, ...status.externalIPs]);
  const held = { machines, others: [...machines, ...text.services.flatMap(serviceAddresses)], pods: ownAddresses(seen) };
  return nodes.map((node) => withShownRanges(node, held));
}

/** A Pod that an API server stored, with the status that a kubelet reported. */
function isReported({ metadata, spec, status }: Pod): boolean {
  return isStored(metadata) && spec.nodeName !== null && (status?.reported ?? false);
}

function missingNodes(text: Inventory, seen: readonly Pod[]): readonly Node[] {
  const known = text.nodes.map(({ metadata }) => metadata.name);
  const names = [...new Set(seen.flatMap(({ spec }) => spec.nodeName ?? []))].filter((name) => !known.includes(name)).sort();
  return names.map((name) => {
    const here = seen.filter(({ spec }) => spec.nodeName === name);
    const addresses = here.flatMap(({ spec, status }) => [status?.hostIP ?? [], spec.hostNetwork ? (status?.podIPs ?? []) : []].flat());
    return nodeCalled(name, [...new Set(addresses)]);
  });
}

function nodeCalled(name: string, internalIPs: readonly Ip[]): Node {
  return {
    kind: 'Node',
    metadata: meta(name, null, {}),
    spec: { podCIDRs: [], unschedulable: false, taints: [] },
    status: { internalIPs, externalIPs: [], ready: true, allocatable: { cpu: null, memory: null, pods: null } },
  };
}

interface OwnAddress {
  readonly ip: Ip;
  readonly node: string;
  /** Calico writes its address beside the status. */
  readonly byCalico: boolean;
}

interface Held {
  readonly machines: readonly Ip[];
  /** What no Pod range may hold: machines and Services. */
  readonly others: readonly Ip[];
  readonly pods: readonly OwnAddress[];
}

const CALICO_ADDRESS = 'cni.projectcalico.org/podIP';

/** Addresses of Pods that have one of their own. Those of finished Pods are free, and may be another's. */
function ownAddresses(seen: readonly Pod[]): readonly OwnAddress[] {
  return seen
    .filter(({ spec, status }) => !spec.hostNetwork && status?.phase !== 'Succeeded' && status?.phase !== 'Failed')
    .flatMap(({ metadata, spec, status }) =>
      (status?.podIPs ?? []).map((ip) => ({ ip, node: spec.nodeName ?? '', byCalico: CALICO_ADDRESS in metadata.annotations })),
    );
}

function withShownRanges(node: Node, held: Held): Node {
  const own = held.pods.filter((each) => each.node === node.metadata.name);
  const { podCIDRs } = node.spec;
  const strays = own.filter(({ ip }) => !podCIDRs.some((range) => contains(range, ip)));
  const blocks: Cidr[] = [];
  for (const stray of strays) if (!blocks.some((block) => contains(block, stray.ip))) blocks.push(blockAround(stray, held));
  if (blocks.length === 0) return node;
  // kube-controller-manager writes a podCIDR all the same where Calico gives the addresses: it is used by nobody.
  const isIgnored = strays.length === own.length && strays.some(({ byCalico }) => byCalico);
  return { ...node, spec: { ...node.spec, podCIDRs: isIgnored ? blocks : [...podCIDRs, ...blocks] } };
}

/** Calico's block (/26, /122); the prefix that AWS delegates to a machine (/28, /80) where Pods and machines share subnets; else a
 *  whole range as kube-controller-manager gives it. */
const LENGTHS: Readonly<Record<Family, Readonly<Record<'calico' | 'shared' | 'own', number>>>> = {
  4: { calico: 26, shared: 28, own: 24 },
  6: { calico: 122, shared: 80, own: 64 },
};

/** The largest usual block in which nobody else has an address. */
function blockAround(stray: OwnAddress, { machines, others, pods }: Held): Cidr {
  const { ip, node, byCalico } = stray;
  const of = family(ip);
  const foreign = [...others, ...pods.filter((each) => each.node !== node).map((each) => each.ip)].filter((each) => family(each) === of);
  const isShared = machines.some((machine) => family(machine) === of && contains(prefixOf(ip, LENGTHS[of].own), machine));
  const full = hostPrefix(ip).length;
  let length = LENGTHS[of][byCalico ? 'calico' : isShared ? 'shared' : 'own'];
  while (length < full && foreign.some((each) => contains(prefixOf(ip, length), each))) length += 1;
  return prefixOf(ip, length);
}
