// What every node's Linux was programmed with, as one case for a laboratory of real kernels: texts that iptables-restore, ipset restore
// and `ip route add` load unchanged. The laboratory wires devices and local addresses itself, so routes to them are left out.

import type { Built } from './built';
import type { RunningPod } from './controlplane/cluster';
import { listening } from './controlplane/listening';
import type { Node } from './kube/node';
import { formatRoute } from './linux/ip-route';
import { formatRuleset } from './linux/iptables-save';
import type { Kernel } from './linux/kernel';
import type { Ruleset } from './linux/netfilter';
import { netnsOfNode } from './names';
import { formatCidr } from './net/cidr';
import { family } from './net/ip';

export interface LabNode {
  readonly name: string;
  readonly ips: readonly string[];
  readonly podCIDRs: readonly string[];
  readonly rules: string;
  readonly rules6?: string;
  readonly ipset?: string;
  readonly sysctls: Readonly<Record<string, number>>;
  readonly routes: readonly string[];
}

export interface LabPod {
  readonly ns: string;
  readonly name: string;
  readonly ips: readonly string[];
  readonly node: string;
  readonly hostNetwork?: true;
  readonly listen: readonly { readonly port: number; readonly protocol: string }[];
}

export interface LabCase {
  readonly cni: string;
  readonly overlay: 'none';
  readonly nodes: readonly LabNode[];
  readonly pods: readonly LabPod[];
  readonly externals: readonly { readonly ip: string }[];
}

/** The cluster as a case without requests. */
export function labCase({ built: { cluster, world } }: { readonly built: Built }): LabCase {
  const externals = Object.keys(world.kernels).filter((netns) => netns.startsWith('external/'));
  return {
    cni: cluster.settings.network,
    overlay: 'none',
    nodes: cluster.nodes.flatMap((node) => {
      const kernel = world.kernels[netnsOfNode(node.metadata.name)];
      return kernel === undefined ? [] : [labNode(node, kernel)];
    }),
    pods: cluster.pods.flatMap((pod) => labPod(pod, listening(pod, cluster))),
    externals: externals.map((netns) => ({ ip: netns.slice('external/'.length) })),
  };
}

function labNode({ metadata, spec, status }: Node, kernel: Kernel): LabNode {
  const ipset = ipsetText(kernel.sets);
  return {
    name: metadata.name,
    ips: status.internalIPs,
    podCIDRs: spec.podCIDRs.map(formatCidr),
    rules: formatRuleset(kernel.iptables),
    ...(isEmpty(kernel.ip6tables) ? {} : { rules6: formatRuleset(kernel.ip6tables) }),
    ...(ipset === '' ? {} : { ipset }),
    sysctls: sysctls(kernel),
    routes: kernel.routes.filter(({ nextHop }) => nextHop.kind !== 'local').map(formatRoute),
  };
}

function isEmpty(ruleset: Ruleset): boolean {
  return Object.values(ruleset).every((table) => Object.values(table?.chains ?? {}).every((chain) => chain.rules.length === 0));
}

/** As `ipset save` prints it. A set refuses the same member twice. */
function ipsetText(sets: Kernel['sets']): string {
  const lines = Object.entries(sets).flatMap(([name, prefixes]) => {
    const isSix = prefixes[0] !== undefined && family(prefixes[0].network) === 6;
    const members = [...new Set(prefixes.map(formatCidr))];
    return [`create ${name} hash:net family ${isSix ? 'inet6' : 'inet'}`, ...members.map((member) => `add ${name} ${member}`)];
  });
  return lines.map((line) => `${line}\n`).join('');
}

function sysctls({ sysctls: { forwarding, routeLocalnet } }: Kernel): Readonly<Record<string, number>> {
  return { 'net.ipv4.ip_forward': Number(forwarding), 'net.ipv4.conf.all.route_localnet': Number(routeLocalnet) };
}

function labPod(
  { metadata, spec, status }: RunningPod,
  ports: readonly { readonly port: number; readonly protocol: string }[],
): readonly LabPod[] {
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
