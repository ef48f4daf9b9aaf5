// The ipsets that Felix makes of selectors and of port names. Their names are a letter for the sort, a colon, and a hash of what they stand for,
// cut at 31 characters (felix/ipsets, libcalico-go/lib/hash). The hash is taken over our own wording of the selector, and is SHA-256 where
// Felix has SHA-224: the names look like Felix's, and are others.

import type { Cluster } from '../controlplane/cluster';
import { numbersNamed, podsOf, podsWithPort, policedAddresses } from '../controlplane/isolation';
import { refOf } from '../kube/meta';
import type { NetworkPolicy, PolicyPeer, PolicyPort, PolicyType } from '../kube/network-policy';
import { compareText, provenance } from '../kube/ref';
import type { LabelSelector } from '../kube/workload';
import type { IpSet, IpSetMember } from '../linux/ipset';
import { base64url } from '../net/bytes';
import type { Family } from '../net/ip';
import { sha256 } from '../net/sha';

/** A set under the name by which rules ask for it. */
export interface NamedSet {
  readonly name: string;
  readonly set: IpSet;
}

type Pods = Extract<PolicyPeer, { kind: 'pods' }>;

/** The addresses of the Pods that a peer means. */
export function peerSet(peer: Pods, policy: NetworkPolicy, { cluster, of }: { readonly cluster: Cluster; readonly of: Family }): NamedSet {
  const members = podsOf(peer, policy, cluster).flatMap((pod) =>
    policedAddresses(pod, of).map(
      (address): IpSetMember => ({ text: address, provenance: provenance(refOf(pod), ['metadata', 'labels']) }),
    ),
  );
  return { name: setName(`s:${hashOf(peerText(peer, policy))}`, of), set: { type: 'hash:net', family: of, members } };
}

/** A port that a rule calls by its name, with what decides in which Pods the name is looked up. */
export interface NamedPort {
  readonly policy: NetworkPolicy;
  readonly type: PolicyType;
  readonly peer: PolicyPeer | null;
  readonly port: PolicyPort & { readonly port: string };
}

/** Where a port of that name is found: in the Pods that the policy isolates, or for packets that leave them in those that they may call. */
export function portSet(named: NamedPort, { cluster, of }: { readonly cluster: Cluster; readonly of: Family }): NamedSet {
  const { port, protocol } = named.port;
  const members = podsWithPort(named, cluster).flatMap((pod) =>
    policedAddresses(pod, of).flatMap((address) =>
      numbersNamed(port, protocol, pod).map(
        (number): IpSetMember => ({
          text: `${address},${protocol.toLowerCase()}:${number}`,
          provenance: provenance(refOf(pod), ['spec', 'containers']),
        }),
      ),
    ),
  );
  const name = setName(`n:${hashOf(`${serversText(named)},${protocol},${port}`)}`, of);
  return { name, set: { type: 'hash:ip,port', family: of, members } };
}

function serversText({ policy, type, peer }: NamedPort): string {
  if (type === 'Ingress') return peerText({ kind: 'pods', podSelector: policy.spec.podSelector, namespaceSelector: null }, policy);
  return peer?.kind === 'pods' ? peerText(peer, policy) : 'all()';
}

const LONGEST_SET_NAME = 31;

function setName(id: string, of: Family): string {
  return `cali${of}0${id}`.slice(0, LONGEST_SET_NAME);
}

/** As Felix writes hashes into names. */
export function hashOf(text: string): string {
  return base64url(sha256(text));
}

/** The peer as a selector of Calico: labels of the namespace are those of its Pods, behind `pcns.`. */
function peerText({ podSelector, namespaceSelector }: Pods, { metadata }: NetworkPolicy): string {
  const spaces =
    namespaceSelector === null ? `projectcalico.org/namespace == "${metadata.namespace}"` : selectorText(namespaceSelector, 'pcns.');
  return [spaces, ...(podSelector === null ? [] : [selectorText(podSelector, '')])].map((part) => `(${part})`).join(' && ');
}

function selectorText({ matchLabels, matchExpressions }: LabelSelector, prefix: string): string {
  const labels = Object.entries(matchLabels).map(([key, value]) => `${prefix}${key} == "${value}"`);
  const expressions = matchExpressions.map(({ key, operator, values }) => {
    const list = [...values].sort(compareText).map((value) => `"${value}"`);
    return {
      In: `${prefix}${key} in { ${list} }`,
      NotIn: `${prefix}${key} not in { ${list} }`,
      Exists: `has(${prefix}${key})`,
      DoesNotExist: `! has(${prefix}${key})`,
    }[operator];
  });
  const all = [...labels, ...expressions].sort(compareText);
  return all.length === 0 ? 'all()' : all.join(' && ');
}
