// Addresses in a rule of nftables. A set of ranges is kept as the fewest ranges that cover it, in order: overlapping and neighbouring ones
// are joined when it is loaded (libnftables: src/intervals.c, set_automerge).

import { type Cidr, cidr, formatCidr, hostPrefix, size } from '../net/cidr';
import { family, formatIp, ipBits } from '../net/ip';

/** A single address goes without its length. */
export function formatPrefix(prefix: Cidr): string {
  return isHost(prefix) ? prefix.network : formatCidr(prefix);
}

function isHost(prefix: Cidr): boolean {
  return prefix.length === hostPrefix(prefix.network).length;
}

/** One prefix stands by itself, several stand in braces. */
export function formatPrefixes(prefixes: readonly Cidr[]): string {
  const [only] = prefixes;
  if (only !== undefined && prefixes.length === 1) return formatPrefix(only);
  const texts = prefixes.every(isHost) ? hosts(prefixes) : joined(prefixes).map(rangeText);
  return `{ ${texts.join(', ')} }`;
}

/** Inclusive. */
interface Range {
  readonly from: bigint;
  readonly to: bigint;
  readonly of: 4 | 6;
}

function hosts(prefixes: readonly Cidr[]): readonly string[] {
  const sorted = prefixes.map(({ network }) => network).sort((a, b) => (ipBits(a) < ipBits(b) ? -1 : 1));
  return [...new Set(sorted)];
}

function joined(prefixes: readonly Cidr[]): readonly Range[] {
  const ranges = prefixes
    .map((prefix): Range => {
      const from = ipBits(prefix.network);
      return { from, to: from + size(prefix) - 1n, of: family(prefix.network) };
    })
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const result: Range[] = [];
  for (const range of ranges) {
    const last = result.at(-1);
    if (last === undefined || range.from > last.to + 1n) result.push(range);
    else if (range.to > last.to) result[result.length - 1] = { ...last, to: range.to };
  }
  return result;
}

/** As a prefix where it is one. */
function rangeText({ from, to, of }: Range): string {
  const count = to - from + 1n;
  const network = formatIp(from, of);
  const bits = count.toString(2).length - 1;
  const isPrefix = count === 1n << BigInt(bits) && from % count === 0n;
  if (!isPrefix) return `${network}-${formatIp(to, of)}`;
  return formatPrefix(cidr(`${network}/${(of === 6 ? 128 : 32) - bits}`));
}
