// Virtual servers as `ipvsadm` prints them: what `-Sn` saves and `-R` restores, and the list of `-Ln` (ipvsadm.c: print_service_entry).
// Saved text keeps the order in which real servers were added, since round robin depends on it; the list is sorted by address.

import { ipBits } from '../net/ip';
import { formatSocket, type IpProtocol } from '../net/packet';
import type { Loaded } from './scheduler';
import type { VirtualServer } from './virtual-server';

/** `-A -t 10.96.0.1:443 -s rr`, and a line `-a` for each real server. */
export function formatIpvs(servers: readonly VirtualServer[]): readonly string[] {
  return servers.flatMap(({ protocol, address, scheduler, persistentSeconds, servers: real }) => {
    const service = `${SERVICE[protocol]} ${formatSocket(address)}`;
    const persistent = persistentSeconds === null ? '' : ` -p ${persistentSeconds}`;
    const flags = scheduler === 'mh' ? ' -b mh-port' : '';
    return [
      `-A ${service} -s ${scheduler}${persistent}${flags}`,
      ...real.map((one) => `-a ${service} -r ${formatSocket(one.address)} -m -w ${one.weight}`),
    ];
  });
}

const SERVICE: Readonly<Record<IpProtocol, string>> = { TCP: '-t', UDP: '-u', SCTP: '--sctp-service', ICMP: '', IPIP: '' };

/** The list's line of a virtual server: `TCP  10.96.0.1:443 rr persistent 10800`. */
export function formatVirtualServer({ protocol, address, scheduler, persistentSeconds }: VirtualServer): string {
  const persistent = persistentSeconds === null ? '' : ` persistent ${persistentSeconds}`;
  return `${protocol.padEnd(4)} ${formatSocket(address)} ${scheduler}${persistent}${scheduler === 'mh' ? ' (mh-port)' : ''}`;
}

/** The list's line of a real server, with the connections that it has. */
export function formatRealServer({ real, active, inactive }: Loaded): string {
  const numbers = [String(real.weight).padEnd(6), String(active).padEnd(10), String(inactive)];
  return ['  ->', formatSocket(real.address).padEnd(28), 'Masq'.padEnd(7), ...numbers].join(' ');
}

/** As the list has them: by address, then port. */
export function sortedByAddress(loads: readonly Loaded[]): readonly Loaded[] {
  const bits = ({ real }: Loaded): bigint => (ipBits(real.address.ip) << 16n) | BigInt(real.address.port);
  return [...loads].sort((a, b) => (bits(a) < bits(b) ? -1 : 1));
}
