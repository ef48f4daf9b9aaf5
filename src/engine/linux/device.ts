// Network devices of a namespace, and what is at the other end of them.

import type { Cidr } from '../net/cidr';
import type { Ip } from '../net/ip';
import type { Tunnel } from './tunnel';

/** A device of a namespace, named by both. */
export interface DeviceRef {
  readonly netns: string;
  readonly device: string;
}

export type Attachment =
  | { readonly kind: 'loopback' }
  /** A virtual cable: what goes in comes out of the peer. */
  | { readonly kind: 'veth'; readonly peer: DeviceRef }
  /** The same, and on this side the cable is plugged into a bridge, which is another device of the namespace. */
  | { readonly kind: 'bridge-port'; readonly bridge: string; readonly peer: DeviceRef }
  /** A switch inside the kernel, whose sockets are its ports. `hairpin`: a frame may leave by the port that it came in by. */
  | { readonly kind: 'bridge'; readonly hairpin: boolean }
  /** Nothing at all: a place to put addresses (kube-ipvs0). */
  | { readonly kind: 'dummy' }
  /** Nothing is plugged in: what leaves by it is wrapped, and travels as another packet. */
  | { readonly kind: 'tunnel'; readonly tunnel: Tunnel }
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
