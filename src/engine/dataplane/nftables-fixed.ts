// What stands in kube-proxy's table of nftables whatever Services there are (pkg/proxy/nftables/proxier.go: nftablesBaseChains,
// nftablesJumpChains, setupNFTables), in its order. No INVALID drop, no hole in the firewalls of others.

import type { Cluster } from '../controlplane/cluster';
import type { Node } from '../kube/node';
import type { KeyPart, Match, Target } from '../linux/netfilter';
import type { Base } from '../linux/nftables';
import { type Cidr, cidr, contains } from '../net/cidr';
import { type Family, family } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';
import { MASQUERADE_MARK } from './masquerade-mark';
import { firstOf } from './network';
import type { NftDraft } from './nftables-draft';
import { jump, MATCH, rule } from './rules';

/** Where the marking of packets stands. */
export const MARK_CHAIN = 'mark-for-masquerade';

/** Where a verdict map sends what is to be refused. */
export const REJECT_CHAIN = 'reject-chain';

const BASE_CHAINS: readonly (readonly [string, Base])[] = [
  ['filter-prerouting-pre-dnat', { type: 'filter', hook: 'PREROUTING', priority: -110 }],
  ['filter-output-pre-dnat', { type: 'filter', hook: 'OUTPUT', priority: -110 }],
  ['filter-input', { type: 'filter', hook: 'INPUT', priority: 0 }],
  ['filter-forward', { type: 'filter', hook: 'FORWARD', priority: 0 }],
  ['filter-output', { type: 'filter', hook: 'OUTPUT', priority: 0 }],
  ['nat-prerouting', { type: 'nat', hook: 'PREROUTING', priority: -100 }],
  ['nat-output', { type: 'nat', hook: 'OUTPUT', priority: -100 }],
  ['nat-postrouting', { type: 'nat', hook: 'POSTROUTING', priority: 100 }],
];

const JUMPS: readonly (readonly [from: string, to: string, onNew: boolean])[] = [
  ['filter-input', 'nodeport-endpoints-check', true],
  ['filter-input', 'service-endpoints-check', true],
  ['filter-forward', 'service-endpoints-check', true],
  ['filter-output', 'service-endpoints-check', true],
  ['filter-prerouting-pre-dnat', 'firewall-check', true],
  ['filter-output-pre-dnat', 'firewall-check', true],
  ['nat-output', 'services', false],
  ['nat-prerouting', 'services', false],
  ['nat-postrouting', 'masquerading', false],
  ['filter-forward', 'cluster-ips-check', true],
  ['filter-output', 'cluster-ips-check', true],
];

const BY_ADDRESS: readonly KeyPart[] = ['destination', 'protocol', 'destination-port'];
const BY_PORT: readonly KeyPart[] = ['protocol', 'destination-port'];

const SERVICE_MAPS = [
  ['firewall-ips', BY_ADDRESS, 'destinations that are subject to LoadBalancerSourceRanges'],
  ['service-ips', BY_ADDRESS, 'ClusterIP, ExternalIP and LoadBalancer IP traffic'],
  ['service-nodeports', BY_PORT, 'NodePort traffic'],
] as const;

const REFUSING_MAPS = [
  ['no-endpoint-services', BY_ADDRESS, 'vmap to drop or reject packets to services with no endpoints'],
  ['no-endpoint-nodeports', BY_PORT, 'vmap to drop or reject packets to service nodeports with no endpoints'],
] as const;

/** The verdict maps by name. */
export type MapName = (typeof SERVICE_MAPS | typeof REFUSING_MAPS)[number][0];

/** Writes base chains, jumps, maps and checks. */
export function fixedParts(draft: NftDraft, { cluster, node }: { readonly cluster: Cluster; readonly node: Node }): void {
  for (const [name, base] of BASE_CHAINS) draft.base(name, base);
  for (const [from, to, onNew] of JUMPS) {
    draft.add(to);
    draft.add(from, rule({ matches: onNew ? [MATCH.fresh] : [], target: jump(to) }));
  }
  masquerading(draft);
  clusterIpsCheck(draft, serviceRanges(cluster, draft.family));
  const entry = nodePortEntry(draft, node, cluster.settings.nodePortAddresses);
  refusals(draft, entry.matches);
  serviceMaps(draft, entry);
}

