// From a request as a user says it to one that the kernels understand: whose namespace sends, what lies outside, which node comes first.

import type { Built } from './built';
import { type Cluster, clusterRanges, type RunningPod } from './controlplane/cluster';
import { routeToBalanced, serviceBehind } from './dataplane/load-balancer-nodes';
import { addExternal, routeThrough, withDetour } from './dataplane/underlay';
import type { World } from './linux/kernel';
import { netnsOfExternal, netnsOfNode, netnsOfPod } from './names';
import { contains } from './net/cidr';
import { absoluteName } from './net/dns';
import { type HttpRequest, httpRequest } from './net/http';
import { type Ip, parseIp } from './net/ip';
import { parseTarget, type Target } from './target';
import { answerOutside } from './trace/outside-name-server';
import type { Request } from './trace/request';
import type { RequestProblem, ScenarioRequest } from './view';

/** A request ready to be traced, in a world that holds the hosts outside which it names. */
export interface Dispatch {
  readonly request: Request;
  readonly world: World;
}

type Problem = { readonly problem: RequestProblem };

export function dispatch(built: Built, world: World, asked: ScenarioRequest): Dispatch | Problem {
  const target = parseTarget(asked.to, asked.protocol);
  if ('problem' in target) return target;
  const sender = findSender(built.cluster, asked.from);
  if ('problem' in sender) return sender;
  if (sender.pod !== null && asked.added !== true && isIdle(sender.pod))
    return { problem: { code: 'source-not-running', from: asked.from } };
  // No program runs on a machine that is off; of a node itself its dead cables tell.
  if (asked.from.startsWith('pod/') && world.dark.includes(sender.netns))
    return { problem: { code: 'source-not-running', from: asked.from } };
  const named = withResolver(built.cluster, world, sender);
  const server = target.host === '' ? ownServer(named, sender) : target.host;
  const connected = connectOutside(built.cluster, named, { sender, target: { ...target, host: server }, via: asked.via });
  if ('problem' in connected) return connected;
  const request: Request = {
    netns: sender.netns,
    owner: sender.owner,
    host: server,
    port: target.port,
    protocol: target.protocol,
    http: httpOf(target, asked),
    source: null,
    question: target.question,
    ...(asked.ttl === undefined ? {} : { ttl: asked.ttl }),
  };
  return { request, world: connected.world };
}

function httpOf({ host, path, scheme }: Target, { method, headers }: ScenarioRequest): HttpRequest | null {
  if (path === null) return null;
  return httpRequest({ scheme: scheme ?? 'http', method: method ?? 'GET', host, target: path, headers: headers ?? {} });
}

export interface Sender {
  readonly netns: string;
  readonly owner: string;
  /** The address of a host outside; null for a Pod or a node. */
  readonly outside: Ip | null;
  /** null for a node or a host outside. */
  readonly pod: RunningPod | null;
}

export function findSender(cluster: Cluster, from: string): Sender | Problem {
  const [kind, ...rest] = from.trim().split('/');
  if (kind === 'pod' && (rest.length === 1 || rest.length === 2)) return findPod(cluster, from, rest);
  const name = rest.join('/');
  if (kind === 'node' && cluster.nodes.some(({ metadata }) => metadata.name === name))
    return { netns: netnsOfNode(name), owner: name, outside: null, pod: null };
  const ip = kind === 'external' ? parseIp(name) : null;
  if (ip !== null && !isInside(cluster, ip)) return { netns: netnsOfExternal(ip), owner: ip, outside: ip, pod: null };
  return { problem: { code: 'unknown-source', from } };
}

function findPod(cluster: Cluster, from: string, parts: readonly string[]): Sender | Problem {
  const [namespace, name] = parts.length === 1 ? ['default', parts[0]] : parts;
  const pod = cluster.pods.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  if (pod === undefined) return { problem: { code: 'unknown-source', from } };
  if (!hasNetwork(pod)) return { problem: { code: 'source-not-running', from } };
  return { netns: netnsOfPod(pod), owner: `${namespace}/${name}`, outside: null, pod };
}

function hasNetwork({ spec, status }: RunningPod): boolean {
  return spec.nodeName !== null && status.podIPs.length > 0;
}

