import { expect, test } from 'vitest';
import { ip } from '../net/ip';
import { reverseName } from './reverse-name';

test('an IPv4 address is named by its octets from the last to the first', () => {
  expect(reverseName(ip('10.96.0.1'))).toBe('1.0.96.10.in-addr.arpa.');
});

test('an IPv6 address is named by all of its 32 nibbles', () => {
  expect(reverseName(ip('fd00:10:96::abcd'))).toBe('d.c.b.a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.9.0.0.0.1.0.0.0.0.d.f.ip6.arpa.');
});
