// The only way the world changes: an effect is named by the step that had it, and applied to the world after.

import type { Ip } from '../net/ip';
import { unreachable } from '../net/unreachable';
import type { Connection } from './conntrack';
import type { KernelState, RememberedAnswer, World } from './kernel';
import { NO_MEMORY } from './virtual-server';

export type Effect =
  | { readonly kind: 'connection-added'; readonly netns: string; readonly connection: Connection }
  | { readonly kind: 'connection-replied'; readonly netns: string; readonly id: number }
  | { readonly kind: 'recent-set'; readonly netns: string; readonly list: string; readonly ip: Ip }
  /** IPVS dealt a connection out: `server` is its key, `client` is set where it stays with its real server. */
  | ({ readonly kind: 'ipvs-scheduled'; readonly netns: string } & Dealt)
  /** A name server remembers what it has answered. */
  | { readonly kind: 'answer-kept'; readonly netns: string; readonly question: string; readonly answer: Omit<RememberedAnswer, 'at'> }
  | { readonly kind: 'port-taken'; readonly netns: string; readonly port: number }
  | { readonly kind: 'dice-thrown'; readonly seed: number };

interface Dealt {
  readonly server: string;
  readonly real: string;
  readonly client: Ip | null;
  /** Whether the scheduler was asked, or persistence knew. */
  readonly by: 'scheduler' | 'persistence';
}

const FRESH: KernelState = { connections: [], recent: {}, virtual: {}, lastPort: 0, names: {} };

/** What the namespace remembers; nothing for one that saw no packet yet. */
export function stateOf(world: World, netns: string): KernelState {
  return world.states[netns] ?? FRESH;
}

export function apply(world: World, effect: Effect): World {
  switch (effect.kind) {
    case 'dice-thrown':
      return { ...world, seed: effect.seed };
    case 'connection-added':
      return remember(world, effect.netns, (state) => ({ ...state, connections: [...state.connections, effect.connection] }));
    case 'connection-replied':
      return remember(world, effect.netns, (state) => ({ ...state, connections: markReplied(state.connections, effect.id) }));
    case 'recent-set':
      return remember(world, effect.netns, (state) => ({ ...state, recent: noted(state.recent, effect, world.now) }));
    case 'ipvs-scheduled':
      return remember(world, effect.netns, (state) => ({ ...state, virtual: dealt(state.virtual, effect, world.now) }));
    case 'answer-kept':
      return remember(world, effect.netns, (state) => ({
        ...state,
        names: { ...state.names, [effect.question]: { ...effect.answer, at: world.now } },
      }));
    case 'port-taken':
      return remember(world, effect.netns, (state) => ({ ...state, lastPort: effect.port }));
    default:
      return unreachable(effect);
  }
}

function remember(world: World, netns: string, change: (state: KernelState) => KernelState): World {
  return { ...world, states: { ...world.states, [netns]: change(stateOf(world, netns)) } };
}

function markReplied(connections: readonly Connection[], id: number): readonly Connection[] {
  return connections.map((connection) => (connection.id === id ? { ...connection, replied: true } : connection));
}

function noted(recent: KernelState['recent'], effect: { list: string; ip: Ip }, now: number): KernelState['recent'] {
  return { ...recent, [effect.list]: { ...recent[effect.list], [effect.ip]: now } };
}

function dealt(virtual: KernelState['virtual'], { server, real, client, by }: Dealt, now: number): KernelState['virtual'] {
  const known = virtual[server] ?? NO_MEMORY;
  const asked = by === 'scheduler' ? { turn: known.turn + 1, last: real } : {};
  const clients = client === null ? known.clients : { ...known.clients, [client]: { real, at: now } };
  return { ...virtual, [server]: { ...known, ...asked, clients } };
}
