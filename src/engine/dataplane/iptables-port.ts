// The rules of one Service port on one node: how a packet to it is recognised, by which chain its back end is chosen, and what is refused.
//
//   KUBE-SERVICES -> KUBE-SVC-x (all endpoints) or KUBE-SVL-x (those of this node) -> KUBE-SEP-y -> DNAT
//   KUBE-SERVICES, KUBE-NODEPORTS -> KUBE-EXT-x (from outside) [-> KUBE-FW-x: source ranges] -> KUBE-SVC-x or KUBE-SVL-x

import type { Cluster } from '../controlplane/cluster';
import type { Node } from '../kube/node';
import type { Match, Rule, Target } from '../linux/netfilter';
import { base32 } from '../net/bytes';
import { contains } from '../net/cidr';
import { family, type Ip } from '../net/ip';
import { sha256 } from '../net/sha';
import type { ProxiedEndpoint, UsableEndpoints } from './endpoints';
import { podRange } from './pod-range';
import { jump, MATCH, rule, type TableDraft } from './rules';
import { because, becausePort, isExternallyAccessible, type ProxiedPort } from './service-ports';

export interface PortOnNode {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly port: ProxiedPort;
  readonly usable: UsableEndpoints;
}

export interface PortDrafts {
  readonly nat: TableDraft;
  readonly filter: TableDraft;
}

/** Sixteen characters that stand for a text in the name of a chain. */
export function chainHash(text: string): string {
  return base32(sha256(text)).slice(0, 16);
}

interface PortChains {
  readonly service: string;
  readonly local: string;
  readonly external: string;
  readonly firewall: string;
}

function chainsOf({ name, port }: ProxiedPort): PortChains {
  const hash = chainHash(`${name}${port.protocol.toLowerCase()}`);
  return { service: `KUBE-SVC-${hash}`, local: `KUBE-SVL-${hash}`, external: `KUBE-EXT-${hash}`, firewall: `KUBE-FW-${hash}` };
}

function endpointChain({ name, port }: ProxiedPort, { key }: ProxiedEndpoint): string {
  return `KUBE-SEP-${chainHash(`${name}${port.protocol.toLowerCase()}${key}`)}`;
}

export function portRules(drafts: PortDrafts, on: PortOnNode): void {
  const chains = chainsOf(on.port);
  clusterIpRules(drafts, on, chains);
  externalIpRules(drafts, on, chains);
  loadBalancerRules(drafts, on, chains);
  nodePortRules(drafts, on, chains);
  healthCheckRule(drafts, on);
  const uses = chainsInUse(on);
  if (uses.external) externalChain(drafts.nat, on, chains);
  if (uses.firewall) firewallChain(drafts.nat, on, chains);
  if (uses.service) balance(drafts.nat, on, { chain: chains.service, endpoints: on.usable.cluster });
  if (uses.local) balance(drafts.nat, on, { chain: chains.local, endpoints: on.usable.local });
  for (const endpoint of on.usable.reachable) endpointRules(drafts.nat, on, endpoint);
}

function hasInternal({ port, usable }: PortOnNode): boolean {
  return usable.any && !(port.internalLocal && usable.local.length === 0);
}

function hasExternal({ port, usable }: PortOnNode): boolean {
  return usable.any && !(port.externalLocal && usable.local.length === 0);
}

function chainsInUse(on: PortOnNode): { service: boolean; local: boolean; external: boolean; firewall: boolean } {
  const external = on.usable.any && isExternallyAccessible(on.port);
  return {
    external,
    firewall: external && isFirewalled(on.port),
    service: on.usable.cluster.length > 0,
    local: on.usable.local.length > 0,
  };
}

function isFirewalled({ loadBalancerIPs, sourceRanges }: ProxiedPort): boolean {
  return loadBalancerIPs.length > 0 && sourceRanges.length > 0;
}

/** `-d IP -p tcp --dport PORT`. */
function toAddress(ip: Ip, { port }: ProxiedPort): readonly Match[] {
  return [MATCH.to(ip), MATCH.protocol(port.protocol), MATCH.port(port.port)];
}

/** No endpoint anywhere is refused at once; endpoints that this node may not use are silence. */
function refusal({ usable, port }: PortOnNode): { readonly target: Target; readonly comment: string } {
  return usable.any
    ? { target: { kind: 'drop' }, comment: `${port.name} has no local endpoints` }
    : { target: { kind: 'reject', with: 'port-unreachable', family: port.family }, comment: `${port.name} has no endpoints` };
}

