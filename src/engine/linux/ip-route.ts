// Routes as `ip route` prints them: destination, via, dev, proto, scope, src, metric, onlink.

import { formatCidr } from '../net/cidr';
import { family } from '../net/ip';
import type { Route } from './route';

export function formatRoute(route: Route): string {
  const { nextHop } = route;
  const words = [destination(route)];
  if (nextHop.kind === 'gateway') words.push(`via ${nextHop.ip}`);
  if ('device' in nextHop) words.push(`dev ${nextHop.device}`);
  if (route.protocol !== '') words.push(`proto ${route.protocol}`);
  if (route.scope !== 'global') words.push(`scope ${route.scope}`);
  if (route.source !== null) words.push(`src ${route.source}`);
  if (route.metric !== 0) words.push(`metric ${route.metric}`);
  if (nextHop.kind === 'gateway' && nextHop.onlink) words.push('onlink');
  return words.join(' ');
}

function destination({ destination: prefix, nextHop }: Route): string {
  const width = family(prefix.network) === 4 ? 32 : 128;
  const text = prefix.length === 0 ? 'default' : prefix.length === width ? prefix.network : formatCidr(prefix);
  return nextHop.kind === 'gateway' || nextHop.kind === 'link' ? text : `${nextHop.kind} ${text}`;
}
