// The settled cluster as kernels: every node, every running Pod, the router and the hosts outside, each with what is really programmed there.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { isNameServer } from '../controlplane/listening';
import type { Node } from '../kube/node';
import type { Device, DeviceRef } from '../linux/device';
import type { Kernel, World } from '../linux/kernel';
import type { Ruleset } from '../linux/netfilter';
import { contains } from '../net/cidr';
import { type Family, family, type Ip, parseIp } from '../net/ip';
import { ipSets, natOutgoingRules, nodeDevices, nodeRoutes, podDevices, podRoutes } from './calico';
import { compileNameServer } from './coredns';
import { type SlicesByService, slicesByService } from './endpoints';
import { kubeProxyRules } from './iptables';
import { opensLocalhost } from './iptables-fixed';
import { LOOPBACK, LOOPBACK_ROUTES } from './network';
import { resolvConf } from './resolv-conf';
import { TableDraft } from './rules';
import { nodeSockets, ownerOf, podSockets } from './sockets';
import { type Subnet, subnetOf } from './subnet';
import { addExternal, addResolver, routerKernel, UNDERLAY } from './underlay';

const FAMILIES: readonly Family[] = [4, 6];

/** The world of the cluster, with dice at 1 and nothing remembered. */
export function compile(cluster: Cluster): World {
  const subnets = FAMILIES.flatMap((of) => subnetOf(cluster, of) ?? []);
  const pods = cluster.pods.filter(isUp);
  const own = pods.filter(({ spec }) => !spec.hostNetwork);
  const slices = slicesByService(cluster);
  const kernels = [
    ...cluster.nodes.map((node) => nodeKernel(cluster, node, { pods, own, subnets, slices })),
    ...own.map((pod) => podKernel(cluster, pod)),
    ...subnets.map(routerKernel),
  ];
  const world: World = {
    now: 0,
    seed: 1,
    kernels: Object.fromEntries(kernels.map((kernel) => [kernel.netns, kernel])),
    segments: { [UNDERLAY]: neighboursOn(kernels) },
    nameServers: Object.fromEntries(
      pods.filter((pod) => isNameServer(pod, cluster)).map((pod) => [ownerOf(pod), compileNameServer(cluster, pod)]),
    ),
    resolvConfs: Object.fromEntries(resolvConfs(cluster, pods)),
    states: {},
  };
  return hostsOutside(cluster).reduce((built, ip) => addExternal(built, ip), withOwnResolvers(cluster, world));
}

/** A Pod whose network stands: it has a node that exists and an address, and has not ended. */
function isUp({ spec, status }: RunningPod): boolean {
  return spec.nodeName !== null && status.podIPs.length > 0 && status.phase !== 'Succeeded' && status.phase !== 'Failed';
}

interface NodeParts {
  readonly pods: readonly RunningPod[];
  /** Those with a network namespace of their own. */
  readonly own: readonly RunningPod[];
  readonly subnets: readonly Subnet[];
  readonly slices: SlicesByService;
}

function nodeKernel(cluster: Cluster, node: Node, { pods, own, subnets, slices }: NodeParts): Kernel {
  const here = (pod: RunningPod): boolean => pod.spec.nodeName === node.metadata.name;
  const hosted = pods.filter((pod) => pod.spec.hostNetwork && here(pod));
  const ruleset = (of: Family): Ruleset =>
    subnets.some(({ gateway }) => family(gateway) === of) ? nodeRules(cluster, node, { of, slices }) : {};
  return {
    netns: `node/${node.metadata.name}`,
    devices: [LOOPBACK, ...nodeDevices(node, { pods: own.filter(here), subnets })],
    routes: [...LOOPBACK_ROUTES, ...nodeRoutes(cluster, node, { pods: own, subnets })],
    iptables: ruleset(4),
    ip6tables: ruleset(6),
    sets: Object.assign({}, ...subnets.map(({ gateway }) => ipSets(cluster, family(gateway)))),
    sockets: [...hosted.flatMap((pod) => podSockets(pod, cluster)), ...nodeSockets(node, { cluster, slices })],
    sysctls: { forwarding: true, routeLocalnet: opensLocalhost(cluster.settings) },
  };
}

