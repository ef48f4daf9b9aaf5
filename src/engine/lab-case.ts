// What every node's Linux was programmed with, as one case for a laboratory of real kernels: texts that iptables-restore, nft, ipset
// restore and `ip route add` load unchanged. The laboratory wires devices and local addresses itself, so routes to them are left out.

import type { Built } from './built';
import type { NetworkName, RunningPod } from './controlplane/cluster';
import { listening } from './controlplane/listening';
import { ownerOf } from './dataplane/sockets';
import type { Node } from './kube/node';
import { formatRoute } from './linux/ip-route';
import { formatIpSet } from './linux/ipset';
import { formatRuleset } from './linux/iptables-save';
import { formatIpvs } from './linux/ipvsadm';
import type { Kernel } from './linux/kernel';
import { chainsOf, type Ruleset } from './linux/netfilter';
import { formatNftTable } from './linux/nft-list';
import type { Socket } from './linux/socket';
import { netnsOfNode } from './names';
import { formatCidr } from './net/cidr';

/** A socket that waits on every address, or on one. */
export interface LabListener {
  readonly port: number;
  readonly protocol: string;
  readonly address?: string;
}

export interface LabNode {
  readonly name: string;
  readonly ips: readonly string[];
  readonly podCIDRs: readonly string[];
  readonly rules: string;
  readonly rules6?: string;
  readonly nft?: string;
  readonly ipset?: string;
  /** As `ipvsadm -R` restores it, and the addresses that kube-ipvs0 has for it. */
  readonly ipvs?: string;
  readonly ipvsIPs?: readonly string[];
  readonly sysctls: Readonly<Record<string, number>>;
  readonly routes: readonly string[];
  /** The node's own programs: the API server, kube-proxy's health checks. Those of its Pods are with the Pods. */
  readonly listen?: readonly LabListener[];
}

export interface LabPod {
  readonly ns: string;
  readonly name: string;
  readonly ips: readonly string[];
  readonly node: string;
  readonly hostNetwork?: true;
  readonly listen: readonly LabListener[];
}

export interface LabCase {
  readonly cni: string;
  readonly overlay: 'none' | 'vxlan' | 'ipip';
  readonly nodes: readonly LabNode[];
  readonly pods: readonly LabPod[];
  readonly externals: readonly { readonly ip: string }[];
}

/** How the laboratory names our networks. It has none of kindnet's kind, and none whose nodes do not know each other's Pods. */
const LAB_NETWORKS: Readonly<Record<NetworkName, Pick<LabCase, 'cni' | 'overlay'>>> = {
  calico: { cni: 'calico', overlay: 'none' },
  'calico-ipip': { cni: 'calico', overlay: 'ipip' },
  'calico-vxlan': { cni: 'calico', overlay: 'vxlan' },
  flannel: { cni: 'bridge', overlay: 'vxlan' },
  kindnet: { cni: 'kindnet', overlay: 'none' },
  bridge: { cni: 'bridge', overlay: 'none' },
  none: { cni: 'none', overlay: 'none' },
};

/** The cluster as a case without requests. */
export function labCase({ built: { cluster, world } }: { readonly built: Built }): LabCase {
  const pods = new Set(cluster.pods.map(ownerOf));
  const externals = Object.keys(world.kernels).filter((netns) => netns.startsWith('external/'));
  return {
    ...LAB_NETWORKS[cluster.settings.network],
    nodes: cluster.nodes.flatMap((node) => {
      const kernel = world.kernels[netnsOfNode(node.metadata.name)];
      return kernel === undefined ? [] : [labNode(node, { kernel, pods })];
    }),
    pods: cluster.pods.flatMap((pod) => labPod(pod, listening(pod, cluster))),
    externals: externals.map((netns) => ({ ip: netns.slice('external/'.length) })),
  };
}

function labNode(
  { metadata, spec, status }: Node,
  { kernel, pods }: { readonly kernel: Kernel; readonly pods: ReadonlySet<string> },
): LabNode {
  const ipset = ipsetText(kernel.sets);
  const listen = kernel.sockets.filter(({ owner }) => !pods.has(owner)).flatMap(listener);
  return {
    name: metadata.name,
    ips: status.internalIPs,
    podCIDRs: spec.podCIDRs.map(formatCidr),
    rules: formatRuleset(kernel.iptables),
    ...(isEmpty(kernel.ip6tables) ? {} : { rules6: formatRuleset(kernel.ip6tables) }),
    ...(kernel.nftables.length === 0 ? {} : { nft: kernel.nftables.map(formatNftTable).join('') }),
    ...(ipset === '' ? {} : { ipset }),
    ...(kernel.ipvs.length === 0 ? {} : { ipvs: lines(formatIpvs(kernel.ipvs)), ipvsIPs: dummyAddresses(kernel) }),
    sysctls: sysctls(kernel),
    routes: kernel.routes.filter(({ nextHop }) => nextHop.kind !== 'local').map(formatRoute),
    ...(listen.length === 0 ? {} : { listen }),
  };
}

function listener({ port, protocol, address }: Socket): readonly LabListener[] {
  return port === null ? [] : [{ port, protocol, ...(address === null ? {} : { address }) }];
}

function isEmpty(ruleset: Ruleset): boolean {
  return Object.values(ruleset).every((table) => chainsOf(table).every(({ rules }) => rules.length === 0));
}

/** As `ipset save` prints it. */
function ipsetText(sets: Kernel['sets']): string {
  return lines(Object.entries(sets).flatMap(([name, set]) => formatIpSet(name, set)));
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

function dummyAddresses({ devices }: Kernel): readonly string[] {
  return devices.filter(({ attachment }) => attachment.kind === 'dummy').flatMap(({ addresses }) => addresses.map(({ ip }) => ip));
}

function sysctls({ sysctls: { forwarding, routeLocalnet, bridgeNetfilter }, devices, ipvs }: Kernel): Readonly<Record<string, number>> {
  const bridged = devices.some(({ attachment }) => attachment.kind === 'bridge');
  return {
    'net.ipv4.ip_forward': Number(forwarding),
    'net.ipv4.conf.all.route_localnet': Number(routeLocalnet),
    'net.ipv6.conf.all.forwarding': Number(forwarding),
    ...(bridged
      ? { 'net.bridge.bridge-nf-call-iptables': Number(bridgeNetfilter), 'net.bridge.bridge-nf-call-ip6tables': Number(bridgeNetfilter) }
      : {}),
    // kube-proxy sets it: without it the NAT of iptables and IPVS know nothing of each other.
    ...(ipvs.length > 0 ? { 'net.ipv4.vs.conntrack': 1 } : {}),
  };
}

function labPod({ metadata, spec, status }: RunningPod, ports: readonly LabListener[]): readonly LabPod[] {
  if (spec.nodeName === null || status.podIPs.length === 0) return [];
  return [
    {
      ns: metadata.namespace ?? 'default',
      name: metadata.name,
      ips: status.podIPs,
      node: spec.nodeName,
      ...(spec.hostNetwork ? { hostNetwork: true } : {}),
      listen: ports.map(({ port, protocol }) => ({ port, protocol })),
    },
  ];
}
