// One Service port on one node in nftables mode: entries in the maps that recognise a packet, and the chains that choose its back end.
//
//   @service-ips -> service-x (all endpoints) or local-x (those of this node) -> endpoint-y -> dnat
//   @service-ips, @service-nodeports -> external-x (from outside) -> service-x or local-x
//   @firewall-ips -> firewall-x: source ranges, before any dnat
//   @no-endpoint-services, @no-endpoint-nodeports: what is refused or dropped

import type { Cluster } from '../controlplane/cluster';
import type { Node } from '../kube/node';
import type { MapElement, Match, Rule, Target } from '../linux/netfilter';
import { contains, hostPrefix } from '../net/cidr';
import { family, type Ip } from '../net/ip';
import type { Provenance } from '../net/provenance';
import type { ProxiedEndpoint, UsableEndpoints } from './endpoints';
import type { NftDraft } from './nftables-draft';
import { MARK_CHAIN, type MapName, REJECT_CHAIN } from './nftables-fixed';
import { affinitySet, chainsOf, endpointChain, type PortChains } from './nftables-names';
import { podRange } from './pod-range';
import { jump, MATCH, rule } from './rules';
import { because, becausePort, isExternallyAccessible, type ProxiedPort } from './service-ports';

/** A Service port, and what it may use on the node. */
export interface PortOnNode {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly port: ProxiedPort;
  readonly usable: UsableEndpoints;
}

/** Writes the elements and chains of one Service port. */
export function portParts(draft: NftDraft, on: PortOnNode): void {
  const { port, usable } = on;
  const chains = chainsOf(port);
  const walled = isFirewalled(port);
  listChains(draft, on, { chains, walled });
  clusterIpElement(draft, on, chains);
  for (const ip of port.externalIPs) externalElement(draft, on, { ip, chains, cause: because(port, ['spec', 'externalIPs']) });
  for (const ip of port.loadBalancerIPs) externalElement(draft, on, { ip, chains, cause: because(port, ['status', 'loadBalancer']) });
  if (walled) firewall(draft, on, chains);
  nodePortElement(draft, on, chains);
  if (hasInternal(on)) markStrangers(draft, on, port.internalLocal ? chains.local : chains.service);
  if (usable.any && isExternallyAccessible(port)) externalChain(draft, on, chains);
  if (usable.cluster.length > 0) balance(draft, on, { chain: chains.service, endpoints: usable.cluster });
  if (usable.local.length > 0) balance(draft, on, { chain: chains.local, endpoints: usable.local });
  for (const endpoint of usable.reachable) endpointRules(draft, on, endpoint);
}

function hasInternal({ port, usable }: PortOnNode): boolean {
  return usable.any && !(port.internalLocal && usable.local.length === 0);
}

function hasExternal({ port, usable }: PortOnNode): boolean {
  return usable.any && !(port.externalLocal && usable.local.length === 0);
}

/** They apply even where there is no endpoint. */
function isFirewalled({ loadBalancerIPs, sourceRanges }: ProxiedPort): boolean {
  return loadBalancerIPs.length > 0 && sourceRanges.length > 0;
}

/** The chains in the order in which kube-proxy makes sure that they exist. */
function listChains(
  draft: NftDraft,
  { port, usable }: PortOnNode,
  { chains, walled }: { readonly chains: PortChains; readonly walled: boolean },
): void {
  for (const endpoint of usable.reachable) {
    draft.add(endpointChain(port, endpoint));
    if (port.affinitySeconds !== null) draft.remember({ name: affinitySet(port, endpoint), timeout: port.affinitySeconds });
  }
  if (usable.cluster.length > 0) draft.add(chains.service);
  if (usable.local.length > 0) draft.add(chains.local);
  if (usable.any && isExternallyAccessible(port)) draft.add(chains.external);
  if (walled) draft.add(chains.firewall);
}

function goTo(chain: string): Target {
  return { kind: 'goto', chain };
}

interface Entry {
  readonly key: string;
  readonly target: Target;
  readonly cause: Provenance;
  readonly comment?: string;
}

function enter(draft: NftDraft, map: MapName, { key, target, cause, comment }: Entry): void {
  const element: MapElement = { key, target, comment: comment ?? '', provenance: cause };
  draft.element(map, element);
}

/** `10.96.0.1 . tcp . 443`. */
function keyOf(ip: Ip, { port }: ProxiedPort): string {
  return `${ip} . ${portKey(port.protocol, port.port)}`;
}

function portKey(protocol: string, port: number): string {
  return `${protocol.toLowerCase()} . ${port}`;
}

/** No endpoint anywhere is refused at once; endpoints that this node may not use are silence. */
function refusal(on: PortOnNode, policy: 'internalTrafficPolicy' | 'externalTrafficPolicy'): Omit<Entry, 'key'> {
  const { usable, port } = on;
  if (usable.any) return { target: { kind: 'drop' }, cause: because(port, ['spec', policy]), comment: port.name };
  const cause = because(port, port.service.spec.selector === null ? ['metadata', 'name'] : ['spec', 'selector']);
  return { target: goTo(REJECT_CHAIN), cause, comment: port.name };
}

function clusterIpElement(draft: NftDraft, on: PortOnNode, chains: PortChains): void {
  const { port } = on;
  const key = keyOf(port.clusterIP, port);
  draft.member('cluster-ips', port.clusterIP, because(port, ['spec', 'clusterIP']));
  if (!hasInternal(on)) enter(draft, 'no-endpoint-services', { key, ...refusal(on, 'internalTrafficPolicy') });
  else
    enter(draft, 'service-ips', {
      key,
      target: goTo(port.internalLocal ? chains.local : chains.service),
      cause: becausePort(port, 'port'),
    });
}

