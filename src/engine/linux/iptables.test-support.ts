// A table of iptables walked alone, from the chain that bears the hook's name.

import { family } from '../net/ip';
import { type ChainWalk, walkChain } from './chain-walk';
import type { Surroundings } from './match';
import type { Hook, Table } from './netfilter';
import type { Skb } from './skb';

/** What becomes of the packet in this one table. */
export function walkTable(table: Table, hook: Hook, skb: Skb, around: Surroundings): ChainWalk {
  const space = {
    tool: 'iptables',
    family: family(skb.packet.destination.ip),
    table: table.name,
    chains: table.chains,
    owned: table.owned,
    sets: around.kernel.sets,
    maps: {},
  } as const;
  return walkChain({ space, chain: hook }, skb, around);
}
