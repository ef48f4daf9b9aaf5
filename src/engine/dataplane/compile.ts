// The settled cluster as kernels: every node, every running Pod, the router and the hosts outside, each with what is really programmed there.

import { type Cluster, clusterRanges, type RunningPod } from '../controlplane/cluster';
import { controllerPods } from '../controlplane/ingress';
import { isNameServer } from '../controlplane/listening';
import type { Node } from '../kube/node';
import type { DeviceRef } from '../linux/device';
import { type Kernel, UNPROGRAMMED, type World } from '../linux/kernel';
import { contains } from '../net/cidr';
import { type Family, family, type Ip, parseIp } from '../net/ip';
import { compileNameServer } from './coredns';
import { type SlicesByService, slicesByService } from './endpoints';
import { withEntryNames } from './entry-names';
import { withGateways } from './gateway-host';
import { nodeHosts, podHosts } from './hosts-file';
import { NGINX_PROXY, nginxProxy } from './ingress-nginx';
import { libcOf } from './libc';
import { balancedAddresses, routeToBalanced } from './load-balancer-nodes';
import { LOOPBACK, LOOPBACK_ROUTES } from './network';
import { NETWORKS } from './networks';
import { nodeKernel } from './node-kernel';
import { resolvConf } from './resolv-conf';
import { ownerOf, podSockets } from './sockets';
import { subnetOf } from './subnet';
import { addExternal, addResolver, announced, routerKernel, UNDERLAY } from './underlay';

const FAMILIES: readonly Family[] = [4, 6];

/** What those who program kernels and names have read so far: with the API server they watch, and a change reaches each in its own time. */
export interface SeenBy {
  readonly proxy: (node: string) => Pick<Cluster, 'services' | 'endpointSlices'>;
  readonly names: Pick<Cluster, 'services' | 'endpointSlices'>;
}

/** The world of the cluster, with dice at 1 and nothing remembered. Where nobody says otherwise, everyone has read everything. */
export function compile(settled: Cluster, seen: SeenBy = { proxy: () => settled, names: settled }): World {
  const cluster = withEntryNames(settled);
  const views = clusterViews(cluster);
  const subnets = FAMILIES.flatMap((of) => subnetOf(cluster, of) ?? []);
  const pods = cluster.pods.filter(isUp);
  const own = pods.filter(({ spec }) => !spec.hostNetwork);
  const families = FAMILIES.filter((of) => subnets.some(({ gateway }) => family(gateway) === of));
  const kernels = [
    ...cluster.nodes.map((node) => {
      const view = views(seen.proxy(node.metadata.name));
      return nodeKernel({ cluster: view.cluster, node, pods: own, subnets, families, slices: view.slices }, hostedOn(node, pods));
    }),
    ...own.map((pod) => podKernel(cluster, pod)),
    ...subnets.map(routerKernel),
  ];
  const names = views(seen.names).cluster;
  const world: World = {
    now: 0,
    seed: 1,
    kernels: Object.fromEntries(kernels.map((kernel) => [kernel.netns, kernel])),
    segments: neighboursOn(kernels),
    nameServers: Object.fromEntries(
      pods.filter((pod) => isNameServer(pod, cluster)).map((pod) => [ownerOf(pod), compileNameServer(names, pod)]),
    ),
    proxies: controllerPods(cluster).length === 0 ? {} : { [NGINX_PROXY]: nginxProxy(cluster) },
    resolvConfs: Object.fromEntries(resolvConfs(cluster, pods)),
    libcs: Object.fromEntries(pods.map((pod) => [ownerOf(pod), libcOf(pod)])),
    hosts: Object.fromEntries([
      ...pods.map((pod) => [ownerOf(pod), podHosts(pod, cluster)] as const),
      ...cluster.nodes.map(({ metadata, status }) => [metadata.name, nodeHosts(metadata.name, status.internalIPs)] as const),
    ]),
    states: {},
    cuts: [],
    dark: [],
  };
  const known = hostsOutside(cluster).reduce(
    (built, ip) => addExternal(built, ip),
    withOwnResolvers(cluster, withGateways(world, cluster, subnets)),
  );
  return balancedAddresses(cluster).reduce((built, ip) => withBalanced(cluster, built, ip), known);
}