/** No program of its own could send anything. Of a Pod whose containers nobody reported its address says that they run. */
export function isIdle(pod: RunningPod): boolean {
  const { containers } = pod.status;
  return !hasNetwork(pod) || (containers.length > 0 && containers.every(({ state }) => state.kind !== 'running'));
}

/** Whether the address is a Pod's, a node's or a Service's, or could become one. */
export function isInside(cluster: Cluster, ip: Ip): boolean {
  const ranges = [...clusterRanges(cluster), ...cluster.nodes.flatMap(({ spec }) => spec.podCIDRs)];
  return ranges.some((range) => contains(range, ip)) || ownsAddress(cluster, ip);
}

function ownsAddress({ nodes, pods, services, gateways }: Cluster, ip: Ip): boolean {
  if (gateways.some(({ status }) => status.addresses.includes(ip))) return true;
  if (nodes.some(({ status }) => status.internalIPs.includes(ip))) return true;
  if (pods.some(({ status }) => status.podIPs.includes(ip))) return true;
  return services.some(({ spec, status }) => {
    const own = spec.clusterIPs === 'None' ? [] : spec.clusterIPs;
    return own.includes(ip) || spec.externalIPs.includes(ip) || status.loadBalancer.some((ingress) => ingress.ip === ip);
  });
}

/** The first nameserver of resolv.conf; without one the machine asks itself (resolv.conf(5)). */
function ownServer(world: World, { owner }: Sender): string {
  return world.resolvConfs[owner]?.nameservers[0] ?? '127.0.0.1';
}

/** A host outside that asks for a name asks the same resolvers as the nodes: what they know is known outside. */
function withResolver({ settings }: Cluster, world: World, sender: Sender): World {
  if (sender.outside === null || world.resolvConfs[sender.owner] !== undefined) return world;
  const { nameservers } = settings.nodeResolv;
  return { ...world, resolvConfs: { ...world.resolvConfs, [sender.owner]: { nameservers, search: [], options: [] } } };
}

/** The address that a name outside leads to; null where nobody knows it. */
function addressOutside(world: World, host: string): Ip | null {
  const table = Object.values(world.nameServers).find(({ zones }) => zones.length === 0)?.outside ?? [];
  const { answers } = answerOutside(table, { name: absoluteName(host.toLowerCase()), type: 'A' });
  return parseIp(answers.at(-1)?.data ?? '');
}

/** Every host outside that the request names exists, and the packets of a client outside lead to the node that they reach first. */
function connectOutside(
  cluster: Cluster,
  world: World,
  { sender, target, via }: { sender: Sender; target: Target; via: string | null },
): { readonly world: World } | Problem {
  const destination = parseIp(target.host) ?? (sender.outside === null ? null : addressOutside(world, target.host));
  const far = destination !== null && !isInside(cluster, destination);
  const reached = far ? addExternal(world, destination) : world;
  if (sender.outside === null) return { world: reached };
  const here = addExternal(reached, sender.outside);
  if (via === null && destination !== null && serviceBehind(cluster, destination) !== null) {
    const detour = routeToBalanced(cluster, here, destination);
    return { world: withDetour(here, { external: sender.outside, destination, detour }) };
  }
  // A Gateway is a host of its own beside the nodes: no node comes first.
  if (destination !== null && cluster.gateways.some(({ status }) => status.addresses.includes(destination))) return { world: here };
  const entry = entryNode(cluster, destination, via);
  if (entry !== null && typeof entry !== 'string') return entry;
  if (far || entry === null || destination === null) return { world: here };
  return { world: routeThrough(here, { external: sender.outside, destination, node: entry }) };
}

/** The node that a packet from outside reaches first: the one asked for, the one whose address it is, else the first by name. */
function entryNode(cluster: Cluster, destination: Ip | null, via: string | null): string | null | Problem {
  if (via !== null) {
    const name = via.replace(/^node\//, '');
    return cluster.nodes.some(({ metadata }) => metadata.name === name) ? name : { problem: { code: 'unknown-node', via } };
  }
  const owner = destination === null ? undefined : cluster.nodes.find(({ status }) => status.internalIPs.includes(destination));
  return owner === undefined ? (cluster.nodes[0]?.metadata.name ?? null) : null;
}
