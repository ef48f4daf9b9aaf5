// The expected texts are those that nft 1.0.6 listed after it had loaded them.

import { describe, expect, test } from 'vitest';
import { cidr } from '../net/cidr';
import { ip } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';
import type { Match, Rule, Target } from './netfilter';
import { duration, formatNftTable, formatPriority } from './nft-list';
import { inListedOrder } from './nft-order';
import { formatPrefixes } from './nft-prefixes';
import { formatNftMatch, formatNftRule } from './nft-rule';
import type { NftTable } from './nftables';

const rule = (target: Target, ...matches: readonly Match[]): Rule => ({ matches, target, comment: '', provenance: NO_PROVENANCE });
const element = (key: string, target: Target, comment = '') => ({ key, target, comment, provenance: NO_PROVENANCE });
const goTo = (chain: string): Target => ({ kind: 'goto', chain });

const TABLE: NftTable = {
  name: 'kube-proxy',
  family: 4,
  comment: 'rules for kube-proxy',
  sets: {
    'cluster-ips': {
      type: 'hash:ip',
      family: 4,
      comment: 'Active ClusterIPs',
      members: ['10.96.0.10', '10.96.0.1'].map((text) => ({ text, provenance: NO_PROVENANCE })),
    },
  },
  dynamicSets: [{ name: 'affinity-a', timeout: 10800 }],
  maps: {
    'service-ips': {
      name: 'service-ips',
      key: ['destination', 'protocol', 'destination-port'],
      elements: [
        element('172.30.0.42 . tcp . 443', goTo('b')),
        element('172.30.0.42 . udp . 53', goTo('c')),
        element('172.30.0.42 . tcp . 53', { kind: 'drop' }, 'ns/svc:dns'),
      ],
    },
    empty: { name: 'empty', key: ['protocol', 'destination-port'], elements: [] },
  },
  chains: {
    'nat-prerouting': {
      name: 'nat-prerouting',
      policy: 'ACCEPT',
      base: { type: 'nat', hook: 'PREROUTING', priority: -100 },
      rules: [rule({ kind: 'verdict-map', map: 'service-ips', key: ['destination', 'protocol', 'destination-port'] })],
    },
    b: {
      name: 'b',
      policy: null,
      base: null,
      comment: 'a helper',
      rules: [rule({ kind: 'numbered', elements: [element('0', goTo('c')), element('1', { kind: 'drop' })] })],
    },
  },
};

test('a table is printed as the tool lists it, its elements in the order of the tool', () => {
  expect(formatNftTable(TABLE)).toBe(`table ip kube-proxy {
	comment "rules for kube-proxy"
	set cluster-ips {
		type ipv4_addr
		comment "Active ClusterIPs"
		elements = { 10.96.0.1,
			     10.96.0.10 }
	}

	map service-ips {
		type ipv4_addr . inet_proto . inet_service : verdict
		elements = { 172.30.0.42 . tcp . 53 comment "ns/svc:dns" : drop,
			     172.30.0.42 . udp . 53 : goto c,
			     172.30.0.42 . tcp . 443 : goto b }
	}

	map empty {
		type inet_proto . inet_service : verdict
	}

	set affinity-a {
		type ipv4_addr
		size 65535
		flags dynamic,timeout
		timeout 3h
	}

	chain nat-prerouting {
		type nat hook prerouting priority dstnat; policy accept;
		ip daddr . meta l4proto . th dport vmap @service-ips
	}

	chain b {
		comment "a helper"
		numgen random mod 2 vmap { 0 : goto c, 1 : drop }
	}
}
`);
});

describe('the order of elements', () => {
  const listed = (...keys: readonly string[]) => inListedOrder(keys, (key) => key);

  test('single addresses stand by their number', () => {
    expect(listed('192.168.1.11', '10.96.0.10', '10.96.0.9')).toEqual(['10.96.0.9', '10.96.0.10', '192.168.1.11']);
  });

  test('joined keys stand by their bytes from the last to the first', () => {
    expect(listed('172.30.0.41 . tcp . 80', '192.168.99.11 . tcp . 80', '1.2.3.4 . tcp . 80')).toEqual([
      '1.2.3.4 . tcp . 80',
      '192.168.99.11 . tcp . 80',
      '172.30.0.41 . tcp . 80',
    ]);
    const six = [
      'fd00::1 . tcp . 256',
      'fd00::1 . tcp . 80',
      'ff00::3 . sctp . 80',
      'fd00::1 . tcp . 81',
      'fd00::2 . udp . 443',
      'fd00::1 . tcp . 65535',
    ];
    expect(listed(...[...six].reverse())).toEqual(six);
  });
});