function masquerading(draft: NftDraft): void {
  draft.add(MARK_CHAIN, rule({ target: { kind: 'mark', value: MASQUERADE_MARK, mask: MASQUERADE_MARK } }));
  const unmarked: Match = { kind: 'mark', negated: false, value: 0, mask: MASQUERADE_MARK };
  draft.add('masquerading', rule({ matches: [unmarked], target: { kind: 'return' } }));
  draft.add('masquerading', rule({ target: { kind: 'mark', value: MASQUERADE_MARK, mask: 0 } }));
  draft.add('masquerading', rule({ target: { kind: 'masquerade' } }));
}

/** The ServiceCIDR objects of the family. */
function serviceRanges({ serviceCIDR, second }: Cluster, of: Family): readonly Cidr[] {
  return [serviceCIDR, ...(second === null ? [] : [second.serviceCIDR])].filter(({ network }) => family(network) === of);
}

function refuse(of: Family): Target {
  return { kind: 'reject', with: 'port-unreachable', family: of };
}

function clusterIpsCheck(draft: NftDraft, ranges: readonly Cidr[]): void {
  draft.set('cluster-ips', 'Active ClusterIPs');
  draft.add(
    'cluster-ips-check',
    rule({
      matches: [MATCH.set('cluster-ips', ['dst'])],
      target: refuse(draft.family),
      comment: 'Reject traffic to invalid ports of ClusterIPs',
    }),
  );
  if (ranges.length === 0) return;
  draft.add(
    'cluster-ips-check',
    rule({
      matches: [{ kind: 'destination-among', negated: false, prefixes: ranges }],
      target: { kind: 'drop' },
      comment: 'Drop traffic to unallocated ClusterIPs',
    }),
  );
}

interface NodePortEntry {
  /** What says that the address takes node ports. */
  readonly matches: readonly Match[];
  /** What stands before it in the chain of Services. */
  readonly first: readonly Match[];
}

/** Unless told otherwise only the node's main address (`--nodeport-addresses primary`); never loopback. */
function nodePortEntry(draft: NftDraft, node: Node, settings: readonly Cidr[]): NodePortEntry {
  const of = draft.family;
  const ranges = settings.filter(({ network }) => family(network) === of);
  const matchesAll = ranges.some(({ length }) => length === 0) || (settings.length > 0 && ranges.length === 0);
  if (matchesAll) {
    const loopback = of === 6 ? cidr('::1/128') : cidr('127.0.0.0/8');
    return { first: [MATCH.toLocal], matches: [MATCH.destination(loopback, true)] };
  }
  draft.set('nodeport-ips', 'IPs that accept NodePort traffic');
  const primary = firstOf(node.status.internalIPs, of);
  const own =
    settings.length === 0
      ? [primary].flatMap((ip) => ip ?? [])
      : node.status.internalIPs.filter((ip) => ranges.some((range) => family(ip) === of && contains(range, ip)));
  for (const ip of own) draft.member('nodeport-ips', ip, NO_PROVENANCE);
  return { first: [], matches: [MATCH.set('nodeport-ips', ['dst'])] };
}

function refusals(draft: NftDraft, toNodePorts: readonly Match[]): void {
  for (const [name, key, comment] of REFUSING_MAPS) draft.map({ name, key, comment });
  draft.remarked(REJECT_CHAIN, 'helper for @no-endpoint-services / @no-endpoint-nodeports');
  draft.add(REJECT_CHAIN, rule({ target: refuse(draft.family) }));
  draft.add('service-endpoints-check', rule({ target: lookUp('no-endpoint-services', BY_ADDRESS) }));
  draft.add('nodeport-endpoints-check', rule({ matches: toNodePorts, target: lookUp('no-endpoint-nodeports', BY_PORT) }));
}

function serviceMaps(draft: NftDraft, { first, matches }: NodePortEntry): void {
  for (const [name, key, comment] of SERVICE_MAPS) draft.map({ name, key, comment });
  draft.add('firewall-check', rule({ target: lookUp('firewall-ips', BY_ADDRESS) }));
  draft.add('services', rule({ target: lookUp('service-ips', BY_ADDRESS) }));
  draft.add('services', rule({ matches: [...first, ...matches], target: lookUp('service-nodeports', BY_PORT) }));
}

function lookUp(map: MapName, key: readonly KeyPart[]): Target {
  return { kind: 'verdict-map', map, key };
}
