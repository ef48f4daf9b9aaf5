// Network devices of a namespace, and what is at the other end of them.

import type { Cidr } from '../net/cidr';
import type { Ip } from '../net/ip';

/** A device of a namespace, named by both. */
export interface DeviceRef {
  readonly netns: string;
  readonly device: string;
}

export type Attachment =
  | { readonly kind: 'loopback' }
  /** A virtual cable: what goes in comes out of the peer. */
  | { readonly kind: 'veth'; readonly peer: DeviceRef }
  /** A shared link, on which neighbours are found by their address (ARP, NDP). */
  | { readonly kind: 'segment'; readonly segment: string };

export interface Device {
  readonly name: string;
  readonly addresses: readonly { readonly ip: Ip; readonly prefix: Cidr }[];
  readonly attachment: Attachment;
  /** Bytes. */
  readonly mtu: number;
  /** Answers ARP for every address that the namespace can route (`proxy_arp`): how a pod finds its gateway 169.254.1.1. */
  readonly proxyArp: boolean;
}
