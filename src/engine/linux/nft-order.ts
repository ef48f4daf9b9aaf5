// The order in which `nft list` prints the elements of a set or a map. The kernel keeps them in no order, so the tool sorts them: single
// values as numbers, joined ones as the number that their bytes make on a little-endian machine, where the last byte counts most
// (libnftables: src/mergesort.c, expr_msort_value). Members of a map of joined keys thus stand by port, then protocol, then address.

import { parseCidr } from '../net/cidr';
import { family, type Ip, ipBits, parseIp } from '../net/ip';

const PROTOCOL_NUMBERS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, 'ipv6-icmp': 58, sctp: 132 };

/** Sorts by keys like `10.96.0.1`, `10.1.0.0/16`, `10.96.0.1 . tcp . 443`. */
export function inListedOrder<Element>(elements: readonly Element[], keyOf: (element: Element) => string): readonly Element[] {
  const weighed = elements.map((element) => ({ element, weight: weightOf(keyOf(element)) }));
  return weighed.sort((a, b) => (a.weight < b.weight ? -1 : a.weight > b.weight ? 1 : 0)).map(({ element }) => element);
}

function weightOf(key: string): bigint {
  const bytes = key.split(' . ').map(bytesOf);
  const ordered = bytes.length === 1 ? bytes.flat() : bytes.flat().reverse();
  return ordered.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** The part of a key as it stands in a packet. */
function bytesOf(part: string): readonly number[] {
  const address = parseIp(part) ?? parseCidr(part)?.network ?? null;
  if (address !== null) return addressBytes(address);
  const protocol = PROTOCOL_NUMBERS[part];
  if (protocol !== undefined) return [protocol];
  const port = Number(part);
  return [port >> 8, port & 255];
}

function addressBytes(address: Ip): readonly number[] {
  const length = family(address) === 6 ? 16 : 4;
  const value = ipBits(address);
  return Array.from({ length }, (_, index) => Number((value >> BigInt(8 * (length - 1 - index))) & 255n));
}
