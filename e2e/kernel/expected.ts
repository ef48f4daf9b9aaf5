// What the engine says of a request, in the shape in which the laboratory can see it: every outcome that its walks reach, the back ends with
// their odds, the source address that each of them sees, and what each node's conntrack remembers.

import type { Built } from '../../src/engine/built';
import { dispatch } from '../../src/engine/dispatch';
import type { Connection } from '../../src/engine/linux/conntrack';
import type { World } from '../../src/engine/linux/kernel';
import { type Family, family } from '../../src/engine/net/ip';
import { formatSocket, type SocketAddress } from '../../src/engine/net/packet';
import type { Outcome, Step, Trace } from '../../src/engine/trace/step';
import { type SingleWalk, trace, walkOnce } from '../../src/engine/trace/trace';
import type { ScenarioRequest } from '../../src/engine/view';

/** One way in which a request can end. `owner` and `seen` are empty where it is not delivered. */
export interface Ending {
  readonly kind: 'delivered' | 'rejected' | 'dropped';
  readonly at: string;
  readonly owner: string;
  /** The address that the back end sees. */
  readonly seen: string;
  /** Why, where it is not delivered. */
  readonly reason: string;
  /** How many of the walks ended so. */
  readonly share: number;
}

export interface Expected {
  readonly world: World;
  readonly netns: string;
  readonly ip: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'ICMP';
  readonly family: Family;
  readonly endings: readonly Ending[];
  /** By address and port; from the search of every branch, not from the walks. */
  readonly backends: ReadonlyMap<string, number>;
  /** Whether the connections of one client all end alike though there is a choice. */
  readonly sticky: boolean;
  /** The first node on the way, and the tuples that its conntrack has for delivered connections; null where there is none. */
  readonly entry: { readonly netns: string; readonly tuples: readonly string[] } | null;
}

/** Why a request is not sent: it is no packet, or none that this client can send. */
export interface NotSent {
  readonly reason: string;
}

const WALKS = 60;
const FEW = 8;
const IN_A_ROW = 40;

export function expectedOf(built: Built, world: World, request: ScenarioRequest): Expected | NotSent {
  const ready = dispatch(built, world, request);
  if ('problem' in ready) return { reason: ready.problem.code };
  // The laboratory opens connections and speaks no HTTP: what a proxy would do behind its own is no matter of the kernel.
  const asked = { ...ready.request, http: null };
  const { protocol } = asked;
  if (protocol === 'SCTP') return { reason: 'Node has no SCTP' };
  const whole = trace(ready.world, asked).trace;
  const first = walkOnce(ready.world, asked);
  if (first.target === null) return { reason: 'the name does not resolve' };
  const walks = severalWalks(first, whole.backends, (seed) => walkOnce({ ...ready.world, seed }, asked));
  const endings = distinct(walks.map(({ outcome }) => endingOf(outcome)));
  const backends = new Map(whole.backends.map(({ address, probability }) => [formatSocket(address), probability]));
  return {
    world: ready.world,
    netns: ready.request.netns,
    ip: first.target.ip,
    port: ready.request.port,
    protocol,
    family: family(first.target.ip),
    endings,
    backends,
    sticky: endings.length > 1 && inARow(ready.world, (at) => walkOnce(at, asked)).size === 1,
    entry: entryOf(walks),
  };
}

/** One walk after the other. Where the search found a single back end or none, a few that end alike are enough. */
function severalWalks(first: SingleWalk, backends: Trace['backends'], walk: (seed: number) => SingleWalk): readonly SingleWalk[] {
  const walks = [first];
  const certain = backends.length === 0 || (backends[0]?.probability ?? 0) > 0.999;
  const isSettled = (): boolean => certain && walks.length > FEW && distinct(walks.map(({ outcome }) => endingOf(outcome))).length === 1;
  for (let index = 0; index < WALKS && !isSettled(); index += 1) walks.push(walk(index * 7919 + 17));
  return walks;
}

