// Which route takes a packet: the longest prefix, then the smaller metric (fib_lookup, net/ipv4/fib_trie.c).
// Routes to our own addresses come first, as table `local` does (ip rule 0).

import { formatCidr, prefixOf } from '../net/cidr';
import { family, type Ip } from '../net/ip';
import type { Kernel } from './kernel';
import type { Route } from './route';

export interface RouteChoice {
  readonly route: Route;
  /** Other routes that hold the address, best first. */
  readonly passedOver: readonly Route[];
}

/** The route to the address; null where there is none. */
export function lookUpRoute(routes: readonly Route[], destination: Ip): RouteChoice | null {
  const index = indexOf(routes);
  const found: Route[] = [];
  for (const length of index.lengths) {
    if (length > (family(destination) === 4 ? 32 : 128)) continue;
    found.push(...(index.byPrefix.get(formatCidr(prefixOf(destination, length))) ?? []));
  }
  const ordered = [...found.filter(isLocal), ...found.filter((route) => !isLocal(route))];
  const [route, ...passedOver] = ordered;
  return route === undefined ? null : { route, passedOver };
}

/** Whether the address is one of the namespace's own (`-m addrtype --dst-type LOCAL`). */
export function isLocalAddress(kernel: Kernel, address: Ip): boolean {
  const choice = lookUpRoute(kernel.routes, address);
  return choice !== null && isLocal(choice.route);
}

function isLocal(route: Route): boolean {
  return route.nextHop.kind === 'local';
}

interface RouteIndex {
  /** Prefix lengths in use, longest first. */
  readonly lengths: readonly number[];
  readonly byPrefix: ReadonlyMap<string, readonly Route[]>;
}

// A kernel's table never changes once it is programmed, so its index is kept as long as the table itself.
const indices = new WeakMap<readonly Route[], RouteIndex>();

function indexOf(routes: readonly Route[]): RouteIndex {
  const known = indices.get(routes);
  if (known !== undefined) return known;
  const byPrefix = new Map<string, Route[]>();
  for (const route of [...routes].sort((a, b) => a.metric - b.metric)) {
    const key = formatCidr(route.destination);
    byPrefix.set(key, [...(byPrefix.get(key) ?? []), route]);
  }
  const lengths = [...new Set(routes.map((route) => route.destination.length))].sort((a, b) => b - a);
  const index = { lengths, byPrefix };
  indices.set(routes, index);
  return index;
}
