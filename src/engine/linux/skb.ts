// A packet inside one kernel: the socket buffer. Only `packet` leaves the namespace, so nobody can forget
// that the mark and the connection are not on the wire.

import type { Packet } from '../net/packet';
import type { Connection } from './conntrack';
import type { ConnectionState } from './netfilter';

export interface Skb {
  readonly packet: Packet;
  /** nfmark, 32 bits. */
  readonly mark: number;
  /** What conntrack calls it; null before conntrack has seen it and in namespaces without netfilter. */
  readonly state: ConnectionState | null;
  /** The entry that it belongs to: not yet in the table while the packet is NEW on its way through. */
  readonly connection: Connection | null;
  /** On which of the connection's two tuples it travels. */
  readonly direction: 'original' | 'reply';
  /** Names of devices in this namespace. */
  readonly input: string | null;
  readonly output: string | null;
}
