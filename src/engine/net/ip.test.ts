import { describe, expect, test } from 'vitest';
import { compareIps, family, formatIp, ip, ipBits, parseIp } from './ip';

describe('an IP address', () => {
  test.each([
    ['10.1.1.5', '10.1.1.5'],
    ['0.0.0.0', '0.0.0.0'],
    ['fd00:10:1::5', 'fd00:10:1::5'],
    ['FD00:0010:0001:0000:0000:0000:0000:0005', 'fd00:10:1::5'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['::ffff:10.1.1.5', '::ffff:a01:105'],
  ])('[RFC 5952] %s is written %s', (text, canonical) => {
    expect(parseIp(text)).toBe(canonical);
  });

  test.each([
    '',
    '10.1.1',
    '10.1.1.256',
    '10.01.1.1',
    '1.2.3.4.5',
    '10.1.1.5/24',
    ':::',
    '1::2::3',
    'g::1',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3',
    ' 10.1.1.5',
  ])('%j is none', (text) => {
    expect(parseIp(text)).toBeNull();
  });

  test('is a number and back', () => {
    for (const text of ['255.255.255.255', '10.152.183.25', 'fd00:10:152::ffff'])
      expect(formatIp(ipBits(ip(text)), family(ip(text)))).toBe(text);
  });

  test('comes in the order of its number, IPv4 first', () => {
    const sorted = ['fd00::1', '10.1.1.10', '10.1.1.9'].map(ip).sort(compareIps);
    expect(sorted).toEqual(['10.1.1.9', '10.1.1.10', 'fd00::1']);
  });
});
