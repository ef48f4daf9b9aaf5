import { describe, expect, test } from 'vitest';
import { cidr } from '../net/cidr';
import { ip } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';
import type { NextHop, Route } from './route';
import { lookUpRoute } from './route-lookup';

const route = (destination: string, nextHop: NextHop, metric = 0): Route => ({
  destination: cidr(destination),
  nextHop,
  metric,
  protocol: '',
  scope: 'global',
  source: null,
  provenance: NO_PROVENANCE,
});

const link = (device: string): NextHop => ({ kind: 'link', device });

const table = [
  route('0.0.0.0/0', { kind: 'gateway', ip: ip('192.168.1.1'), device: 'eth0', onlink: false }),
  route('10.1.1.0/24', { kind: 'blackhole' }),
  route('10.1.1.5/32', link('cali1')),
  route('10.1.2.0/24', link('slow'), 100),
  route('10.1.2.0/24', link('fast'), 10),
  route('192.168.1.0/24', link('eth0')),
  route('192.168.1.10/32', { kind: 'local', device: 'eth0' }),
];

const chosen = (address: string) => lookUpRoute(table, ip(address));

describe('a routing table', () => {
  test('takes the longest prefix and says what it passed over', () => {
    expect(chosen('10.1.1.5')?.route.nextHop).toEqual(link('cali1'));
    expect(chosen('10.1.1.5')?.passedOver.map(({ nextHop }) => nextHop.kind)).toEqual(['blackhole', 'gateway']);
  });

  test('catches an unused address with its blackhole', () => {
    expect(chosen('10.1.1.99')?.route.nextHop.kind).toBe('blackhole');
  });

  test('prefers the smaller metric at equal length', () => {
    expect(chosen('10.1.2.1')?.route.nextHop).toEqual(link('fast'));
  });

  test('knows its own addresses before all', () => {
    expect(chosen('192.168.1.10')?.route.nextHop.kind).toBe('local');
  });

  test('sends the rest of the world to the default route, and IPv6 nowhere', () => {
    expect(chosen('203.0.113.9')?.route.nextHop.kind).toBe('gateway');
    expect(chosen('fd00::1')).toBeNull();
  });
});
