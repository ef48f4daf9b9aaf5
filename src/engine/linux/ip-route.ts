// Routes as `ip route` and `ip -6 route` print them: destination, via, dev, proto, scope, src, metric, onlink.
// IPv6 has no scopes of routes, and hangs a route to nowhere on lo.

import { formatCidr } from '../net/cidr';
import { compareIps, type Family, family } from '../net/ip';
import type { Gateway, Route } from './route';

export function formatRoute(route: Route): string {
  const { nextHop } = route;
  const isSix = family(route.destination.network) === 6;
  const words = [destination(route)];
  if (nextHop.kind === 'gateway') words.push(`via ${nextHop.ip}`);
  if ('device' in nextHop) words.push(`dev ${nextHop.device}`);
  else if (isSix && nextHop.kind !== 'multipath') words.push('dev lo');
  if (route.protocol !== '') words.push(`proto ${route.protocol}`);
  if (route.scope !== 'global' && !isSix) words.push(`scope ${route.scope}`);
  if (route.source !== null) words.push(`src ${route.source}`);
  if (route.metric !== 0) words.push(`metric ${route.metric}`);
  if (nextHop.kind === 'gateway' && nextHop.onlink) words.push('onlink');
  if (nextHop.kind === 'multipath') words.push(...nextHop.gateways.map(formatNextHop));
  return words.join(' ');
}

/** The tool prints each on a line of its own; on one line it is what `ip route add` reads. */
function formatNextHop({ ip, device, onlink }: Gateway): string {
  return `nexthop via ${ip} dev ${device} weight 1${onlink ? ' onlink' : ''}`;
}

/** Kinds of routes that are written before the destination. */
const TYPED: readonly string[] = ['local', 'blackhole', 'unreachable'];

function destination({ destination: prefix, nextHop }: Route): string {
  const width = family(prefix.network) === 4 ? 32 : 128;
  const text = prefix.length === 0 ? 'default' : prefix.length === width ? prefix.network : formatCidr(prefix);
  return TYPED.includes(nextHop.kind) ? `${nextHop.kind} ${text}` : text;
}

/** Table `main` of one family in the tool's order: the default route, then by address, of one address the longer prefix first. */
export function mainTable(routes: readonly Route[], of: Family): readonly Route[] {
  const isMain = ({ nextHop, destination: { network } }: Route): boolean => nextHop.kind !== 'local' && family(network) === of;
  return routes
    .filter(isMain)
    .sort((a, b) => order(a) - order(b) || compareIps(a.destination.network, b.destination.network) || longer(a, b));
}

function order({ destination: { length } }: Route): number {
  return length === 0 ? 0 : 1;
}

function longer(a: Route, b: Route): number {
  return b.destination.length - a.destination.length || a.metric - b.metric;
}
