// IP addresses as canonical text: readable in JSON, in a failing test, and as a key.
// Arithmetic happens on bigint and stays in this folder. IPv6 text follows RFC 5952.

declare const ipBrand: unique symbol;

/** A canonical IPv4 or IPv6 address, such as `10.1.1.5` or `fd00:10:1::5`. Made by `parseIp` alone. */
export type Ip = string & { readonly [ipBrand]: 'Ip' };

export type Family = 4 | 6;

export function family(ip: Ip): Family {
  return ip.includes(':') ? 6 : 4;
}

/** The address written by `text`, or null where it is none. IPv4 octets take no leading zero (Kubernetes refuses them: CVE-2021-29923). */
export function parseIp(text: string): Ip | null {
  const bits = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  if (bits === null) return null;
  return formatIp(bits, text.includes(':') ? 6 : 4);
}

/** The address written by a literal of our own code. Throws a RangeError where it is none. */
export function ip(text: string): Ip {
  const parsed = parseIp(text);
  if (parsed === null) throw new RangeError(`not an IP address: ${text}`);
  return parsed;
}

/** The address as an unsigned number of 32 or 128 bits. */
export function ipBits(address: Ip): bigint {
  if (family(address) === 4) return BigInt(ipv4Number(address));
  const bits = parseIpv6(address);
  if (bits === null) throw new RangeError(`not an IP address: ${address}`);
  return bits;
}

const [ZERO, DOT] = [48, 46];

/** An IPv4 address as an unsigned number of 32 bits. It is canonical already, so its digits are read without another look. */
export function ipv4Number(address: Ip): number {
  let bits = 0;
  let octet = 0;
  for (let at = 0; at < address.length; at += 1) {
    const code = address.charCodeAt(at);
    if (code === DOT) {
      bits = (bits << 8) | octet;
      octet = 0;
    } else {
      octet = octet * 10 + code - ZERO;
    }
  }
  return ((bits << 8) | octet) >>> 0;
}

/** The address that `bits` stands for. Throws a RangeError where the number does not fit the family. */
export function formatIp(bits: bigint, of: Family): Ip {
  if (bits < 0n || bits >> (of === 4 ? 32n : 128n) !== 0n) throw new RangeError(`outside of IPv${of}: ${bits}`);
  return (of === 4 ? formatIpv4(bits) : formatIpv6(bits)) as Ip;
}

export function compareIps(a: Ip, b: Ip): number {
  if (family(a) !== family(b)) return family(a) - family(b);
  const [left, right] = [ipBits(a), ipBits(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

const OCTET = /^(0|[1-9]\d{0,2})$/;

function parseIpv4(text: string): bigint | null {
  const octets = text.split('.');
  if (octets.length !== 4) return null;
  let bits = 0;
  for (const octet of octets) {
    if (!OCTET.test(octet) || Number(octet) > 255) return null;
    bits = bits * 256 + Number(octet);
  }
  return BigInt(bits);
}

function formatIpv4(bits: bigint): string {
  const value = Number(bits);
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

function parseIpv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = ipv6Groups(halves[0] ?? '');
  const tail = halves.length === 2 ? ipv6Groups(halves[1] ?? '') : [];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array<number>(missing).fill(0), ...tail];
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(group), 0n);
}

function ipv6Groups(text: string): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const embedded = index === parts.length - 1 && part.includes('.') ? parseIpv4(part) : null;
    if (embedded !== null) groups.push(Number(embedded >> 16n), Number(embedded & 0xffffn));
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}

function formatIpv6(bits: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => Number((bits >> BigInt(112 - 16 * index)) & 0xffffn));
  const { start, length } = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  });
  return best;
}