function externalElement(
  draft: NftDraft,
  on: PortOnNode,
  { ip, chains, cause }: { readonly ip: Ip; readonly chains: PortChains; readonly cause: Provenance },
): void {
  const key = keyOf(ip, on.port);
  if (on.usable.any) enter(draft, 'service-ips', { key, target: goTo(chains.external), cause });
  if (!hasExternal(on)) enter(draft, 'no-endpoint-services', { key, ...refusal(on, 'externalTrafficPolicy') });
}

/** Node ports are not subject to the source ranges. */
function nodePortElement(draft: NftDraft, on: PortOnNode, chains: PortChains): void {
  const { port, usable } = on;
  if (port.nodePort === null) return;
  const key = portKey(port.port.protocol, port.nodePort);
  if (usable.any) enter(draft, 'service-nodeports', { key, target: goTo(chains.external), cause: becausePort(port, 'nodePort') });
  if (!hasExternal(on)) enter(draft, 'no-endpoint-nodeports', { key, ...refusal(on, 'externalTrafficPolicy') });
}

function firewall(draft: NftDraft, { port, node }: PortOnNode, chains: PortChains): void {
  const cause = because(port, ['spec', 'loadBalancerSourceRanges']);
  for (const ip of port.loadBalancerIPs) enter(draft, 'firewall-ips', { key: keyOf(ip, port), target: goTo(chains.firewall), cause });
  const own = node.status.internalIPs.find((ip) => family(ip) === port.family);
  // A node's own packet to the address comes back to it with that very address as its source.
  const fromNode = own !== undefined && port.sourceRanges.some((range) => contains(range, own));
  const prefixes = [...port.sourceRanges, ...(fromNode ? port.loadBalancerIPs.map(hostPrefix) : [])];
  draft.add(
    chains.firewall,
    rule({ matches: [{ kind: 'source-among', negated: true, prefixes }], target: { kind: 'drop' }, because: cause }),
  );
}

/** Packets to the cluster IP that are masqueraded: everybody's, those from outside of the Pod range, or (range unknown) nobody's. */
function markStrangers(draft: NftDraft, { cluster, port }: PortOnNode, chain: string): void {
  const mark = (...matches: readonly Match[]): Rule =>
    rule({ matches: [MATCH.to(port.clusterIP), ...matches], target: jump(MARK_CHAIN), because: becausePort(port, 'port') });
  const pods = podRange(cluster, port.family);
  if (cluster.settings.masqueradeAll) draft.add(chain, mark());
  else if (pods !== null) draft.add(chain, mark(MATCH.source(pods, true)));
}

function externalChain(draft: NftDraft, on: PortOnNode, { external, service, local }: PortChains): void {
  const { port, cluster } = on;
  const policy = because(port, ['spec', 'externalTrafficPolicy']);
  const add = (matches: readonly Match[], target: Target, comment = ''): void =>
    draft.add(external, rule({ matches, target, comment, because: policy }));
  if (!port.externalLocal) {
    add([], jump(MARK_CHAIN));
    draft.add(external, rule({ target: goTo(service), because: becausePort(port, 'port') }));
    return;
  }
  const pods = podRange(cluster, port.family);
  if (pods !== null) add([MATCH.source(pods)], goTo(service), 'short-circuit pod traffic');
  add([MATCH.fromLocal], jump(MARK_CHAIN), 'masquerade local traffic');
  add([MATCH.fromLocal], goTo(service), 'short-circuit local traffic');
  if (hasExternal(on)) add([], goTo(local));
}

/** Clients that were here before go where they went; for the others a number is drawn. */
function balance(
  draft: NftDraft,
  { port }: PortOnNode,
  { chain, endpoints }: { readonly chain: string; readonly endpoints: readonly ProxiedEndpoint[] },
): void {
  const { affinitySeconds: seconds } = port;
  if (seconds !== null)
    for (const endpoint of endpoints) {
      const remembered: Match = { kind: 'recent-check', negated: false, list: affinitySet(port, endpoint), seconds, family: port.family };
      draft.add(chain, rule({ matches: [remembered], target: goTo(endpointChain(port, endpoint)), because: endpoint.provenance }));
    }
  const elements = endpoints.map(
    (endpoint, number): MapElement => ({
      key: String(number),
      target: goTo(endpointChain(port, endpoint)),
      comment: '',
      provenance: endpoint.provenance,
    }),
  );
  draft.add(chain, rule({ target: { kind: 'numbered', elements }, because: becausePort(port, 'port') }));
}

function endpointRules(draft: NftDraft, { port }: PortOnNode, endpoint: ProxiedEndpoint): void {
  const chain = endpointChain(port, endpoint);
  draft.add(chain, rule({ matches: [MATCH.from(endpoint.address.ip)], target: jump(MARK_CHAIN), because: endpoint.provenance }));
  if (port.affinitySeconds !== null) {
    const remember: Match = { kind: 'recent-set', negated: false, list: affinitySet(port, endpoint), family: port.family };
    draft.add(chain, rule({ matches: [remember], target: { kind: 'none' }, because: because(port, ['spec', 'sessionAffinity']) }));
  }
  draft.add(
    chain,
    rule({
      matches: [MATCH.protocol(port.port.protocol)],
      target: { kind: 'dnat', to: endpoint.address },
      because: endpoint.portProvenance ?? becausePort(port, 'targetPort'),
    }),
  );
}
