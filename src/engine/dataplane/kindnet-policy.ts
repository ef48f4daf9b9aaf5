// NetworkPolicies in a kindnet cluster (kube-network-policies): a table of nftables hands the first packet of every connection from or to a Pod
// that a policy isolates to a program, which decides. It hangs in POSTROUTING, behind DNAT and before SNAT, and spares DNS and what the node
// itself sends. Modelled: the program's decision stands here as rules, since a program in user space leaves none; the real table ends in
// `queue num 101 bypass`. Established connections are not judged a second time, though the program may do so when a policy changes.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { isolating, numbersNamed, podsOf, podsWithPort, policedAddresses } from '../controlplane/isolation';
import type { FieldPath } from '../kube/field-path';
import { refOf } from '../kube/meta';
import { type NetworkPolicy, POLICY_FIELDS, type PolicyPeer, type PolicyPort, type PolicyType, rulesOf } from '../kube/network-policy';
import { provenance } from '../kube/ref';
import type { Match, Rule } from '../linux/netfilter';
import type { Base, NftChain, NftSet } from '../linux/nftables';
import type { Cidr } from '../net/cidr';
import { type Family, family } from '../net/ip';
import { type NodeDraft, type OnNode, podsHere } from './node-draft';
import { jump, MATCH, rule } from './rules';

const TABLE = 'kindnet-network-policies';

/** Just before the source is translated (`priority srcnat - 5`). */
const BASE: Base = { type: 'filter', hook: 'POSTROUTING', priority: 95 };

const SPARED: readonly Rule[] = [
  rule({ matches: [MATCH.protocol('UDP'), MATCH.port(53)], target: { kind: 'accept' } }),
  rule({ matches: [MATCH.fromLocal], target: { kind: 'accept' } }),
  rule({ matches: [{ kind: 'connection-state', negated: false, states: ['ESTABLISHED', 'RELATED'] }], target: { kind: 'accept' } }),
];

/** Writes the table of each family; none where no policy is. */
export function divertToJudge(draft: NodeDraft, on: OnNode): void {
  if (on.cluster.networkPolicies.length === 0) return;
  for (const of of on.families) {
    const sets: Record<string, NftSet> = {};
    const judged = podsHere(on)
      .flatMap((pod) => TYPES.map((type) => judgePod(pod, type, { cluster: on.cluster, of, sets })))
      .filter((one) => one !== null);
    const chains: readonly NftChain[] = [
      { name: 'postrouting', policy: 'ACCEPT', base: BASE, rules: [...SPARED, ...judged.flatMap(({ ways }) => ways)] },
      ...judged.map(({ chain }) => chain),
    ];
    const table = {
      name: TABLE,
      family: of,
      chains: Object.fromEntries(chains.map((chain) => [chain.name, chain])),
      sets,
      dynamicSets: [],
      maps: {},
    };
    draft.nftables.push(table);
  }
}

const TYPES: readonly PolicyType[] = ['Egress', 'Ingress'];

interface Judging {
  readonly cluster: Cluster;
  readonly of: Family;
  /** The Pods of every peer, by the place of the peer; filled as the rules are written. */
  readonly sets: Record<string, NftSet>;
}

/** The Pod's chain of one direction, and the rules that lead to it; null where nothing isolates it. */
function judgePod(
  pod: RunningPod,
  type: PolicyType,
  judging: Judging,
): { readonly ways: readonly Rule[]; readonly chain: NftChain } | null {
  const policies = isolating(judging.cluster, pod, type);
  const addresses = pod.status.podIPs.filter((address) => family(address) === judging.of);
  const [first] = policies;
  if (first === undefined || addresses.length === 0) return null;
  const name = `${POLICY_FIELDS[type].rules}-${pod.metadata.namespace}-${pod.metadata.name}`;
  const because = provenance(refOf(first), ['spec', POLICY_FIELDS[type].rules]);
  const rules = [
    ...policies.flatMap((policy) => [
      rule({ comment: said(policy), target: { kind: 'none' }, because: provenance(refOf(policy), ['spec', 'podSelector']) }),
      ...allowing(policy, type, judging),
    ]),
    rule({ target: { kind: 'drop' }, because }),
  ];
  const ways = addresses.map((address) =>
    rule({ matches: [type === 'Egress' ? MATCH.from(address) : MATCH.to(address)], target: jump(name) }),
  );
  return { ways, chain: { name, policy: null, base: null, rules } };
}

