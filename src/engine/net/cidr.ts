// Address prefixes: 10.1.1.0/24. A prefix is plain data; the numbers behind it are computed when asked.

import { type Family, family, formatIp, type Ip, ipBits, ipv4Number, parseIp } from './ip';

/** A prefix with its host bits cleared: `network` is the first address, `length` counts the fixed bits (0..32 or 0..128). */
export interface Cidr {
  readonly network: Ip;
  readonly length: number;
}

/** The prefix written by `text` with host bits cleared, or null where it is none. */
export function parseCidr(text: string): Cidr | null {
  const match = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text);
  const address = match?.[1] === undefined ? null : parseIp(match[1]);
  if (match === null || address === null) return null;
  const length = Number(match[2]);
  return length > width(family(address)) ? null : prefixOf(address, length);
}

/** The prefix written by a literal of our own code. Throws a RangeError where it is none. */
export function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (parsed === null) throw new RangeError(`not a prefix: ${text}`);
  return parsed;
}

/** The prefix of this length that holds the address. */
export function prefixOf(address: Ip, length: number): Cidr {
  const hostBits = BigInt(width(family(address)) - length);
  return { network: formatIp((ipBits(address) >> hostBits) << hostBits, family(address)), length };
}

/** The prefix that holds this one address: /32 or /128. */
export function hostPrefix(address: Ip): Cidr {
  return { network: address, length: width(family(address)) };
}

export function formatCidr(prefix: Cidr): string {
  return `${prefix.network}/${prefix.length}`;
}

/** The first `length` bits of an IPv4 address, the others cleared. */
export function maskIpv4(bits: number, length: number): number {
  return length === 0 ? 0 : ((bits >> (32 - length)) << (32 - length)) >>> 0;
}

export function contains(prefix: Cidr, address: Ip): boolean {
  const of = family(address);
  if (of !== family(prefix.network)) return false;
  if (of === 4) return maskIpv4(ipv4Number(address), prefix.length) === ipv4Number(prefix.network);
  const hostBits = BigInt(width(of) - prefix.length);
  return ipBits(address) >> hostBits === ipBits(prefix.network) >> hostBits;
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.length <= b.length ? contains(a, b.network) : contains(b, a.network);
}

/** How many addresses the prefix holds. */
export function size(prefix: Cidr): bigint {
  return 1n << BigInt(width(family(prefix.network)) - prefix.length);
}

/** The address at `offset` from the first one. Throws a RangeError outside of the prefix. */
export function addressAt(prefix: Cidr, offset: bigint): Ip {
  if (offset < 0n || offset >= size(prefix)) throw new RangeError(`${formatCidr(prefix)} has no address ${offset}`);
  return formatIp(ipBits(prefix.network) + offset, family(prefix.network));
}

/** How far the address lies from the first one of the prefix. */
export function offsetOf(prefix: Cidr, address: Ip): bigint {
  return ipBits(address) - ipBits(prefix.network);
}

/** The longest prefix that holds all the addresses, which are of one family; null for none. */
export function coveringPrefix(addresses: readonly Ip[]): Cidr | null {
  const [first] = addresses;
  if (first === undefined) return null;
  let length = width(family(first));
  while (!addresses.every((address) => contains(prefixOf(first, length), address))) length -= 1;
  return prefixOf(first, length);
}

function width(of: Family): number {
  return of === 4 ? 32 : 128;
}
