// Connections as `conntrack -L` prints them. The time left is the kernel's default for the state, since no clock runs here.

import type { Flow } from '../net/packet';
import type { Connection } from './conntrack';

/** IP protocol numbers and time-outs in seconds, answered and not answered: those of nf_conntrack_proto_*.c, but for the day that
 *  kube-proxy gives to a TCP connection that stands (conntrack.tcpEstablishedTimeout). */
const PROTOCOLS = { TCP: [6, 86400, 120], UDP: [17, 120, 30], SCTP: [132, 432000, 3], ICMP: [1, 30, 30], IPIP: [4, 600, 600] } as const;

export function formatConnection(connection: Connection): string {
  const [number, answered, waiting] = PROTOCOLS[connection.protocol];
  const name = (connection.protocol === 'IPIP' ? 'unknown' : connection.protocol.toLowerCase()).padEnd(8);
  const state = connection.protocol === 'TCP' ? [connection.replied ? 'ESTABLISHED' : 'SYN_SENT'] : [];
  const reply = connection.replied ? [tuple(connection.reply), '[ASSURED]'] : ['[UNREPLIED]', tuple(connection.reply)];
  return [`${name} ${number} ${connection.replied ? answered : waiting}`, ...state, tuple(connection.original), ...reply].join(' ');
}

function tuple({ protocol, source, destination }: Flow): string {
  const addresses = `src=${source.ip} dst=${destination.ip}`;
  if (protocol === 'IPIP') return addresses;
  return protocol === 'ICMP'
    ? `${addresses} type=8 code=0 id=${source.port}`
    : `${addresses} sport=${source.port} dport=${destination.port}`;
}
