// In which order a program tries the addresses of a name: getaddrinfo sorts them by the rules of RFC 6724 with glibc's own tables
// (sysdeps/posix/getaddrinfo.c), in which a unique local IPv6 address goes before IPv4, as it does not in the RFC's.
// Rules used: 1 (a destination that cannot be reached comes last), 5 (the label of its source), 6 (precedence). Equal ones keep the
// order in which they arrived. Left out: scopes, deprecated and home addresses, the longest common prefix, /etc/gai.conf.

import { cidr, contains } from '../net/cidr';
import { family, type Ip } from '../net/ip';

const LABELS = [
  [cidr('::1/128'), 0],
  [cidr('2002::/16'), 2],
  [cidr('::/96'), 3],
  [cidr('fec0::/10'), 5],
  [cidr('fc00::/7'), 6],
  [cidr('2001::/32'), 7],
] as const;

/** Of what no other entry holds, and of IPv4 as ::ffff:0:0/96. */
const OTHER_LABEL = 1;
const LABEL_OF_FOUR = 4;

const PRECEDENCES = [
  [cidr('::1/128'), 50],
  [cidr('2002::/16'), 30],
  [cidr('::/96'), 20],
] as const;

const OTHER_PRECEDENCE = 40;
const PRECEDENCE_OF_FOUR = 10;

/** The addresses, best first. `source` tells which of its own addresses the host would use towards one; null for none. */
export function preferred(addresses: readonly Ip[], source: (destination: Ip) => Ip | null): readonly Ip[] {
  const rank = (destination: Ip): readonly number[] => {
    const from = source(destination);
    return [Number(from !== null), Number(from !== null && label(from) === label(destination)), precedence(destination)];
  };
  return addresses
    .map((address) => ({ address, rank: rank(address) }))
    .sort((a, b) => higher(a.rank, b.rank))
    .map(({ address }) => address);
}

function higher(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (b[at] ?? 0) - (a[at] ?? 0);
}

function label(ip: Ip): number {
  return family(ip) === 4 ? LABEL_OF_FOUR : (LABELS.find(([prefix]) => contains(prefix, ip))?.[1] ?? OTHER_LABEL);
}

function precedence(ip: Ip): number {
  return family(ip) === 4 ? PRECEDENCE_OF_FOUR : (PRECEDENCES.find(([prefix]) => contains(prefix, ip))?.[1] ?? OTHER_PRECEDENCE);
}