function nodeRules(cluster: Cluster, node: Node, { of, slices }: { of: Family; slices: SlicesByService }): Ruleset {
  const drafts = { nat: new TableDraft('nat'), filter: new TableDraft('filter') };
  kubeProxyRules(drafts, cluster, { node, family: of, slices });
  natOutgoingRules(drafts.nat, cluster, of);
  return { nat: drafts.nat.finish(), filter: drafts.filter.finish() };
}

function podKernel(cluster: Cluster, pod: RunningPod): Kernel {
  return {
    netns: `pod/${ownerOf(pod)}`,
    devices: [LOOPBACK, ...podDevices(pod)],
    routes: [...LOOPBACK_ROUTES, ...podRoutes(pod)],
    iptables: {},
    ip6tables: {},
    sets: {},
    sockets: podSockets(pod, cluster),
    sysctls: { forwarding: false, routeLocalnet: false },
  };
}

function neighboursOn(kernels: readonly Kernel[]): Readonly<Record<string, DeviceRef>> {
  const onLink = ({ attachment }: Device): boolean => attachment.kind === 'segment' && attachment.segment === UNDERLAY;
  return Object.fromEntries(
    kernels.flatMap(({ netns, devices }) =>
      devices.filter(onLink).flatMap(({ name, addresses }) => addresses.map(({ ip }) => [ip, { netns, device: name }] as const)),
    ),
  );
}

/** The name servers that the nodes themselves ask: hosts outside, or the router, as at home. They know the outside and no Service. */
function withOwnResolvers(cluster: Cluster, world: World): World {
  const { nodeResolv, upstream } = cluster.settings;
  if (upstream === null) return world;
  const servers = nodeResolv.nameservers.flatMap((text) => parseIp(text) ?? []).filter((ip) => !isWithin(cluster, ip));
  const known: World = { ...world, nameServers: { ...world.nameServers, [OUTSIDE]: { zones: [], outside: upstream } } };
  return servers.reduce((built, ip) => addResolver(built, ip, OUTSIDE), known);
}

const OUTSIDE = 'outside';

function resolvConfs(cluster: Cluster, pods: readonly RunningPod[]): readonly (readonly [string, World['resolvConfs'][string]])[] {
  return [
    ...pods.map((pod) => [ownerOf(pod), resolvConf(pod, cluster)] as const),
    ...cluster.nodes.map(({ metadata }) => [metadata.name, cluster.settings.nodeResolv] as const),
  ];
}

/** Addresses that endpoints name and that lie neither in the cluster nor on a node: hosts of the world outside. */
function hostsOutside(cluster: Cluster): readonly Ip[] {
  const named = cluster.endpointSlices
    .flatMap(({ endpoints }) => endpoints.flatMap(({ addresses }) => addresses))
    .flatMap((text) => parseIp(text) ?? []);
  const answered = (cluster.settings.upstream ?? [])
    .filter(({ type }) => type === 'A' || type === 'AAAA')
    .flatMap(({ data }) => parseIp(data) ?? []);
  return [...new Set([...named, ...answered])].filter((ip) => !isWithin(cluster, ip));
}

function isWithin({ nodes, pods, clusterCIDR, serviceCIDR }: Cluster, ip: Ip): boolean {
  const ranges = [clusterCIDR, serviceCIDR, ...nodes.flatMap(({ spec }) => spec.podCIDRs)];
  return (
    ranges.some((range) => contains(range, ip)) ||
    nodes.some(({ status }) => status.internalIPs.includes(ip)) ||
    pods.some(({ status }) => status.podIPs.includes(ip))
  );
}
