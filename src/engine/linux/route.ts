// The routing table of one network namespace. The longest prefix wins, then the smaller metric.

import type { Cidr } from '../net/cidr';
import type { Ip } from '../net/ip';
import type { Provenance } from '../net/provenance';

export type NextHop =
  /** The destination itself is on the device's link. */
  | { readonly kind: 'link'; readonly device: string }
  | {
      readonly kind: 'gateway';
      readonly ip: Ip;
      readonly device: string /** Trust that the gateway is on the link. */;
      readonly onlink: boolean;
    }
  /** One of our own addresses (table `local`). */
  | { readonly kind: 'local'; readonly device: string }
  | { readonly kind: 'blackhole' | 'unreachable' };

export interface Route {
  readonly destination: Cidr;
  readonly nextHop: NextHop;
  readonly metric: number;
  /** Who wrote it, as `ip route` prints it: `bird`, `kernel`; empty prints nothing (boot). */
  readonly protocol: string;
  readonly scope: 'global' | 'link' | 'host';
  /** The source address that our own packets take by this route. */
  readonly source: Ip | null;
  readonly provenance: Provenance;
}
