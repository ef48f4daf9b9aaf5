// The source port of a client: any from the kernel's range that it has not just used (net.ipv4.ip_local_port_range).

import type { Chance } from '../linux/chance';
import { stateOf } from '../linux/effect';
import type { World } from '../linux/kernel';

const FIRST = 32768;
const LAST = 60999;

/** The first port of a namespace is drawn, the next ones follow it: two connections in a row never share one. */
export function nextLocalPort(world: World, netns: string, chance: Chance): number {
  const { lastPort } = stateOf(world, netns);
  if (lastPort === 0) return chance.between(FIRST, LAST);
  return lastPort >= LAST ? FIRST : lastPort + 1;
}
