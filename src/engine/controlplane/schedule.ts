// The scheduler: a node for every Pod that names none. Filters as in kube-scheduler's default plugins; where it scores with
// weights and breaks ties at random we take, in this order, the node with fewest soft taints against the Pod, the one that its
// preferences and spreading like best, that with fewest Pods of the same owner, the least full by requests, that with fewest Pods, and the
// first by name. Left out: volumes, priorities and preemption.

import type { Refusal, Unfit } from '../kube/advice';
import { selects } from '../kube/meta';
import type { Namespace } from '../kube/namespace';
import type { Node } from '../kube/node';
import type { Pod } from '../kube/pod';
import { compareText } from '../kube/ref';
import type { Cluster } from './cluster';
import { takenPort } from './host-ports';
import { fitsTerms, matchesTerm } from './node-affinity';
import { nodeHolding } from './nodes';
import { affinityRefusal, affinityScore } from './pod-affinity';
import { fullness, shortages } from './resource-fit';
import { type Host, ownerKey, type Stage, stageOf, take } from './stage';
import { CORDON, formatTaint, tolerates, untolerated } from './taints';
import { crowding, spreadRefusal } from './topology-spread';

export interface Placement {
  /** With `spec.nodeName` where a node was found. */
  readonly pods: readonly Pod[];
  readonly unplaced: readonly { readonly pod: Pod; readonly refusals: readonly Refusal[] }[];
}

/** Places every Pod. Those bound by nodeName or by their address come first, whatever the order of the text. */
export function schedule(pods: readonly Pod[], nodes: readonly Node[], namespaces: readonly Namespace[] = []): Placement {
  const placed: Pod[] = pods.map((pod) => bound(pod, nodes));
  const unplaced: { pod: Pod; refusals: readonly Refusal[] }[] = [];
  const stage = stageOf(placed, nodes, namespaces);
  for (const [index, pod] of placed.entries()) {
    if (pod.spec.nodeName !== null || pod.status?.reported === true || pod.metadata.deletionTimestamp !== null) continue;
    const found = place(pod, stage);
    if (found.host === null) {
      unplaced.push({ pod, refusals: found.refusals });
      continue;
    }
    placed[index] = onNode(pod, found.host.node);
    take(stage, found.host, onNode(pod, found.host.node));
  }
  return { pods: placed, unplaced };
}

export type Decision =
  | { readonly kind: 'placed'; readonly node: string }
  /** At least one for each node; none where there is no node. */
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** Where one Pod of the cluster goes, beside all that are there. */
export function placeOne(pod: Pod, { pods, nodes, namespaces }: Pick<Cluster, 'pods' | 'nodes' | 'namespaces'>): Decision {
  const { host, refusals } = place(pod, stageOf(pods, nodes, namespaces));
  return host === null ? { kind: 'refused', refusals } : { kind: 'placed', node: host.node.metadata.name };
}

function place(pod: Pod, stage: Stage): { readonly host: Host | null; readonly refusals: readonly Refusal[] } {
  const tried = stage.hosts.map((host) => ({ host, refusals: refusalsOf(pod, host, stage) }));
  const fitting = tried.filter(({ refusals }) => refusals.length === 0).map(({ host }) => host);
  return { host: best(pod, fitting, stage), refusals: tried.flatMap(({ refusals }) => refusals) };
}

/** The kubelet of the node that nodeName says takes the Pod, whatever the taints; an address says as much as a name. */
function bound(pod: Pod, nodes: readonly Node[]): Pod {
  const holder = pod.spec.nodeName === null ? nodeOfAddress(pod, nodes) : null;
  return holder === null ? pod : onNode(pod, holder);
}

/** The node that the Pod's address belongs to, or is of. */
export function nodeOfAddress({ status }: Pod, nodes: readonly Node[]): Node | null {
  const [ip] = status?.podIPs ?? [];
  if (ip === undefined) return null;
  return nodeHolding(ip, nodes) ?? nodes.find((node) => node.status.internalIPs.includes(ip)) ?? null;
}

function onNode(pod: Pod, node: Node): Pod {
  return { ...pod, spec: { ...pod.spec, nodeName: node.metadata.name } };
}

function best(pod: Pod, hosts: readonly Host[], stage: Stage): Host | null {
  if (hosts.length < 2) return hosts[0] ?? null;
  const ranked = hosts.map((host) => ({ host, rank: rankOf(pod, host, stage) }));
  ranked.sort((a, b) => compareRanks(a.rank, b.rank) || compareText(a.host.node.metadata.name, b.host.node.metadata.name));
  return ranked[0]?.host ?? null;
}

/** The smaller the better, the first number first. */
function rankOf(pod: Pod, host: Host, stage: Stage): readonly number[] {
  const { tolerations, affinity } = pod.spec;
  const liked = affinity.nodePreferred.filter(({ term }) => matchesTerm(term, host.node)).reduce((sum, { weight }) => sum + weight, 0);
  const owner = ownerKey(pod);
  return [
    untolerated(tolerations, host.node, ['PreferNoSchedule']).length,
    -liked,
    -affinityScore(pod, host, stage),
    crowding(pod, host, stage),
    owner === null ? 0 : (host.perOwner.get(owner) ?? 0),
    fullness(host),
    host.pods.length,
  ];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) if (value !== b[index]) return value - (b[index] ?? 0);
  return 0;
}

/** What the first filter has against the node; only a lack of several resources is told in full. */
function refusalsOf(pod: Pod, host: Host, stage: Stage): readonly Refusal[] {
  const { node } = host;
  const refuse = (reason: Exclude<Unfit, 'cpu' | 'memory'>, detail: string): readonly Refusal[] => [
    { node: node.metadata.name, reason, detail },
  ];
  if (node.spec.unschedulable && !tolerates(pod.spec.tolerations, CORDON)) return refuse('cordoned', CORDON.key);
  const [taint] = untolerated(pod.spec.tolerations, node, ['NoSchedule', 'NoExecute']);
  // The node controller taints it, sooner or later.
  if (!node.status.ready) return refuse('not-ready', taint === undefined ? NOT_READY : formatTaint(taint));
  if (taint !== undefined) return refuse('taint', formatTaint(taint));
  if (!selects(pod.spec.nodeSelector, node.metadata.labels)) return refuse('node-selector', missingLabel(pod, node));
  if (!fitsTerms(pod.spec, node)) return refuse('node-affinity', '');
  const port = takenPort(pod, host.pods);
  if (port !== null) return refuse('host-port', port);
  const short = shortages(pod, host);
  if (short.length > 0) return short;
  const refusal = spreadRefusal(pod, host, stage) ?? affinityRefusal(pod, host, stage);
  return refusal === null ? [] : refuse(refusal.reason, refusal.detail);
}

const NOT_READY = 'node.kubernetes.io/not-ready:NoSchedule';

function missingLabel(pod: Pod, node: Node): string {
  const missing = Object.entries(pod.spec.nodeSelector).find(([key, value]) => node.metadata.labels[key] !== value);
  return missing === undefined ? '' : missing.join('=');
}
