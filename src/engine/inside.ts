// A shell's view of one network namespace: what the tools on a node or in a Pod print of their own kernel. Texts of the real tools where
// these have one form, plain lists where several tools show the same thing.

import { findSender } from './dispatch';
import { formatConnection } from './linux/conntrack-list';
import { stateOf } from './linux/effect';
import { type DeviceListing, deviceLines, hardwareAddress } from './linux/ip-address';
import { formatRoute, mainTable } from './linux/ip-route';
import { formatIpSet } from './linux/ipset';
import { type ChainListing, listChains } from './linux/iptables-list';
import { formatRuleset } from './linux/iptables-save';
import { loaded as loadOf } from './linux/ipvs';
import { formatRealServer, formatVirtualServer, sortedByAddress } from './linux/ipvsadm';
import type { Kernel, World } from './linux/kernel';
import type { TableName } from './linux/netfilter';
import { formatNftTable } from './linux/nft-list';
import { deviceOf, gatewayOf, type Route } from './linux/route';
import { lookUpRoute } from './linux/route-lookup';
import { sourceAddress } from './linux/source-address';
import { sysctls } from './linux/sysctl';
import { formatForwarding, formatNeighbour } from './linux/tunnel';
import type { Loaded } from './loaded';
import { maskIpv4 } from './net/cidr';
import { type Family, family, formatIp, ipBits, parseIp } from './net/ip';
import { candidates } from './trace/resolver';

export type { ChainListing, DeviceListing };

export interface DeviceInside {
  readonly name: string;
  readonly mtu: number;
  readonly loopback: boolean;
  readonly hardwareAddress: string;
  readonly addresses: readonly { readonly address: string; readonly length: number; readonly family: Family }[];
}

export interface ListeningInside {
  readonly protocol: string;
  /** null: every address. */
  readonly address: string | null;
  readonly port: number;
  readonly owner: string;
}

/** A line of `route -n`. */
export interface PlainRoute {
  readonly destination: string;
  readonly gateway: string;
  readonly mask: string;
  readonly device: string;
  readonly metric: number;
}

export interface Inside {
  readonly netns: string;
  /** Of the program's own files: not those of the namespace, for Pods on the host network share only that. */
  readonly resolvConf: string;
  readonly hosts: string;
  readonly libc: 'glibc' | 'musl';
  readonly nameservers: readonly string[];
  /** The absolute names that this libc asks for a name, in order. */
  readonly candidates: (name: string) => readonly string[];
  /** The address that /etc/hosts gives the name; null where it does not. */
  readonly inHosts: (name: string) => string | null;
  readonly devices: readonly DeviceInside[];
  readonly listening: readonly ListeningInside[];
  readonly plainRoutes: readonly PlainRoute[];
  readonly sysctls: Readonly<Record<string, string>>;
  /** As in `iptables-save`; a family of its own, one table or all. */
  readonly iptablesSave: (of: Family, table: TableName | null) => string;
  readonly iptablesList: (listing: ChainListing) => string | null;
  readonly nftables: (of: Family | null) => string;
  readonly ipvs: () => string;
  readonly ipsets: () => Readonly<Record<string, readonly string[]>>;
  readonly deviceLines: (listing: DeviceListing) => readonly string[];
  readonly routes: (of: Family) => readonly string[];
  /** `ip route get`: null where there is none. */
  readonly routeTo: (address: string) => string | null;
  readonly neighbours: readonly string[];
  readonly forwarding: readonly string[];
  readonly connections: (of: Family) => readonly string[];
}

/** What `from` (`pod/NAMESPACE/NAME`, `node/NAME`) sees from within; null where it is no running machine of the cluster. */
export function insideOf({ built: { cluster, world } }: Loaded, from: string): Inside | null {
  const sender = findSender(cluster, from);
  if ('problem' in sender) return null;
  const kernel = world.kernels[sender.netns];
  return kernel === undefined ? null : { ...ownFiles(world, sender.owner), ...kernelTexts(world, kernel) };
}

type OwnFiles = Pick<Inside, 'resolvConf' | 'hosts' | 'libc' | 'nameservers' | 'candidates' | 'inHosts'>;

function ownFiles({ resolvConfs, hosts, libcs }: World, owner: string): OwnFiles {
  const { nameservers, search, options } = resolvConfs[owner] ?? { nameservers: [], search: [], options: [] };
  const lines = [
    ...(search.length === 0 ? [] : [`search ${search.join(' ')}`]),
    ...nameservers.map((server) => `nameserver ${server}`),
    ...(options.length === 0 ? [] : [`options ${options.join(' ')}`]),
  ];
  const entries = (hosts[owner] ?? []).map(({ ip, names }) => `${ip}\t${names.join('\t')}`);
  const kubelet = owner.includes('/') ? ['# Kubernetes-managed hosts file.'] : [];
  return {
    resolvConf: lines.map((line) => `${line}\n`).join(''),
    hosts: [...kubelet, ...entries].map((line) => `${line}\n`).join(''),
    libc: libcs[owner] ?? 'glibc',
    nameservers,
    candidates: (name) => candidates(name, { nameservers, search, options }, libcs[owner] ?? 'glibc'),
    inHosts: (name) => (hosts[owner] ?? []).find(({ names }) => names.includes(name.toLowerCase()))?.ip ?? null,
  };
}

