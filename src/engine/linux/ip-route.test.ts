import { describe, expect, test } from 'vitest';
import { cidr } from '../net/cidr';
import { ip } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';
import { formatRoute, mainTable } from './ip-route';
import type { Route } from './route';

const route = (destination: string, said: Partial<Route>): Route => ({
  destination: cidr(destination),
  nextHop: { kind: 'link', device: 'eth0' },
  metric: 0,
  protocol: '',
  scope: 'global',
  source: null,
  provenance: NO_PROVENANCE,
  ...said,
});

describe('a route', () => {
  test.each([
    [
      route('0.0.0.0/0', { nextHop: { kind: 'gateway', ip: ip('192.168.1.1'), device: 'eth0', onlink: false } }),
      'default via 192.168.1.1 dev eth0',
    ],
    [
      route('10.1.2.0/24', {
        nextHop: { kind: 'gateway', ip: ip('192.168.1.11'), device: 'tunl0', onlink: true },
        protocol: 'bird',
        metric: 5,
      }),
      '10.1.2.0/24 via 192.168.1.11 dev tunl0 proto bird metric 5 onlink',
    ],
    [
      route('192.168.1.0/24', { protocol: 'kernel', scope: 'link', source: ip('192.168.1.10') }),
      '192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.10',
    ],
    [route('10.1.1.0/24', { nextHop: { kind: 'blackhole' }, protocol: 'bird' }), 'blackhole 10.1.1.0/24 proto bird'],
    [
      route('10.1.1.5/32', { nextHop: { kind: 'local', device: 'eth0' }, protocol: 'kernel', scope: 'host' }),
      'local 10.1.1.5 dev eth0 proto kernel scope host',
    ],
    [
      route('fd00::/64', { nextHop: { kind: 'blackhole' }, protocol: 'bird', metric: 1024 }),
      'blackhole fd00::/64 dev lo proto bird metric 1024',
    ],
    [route('fd00::5/128', { scope: 'link', metric: 1024 }), 'fd00::5 dev eth0 metric 1024'],
  ])('reads as `ip route` prints it', (given, text) => {
    expect(formatRoute(given)).toBe(text);
  });

  test('stands in table main by address, the default first, of one address the longer prefix first', () => {
    const table = ['10.1.1.5/32', '10.1.1.0/24', '0.0.0.0/0', '10.1.1.0/26', '9.0.0.0/8', 'fd00::/64'].map((destination) =>
      route(destination, {}),
    );
    const local = route('192.168.1.10/32', { nextHop: { kind: 'local', device: 'eth0' } });
    expect(mainTable([...table, local], 4).map(formatRoute)).toEqual([
      'default dev eth0',
      '9.0.0.0/8 dev eth0',
      '10.1.1.0/26 dev eth0',
      '10.1.1.0/24 dev eth0',
      '10.1.1.5 dev eth0',
    ]);
  });
});

test('several gateways of equal cost stand behind one another', () => {
  const gateway = (text: string) => ({ ip: ip(text), device: 'eth0', onlink: false });
  const nextHop = { kind: 'multipath', gateways: [gateway('192.168.1.10'), gateway('192.168.1.11')], taken: null } as const;
  expect(
    formatRoute({
      destination: cidr('203.0.113.10/32'),
      nextHop,
      metric: 0,
      protocol: '',
      scope: 'global',
      source: null,
      provenance: NO_PROVENANCE,
    }),
  ).toBe('203.0.113.10 nexthop via 192.168.1.10 dev eth0 weight 1 nexthop via 192.168.1.11 dev eth0 weight 1');
});
