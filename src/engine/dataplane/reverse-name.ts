// Where the name of an address is kept: `5.1.1.10.in-addr.arpa.` (RFC 1035, 3.5), nibbles below `ip6.arpa.` (RFC 3596, 2.5).

import { family, type Ip, ipBits } from '../net/ip';

/** The owner name of the address's PTR record. */
export function reverseName(address: Ip): string {
  if (family(address) === 4) return `${address.split('.').reverse().join('.')}.in-addr.arpa.`;
  return `${[...ipBits(address).toString(16).padStart(32, '0')].reverse().join('.')}.ip6.arpa.`;
}
