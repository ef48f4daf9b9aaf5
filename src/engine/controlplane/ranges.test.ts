import { expect, test } from 'vitest';
import { cidr, formatCidr } from '../net/cidr';
import { ip } from '../net/ip';
import { completeNodes } from './nodes';
import { coveringPodRange, recognisedServiceRange } from './ranges';
import { node, service } from './specimens.test-support';

const NOTHING = { fixed: new Set<never>(), clusterCIDRs: [], families: [], nodeRangeLength: 24 };

function at(name: string, address: string, namespace = 'default') {
  return service(name, { metadata: { namespace }, clusterIPs: [ip(address)] });
}

function serviceRange(...services: Parameters<typeof recognisedServiceRange>[0]): string | null {
  const range = recognisedServiceRange(services);
  return range === null ? null : formatCidr(range);
}

test('the Service range is the known default that holds a fixed address', () => {
  expect(serviceRange(at('a', '10.43.1.1'))).toBe('10.43.0.0/16');
  expect(serviceRange(at('a', '10.111.9.9'))).toBe('10.96.0.0/12');
  expect(serviceRange(at('a', '172.30.0.7'))).toBe('172.30.0.0/16');
  expect(serviceRange(at('a', '10.152.183.25'))).toBe('10.152.183.0/24');
});

test('the address of kubernetes tells more than that of kube-dns, and both more than others', () => {
  expect(serviceRange(at('a', '172.30.0.7'), at('kube-dns', '10.43.0.10', 'kube-system'))).toBe('10.43.0.0/16');
  expect(serviceRange(at('kube-dns', '10.43.0.10', 'kube-system'), at('kubernetes', '10.96.0.1'))).toBe('10.96.0.0/12');
});

test('addresses of no known range tell nothing', () => {
  expect(serviceRange(at('a', '203.0.113.5'), service('headless', { clusterIPs: 'None' }))).toBeNull();
});

test('the Pod range is the longest prefix over all nodes', () => {
  const over = (...ranges: string[]) => formatCidr(coveringPodRange(ranges.map((range, index) => node(`n${index}`, range, null))));
  expect(over('10.244.1.0/24')).toBe('10.244.1.0/24');
  expect(over('10.244.0.0/24', '10.244.1.0/24')).toBe('10.244.0.0/23');
  expect(over('10.1.1.0/24', '10.244.1.0/24')).toBe('10.0.0.0/8');
});

test('a node that lacks an address or a range gets the next of the pattern, past what is taken', () => {
  const nodes = completeNodes([node('a', null, null), node('b', '10.1.1.0/24', '192.168.1.11'), node('c', null, null)], {
    ...NOTHING,
    fixed: new Set([ip('192.168.1.10')]),
  });
  expect(nodes.map(({ spec, status }) => `${status.internalIPs[0]} ${spec.podCIDRs.map(formatCidr)}`)).toEqual([
    '192.168.1.12 10.1.2.0/24',
    '192.168.1.11 10.1.1.0/24',
    '192.168.1.13 10.1.3.0/24',
  ]);
});

test('the pattern goes on in the network of the other nodes, or in the Pod range that is set', () => {
  const beside = completeNodes([node('a', '10.244.0.0/24', '172.18.0.2'), node('b', null, null)], NOTHING);
  expect([beside[1]?.status.internalIPs[0], beside[1]?.spec.podCIDRs.map(formatCidr)]).toEqual(['172.18.0.10', ['10.244.1.0/24']]);
  const set = completeNodes([node('a', null, null)], { ...NOTHING, clusterCIDRs: [cidr('10.42.0.0/16')], nodeRangeLength: 24 });
  expect(set[0]?.spec.podCIDRs.map(formatCidr)).toEqual(['10.42.1.0/24']);
});