function whyNone({ port, usable }: PortOnNode, policy: 'internalTrafficPolicy' | 'externalTrafficPolicy') {
  if (usable.any) return because(port, ['spec', policy]);
  return because(port, port.service.spec.selector === null ? ['metadata', 'name'] : ['spec', 'selector']);
}

function clusterIpRules({ nat, filter }: PortDrafts, on: PortOnNode, chains: PortChains): void {
  const { port } = on;
  const matches = toAddress(port.clusterIP, port);
  if (!hasInternal(on)) {
    filter.add('KUBE-SERVICES', rule({ matches, ...refusal(on), because: whyNone(on, 'internalTrafficPolicy') }));
    return;
  }
  const chain = port.internalLocal ? chains.local : chains.service;
  nat.add('KUBE-SERVICES', rule({ matches, comment: `${port.name} cluster IP`, target: jump(chain), because: becausePort(port, 'port') }));
  const strangers = strangersMatch(on);
  if (strangers !== null)
    nat.own(
      chain,
      rule({
        matches: [...strangers, ...matches],
        comment: `${port.name} cluster IP`,
        target: jump('KUBE-MARK-MASQ'),
        because: becausePort(port, 'port'),
      }),
    );
}

/** Whose packets to the cluster IP are masqueraded: everybody's, those from outside of the Pod range, or (range unknown) nobody's. */
function strangersMatch({ cluster, port }: PortOnNode): readonly Match[] | null {
  if (cluster.settings.masqueradeAll) return [];
  const pods = podRange(cluster, port.family);
  return pods === null ? null : [MATCH.source(pods, true)];
}

function externalIpRules({ nat, filter }: PortDrafts, on: PortOnNode, chains: PortChains): void {
  const { port, usable } = on;
  for (const ip of port.externalIPs) {
    const matches = toAddress(ip, port);
    if (usable.any)
      nat.add(
        'KUBE-SERVICES',
        rule({
          matches,
          comment: `${port.name} external IP`,
          target: jump(chains.external),
          because: because(port, ['spec', 'externalIPs']),
        }),
      );
    if (!hasExternal(on))
      filter.add('KUBE-EXTERNAL-SERVICES', rule({ matches, ...refusal(on), because: whyNone(on, 'externalTrafficPolicy') }));
  }
}

function loadBalancerRules({ nat, filter }: PortDrafts, on: PortOnNode, chains: PortChains): void {
  const { port, usable } = on;
  const walled = usable.any && isFirewalled(port);
  for (const ip of port.loadBalancerIPs) {
    const matches = toAddress(ip, port);
    if (usable.any)
      nat.add(
        'KUBE-SERVICES',
        rule({
          matches,
          comment: `${port.name} loadbalancer IP`,
          target: jump(walled ? chains.firewall : chains.external),
          because: because(port, ['status', 'loadBalancer']),
        }),
      );
    if (walled)
      filter.add(
        'KUBE-PROXY-FIREWALL',
        rule({
          matches,
          comment: `${port.name} traffic not accepted by ${chains.firewall}`,
          target: { kind: 'drop' },
          because: because(port, ['spec', 'loadBalancerSourceRanges']),
        }),
      );
    if (!hasExternal(on))
      filter.add('KUBE-EXTERNAL-SERVICES', rule({ matches, ...refusal(on), because: whyNone(on, 'externalTrafficPolicy') }));
  }
}

function nodePortRules({ nat, filter }: PortDrafts, on: PortOnNode, chains: PortChains): void {
  const { port, usable } = on;
  if (port.nodePort === null) return;
  const matches = [MATCH.protocol(port.port.protocol), MATCH.port(port.nodePort)];
  if (usable.any)
    nat.add('KUBE-NODEPORTS', rule({ matches, comment: port.name, target: jump(chains.external), because: becausePort(port, 'nodePort') }));
  if (!hasExternal(on))
    filter.add(
      'KUBE-EXTERNAL-SERVICES',
      rule({
        matches: [MATCH.protocol(port.port.protocol), MATCH.toLocal, MATCH.port(port.nodePort)],
        ...refusal(on),
        because: whyNone(on, 'externalTrafficPolicy'),
      }),
    );
}

function healthCheckRule({ filter }: PortDrafts, { port }: PortOnNode): void {
  if (port.healthCheckNodePort === null) return;
  const matches = [MATCH.protocol('TCP'), MATCH.port(port.healthCheckNodePort)];
  filter.add(
    'KUBE-NODEPORTS',
    rule({
      matches,
      comment: `${port.name} health check node port`,
      target: { kind: 'accept' },
      because: because(port, ['spec', 'healthCheckNodePort']),
    }),
  );
}

