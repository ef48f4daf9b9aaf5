// The routing table of one network namespace. The longest prefix wins, then the smaller metric.

import type { Cidr } from '../net/cidr';
import type { Ip } from '../net/ip';
import type { Provenance } from '../net/provenance';

export interface Gateway {
  readonly ip: Ip;
  readonly device: string;
  /** Trust that the gateway is on the link. */
  readonly onlink: boolean;
}

export type NextHop =
  /** The destination itself is on the device's link. */
  | { readonly kind: 'link'; readonly device: string }
  | ({ readonly kind: 'gateway' } & Gateway)
  /** Several gateways of equal cost, one for each connection. `taken` is the one of the packet at hand; null in the table. */
  | { readonly kind: 'multipath'; readonly gateways: readonly Gateway[]; readonly taken: Gateway | null }
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

/** The gateway that a packet takes by this route; null where it needs none. */
export function gatewayOf({ nextHop }: Route): Gateway | null {
  if (nextHop.kind === 'multipath') return nextHop.taken;
  return nextHop.kind === 'gateway' ? nextHop : null;
}

/** The device that a packet leaves by; null where the route leads nowhere. */
export function deviceOf(route: Route): string | null {
  if (route.nextHop.kind === 'multipath') return route.nextHop.taken?.device ?? null;
  return 'device' in route.nextHop ? route.nextHop.device : null;
}