/** The cluster as somebody sees it who has read these Services and slices. Whoever has read the same shares it. */
function clusterViews(cluster: Cluster): (read: Pick<Cluster, 'services' | 'endpointSlices'>) => View {
  const known: View[] = [];
  return ({ services, endpointSlices }) => {
    const found = known.find((view) => view.cluster.services === services && view.cluster.endpointSlices === endpointSlices);
    if (found !== undefined) return found;
    const seen = { ...cluster, services, endpointSlices };
    const view = { cluster: seen, slices: slicesByService(seen) };
    known.push(view);
    return view;
  };
}

interface View {
  readonly cluster: Cluster;
  readonly slices: SlicesByService;
}

/** The routers know the way to a load balancer's address. */
function withBalanced(cluster: Cluster, world: World, address: Ip): World {
  const way = routeToBalanced(cluster, world, address);
  return way === null ? world : announced(world, address, way);
}

/** A Pod whose network stands: it has a node that exists and an address, and has not ended. */
function isUp({ spec, status }: RunningPod): boolean {
  return spec.nodeName !== null && status.podIPs.length > 0 && status.phase !== 'Succeeded' && status.phase !== 'Failed';
}

/** Pods of the node that share its network. */
function hostedOn({ metadata }: Node, pods: readonly RunningPod[]): readonly RunningPod[] {
  return pods.filter(({ spec }) => spec.hostNetwork && spec.nodeName === metadata.name);
}

function podKernel(cluster: Cluster, pod: RunningPod): Kernel {
  const network = NETWORKS[cluster.settings.network];
  return {
    netns: `pod/${ownerOf(pod)}`,
    devices: [LOOPBACK, ...network.podDevices(pod, cluster)],
    routes: [...LOOPBACK_ROUTES, ...network.podRoutes(pod, cluster)],
    ...UNPROGRAMMED,
    sockets: podSockets(pod, cluster),
    sysctls: { forwarding: false, routeLocalnet: false, bridgeNetfilter: false },
  };
}

/** Who answers for which address, on every shared link. */
function neighboursOn(kernels: readonly Kernel[]): World['segments'] {
  const segments: Record<string, Record<string, DeviceRef>> = { [UNDERLAY]: {} };
  for (const { netns, devices } of kernels)
    for (const { name, addresses, attachment } of devices) {
      if (attachment.kind !== 'segment') continue;
      const neighbours = segments[attachment.segment] ?? {};
      for (const { ip } of addresses) neighbours[ip] = { netns, device: name };
      segments[attachment.segment] = neighbours;
    }
  return segments;
}

/** The name servers that the nodes themselves ask: hosts outside, or the router, as at home. They know the outside and no Service. */
function withOwnResolvers(cluster: Cluster, world: World): World {
  const { nodeResolv, upstream } = cluster.settings;
  if (upstream === null) return world;
  const servers = nodeResolv.nameservers.flatMap((text) => parseIp(text) ?? []).filter((ip) => !isWithin(cluster, ip));
  const known: World = {
    ...world,
    nameServers: { ...world.nameServers, [OUTSIDE]: { zones: [], outside: upstream, cache: null, since: 0 } },
  };
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

function isWithin(cluster: Cluster, ip: Ip): boolean {
  const { nodes, pods, services, gateways } = cluster;
  const ranges = [...clusterRanges(cluster), ...nodes.flatMap(({ spec }) => spec.podCIDRs)];
  return (
    ranges.some((range) => contains(range, ip)) ||
    nodes.some(({ status }) => status.internalIPs.includes(ip)) ||
    pods.some(({ status }) => status.podIPs.includes(ip)) ||
    services.some(({ status }) => status.loadBalancer.some((ingress) => ingress.ip === ip)) ||
    gateways.some(({ status }) => status.addresses.includes(ip))
  );
}
