// NetworkPolicies against the Pods of the settled cluster: whom they isolate, whom they speak of. What a network makes of that is its own
// matter (`dataplane/calico-policy.ts`); several networks make nothing of it.

import type { NetworkPolicy, PolicyPeer, PolicyPort, PolicyType } from '../kube/network-policy';
import type { Cluster, NetworkName, RunningPod } from './cluster';
import { allContainers } from './target-port';
import { matchesSelector } from './workloads';

/** The networks whose plugin programs NetworkPolicies; Flannel and the plain bridge have nobody who reads them. */
const ENFORCING: readonly NetworkName[] = ['calico', 'calico-ipip', 'calico-vxlan', 'kindnet'];

export function enforcesPolicies(network: NetworkName): boolean {
  return ENFORCING.includes(network);
}

/** The policies that isolate the Pod in this direction, by name; none: everything passes. */
export function isolating({ networkPolicies }: Cluster, pod: RunningPod, type: PolicyType): readonly NetworkPolicy[] {
  return networkPolicies.filter((policy) => policy.spec.policyTypes.includes(type) && selectsPod(policy, pod));
}

/** A Pod on the host network is out of reach: its packets are the node's. */
export function selectsPod({ metadata, spec }: NetworkPolicy, pod: RunningPod): boolean {
  return !pod.spec.hostNetwork && pod.metadata.namespace === metadata.namespace && matchesSelector(spec.podSelector, pod.metadata.labels);
}

/** The Pods that a peer of the policy means. */
export function podsOf(
  peer: Extract<PolicyPeer, { kind: 'pods' }>,
  { metadata }: NetworkPolicy,
  { pods, namespaces }: Pick<Cluster, 'pods' | 'namespaces'>,
): readonly RunningPod[] {
  const { namespaceSelector, podSelector } = peer;
  const spaces = new Set(
    namespaceSelector === null
      ? [metadata.namespace]
      : namespaces.filter((space) => matchesSelector(namespaceSelector, space.metadata.labels)).map((space) => space.metadata.name),
  );
  return pods.filter(
    (pod) =>
      !pod.spec.hostNetwork &&
      spaces.has(pod.metadata.namespace) &&
      (podSelector === null || matchesSelector(podSelector, pod.metadata.labels)),
  );
}

/** The numbers that a named port stands for in the Pod. */
export function numbersNamed(name: string, protocol: PolicyPort['protocol'], pod: RunningPod): readonly number[] {
  const ports = allContainers(pod).flatMap((container) => container.ports);
  return ports.filter((port) => port.name === name && port.protocol === protocol).map(({ containerPort }) => containerPort);
}
