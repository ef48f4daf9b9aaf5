import { expect, test } from 'vitest';
import { cidr } from '../net/cidr';
import { type Ip, ip } from '../net/ip';
import { assignAddresses, nextFree } from './ipam';
import { at, node, pod } from './specimens.test-support';

const NOTHING_ELSE = { avoid: () => new Set<Ip>(), completes: false };

const RANGE = cidr('10.1.1.0/24');

function taken(...texts: string[]): (address: Ip) => boolean {
  return (address) => texts.includes(address);
}

test('the first address given is the third of the range', () => {
  expect(nextFree(RANGE, null, taken())).toBe('10.1.1.2');
});

test('the next address is the one after the last one given, not the lowest that is free', () => {
  expect(nextFree(RANGE, ip('10.1.1.8'), taken())).toBe('10.1.1.9');
  expect(nextFree(RANGE, ip('10.1.1.8'), taken('10.1.1.9', '10.1.1.10'))).toBe('10.1.1.11');
});

test('after the last address of the range comes the first again', () => {
  expect(nextFree(RANGE, ip('10.1.1.254'), taken('10.1.1.2'))).toBe('10.1.1.3');
});

test('a range without a free address gives none', () => {
  expect(nextFree(cidr('10.1.1.0/30'), null, taken('10.1.1.2'))).toBeNull();
  expect(nextFree(cidr('10.1.1.0/31'), null, taken())).toBeNull();
  expect(nextFree(cidr('10.1.1.0/32'), null, taken())).toBeNull();
});

test('an IPv6 range uses its last address too', () => {
  expect(nextFree(cidr('fd00::/126'), ip('fd00::2'), taken('fd00::2'))).toBe('fd00::3');
});

test('a node with two ranges gives every Pod an address of each family', () => {
  const dual = node('n', '10.1.1.0/24', '192.168.1.10');
  const both = { ...dual, spec: { ...dual.spec, podCIDRs: [cidr('10.1.1.0/24'), cidr('fd00:1::/64')] } };
  const { pods } = assignAddresses([pod('a', { spec: { nodeName: 'n' } })], [both], NOTHING_ELSE);
  expect(pods[0]?.status.podIPs).toEqual(['10.1.1.2', 'fd00:1::2']);
});

test('each node counts on its own', () => {
  const nodes = [node('n', '10.1.1.0/24', '192.168.1.10'), node('m', '10.1.2.0/24', '192.168.1.11')];
  const pods = ['n', 'm', 'n'].map((name, index) => pod(`p${index}`, { spec: { nodeName: name } }));
  expect(assignAddresses(pods, nodes, NOTHING_ELSE).pods.map(({ status }) => status.podIPs[0])).toEqual([
    '10.1.1.2',
    '10.1.2.2',
    '10.1.1.3',
  ]);
});

test('a Pod that a later part of the text puts on an address keeps it', () => {
  const { pods } = assignAddresses(
    [pod('a', { spec: { nodeName: 'n' } }), pod('b', { spec: { nodeName: 'n' }, status: at('10.1.1.2') })],
    [node('n', '10.1.1.0/24', '192.168.1.10')],
    NOTHING_ELSE,
  );
  expect(pods.map(({ status }) => status.podIPs[0])).toEqual(['10.1.1.3', '10.1.1.2']);
});
