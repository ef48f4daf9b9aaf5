// What the scheduler knows when it looks for a node: the nodes, and which Pods are on each. Kept up to date while Pods are placed.

import type { Namespace } from '../kube/namespace';
import type { Node } from '../kube/node';
import type { Pod } from '../kube/pod';
import { type Requests, requestsOf, sum } from '../kube/requests';
import { controllerOf, hasEnded } from './ownership';

/** A node and what it has taken so far. */
export interface Host {
  readonly node: Node;
  /** Pods that end count until they are gone; those that ended do not. */
  readonly pods: Pod[];
  readonly perOwner: Map<string, number>;
  used: Requests;
}

export interface Stage {
  readonly hosts: readonly Host[];
  readonly namespaces: readonly Namespace[];
  /** Pods on a node that have something to say about who may come near them. */
  readonly choosy: { readonly pod: Pod; readonly node: Node }[];
}

export function stageOf(pods: readonly Pod[], nodes: readonly Node[], namespaces: readonly Namespace[]): Stage {
  const stage: Stage = {
    hosts: nodes.map((node) => ({ node, pods: [], perOwner: new Map(), used: { cpu: 0, memory: 0 } })),
    namespaces,
    choosy: [],
  };
  const byName = new Map(stage.hosts.map((host) => [host.node.metadata.name, host]));
  for (const pod of pods) {
    const host = byName.get(pod.spec.nodeName ?? '');
    if (host !== undefined) take(stage, host, pod);
  }
  return stage;
}

export function take({ choosy }: Stage, host: Host, pod: Pod): void {
  if (hasEnded(pod)) return;
  host.pods.push(pod);
  const owner = ownerKey(pod);
  if (owner !== null) host.perOwner.set(owner, (host.perOwner.get(owner) ?? 0) + 1);
  host.used = sum(host.used, requestsOf(pod));
  const { podAntiRequired, podPreferred, podAntiPreferred } = pod.spec.affinity;
  if (podAntiRequired.length + podPreferred.length + podAntiPreferred.length > 0) choosy.push({ pod, node: host.node });
}

/** Which Pods are of one kind: those of one controller. */
export function ownerKey(pod: Pod): string | null {
  const owner = controllerOf(pod);
  return owner === null ? null : `${pod.metadata.namespace}/${owner.kind}/${owner.name}`;
}
