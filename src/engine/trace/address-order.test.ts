import { expect, test } from 'vitest';
import { family, type Ip, ip } from '../net/ip';
import { preferred } from './address-order';

/** Sorted for a host with these two addresses. */
function sorted(texts: readonly string[], { four, six }: { four: string | null; six: string | null }): readonly Ip[] {
  const own = (address: Ip) => (family(address) === 4 ? four : six);
  return preferred(texts.map(ip), (destination) => {
    const text = own(destination);
    return text === null ? null : ip(text);
  });
}

const POD = { four: '10.1.1.2', six: 'fd00:10:1:1::2' };

test('a Service of both families is tried over IPv6 first', () => {
  expect(sorted(['10.152.183.25', 'fd00:10:152::19'], POD)).toEqual(['fd00:10:152::19', '10.152.183.25']);
});

test('a host of the world is tried over IPv4 first, since a local IPv6 source does not match it', () => {
  expect(sorted(['2001:db8::5', '192.0.2.5'], POD)).toEqual(['192.0.2.5', '2001:db8::5']);
});

test('an address that there is no way to comes last', () => {
  expect(sorted(['fd00:10:152::19', '10.152.183.25'], { ...POD, six: null })).toEqual(['10.152.183.25', 'fd00:10:152::19']);
});

test('addresses of equal worth keep the order in which they arrived', () => {
  expect(sorted(['10.1.1.9', '10.1.1.3', '10.1.2.5'], POD)).toEqual(['10.1.1.9', '10.1.1.3', '10.1.2.5']);
});
