// A mini-language for tests of the walk: one node, its Pods on veths, and rules written as data. No compiler is involved.

import type { Device } from '../linux/device';
import type { Kernel, World } from '../linux/kernel';
import type { Rule, Ruleset } from '../linux/netfilter';
import type { NextHop, Route } from '../linux/route';
import type { Socket } from '../linux/socket';
import { type Cidr, cidr, hostPrefix, prefixOf } from '../net/cidr';
import { type Ip, ip } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';

export interface SmallPod {
  readonly name: string;
  readonly ip: string;
  /** TCP ports. */
  readonly listen?: readonly number[];
}

export interface SmallNode {
  readonly ip: string;
  readonly pods: readonly SmallPod[];
  readonly iptables?: Ruleset;
  /** Changes the node's routes. */
  readonly routes?: (routes: readonly Route[]) => readonly Route[];
}

export function route(destination: Cidr, nextHop: NextHop, source: Ip | null = null): Route {
  return { destination, nextHop, metric: 0, protocol: '', scope: 'link', source, provenance: NO_PROVENANCE };
}

/** An empty filter table: enough for the node to track connections. */
export const TRACKING: Ruleset = { filter: { name: 'filter', chains: {}, owned: {} } };

/** A table nat that sends what is for `service` to `rules`. */
export function natAtPrerouting(rules: readonly Rule[], postrouting: readonly Rule[] = []): Ruleset {
  const chain = (name: string, content: readonly Rule[]) => ({ name, policy: 'ACCEPT' as const, rules: content });
  return {
    nat: {
      name: 'nat',
      chains: { PREROUTING: chain('PREROUTING', rules), OUTPUT: chain('OUTPUT', rules), POSTROUTING: chain('POSTROUTING', postrouting) },
      owned: {},
    },
  };
}

/** The world of one node called `node/n`, with its Pods as `pod/NAME`. */
export function smallWorld(node: SmallNode): World {
  const kernels = [nodeKernel(node), ...node.pods.map(podKernel)];
  return {
    now: 0,
    seed: 1,
    kernels: Object.fromEntries(kernels.map((kernel) => [kernel.netns, kernel])),
    segments: { lan: { [node.ip]: { netns: 'node/n', device: 'eth0' } } },
    nameServers: {},
    proxies: {},
    resolvConfs: {},
    hosts: {},
    libcs: {},
    cuts: [],
    dark: [],
    states: {},
  };
}

function nodeKernel(node: SmallNode): Kernel {
  const own = ip(node.ip);
  const uplink: Device = {
    name: 'eth0',
    addresses: [{ ip: own, prefix: prefixOf(own, 24) }],
    attachment: { kind: 'segment', segment: 'lan' },
    mtu: 1500,
    proxyArp: false,
  };
  const cables = node.pods.map(
    (pod): Device => ({
      name: `veth-${pod.name}`,
      addresses: [],
      attachment: { kind: 'veth', peer: { netns: `pod/${pod.name}`, device: 'eth0' } },
      mtu: 1500,
      proxyArp: true,
    }),
  );
  const routes = [
    route(hostPrefix(own), { kind: 'local', device: 'eth0' }),
    route(prefixOf(own, 24), { kind: 'link', device: 'eth0' }, own),
    ...node.pods.map((pod) => route(hostPrefix(ip(pod.ip)), { kind: 'link', device: `veth-${pod.name}` })),
  ];
  return {
    netns: 'node/n',
    devices: [uplink, ...cables],
    routes: node.routes === undefined ? routes : node.routes(routes),
    iptables: node.iptables ?? TRACKING,
    ip6tables: {},
    nftables: [],
    ipvs: [],
    sets: {},
    sockets: [],
    sysctls: { forwarding: true, routeLocalnet: false, bridgeNetfilter: false },
  };
}

function podKernel(pod: SmallPod): Kernel {
  const own = ip(pod.ip);
  const gateway = ip('169.254.1.1');
  return {
    netns: `pod/${pod.name}`,
    devices: [
      {
        name: 'eth0',
        addresses: [{ ip: own, prefix: hostPrefix(own) }],
        attachment: { kind: 'veth', peer: { netns: 'node/n', device: `veth-${pod.name}` } },
        mtu: 1500,
        proxyArp: false,
      },
    ],
    routes: [
      route(hostPrefix(own), { kind: 'local', device: 'eth0' }),
      route(cidr('0.0.0.0/0'), { kind: 'gateway', ip: gateway, device: 'eth0', onlink: true }),
    ],
    iptables: {},
    ip6tables: {},
    nftables: [],
    ipvs: [],
    sets: {},
    sockets: (pod.listen ?? []).map(
      (port): Socket => ({
        protocol: 'TCP',
        address: null,
        port,
        owner: pod.name,
        application: { kind: 'http', status: 200 },
        provenance: NO_PROVENANCE,
      }),
    ),
    sysctls: { forwarding: false, routeLocalnet: false, bridgeNetfilter: false },
  };
}
