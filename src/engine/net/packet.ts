// What is on the wire. A packet holds nothing that Linux keeps to itself: marks and connection states live in `linux/skb.ts`.
// Left out: sequence numbers, fragments, options, checksums.

import type { DnsMessage } from './dns';
import { family, type Ip } from './ip';

/** What programs speak. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP' | 'ICMP';

/** What the header of a packet may say: beside those, that a whole IPv4 packet follows (protocol 4, RFC 2003). */
export type IpProtocol = Protocol | 'IPIP';

/** An address and a port (0..65535; for an ICMP echo the port stands for the identifier). */
export interface SocketAddress {
  readonly ip: Ip;
  readonly port: number;
}

/** The five values that tell one conversation from another. */
export interface Flow {
  readonly protocol: IpProtocol;
  readonly source: SocketAddress;
  readonly destination: SocketAddress;
}

export interface Packet extends Flow {
  /** Time to live, or hop limit: 1..255. Each router takes one. */
  readonly ttl: number;
  readonly payload: Payload;
}

export type TcpFlags = 'SYN' | 'SYN-ACK' | 'RST';

export type IcmpError = 'port-unreachable' | 'host-unreachable' | 'net-unreachable' | 'time-exceeded';

export type Payload =
  | { readonly kind: 'segment'; readonly flags: TcpFlags }
  | { readonly kind: 'datagram' }
  | { readonly kind: 'dns'; readonly message: DnsMessage }
  | { readonly kind: 'echo'; readonly type: 'request' | 'reply' }
  /** An ICMP error quotes the flow of the packet that it is about; conntrack finds the connection by it (RELATED). */
  | { readonly kind: 'icmp-error'; readonly error: IcmpError; readonly about: Flow }
  /** A whole packet within this one: what a tunnel carries. */
  | { readonly kind: 'tunnel'; readonly encapsulation: Encapsulation; readonly inner: Packet };

/** How a packet is wrapped. VXLAN carries an Ethernet frame: `mac` is the address that the frame is for (RFC 7348). */
export type Encapsulation = { readonly kind: 'vxlan'; readonly vni: number; readonly mac: string } | { readonly kind: 'ipip' };

/** What is within all wrappings. */
export function innermost(packet: Packet): Packet {
  return packet.payload.kind === 'tunnel' ? innermost(packet.payload.inner) : packet;
}

export function reversed(flow: Flow): Flow {
  return { protocol: flow.protocol, source: flow.destination, destination: flow.source };
}

export function flowOf(packet: Flow): Flow {
  return { protocol: packet.protocol, source: packet.source, destination: packet.destination };
}

export function sameSocket(a: SocketAddress, b: SocketAddress): boolean {
  return a.ip === b.ip && a.port === b.port;
}

export function sameFlow(a: Flow, b: Flow): boolean {
  return a.protocol === b.protocol && sameSocket(a.source, b.source) && sameSocket(a.destination, b.destination);
}

/** `10.1.1.5:80`, or `[fd00::5]:80` (RFC 3986). */
export function formatSocket(address: SocketAddress): string {
  return family(address.ip) === 6 ? `[${address.ip}]:${address.port}` : `${address.ip}:${address.port}`;
}
