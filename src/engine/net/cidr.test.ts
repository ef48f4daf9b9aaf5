import { describe, expect, test } from 'vitest';
import { addressAt, cidr, contains, coveringPrefix, formatCidr, overlaps, parseCidr, size } from './cidr';
import { ip } from './ip';

describe('a prefix', () => {
  test('clears its host bits', () => {
    expect(formatCidr(cidr('10.1.1.77/24'))).toBe('10.1.1.0/24');
    expect(formatCidr(cidr('fd00:10:1::5/48'))).toBe('fd00:10:1::/48');
  });

  test.each(['10.1.1.0', '10.1.1.0/33', '10.1.1.0/-1', '10.1.1.0/024', 'x/24', 'fd00::/129'])('%j is none', (text) => {
    expect(parseCidr(text)).toBeNull();
  });

  test('holds its addresses and no others', () => {
    expect(contains(cidr('10.1.1.0/24'), ip('10.1.1.255'))).toBe(true);
    expect(contains(cidr('10.1.1.0/24'), ip('10.1.2.0'))).toBe(false);
    expect(contains(cidr('0.0.0.0/0'), ip('203.0.113.9'))).toBe(true);
    expect(contains(cidr('0.0.0.0/0'), ip('fd00::1'))).toBe(false);
  });

  test('overlaps one that holds it', () => {
    expect(overlaps(cidr('10.1.0.0/16'), cidr('10.1.7.0/24'))).toBe(true);
    expect(overlaps(cidr('10.1.7.0/24'), cidr('10.1.0.0/16'))).toBe(true);
    expect(overlaps(cidr('10.1.7.0/24'), cidr('10.1.8.0/24'))).toBe(false);
  });

  test('counts and gives its addresses', () => {
    expect(size(cidr('10.1.1.0/24'))).toBe(256n);
    expect(addressAt(cidr('10.96.0.0/12'), 10n)).toBe('10.96.0.10');
    expect(() => addressAt(cidr('10.1.1.0/30'), 4n)).toThrow(RangeError);
  });

  test('covers addresses as tightly as it can', () => {
    expect(formatCidr(coveringPrefix([ip('10.1.1.0'), ip('10.1.2.0')]) ?? cidr('0.0.0.0/0'))).toBe('10.1.0.0/22');
    expect(coveringPrefix([])).toBeNull();
  });
});
