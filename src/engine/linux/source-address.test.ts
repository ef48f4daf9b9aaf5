import { expect, test } from 'vitest';
import { prefixOf } from '../net/cidr';
import { type Ip, ip } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';
import type { Device } from './device';
import type { Kernel } from './kernel';
import type { Route } from './route';
import { sourceAddress } from './source-address';

const device = (name: string, addresses: readonly string[]): Device => ({
  name,
  addresses: addresses.map((text) => ({ ip: ip(text), prefix: prefixOf(ip(text), text.includes(':') ? 64 : 24) })),
  attachment: { kind: 'segment', segment: 'link' },
  mtu: 1500,
  proxyArp: false,
});

const to = (address: string, out: string): Route => ({
  destination: prefixOf(ip(address), address.includes(':') ? 128 : 32),
  nextHop: { kind: 'link', device: out },
  metric: 0,
  protocol: '',
  scope: 'link',
  source: null,
  provenance: NO_PROVENANCE,
});

/** A node with a tunnel device beside its card, and a Pod's cable that has no address. */
const node: Kernel = {
  netns: 'node/n',
  devices: [
    device('eth0', ['192.168.1.12', 'fd00:192::12']),
    device('tunnel', ['10.1.2.0', 'fd00:10:1:2::', '2001:db8:7::']),
    device('cable', []),
  ],
  routes: [
    to('10.1.2.5', 'cable'),
    to('fd00:10:1:2::5', 'cable'),
    to('fd00:192::7', 'cable'),
    to('2001:db8:9::9', 'cable'),
    to('fd00:10:1:2::6', 'eth0'),
  ],
  iptables: {},
  ip6tables: {},
  nftables: [],
  ipvs: [],
  sets: {},
  sockets: [],
  sysctls: { forwarding: true, routeLocalnet: false, bridgeNetfilter: false },
};

const source = (destination: string): Ip | null => sourceAddress(node, ip(destination), null);

test('IPv4 lends the first address of another device to one that has none', () => {
  expect(source('10.1.2.5')).toBe('192.168.1.12');
});

test('IPv6 lends the address that shares the longest prefix with the destination (RFC 6724, rule 8)', () => {
  expect(source('fd00:10:1:2::5')).toBe('fd00:10:1:2::');
  expect(source('fd00:192::7')).toBe('fd00:192::12');
});

test('IPv6 prefers an address of the same kind, private or global (rule 6)', () => {
  expect(source('2001:db8:9::9')).toBe('2001:db8:7::');
});

test('IPv6 prefers the device that the packet leaves by to a longer prefix (rule 5)', () => {
  expect(source('fd00:10:1:2::6')).toBe('fd00:192::12');
});
