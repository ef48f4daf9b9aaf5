// NetworkPolicies against the Pods of the settled cluster: whom they isolate, whom they speak of. What a network makes of that is its own
// matter (`dataplane/calico-policy.ts`); several networks make nothing of it.

import { type NetworkPolicy, type PolicyPeer, type PolicyPort, type PolicyType, rulesOf } from '../kube/network-policy';
import type { ServiceProtocol } from '../kube/pod';
import { contains } from '../net/cidr';
import { type Family, family, type Ip } from '../net/ip';
import type { Cluster, NetworkName, RunningPod } from './cluster';
import { matchesSelector } from './selector';
import { allContainers } from './target-port';

/** The networks whose plugin programs NetworkPolicies; Flannel and the plain bridge have nobody who reads them. */
const ENFORCING: readonly NetworkName[] = ['calico', 'calico-ipip', 'calico-vxlan', 'kindnet'];

/** Whether anybody on the nodes reads NetworkPolicies. */
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

type PodPeer = Extract<PolicyPeer, { kind: 'pods' }>;

/** The Pods that a peer of the policy means. */
export function podsOf(
  peer: PodPeer,
  policy: NetworkPolicy,
  { pods, namespaces }: Pick<Cluster, 'pods' | 'namespaces'>,
): readonly RunningPod[] {
  const spaces = spacesOf(peer, policy, namespaces);
  return pods.filter((pod) => isOf(pod, peer, spaces));
}

/** The namespaces in which the peer looks for Pods. */
function spacesOf(
  { namespaceSelector }: PodPeer,
  { metadata }: NetworkPolicy,
  namespaces: Cluster['namespaces'],
): ReadonlySet<string | null> {
  if (namespaceSelector === null) return new Set([metadata.namespace]);
  return new Set(
    namespaces.filter((space) => matchesSelector(namespaceSelector, space.metadata.labels)).map((space) => space.metadata.name),
  );
}

function isOf({ metadata, spec }: RunningPod, { podSelector }: PodPeer, spaces: ReadonlySet<string | null>): boolean {
  return !spec.hostNetwork && spaces.has(metadata.namespace) && (podSelector === null || matchesSelector(podSelector, metadata.labels));
}

/** The Pod's addresses of the family; one that has ended has none any more. */
export function policedAddresses({ status }: RunningPod, of: Family): readonly Ip[] {
  return status.phase === 'Succeeded' || status.phase === 'Failed' ? [] : status.podIPs.filter((address) => family(address) === of);
}

/** The Pods in which a rule looks up the name of a port: those that the policy isolates, or for packets that leave them those that they may call. */
export function podsWithPort(
  { policy, type, peer }: { readonly policy: NetworkPolicy; readonly type: PolicyType; readonly peer: PolicyPeer | null },
  cluster: Cluster,
): readonly RunningPod[] {
  if (type === 'Ingress') return cluster.pods.filter((pod) => selectsPod(policy, pod));
  return peer?.kind === 'pods' ? podsOf(peer, policy, cluster) : cluster.pods.filter(({ spec }) => !spec.hostNetwork);
}

/** The numbers that a named port stands for in the Pod. */
export function numbersNamed(name: string, protocol: PolicyPort['protocol'], pod: RunningPod): readonly number[] {
  const ports = allContainers(pod).flatMap((container) => container.ports);
  return ports.filter((port) => port.name === name && port.protocol === protocol).map(({ containerPort }) => containerPort);
}

/** A connection as a policy sees it: the Pod at the other end, and the port of the Pod that is called. */
export interface Judged {
  readonly other: RunningPod;
  readonly server: RunningPod;
  readonly protocol: ServiceProtocol;
  readonly port: number;
}

/** Whether some rule of the policy lets the connection through. */
export function allows(
  { policy, type }: { readonly policy: NetworkPolicy; readonly type: PolicyType },
  judged: Judged,
  cluster: Cluster,
): boolean {
  return rulesOf(policy, type).some(
    ({ peers, ports }) =>
      (peers.length === 0 || peers.some((peer) => isMeant(peer, policy, { judged, cluster }))) &&
      (ports.length === 0 || ports.some((port) => isPort(port, judged))),
  );
}

function isMeant(
  peer: PolicyPeer,
  policy: NetworkPolicy,
  { judged, cluster }: { readonly judged: Judged; readonly cluster: Cluster },
): boolean {
  if (peer.kind === 'pods') return isOf(judged.other, peer, spacesOf(peer, policy, cluster.namespaces));
  return judged.other.status.podIPs.some((ip) => contains(peer.cidr, ip) && !peer.except.some((except) => contains(except, ip)));
}

function isPort({ protocol, port, endPort }: PolicyPort, judged: Judged): boolean {
  if (protocol !== judged.protocol) return false;
  if (typeof port === 'string') return numbersNamed(port, protocol, judged.server).includes(judged.port);
  return port === null || (port <= judged.port && judged.port <= (endPort ?? port));
}