function kernelTexts(world: World, kernel: Kernel): Omit<Inside, keyof OwnFiles> {
  const state = stateOf(world, kernel.netns);
  return {
    netns: kernel.netns,
    devices: kernel.devices.map((device) => ({
      name: device.name,
      mtu: device.mtu,
      loopback: device.attachment.kind === 'loopback',
      hardwareAddress: hardwareAddress(kernel.netns, device),
      addresses: device.addresses.map(({ ip, prefix }) => ({ address: ip, length: prefix.length, family: family(ip) })),
    })),
    listening: kernel.sockets.flatMap(({ protocol, address, port, owner }) => (port === null ? [] : [{ protocol, address, port, owner }])),
    plainRoutes: mainTable(kernel.routes, 4).flatMap(plainRoute),
    sysctls: sysctls(kernel, state),
    iptablesSave: (of, table) => formatRuleset(of === 6 ? kernel.ip6tables : kernel.iptables, table),
    iptablesList: (listing) => listChains(listing.family === 6 ? kernel.ip6tables : kernel.iptables, listing),
    nftables: (of) =>
      kernel.nftables
        .filter((table) => of === null || table.family === of)
        .map(formatNftTable)
        .join(''),
    ipvs: () => virtualServers(world, kernel),
    ipsets: () => Object.fromEntries(Object.entries(kernel.sets).map(([name, set]) => [name, formatIpSet(name, set)])),
    deviceLines: (listing) => deviceLines(world, kernel, listing),
    routes: (of) => mainTable(kernel.routes, of).map(formatRoute),
    routeTo: (address) => routeTo(kernel, address),
    neighbours: kernel.devices.flatMap(({ name, attachment }) =>
      attachment.kind === 'tunnel' && attachment.tunnel.kind === 'vxlan'
        ? attachment.tunnel.neighbours.map((one) => formatNeighbour(one, name))
        : [],
    ),
    forwarding: kernel.devices.flatMap(({ name, attachment }) =>
      attachment.kind === 'tunnel' && attachment.tunnel.kind === 'vxlan'
        ? attachment.tunnel.forwarding.map((one) => formatForwarding(one, name))
        : [],
    ),
    connections: (of) =>
      state.connections.filter(({ original }) => family(original.source.ip) === of).map((one) => `${formatConnection(one)} mark=0 use=1`),
  };
}

function plainRoute(route: Route): readonly PlainRoute[] {
  const { destination, metric } = route;
  const device = deviceOf(route);
  if (device === null) return [];
  return [
    {
      destination: destination.network,
      gateway: gatewayOf(route)?.ip ?? '0.0.0.0',
      mask: formatIp(BigInt(maskIpv4(0xffffffff, destination.length) >>> 0), 4),
      device,
      metric,
    },
  ];
}

/** `ipvsadm -Ln`: by protocol and address, each with the connections behind it. */
function virtualServers(world: World, kernel: Kernel): string {
  const state = stateOf(world, kernel.netns);
  const order = (protocol: string): number => ['TCP', 'UDP', 'SCTP'].indexOf(protocol);
  const servers = [...kernel.ipvs].sort(
    (a, b) =>
      order(a.protocol) - order(b.protocol) ||
      Number(ipBits(a.address.ip) - ipBits(b.address.ip) > 0n) - Number(ipBits(a.address.ip) - ipBits(b.address.ip) < 0n) ||
      a.address.port - b.address.port,
  );
  const lines = servers.flatMap((server) => [
    formatVirtualServer(server),
    ...sortedByAddress(server.servers.map((real) => loadOf(server, real, { state }))).map(formatRealServer),
  ]);
  return [
    'IP Virtual Server version 1.2.1 (size=4096)',
    'Prot LocalAddress:Port Scheduler Flags',
    '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
    ...lines,
    '',
  ].join('\n');
}

function routeTo(kernel: Kernel, text: string): string | null {
  const address = parseIp(text);
  const choice = address === null ? null : lookUpRoute(kernel.routes, address);
  if (address === null || choice === null) return null;
  const { route } = choice;
  if (route.nextHop.kind === 'blackhole' || route.nextHop.kind === 'unreachable') return null;
  const gateway = gatewayOf(route);
  const source = sourceAddress(kernel, address, null);
  const isLocal = route.nextHop.kind === 'local';
  return [
    ...(isLocal ? ['local'] : []),
    address,
    ...(gateway === null ? [] : ['via', gateway.ip]),
    'dev',
    isLocal ? 'lo' : (deviceOf(route) ?? ''),
    ...(source === null ? [] : ['src', source]),
    'uid 0 \n    cache',
    ...(isLocal ? ['<local>'] : []),
  ].join(' ');
}
