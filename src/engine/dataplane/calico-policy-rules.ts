// The chains that Felix writes for one NetworkPolicy: a rule that allows sets the accept mark, and the packet returns to the chain of its
// interface (felix/rules/policy.go, ProtoRuleToIptablesRules). The peers stand in ipsets, a block's exceptions in a rule of their own,
// since one rule of iptables asks for one prefix only.
// Simplified: one rule for each peer and port, where Felix puts the numbers of one protocol into a single list of ports.

import type { Cluster } from '../controlplane/cluster';
import type { FieldPath } from '../kube/field-path';
import { refOf } from '../kube/meta';
import { type NetworkPolicy, POLICY_FIELDS, type PolicyPeer, type PolicyPort, type PolicyType, rulesOf } from '../kube/network-policy';
import { provenance } from '../kube/ref';
import type { Match, Rule, Target } from '../linux/netfilter';
import type { Cidr } from '../net/cidr';
import { type Family, family } from '../net/ip';
import { hashOf, type NamedSet, peerSet, portSet } from './calico-sets';
import { MATCH, rule } from './rules';

/** Bits of the mark that are Calico's (felix: IptablesMarkMask 0xffff0000, handed out from the lowest). */
export const CALI_MARK = { accept: 0x10000, pass: 0x20000, allBlocks: 0x40000, thisBlock: 0x80000, endpoint: 0xfff00000 } as const;

/** The comment of the rules that let pass what a policy or a profile has accepted. */
export const ACCEPTED = 'Policy explicitly accepted packet.';

/** Clears these bits of the mark. */
export function clears(mask: number): Target {
  return { kind: 'mark', value: 0, mask };
}

/** Gives these bits of the mark this value. */
export function sets(value: number, mask: number = value): Target {
  return { kind: 'mark', value, mask };
}

/** None of these bits is set. */
export function isClear(mask: number, negated = false): Match {
  return { kind: 'mark', negated, value: 0, mask };
}

const LONGEST_CHAIN_NAME = 28;

/** What is too long for iptables becomes a hash (felix/hashutils, GetLengthLimitedID). */
export function chainName(prefix: string, id: string): string {
  const whole = prefix + id;
  return whole.length <= LONGEST_CHAIN_NAME ? whole : `${prefix}_${hashOf(id)}`.slice(0, LONGEST_CHAIN_NAME);
}

/** The chain of one direction of a policy. */
export function policyChainName({ metadata }: NetworkPolicy, type: PolicyType): string {
  return chainName(type === 'Ingress' ? 'cali-pi-' : 'cali-po-', `knp/${metadata.namespace}/${metadata.name}`);
}

/** The rules of a chain, and the sets that they ask. */
export interface PolicyChain {
  readonly rules: readonly Rule[];
  readonly sets: readonly NamedSet[];
}

/** The chain of one direction of the policy. */
export function policyChain(
  policy: NetworkPolicy,
  type: PolicyType,
  around: { readonly cluster: Cluster; readonly of: Family },
): PolicyChain {
  const { namespace, name } = policy.metadata;
  const fields = POLICY_FIELDS[type];
  const alternatives = rulesOf(policy, type).flatMap(({ peers, ports }, index) => {
    const path: FieldPath = ['spec', fields.rules, index];
    return withPlaces(peers, [...path, fields.peers]).flatMap((peer) =>
      withPlaces(ports, [...path, 'ports']).map(
        (port): Alternative => ({ policy, type, peer: peer.one, port: port.one, path: peer.path ?? port.path ?? path }),
      ),
    );
  });
  const written = alternatives.map((one) => compileAlternative(one, around));
  // A return behind the last rule of a chain does nothing.
  const rules = written.flatMap(({ rules: some }) => some).slice(0, -1);
  const said = `NetworkPolicy ${namespace}/${name} ${fields.rules}`;
  const first = rules[0] ?? rule({ target: { kind: 'none' }, because: provenance(refOf(policy), ['spec', fields.rules]) });
  return { rules: [{ ...first, comment: said }, ...rules.slice(1)], sets: written.flatMap((one) => one.sets) };
}

