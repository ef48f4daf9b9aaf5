// The scheduler: a node for every Pod that names none. Filters as in kube-scheduler's default plugins; where it scores with
// weights and breaks ties at random we take, in this order, the node with fewest soft taints against the Pod, with fewest Pods
// of the same owner, with fewest Pods, and the first by name.
// Left out: requests of CPU and memory, affinity to Pods, spread constraints, volumes, preemption.

import type { Refusal, Unfit } from '../kube/advice';
import { refOf, selects } from '../kube/meta';
import type { Node } from '../kube/node';
import type { ContainerPort, Pod } from '../kube/pod';
import { compareText, formatRef } from '../kube/ref';
import { fitsTerms } from './node-affinity';
import { nodeHolding } from './nodes';
import { controllerOf } from './ownership';
import { CORDON, formatTaint, tolerates, untolerated } from './taints';

export interface Placement {
  /** With `spec.nodeName` where a node was found. */
  readonly pods: readonly Pod[];
  readonly unplaced: readonly { readonly pod: Pod; readonly refusals: readonly Refusal[] }[];
}

/** Places every Pod. Those bound by nodeName or by their address come first, whatever the order of the text. */
export function schedule(pods: readonly Pod[], nodes: readonly Node[]): Placement {
  const placed: Pod[] = pods.map((pod) => bound(pod, nodes));
  const unplaced: { pod: Pod; refusals: readonly Refusal[] }[] = [];
  const tally = new Map<string, Tally>(nodes.map((node) => [node.metadata.name, { pods: 0, perOwner: new Map(), ports: [] }]));
  for (const pod of placed) count(pod, tally);
  for (const [index, pod] of placed.entries()) {
    if (pod.spec.nodeName !== null || pod.status?.reported === true) continue;
    const refusals = nodes.flatMap((node) => refusal(pod, node, tally.get(node.metadata.name)?.ports ?? []) ?? []);
    const fitting = nodes.filter((node) => !refusals.some((each) => each.node === node.metadata.name));
    const best = leastLoaded(pod, fitting, tally);
    if (best === null) {
      unplaced.push({ pod, refusals });
      continue;
    }
    placed[index] = onNode(pod, best);
    count(onNode(pod, best), tally);
  }
  return { pods: placed, unplaced };
}

interface TakenPort {
  readonly port: ContainerPort;
  /** The Pod that has it. */
  readonly by: Pod;
}

/** What a node has taken so far. */
interface Tally {
  pods: number;
  readonly perOwner: Map<string, number>;
  readonly ports: TakenPort[];
}

function count(pod: Pod, tally: ReadonlyMap<string, Tally>): void {
  const node = tally.get(pod.spec.nodeName ?? '');
  if (node === undefined || pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return;
  const owner = ownerKey(pod);
  node.pods += 1;
  if (owner !== null) node.perOwner.set(owner, (node.perOwner.get(owner) ?? 0) + 1);
  node.ports.push(...hostPorts(pod).map((port) => ({ port, by: pod })));
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

function leastLoaded(pod: Pod, nodes: readonly Node[], tally: ReadonlyMap<string, Tally>): Node | null {
  const owner = ownerKey(pod);
  const ranked = nodes.map((node) => {
    const here = tally.get(node.metadata.name);
    const siblings = owner === null ? 0 : (here?.perOwner.get(owner) ?? 0);
    return { node, soft: untolerated(pod.spec.tolerations, node, ['PreferNoSchedule']).length, siblings, pods: here?.pods ?? 0 };
  });
  ranked.sort(
    (a, b) => a.soft - b.soft || a.siblings - b.siblings || a.pods - b.pods || compareText(a.node.metadata.name, b.node.metadata.name),
  );
  return ranked[0]?.node ?? null;
}

function ownerKey(pod: Pod): string | null {
  const owner = controllerOf(pod);
  return owner === null ? null : `${pod.metadata.namespace}/${owner.kind}/${owner.name}`;
}

function refusal(pod: Pod, node: Node, taken: readonly TakenPort[]): Refusal | null {
  const refuse = (reason: Unfit, detail: string): Refusal => ({ node: node.metadata.name, reason, detail });
  if (node.spec.unschedulable && !tolerates(pod.spec.tolerations, CORDON)) return refuse('cordoned', CORDON.key);
  if (!node.status.ready) return refuse('not-ready', node.metadata.name);
  const [taint] = untolerated(pod.spec.tolerations, node, ['NoSchedule', 'NoExecute']);
  if (taint !== undefined) return refuse('taint', formatTaint(taint));
  if (!selects(pod.spec.nodeSelector, node.metadata.labels)) return refuse('node-selector', missingLabel(pod, node));
  if (!fitsTerms(pod.spec, node)) return refuse('node-affinity', '');
  const [port] = hostPorts(pod).filter((each) => taken.some((other) => collide(each, other.port)));
  const holder = port === undefined ? undefined : taken.find((other) => collide(port, other.port))?.by;
  if (port === undefined || holder === undefined) return null;
  return refuse('host-port', `${port.hostPort}/${port.protocol} (${formatRef(refOf(holder))})`);
}

function missingLabel(pod: Pod, node: Node): string {
  const missing = Object.entries(pod.spec.nodeSelector).find(([key, value]) => node.metadata.labels[key] !== value);
  return missing === undefined ? '' : missing.join('=');
}

/** The ports of the node that the Pod takes for itself. */
export function hostPorts(pod: Pod): readonly ContainerPort[] {
  return pod.spec.containers.flatMap((container) => container.ports.filter((port) => port.hostPort !== null));
}

function collide(a: ContainerPort, b: ContainerPort): boolean {
  const anywhere = (port: ContainerPort): boolean => port.hostIP === null || port.hostIP === '0.0.0.0';
  return a.hostPort === b.hostPort && a.protocol === b.protocol && (anywhere(a) || anywhere(b) || a.hostIP === b.hostIP);
}
