// What a diagnosis may look at: the objects of the API server and the world as it runs, side by side. The two agree where everything has
// settled; where they do not, somebody who should have carried a change on has not done so. No text is looked at, and no earlier state.

import type { Built } from '../built';
import type { Cluster, RunningPod } from '../controlplane/cluster';
import { inventory } from '../controlplane/inventory';
import { type Origin, origins } from '../controlplane/origin';
import { compile } from '../dataplane/compile';
import { ownerOf } from '../dataplane/sockets';
import type { Names } from '../explain/names';
import { namesOf } from '../explained-names';
import type { ApiObject } from '../kube/meta';
import type { Node } from '../kube/node';
import type { Pod } from '../kube/pod';
import type { Service } from '../kube/service';
import type { World } from '../linux/kernel';
import type { Socket } from '../linux/socket';
import { netnsOfPod } from '../names';
import { type Ip, parseIp } from '../net/ip';
import type { Protocol } from '../net/packet';
import type { Request } from '../trace/request';

export type Sender =
  | { readonly kind: 'pod'; readonly pod: RunningPod }
  | { readonly kind: 'node'; readonly node: Node }
  | { readonly kind: 'outside'; readonly address: Ip };

export interface Given {
  readonly built: Built;
  readonly cluster: Cluster;
  /** As it runs, with the hosts outside that the request speaks of. */
  readonly world: World;
  /** What the objects ask for; compiled when it is first looked at. */
  readonly wanted: () => World;
  readonly names: Names;
  readonly sender: Sender;
  readonly request: Request;
  /** The Kubernetes namespace of the client; null for one that has none. */
  readonly home: string | null;
  /** The written object behind a Pod. */
  readonly origin: (pod: Pod) => Origin | null;
}

export function givenFor(built: Built, world: World, request: Request): Given {
  const { cluster } = built;
  const sender = senderOf(cluster, request);
  let compiled: World | null = null;
  const wanted = (): World => {
    compiled ??= compile(cluster);
    return compiled;
  };
  const origin = origins(inventory(built.objects), cluster.replicaSets);
  const home = sender.kind === 'pod' ? sender.pod.metadata.namespace : null;
  return { built, cluster, world, wanted, names: namesOf(cluster), sender, request, home, origin };
}

function senderOf({ pods, nodes }: Cluster, { owner, netns }: Request): Sender {
  const pod = pods.find((one) => ownerOf(one) === owner);
  if (pod !== undefined) return { kind: 'pod', pod };
  const node = nodes.find(({ metadata }) => netns === `node/${metadata.name}`);
  if (node !== undefined) return { kind: 'node', node };
  const address = parseIp(owner);
  if (address === null) throw new Error(`nobody is called ${owner}`);
  return { kind: 'outside', address };
}

/** The name of the one who asks. */
export function senderName(given: Given): string {
  const { sender } = given;
  if (sender.kind === 'pod') return labelOf(given, sender.pod.metadata);
  return sender.kind === 'node' ? sender.node.metadata.name : sender.address;
}

/** As a sentence names an object: without its namespace where the client shares it. */
export function labelOf({ home }: Pick<Given, 'home'>, { namespace, name }: { namespace: string | null; name: string }): string {
  return namespace === null || namespace === home || (home === null && namespace === 'default') ? name : `${namespace}/${name}`;
}

export function serviceNamed({ cluster }: Given, namespace: string | null, name: string): Service | null {
  return cluster.services.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name) ?? null;
}

export function podNamed({ cluster }: Given, namespace: string | null, name: string): RunningPod | null {
  return cluster.pods.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name) ?? null;
}

/** A Pod that has ended has given its address back. */
export function podAt({ cluster }: Given, address: string): RunningPod | null {
  const held: readonly RunningPod[] = cluster.pods.filter(
    ({ status, spec }) => status.podIPs.some((ip) => ip === address) && !spec.hostNetwork,
  );
  return held.find(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed') ?? held[0] ?? null;
}

/** The node whose kernel handles the Pod's packets first. */
export function nodeOfPod({ cluster }: Given, pod: RunningPod): Node | null {
  return cluster.nodes.find(({ metadata }) => metadata.name === pod.spec.nodeName) ?? null;
}

/** What listens in the Pod as it runs: `ss -lntu`. */
export function socketsOf({ world }: Given, pod: RunningPod): readonly Socket[] {
  const owner = ownerOf(pod);
  return (world.kernels[netnsOfPod(pod)]?.sockets ?? []).filter((socket) => socket.owner === owner);
}

export function takes({ protocol, port }: Socket, asked: { readonly protocol: Protocol; readonly port: number }): boolean {
  return protocol === asked.protocol && (port === null || port === asked.port);
}

/** `8080/TCP`, by number. */
export function portsOf(sockets: readonly Socket[]): readonly string[] {
  const ports = sockets.map(({ port, protocol }) => ({ port: port ?? 0, protocol }));
  const sorted = ports.sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
  return [...new Set(sorted.map(({ port, protocol }) => `${port}/${protocol}`))];
}

/** Whether somebody wrote the object: only then can a text be mended. */
export function isWritten({ built }: Given, key: string): boolean {
  return built.written.has(key);
}

export function isOf<Kind extends ApiObject['kind']>(kind: Kind): (object: ApiObject) => object is Extract<ApiObject, { kind: Kind }> {
  return (object): object is Extract<ApiObject, { kind: Kind }> => object.kind === kind;
}