test.each([
  ['PREROUTING', -110, 'dstnat - 10'],
  ['PREROUTING', -95, 'dstnat + 5'],
  ['PREROUTING', -89, '-89'],
  ['OUTPUT', -110, '-110'],
  ['OUTPUT', -100, '-100'],
  ['FORWARD', 0, 'filter'],
  ['FORWARD', 40, 'security - 10'],
  ['POSTROUTING', 100, 'srcnat'],
  ['INPUT', 108, '108'],
] as const)('at %s the priority %i is %s', (hook, priority, text) => {
  expect(formatPriority({ hook, priority })).toBe(text);
});

test.each([
  [10800, '3h'],
  [100, '1m40s'],
  [90061, '1d1h1m1s'],
])('%i seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test.each([
  [['10.0.0.0/8'], '10.0.0.0/8'],
  [['192.168.0.0/25', '192.168.0.128/25'], '{ 192.168.0.0/24 }'],
  [['10.1.2.3/32', '10.0.0.0/8'], '{ 10.0.0.0/8 }'],
  [['192.168.0.0/24', '203.0.113.0/25', '1.2.3.4/32', '5.6.7.8/32'], '{ 1.2.3.4, 5.6.7.8, 192.168.0.0/24, 203.0.113.0/25 }'],
  [['10.0.1.0/24', '10.0.2.0/24'], '{ 10.0.1.0-10.0.2.255 }'],
  [['10.0.0.2/32', '10.0.0.1/32'], '{ 10.0.0.1, 10.0.0.2 }'],
  [['fd00::/64', '::1/128'], '{ ::1, fd00::/64 }'],
])('the ranges %j are kept as %s', (texts, kept) => {
  expect(formatPrefixes(texts.map(cidr))).toBe(kept);
});

describe('one rule', () => {
  const source: Match = { kind: 'source', negated: true, prefix: cidr('10.1.0.0/16') };
  const protocol: Match = { kind: 'protocol', negated: false, protocol: 'TCP' };
  const port: Match = { kind: 'destination-port', negated: false, port: 80 };
  const set: Match = { kind: 'set', negated: false, set: 'cluster-ips', directions: ['dst'] };

  test.each<readonly [Rule, 4 | 6, string]>([
    [rule({ kind: 'drop' }, source, protocol, port), 4, 'ip saddr != 10.1.0.0/16 tcp dport 80 drop'],
    [rule({ kind: 'dnat', to: { ip: ip('fd00::5'), port: 8080 } }, protocol), 6, 'meta l4proto tcp dnat to [fd00::5]:8080'],
    [rule({ kind: 'mark', value: 0x4000, mask: 0x4000 }), 4, 'meta mark set meta mark | 0x00004000'],
    [rule({ kind: 'mark', value: 0x4000, mask: 0 }), 4, 'meta mark set meta mark ^ 0x00004000'],
    [rule({ kind: 'reject', with: 'port-unreachable', family: 6 }, set), 6, 'ip6 daddr @cluster-ips reject'],
    [rule({ kind: 'reject', with: 'host-unreachable' }), 4, 'reject with icmp host-unreachable'],
    [rule({ kind: 'none' }, { kind: 'recent-set', negated: false, list: 'affinity-a' }), 4, 'update @affinity-a { ip saddr }'],
    [rule({ kind: 'masquerade' }), 4, 'masquerade fully-random'],
  ])('reads as the tool prints it (%#)', (one, of, text) => {
    expect(formatNftRule(one, of)).toBe(text);
  });

  test('holds the text of each of its conditions, so that what failed can be found there', () => {
    const one = rule({ kind: 'drop' }, source, port, set);
    for (const match of one.matches) expect(formatNftRule(one, 4)).toContain(formatNftMatch(match, one, 4));
  });
});