function externalChain(nat: TableDraft, on: PortOnNode, chains: PortChains): void {
  const { port, cluster } = on;
  const policy = because(port, ['spec', 'externalTrafficPolicy']);
  if (!port.externalLocal) {
    nat.own(
      chains.external,
      rule({ comment: `masquerade traffic for ${port.name} external destinations`, target: jump('KUBE-MARK-MASQ'), because: policy }),
    );
    nat.own(chains.external, rule({ target: jump(chains.service), because: becausePort(port, 'port') }));
    return;
  }
  const pods = podRange(cluster, port.family);
  if (pods !== null)
    nat.own(
      chains.external,
      rule({
        matches: [MATCH.source(pods)],
        comment: `pod traffic for ${port.name} external destinations`,
        target: jump(chains.service),
        because: policy,
      }),
    );
  nat.own(
    chains.external,
    rule({
      matches: [MATCH.fromLocal],
      comment: `masquerade LOCAL traffic for ${port.name} external destinations`,
      target: jump('KUBE-MARK-MASQ'),
      because: policy,
    }),
  );
  nat.own(
    chains.external,
    rule({
      matches: [MATCH.fromLocal],
      comment: `route LOCAL traffic for ${port.name} external destinations`,
      target: jump(chains.service),
      because: policy,
    }),
  );
  if (hasExternal(on)) nat.own(chains.external, rule({ target: jump(chains.local), because: policy }));
}

function firewallChain(nat: TableDraft, { port, node }: PortOnNode, chains: PortChains): void {
  const ranges = because(port, ['spec', 'loadBalancerSourceRanges']);
  const comment = `${port.name} loadbalancer IP`;
  const own = node.status.internalIPs.find((ip) => family(ip) === port.family);
  for (const range of port.sourceRanges)
    nat.own(chains.firewall, rule({ matches: [MATCH.source(range)], comment, target: jump(chains.external), because: ranges }));
  // A node's own packet to the address comes back to it with that very address as its source.
  if (own !== undefined && port.sourceRanges.some((range) => contains(range, own))) {
    for (const ip of port.loadBalancerIPs)
      nat.own(chains.firewall, rule({ matches: [MATCH.from(ip)], comment, target: jump(chains.external), because: ranges }));
  }
  nat.own(
    chains.firewall,
    rule({ comment: `other traffic to ${port.name} will be dropped by KUBE-PROXY-FIREWALL`, target: { kind: 'none' }, because: ranges }),
  );
}

/** Clients that were here before go where they went; the others are dealt out, the i-th rule taking one of those that are left. */
function balance(
  nat: TableDraft,
  { port }: PortOnNode,
  { chain, endpoints }: { chain: string; endpoints: readonly ProxiedEndpoint[] },
): void {
  const toEndpoint = (endpoint: ProxiedEndpoint, matches: readonly Match[]): Rule =>
    rule({
      matches,
      comment: `${port.name} -> ${endpoint.key}`,
      target: jump(endpointChain(port, endpoint)),
      because: endpoint.provenance,
    });
  if (port.affinitySeconds !== null) {
    for (const endpoint of endpoints) {
      const remembered: Match = {
        kind: 'recent-check',
        negated: false,
        list: endpointChain(port, endpoint),
        seconds: port.affinitySeconds,
        family: port.family,
      };
      nat.own(chain, toEndpoint(endpoint, [remembered]));
    }
  }
  endpoints.forEach((endpoint, index) => {
    const left = endpoints.length - index;
    nat.own(chain, toEndpoint(endpoint, left > 1 ? [{ kind: 'statistic', negated: false, oneIn: left }] : []));
  });
}

function endpointRules(nat: TableDraft, { port }: PortOnNode, endpoint: ProxiedEndpoint): void {
  const chain = endpointChain(port, endpoint);
  nat.own(
    chain,
    rule({ matches: [MATCH.from(endpoint.address.ip)], comment: port.name, target: jump('KUBE-MARK-MASQ'), because: endpoint.provenance }),
  );
  const remember: readonly Match[] =
    port.affinitySeconds === null ? [] : [{ kind: 'recent-set', negated: false, list: chain, family: port.family }];
  nat.own(
    chain,
    rule({
      matches: [MATCH.protocol(port.port.protocol), ...remember],
      comment: port.name,
      target: { kind: 'dnat', to: endpoint.address },
      because: endpoint.portProvenance ?? becausePort(port, 'targetPort'),
    }),
  );
}
