// The rules that kube-proxy writes whatever Services there are: how its chains hang in the kernel's, marks, masquerade, the node ports' entry.

import type { ClusterSettings } from '../controlplane/cluster';
import type { Node } from '../kube/node';
import type { Match } from '../linux/netfilter';
import { cidr, contains, overlaps } from '../net/cidr';
import { type Family, family, ip } from '../net/ip';
import { LOOPBACK_RANGE, strangersOnLoopback } from './kubelet-firewall';
import { MASQUERADE_MARK } from './masquerade-mark';
import { jump, MATCH, rule, type TableDraft } from './rules';

export function fixedNatRules(nat: TableDraft): void {
  const portals = rule({ comment: 'kubernetes service portals', target: jump('KUBE-SERVICES') });
  nat.add('PREROUTING', portals);
  nat.add('INPUT');
  nat.add('OUTPUT', portals);
  nat.add('POSTROUTING', rule({ comment: 'kubernetes postrouting rules', target: jump('KUBE-POSTROUTING') }));
  nat.add('KUBE-MARK-MASQ', rule({ target: { kind: 'mark', value: MASQUERADE_MARK, mask: MASQUERADE_MARK } }));
  nat.add('KUBE-NODEPORTS');
  nat.add('KUBE-POSTROUTING', rule({ matches: [MATCH.mark(MASQUERADE_MARK, true)], target: { kind: 'return' } }));
  nat.add('KUBE-POSTROUTING', rule({ target: { kind: 'mark', value: MASQUERADE_MARK, mask: 0 } }));
  nat.add('KUBE-POSTROUTING', rule({ comment: 'kubernetes service traffic requiring SNAT', target: { kind: 'masquerade' } }));
  nat.add('KUBE-SERVICES');
}

export function fixedFilterRules(filter: TableDraft, { family: of, settings }: { family: Family; settings: ClusterSettings }): void {
  const onNew = (comment: string, chain: string) => rule({ matches: [MATCH.fresh], comment, target: jump(chain) });
  const firewall = onNew('kubernetes load balancer firewall', 'KUBE-PROXY-FIREWALL');
  const services = onNew('kubernetes service portals', 'KUBE-SERVICES');
  const external = onNew('kubernetes externally-visible service portals', 'KUBE-EXTERNAL-SERVICES');
  const kubelet = rule({ target: jump('KUBE-FIREWALL') });
  filter.add(
    'INPUT',
    firewall,
    rule({ comment: 'kubernetes health check service ports', target: jump('KUBE-NODEPORTS') }),
    external,
    kubelet,
  );
  filter.add('FORWARD', firewall, rule({ comment: 'kubernetes forwarding rules', target: jump('KUBE-FORWARD') }), services, external);
  filter.add('OUTPUT', firewall, services, kubelet);
  for (const chain of ['KUBE-EXTERNAL-SERVICES', 'KUBE-FIREWALL', 'KUBE-NODEPORTS', 'KUBE-PROXY-FIREWALL', 'KUBE-SERVICES'])
    filter.add(chain);
  filter.add('KUBE-FORWARD', rule({ matches: [state('INVALID')], target: { kind: 'drop' } }));
  filter.add(
    'KUBE-FORWARD',
    rule({ matches: [MATCH.mark(MASQUERADE_MARK)], comment: 'kubernetes forwarding rules', target: { kind: 'accept' } }),
  );
  filter.add(
    'KUBE-FORWARD',
    rule({ matches: [state('RELATED', 'ESTABLISHED')], comment: 'kubernetes forwarding conntrack rule', target: { kind: 'accept' } }),
  );
  if (of === 4 && opensLocalhost(settings)) filter.add('KUBE-FIREWALL', strangersOnLoopback());
}

function state(...states: Extract<Match, { kind: 'connection-state' }>['states']): Match {
  return { kind: 'connection-state', negated: false, states };
}

/** Whether node ports answer on 127.0.0.1: not where `--nodeport-addresses` names ranges and none of loopback (NewProxier). */
export function opensLocalhost({ localhostNodePorts, nodePortAddresses }: ClusterSettings): boolean {
  const ranges = nodePortAddresses.filter(({ network }) => family(network) === 4);
  return localhostNodePorts && (ranges.length === 0 || ranges.some((range) => overlaps(range, LOOPBACK_RANGE)));
}

const LAST_RULE = 'kubernetes service nodeports; NOTE: this must be the last rule in this chain';

/** The way to the node ports: every local address, or those that `--nodeport-addresses` allows. */
export function nodePortEntry(
  nat: TableDraft,
  { node, family: of, settings }: { node: Node; family: Family; settings: ClusterSettings },
): void {
  const ranges = settings.nodePortAddresses.filter(({ network }) => family(network) === of);
  const entry = (...matches: readonly Match[]): void =>
    nat.add('KUBE-SERVICES', rule({ matches, comment: LAST_RULE, target: jump('KUBE-NODEPORTS') }));
  if (ranges.length === 0 || ranges.some(({ length }) => length === 0)) {
    if (of === 6) entry(MATCH.destination(cidr('::1/128'), true), MATCH.toLocal);
    else if (opensLocalhost(settings)) entry(MATCH.toLocal);
    else entry(MATCH.destination(LOOPBACK_RANGE, true), MATCH.toLocal);
    return;
  }
  const own = [...(opensLocalhost(settings) && of === 4 ? [ip('127.0.0.1')] : []), ...node.status.internalIPs];
  for (const address of own) if (ranges.some((range) => contains(range, address))) entry(MATCH.to(address));
}
