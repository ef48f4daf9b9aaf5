// The rule of chain KUBE-FIREWALL: what comes from elsewhere may not speak to 127.0.0.0/8, unless the conversation was begun here
// (CVE-2020-8558). The kubelet writes it whatever kube-proxy's mode is (kubelet_network_linux.go: syncIPTablesRules).

import type { Match, Rule } from '../linux/netfilter';
import { cidr } from '../net/cidr';
import { MATCH, rule } from './rules';

export const LOOPBACK_RANGE = cidr('127.0.0.0/8');

/** route_localnet opens 127.0.0.0/8 to the link; this closes it for what nobody here began. */
export function strangersOnLoopback(): Rule {
  const begunHere: Match = { kind: 'connection-state', negated: true, states: ['RELATED', 'ESTABLISHED', 'DNAT'] };
  return rule({
    matches: [MATCH.source(LOOPBACK_RANGE, true), MATCH.destination(LOOPBACK_RANGE), begunHere],
    comment: 'block incoming localnet connections',
    target: { kind: 'drop' },
  });
}
