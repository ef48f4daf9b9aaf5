// Which route takes a packet: the longest prefix, then the smaller metric (fib_lookup, net/ipv4/fib_trie.c).
// Routes to our own addresses come first, as table `local` does (ip rule 0).

import { maskIpv4, prefixOf } from '../net/cidr';
import { type Family, family, type Ip, ipv4Number } from '../net/ip';
import type { Kernel } from './kernel';
import type { Route } from './route';

export interface RouteChoice {
  readonly route: Route;
  /** Other routes that hold the address, best first. */
  readonly passedOver: readonly Route[];
}

/** The route to the address; null where there is none. */
export function lookUpRoute(routes: readonly Route[], destination: Ip): RouteChoice | null {
  const { local, main } = tablesOf(routes);
  const [route, ...passedOver] = [...routesTo(local, destination), ...routesTo(main, destination)];
  return route === undefined ? null : { route, passedOver };
}

/** Whether the address is one of the namespace's own (`-m addrtype --dst-type LOCAL`). */
export function isLocalAddress(kernel: Kernel, address: Ip): boolean {
  return routesTo(tablesOf(kernel.routes).local, address).length > 0;
}

/** Routes of one table by prefix: the network as a number in IPv4, as text in IPv6. */
interface TableIndex {
  /** Prefix lengths in use, longest first. */
  readonly lengths: Readonly<Record<Family, readonly number[]>>;
  readonly byPrefix: ReadonlyMap<string | number, ReadonlyMap<number, readonly Route[]>>;
}

/** All routes that hold the address: longer prefixes first, then smaller metrics. */
function routesTo({ lengths, byPrefix }: TableIndex, destination: Ip): readonly Route[] {
  const of = family(destination);
  const bits = of === 4 ? ipv4Number(destination) : 0;
  const found: Route[] = [];
  for (const length of lengths[of]) {
    const network = of === 4 ? maskIpv4(bits, length) : prefixOf(destination, length).network;
    const routes = byPrefix.get(network)?.get(length);
    if (routes !== undefined) found.push(...routes);
  }
  return found;
}

// A kernel's table never changes once it is programmed, so its index is kept as long as the table itself.
const indices = new WeakMap<readonly Route[], { readonly local: TableIndex; readonly main: TableIndex }>();

function tablesOf(routes: readonly Route[]): { readonly local: TableIndex; readonly main: TableIndex } {
  const known = indices.get(routes);
  if (known !== undefined) return known;
  const isLocal = ({ nextHop }: Route): boolean => nextHop.kind === 'local';
  const tables = { local: indexOf(routes.filter(isLocal)), main: indexOf(routes.filter((route) => !isLocal(route))) };
  indices.set(routes, tables);
  return tables;
}

function indexOf(routes: readonly Route[]): TableIndex {
  const byPrefix = new Map<string | number, Map<number, Route[]>>();
  for (const route of [...routes].sort((a, b) => a.metric - b.metric)) {
    const { network, length } = route.destination;
    const key = family(network) === 4 ? ipv4Number(network) : network;
    const byLength = byPrefix.get(key) ?? new Map<number, Route[]>();
    byPrefix.set(key, byLength);
    byLength.set(length, [...(byLength.get(length) ?? []), route]);
  }
  const lengthsOf = (of: Family): readonly number[] => {
    const used = routes.filter(({ destination }) => family(destination.network) === of).map(({ destination }) => destination.length);
    return [...new Set(used)].sort((a, b) => b - a);
  };
  return { lengths: { 4: lengthsOf(4), 6: lengthsOf(6) }, byPrefix };
}