function endingOf(outcome: Outcome): Ending {
  switch (outcome.kind) {
    case 'delivered':
      return {
        kind: 'delivered',
        at: formatSocket(outcome.backend),
        owner: outcome.owner,
        seen: outcome.seenSource.ip,
        reason: '',
        share: 1,
      };
    case 'rejected':
    case 'dropped':
      return { kind: outcome.kind, at: '', owner: '', seen: '', reason: outcome.reason, share: 1 };
    case 'unresolved':
      return { kind: 'dropped', at: '', owner: '', seen: '', reason: 'unresolved', share: 1 };
  }
}

function distinct(endings: readonly Ending[]): readonly Ending[] {
  const texts = endings.map((ending) => JSON.stringify(ending));
  return endings
    .filter((_, index) => texts.indexOf(texts[index] ?? '') === index)
    .map((ending) => ({ ...ending, share: texts.filter((text) => text === JSON.stringify(ending)).length / endings.length }));
}

function inARow(world: World, send: (world: World) => SingleWalk): ReadonlySet<string> {
  const seen = new Set<string>();
  let at = world;
  for (let index = 0; index < IN_A_ROW; index += 1) {
    const walk = send(at);
    seen.add(JSON.stringify(endingOf(walk.outcome)));
    at = walk.world;
  }
  return seen;
}

function entryOf(walks: readonly SingleWalk[]): Expected['entry'] {
  const entries = new Set(
    walks.map(({ steps }) => steps.find(({ at }) => at.purpose === 'request' && at.netns.startsWith('node/'))?.at.netns),
  );
  const [netns] = entries;
  // A balancer leads the connections of one client to any one of its nodes.
  if (netns === undefined || entries.size > 1) return null;
  const delivered = walks.filter(({ outcome }) => outcome.kind === 'delivered');
  const tuples = delivered.flatMap(({ steps }) => steps.filter(({ at }) => at.purpose === 'request').flatMap((step) => added(step, netns)));
  return { netns, tuples: [...new Set(tuples.map(tupleOf))] };
}

function added({ effects }: Step, netns: string): readonly Connection[] {
  return effects.flatMap((effect) => (effect.kind === 'connection-added' && effect.netns === netns ? [effect.connection] : []));
}

/** Both tuples, with the client's port as `kept` wherever it is the same and `other` where another one was drawn. */
function tupleOf({ original, reply, protocol }: Connection): string {
  const ports = protocol !== 'ICMP';
  const text = ({ ip, port }: SocketAddress): string => (ports ? formatSocket({ ip, port }) : ip);
  const kept = !ports || reply.destination.port === original.source.port ? 'kept' : 'other';
  return `${original.source.ip} > ${text(original.destination)}, answers ${text(reply.source)} > ${reply.destination.ip}, port ${kept}`;
}

/** A line of `conntrack -L` in the same form, with the client's address and port; null for what is no entry. */
export function readTuple(line: string): { readonly clientPort: number; readonly source: string; readonly text: string } | null {
  const parts = [...line.matchAll(/\b(src|dst|sport|dport)=(\S+)/g)].map(([, key, value]) => ({ key, value: value ?? '' }));
  const of = (key: string): readonly string[] => parts.filter((part) => part.key === key).map(({ value }) => value);
  const [src, dst, sport, dport] = [of('src'), of('dst'), of('sport'), of('dport')];
  if (src.length !== 2) return null;
  const ports = sport.length === 2;
  const text = (ip: string | undefined, port: string | undefined): string =>
    ports ? formatSocket({ ip: (ip ?? '') as SocketAddress['ip'], port: Number(port) }) : (ip ?? '');
  const kept = !ports || dport[1] === sport[0] ? 'kept' : 'other';
  return {
    clientPort: Number(sport[0] ?? 0),
    source: src[0] ?? '',
    text: `${src[0]} > ${text(dst[0], dport[0])}, answers ${text(src[1], sport[1])} > ${dst[1]}, port ${kept}`,
  };
}
