// What IPVS is programmed with, and what it remembers: virtual servers, each with the real servers behind it (include/net/ip_vs.h:
// ip_vs_service, ip_vs_dest). Left out: firewall marks, tunnels and direct routing: kube-proxy uses addresses and NAT alone.

import type { Ip } from '../net/ip';
import { formatSocket, type IpProtocol, type SocketAddress } from '../net/packet';
import type { Provenance } from '../net/provenance';

/** The schedulers that kube-proxy may be told to use (`ipvs.scheduler`), but for fo and ovf: these go by weights, and kube-proxy gives everybody 1. */
export const SCHEDULERS = ['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'sh', 'dh', 'sed', 'nq', 'mh'] as const;

export type Scheduler = (typeof SCHEDULERS)[number];

/** Who stands behind a virtual server. */
export interface RealServer {
  readonly address: SocketAddress;
  readonly weight: number;
  readonly provenance: Provenance;
}

/** An address and port that IPVS takes connections for. */
export interface VirtualServer {
  readonly protocol: IpProtocol;
  readonly address: SocketAddress;
  readonly scheduler: Scheduler;
  /** Seconds that a client address stays with its real server; null without persistence. */
  readonly persistentSeconds: number | null;
  /** In the order in which they were added. */
  readonly servers: readonly RealServer[];
  readonly provenance: Provenance;
}

/** What IPVS remembers of one virtual server. */
export interface ServerMemory {
  /** How many connections its scheduler has dealt out so far. */
  readonly turn: number;
  /** The real server of the last connection that it dealt out (lblc keeps to it). */
  readonly last: string | null;
  /** Persistence: where each client address went, and when it last did. */
  readonly clients: Readonly<Record<Ip, { readonly real: string; readonly at: number }>>;
}

export const NO_MEMORY: ServerMemory = { turn: 0, last: null, clients: {} };

/** The key of a virtual server: `tcp 10.96.0.1:443`. */
export function keyOfVirtual({ protocol, address }: Pick<VirtualServer, 'protocol' | 'address'>): string {
  return `${protocol.toLowerCase()} ${formatSocket(address)}`;
}
