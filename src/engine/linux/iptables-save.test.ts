import { expect, test } from 'vitest';
import { cidr } from '../net/cidr';
import { NO_PROVENANCE } from '../net/provenance';
import { formatMatch, formatRule, formatTarget, probability } from './iptables-save';
import type { Match } from './netfilter';

test.each([
  [2, '0.50000000000'],
  [3, '0.33333333349'],
  [4, '0.25000000000'],
  [5, '0.20000000019'],
  [6, '0.16666666651'],
  [7, '0.14285714272'],
  [9, '0.11111111101'],
])('a chance of one in %i is printed as the kernel keeps it', (oneIn, text) => {
  expect(probability(oneIn)).toBe(text);
});

test.each([
  ['port-unreachable', 'icmp-port-unreachable', 'icmp6-port-unreachable'],
  ['host-unreachable', 'icmp-host-unreachable', 'icmp6-addr-unreachable'],
  ['net-unreachable', 'icmp-net-unreachable', 'icmp6-no-route'],
  ['tcp-reset', 'tcp-reset', 'tcp-reset'],
] as const)('the refusal %s has a name in each family', (error, four, six) => {
  expect(formatTarget({ kind: 'reject', with: error })).toBe(`-j REJECT --reject-with ${four}`);
  expect(formatTarget({ kind: 'reject', with: error, family: 6 })).toBe(`-j REJECT --reject-with ${six}`);
});

test('a condition reads as it stands in the rule, so that what failed can be found there', () => {
  const matches: readonly Match[] = [
    { kind: 'source', negated: true, prefix: cidr('10.1.0.0/16') },
    { kind: 'protocol', negated: false, protocol: 'TCP' },
    { kind: 'destination-type', negated: false, type: 'LOCAL' },
    { kind: 'destination-port', negated: false, port: 80 },
  ];
  const text = formatRule('A', { matches, target: { kind: 'drop' }, comment: 'say "no"', provenance: NO_PROVENANCE });
  expect(text).toBe(
    String.raw`-A A ! -s 10.1.0.0/16 -p tcp -m comment --comment "say \"no\"" -m addrtype --dst-type LOCAL -m tcp --dport 80 -j DROP`,
  );
  for (const match of matches) expect(text).toContain(formatMatch(match));
});