/** Each item with its place; where the list is empty, one that asks for nothing. */
function withPlaces<Item>(
  items: readonly Item[],
  path: FieldPath,
): readonly { readonly one: Item | null; readonly path: FieldPath | null }[] {
  return items.length === 0 ? [{ one: null, path: null }] : items.map((one, index) => ({ one, path: [...path, index] }));
}

/** One peer and one port of a rule. */
interface Alternative {
  readonly policy: NetworkPolicy;
  readonly type: PolicyType;
  readonly peer: PolicyPeer | null;
  readonly port: PolicyPort | null;
  readonly path: FieldPath;
}

function compileAlternative(alternative: Alternative, around: { readonly cluster: Cluster; readonly of: Family }): PolicyChain {
  const { policy, type, peer, port, path } = alternative;
  const because = provenance(refOf(policy), path);
  const peers = peer === null ? NOTHING : peerMatches(peer, alternative, around);
  if (peers === null) return { rules: [], sets: [] };
  const named =
    port !== null && typeof port.port === 'string' ? portSet({ policy, type, peer, port: { ...port, port: port.port } }, around) : null;
  const matches = [
    ...peers.header,
    ...protocolMatch(port),
    ...peers.sets.map(({ name }) => MATCH.set(name, [SIDE[type]])),
    ...portMatch(port, named),
    ...peers.marks,
  ];
  return {
    rules: [
      ...peers.before.map((one) => ({ ...one, provenance: because })),
      rule({ matches, target: sets(CALI_MARK.accept), because }),
      rule({ matches: [MATCH.mark(CALI_MARK.accept)], target: { kind: 'return' }, because }),
    ],
    sets: [...peers.sets, ...(named === null ? [] : [named])],
  };
}

const SIDE = { Ingress: 'src', Egress: 'dst' } as const;

interface PeerMatches {
  /** Rules that set or clear the mark which `marks` asks for. */
  readonly before: readonly Rule[];
  readonly header: readonly Match[];
  readonly sets: readonly NamedSet[];
  readonly marks: readonly Match[];
}

const NOTHING: PeerMatches = { before: [], header: [], sets: [], marks: [] };

/** null: a block of the other family, of which no rule is written. */
function peerMatches(
  peer: PolicyPeer,
  { policy, type }: Alternative,
  around: { readonly cluster: Cluster; readonly of: Family },
): PeerMatches | null {
  if (peer.kind === 'pods') return { ...NOTHING, sets: [peerSet(peer, policy, around)] };
  if (family(peer.cidr.network) !== around.of) return null;
  const end = (prefix: Cidr): readonly Match[] =>
    prefix.length === 0 ? [] : [type === 'Ingress' ? MATCH.source(prefix) : MATCH.destination(prefix)];
  if (peer.except.length === 0) return { ...NOTHING, header: end(peer.cidr) };
  return {
    ...NOTHING,
    before: [
      rule({ target: sets(CALI_MARK.allBlocks, CALI_MARK.allBlocks | CALI_MARK.thisBlock) }),
      ...peer.except.map((except) => rule({ matches: end(except), target: clears(CALI_MARK.allBlocks) })),
    ],
    header: end(peer.cidr),
    marks: [MATCH.mark(CALI_MARK.allBlocks)],
  };
}

function protocolMatch(port: PolicyPort | null): readonly Match[] {
  return port === null ? [] : [MATCH.protocol(port.protocol)];
}

function portMatch(port: PolicyPort | null, named: NamedSet | null): readonly Match[] {
  if (named !== null) return [MATCH.set(named.name, ['dst', 'dst'])];
  if (port === null || typeof port.port !== 'number') return [];
  const ports = port.endPort === null ? port.port : { first: port.port, last: port.endPort };
  return [{ kind: 'destination-ports', negated: false, ports: [ports] }];
}
