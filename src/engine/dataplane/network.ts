// What every network plugin builds on: routes and addresses in the form in which the kernels hold them.

import type { Device } from '../linux/device';
import type { NextHop, Route } from '../linux/route';
import { type Cidr, cidr, hostPrefix } from '../net/cidr';
import { type Family, family, type Ip } from '../net/ip';
import { NO_PROVENANCE, type Provenance } from '../net/provenance';

export interface RouteParts {
  readonly to: Cidr;
  readonly nextHop: NextHop;
  readonly protocol?: string;
  readonly scope?: Route['scope'];
  readonly source?: Ip;
  readonly metric?: number;
  readonly because?: Provenance;
}

export function route({ to, nextHop, protocol, scope, source, metric, because }: RouteParts): Route {
  return {
    destination: to,
    nextHop,
    metric: metric ?? usualMetric(to, nextHop, protocol),
    protocol: protocol ?? '',
    scope: scope ?? 'global',
    source: source ?? null,
    provenance: because ?? NO_PROVENANCE,
  };
}

/** IPv6 knows no metric 0: the kernel's own routes have 256, all others 1024 (IP6_RT_PRIO_ADDRCONF, IP6_RT_PRIO_USER). */
function usualMetric({ network }: Cidr, nextHop: NextHop, protocol: string | undefined): number {
  if (family(network) === 4 || nextHop.kind === 'local') return 0;
  return protocol === 'kernel' ? 256 : 1024;
}

/** The route that comes with an address: its link. IPv6 names no source there. */
export function linkRoute(prefix: Cidr, device: string, source: Ip): Route {
  const parts = { to: prefix, nextHop: { kind: 'link', device }, protocol: 'kernel', scope: 'link' } as const;
  return route(family(source) === 4 ? { ...parts, source } : parts);
}

/** The route of table `local` to one of the namespace's own addresses. */
export function localRoute(ip: Ip, device: string): Route {
  return route({ to: hostPrefix(ip), nextHop: { kind: 'local', device }, protocol: 'kernel', scope: 'host', source: ip });
}

export const DEFAULT_ROUTE: Readonly<Record<Family, Cidr>> = { 4: cidr('0.0.0.0/0'), 6: cidr('::/0') };

/** Addresses of groups: no plugin masquerades what is for them. */
export const MULTICAST: Readonly<Record<Family, Cidr>> = { 4: cidr('224.0.0.0/4'), 6: cidr('ff00::/8') };

export const LOOPBACK: Device = { name: 'lo', addresses: [], attachment: { kind: 'loopback' }, mtu: 65536, proxyArp: false };

/** Every namespace talks to itself. */
export const LOOPBACK_ROUTES: readonly Route[] = [cidr('127.0.0.0/8'), cidr('::1/128')].map((to) =>
  route({ to, nextHop: { kind: 'local', device: 'lo' }, protocol: 'kernel', scope: 'host' }),
);

/** Bytes, without a tunnel. */
export const ETHERNET_MTU = 1500;

export function viaGateway(ip: Ip, device: string, onlink = false): NextHop {
  return { kind: 'gateway', ip, device, onlink };
}

export function firstOf(addresses: readonly Ip[], of: Family): Ip | undefined {
  return addresses.find((address) => family(address) === of);
}