function said({ metadata }: NetworkPolicy): string {
  return `NetworkPolicy ${metadata.namespace}/${metadata.name}`;
}

function allowing(policy: NetworkPolicy, type: PolicyType, judging: Judging): readonly Rule[] {
  const fields = POLICY_FIELDS[type];
  const setPrefix = `${policy.metadata.namespace}-${policy.metadata.name}-${fields.rules}`;
  return rulesOf(policy, type).flatMap(({ peers, ports }, index) => {
    const path: FieldPath = ['spec', fields.rules, index];
    const someone =
      peers.length === 0
        ? [{ peer: null, at: 0, place: null }]
        : peers.map((peer, at) => ({ peer, at, place: [...path, fields.peers, at] }));
    const somewhere =
      ports.length === 0 ? [{ port: null, place: null }] : ports.map((port, at) => ({ port, place: [...path, 'ports', at] }));
    return someone.flatMap(({ peer, at, place }) =>
      somewhere.flatMap(({ port, place: portPlace }) => {
        const because = provenance(refOf(policy), place ?? portPlace ?? path);
        const whom = peer === null ? [[]] : peerMatches(peer, `${setPrefix}-${index}-${at}`, { policy, type, ...judging });
        const where = port === null ? [[]] : portMatches(port, { policy, type, peer, ...judging });
        return whom.flatMap((who) => where.map((what) => rule({ matches: [...who, ...what], target: { kind: 'return' }, because })));
      }),
    );
  });
}

interface Asked extends Judging {
  readonly policy: NetworkPolicy;
  readonly type: PolicyType;
}

/** Conditions of which one set must hold; none for a peer of the other family. */
function peerMatches(peer: PolicyPeer, set: string, { policy, type, cluster, of, sets }: Asked): readonly (readonly Match[])[] {
  const among = (prefixes: readonly Cidr[], negated: boolean): Match => ({
    kind: type === 'Ingress' ? 'source-among' : 'destination-among',
    negated,
    prefixes,
  });
  if (peer.kind === 'pods') {
    sets[set] = { type: 'hash:ip', family: of, members: members(podsOf(peer, policy, cluster), of) };
    return [[MATCH.set(set, [type === 'Ingress' ? 'src' : 'dst'])]];
  }
  if (family(peer.cidr.network) !== of) return [];
  return [[among([peer.cidr], false), ...(peer.except.length === 0 ? [] : [among(peer.except, true)])]];
}

function members(pods: readonly RunningPod[], of: Family): NftSet['members'] {
  return pods.flatMap((pod) =>
    policedAddresses(pod, of).map((address) => ({ text: address, provenance: provenance(refOf(pod), ['metadata', 'labels']) })),
  );
}

function portMatches(
  { protocol, port, endPort }: PolicyPort,
  asked: Asked & { readonly peer: PolicyPeer | null },
): readonly (readonly Match[])[] {
  const is = MATCH.protocol(protocol);
  if (port === null) return [[is]];
  if (typeof port === 'number') return [[is, endPort === null ? MATCH.port(port) : between(port, endPort)]];
  return podsWithPort(asked, asked.cluster).flatMap((pod) =>
    policedAddresses(pod, asked.of).flatMap((address) =>
      numbersNamed(port, protocol, pod).map((number) => [MATCH.to(address), is, MATCH.port(number)]),
    ),
  );
}

function between(first: number, last: number): Match {
  return { kind: 'destination-ports', negated: false, ports: [{ first, last }] };
}
