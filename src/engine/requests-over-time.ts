// Requests on the axis: each looks at the life of its instant, meets what kernels remember of those before it, and changes nothing else.

import { type Axis, builtAt, lifeAt, loadedAt } from './axis';
import { dispatch } from './dispatch';
import type { World } from './linux/kernel';
import type { SentAt, Stream } from './live-view';
import { netnsOfExternal } from './names';
import { formatSocket } from './net/packet';
import { type Sent, sendInto } from './send';
import { type ServedRequest, servedIn } from './served';
import type { Outcome } from './trace/step';
import { walkOnce } from './trace/trace';
import type { ScenarioRequest } from './view';

/** A request that was sent, and what kernels remembered just before and just after. */
export interface Delivery extends SentAt {
  readonly stream: Stream;
  readonly seed: number;
  readonly before: World['states'];
  readonly after: World['states'];
  /** What programs answered to it. */
  readonly served: readonly ServedRequest[];
}

const OUTSIDE = netnsOfExternal('');

/** A page that is left alone does not fill its memory. */
const MOST = 5000;

/** The deliveries, with those that are due until the instant. */
export function delivered(
  axis: Axis,
  streams: readonly Stream[],
  { sent, until }: { sent: readonly Delivery[]; until: number },
): readonly Delivery[] {
  const due = streams.flatMap((stream) => instants(stream, until).map((at) => ({ at, stream })));
  const last = sent.at(-1);
  const fresh = due.filter(({ at, stream }) => !sent.some((each) => each.at === at && each.stream === stream)).sort((a, b) => a.at - b.at);
  const all = [...sent];
  let states = last?.after ?? {};
  for (const { at, stream } of fresh.slice(0, Math.max(0, MOST - sent.length))) {
    const delivery = deliver(axis, { at, stream, seed: 1 + all.length, before: states });
    states = delivery.after;
    all.push(delivery);
  }
  return all;
}

function instants({ from, until: end, every }: Stream, until: number): readonly number[] {
  const count = Math.floor((Math.min(end, until) - from) / every) + 1;
  return Array.from({ length: Math.max(0, Math.min(count, MOST)) }, (_, index) => from + index * every);
}

function deliver(
  axis: Axis,
  { at, stream, seed, before }: { at: number; stream: Stream; seed: number; before: World['states'] },
): Delivery {
  const life = lifeAt(axis, at);
  const built = builtAt(axis, life);
  const common = { at, stream, seed, before, served: [] };
  const ready = dispatch(built, { ...built.world, states: present(built.world, before) }, stream.request);
  if ('problem' in ready) return { ...common, after: before, outcome: 'refused', status: null, well: false, pod: null, backend: null };
  const { outcome, steps, world } = walkOnce({ ...ready.world, seed }, ready.request);
  const served = servedIn(steps, stream.request, life.epoch + at);
  return { ...common, after: world.states, served, ...inShort(outcome) };
}

/** One request at the instant, sent by hand; later ones meet what it leaves behind. */
export function deliveredByHand(
  axis: Axis,
  sent: readonly Delivery[],
  { at, request, seed }: { at: number; request: ScenarioRequest; seed: number },
): readonly Delivery[] {
  const earlier = sent.filter((each) => each.at <= at);
  const stream: Stream = { request, every: 1, from: at, until: at };
  return [...earlier, deliver(axis, { at, stream, seed, before: earlier.at(-1)?.after ?? {} })];
}

/** A namespace that is gone has forgotten everything. A host outside is there all along, though only a request that names it shows it. */
function present(world: World, states: World['states']): World['states'] {
  return Object.fromEntries(Object.entries(states).filter(([netns]) => netns in world.kernels || netns.startsWith(OUTSIDE)));
}

function inShort(outcome: Outcome): Pick<SentAt, 'outcome' | 'status' | 'well' | 'pod' | 'backend'> {
  const status =
    outcome.kind === 'delivered' ? outcome.status : outcome.kind === 'rejected' && 'status' in outcome ? Number(outcome.status) : null;
  return {
    outcome: outcome.kind,
    status,
    well: outcome.kind === 'delivered' && (status === null || status < 500),
    pod: outcome.kind === 'delivered' ? outcome.owner : null,
    backend: outcome.kind === 'delivered' ? formatSocket(outcome.backend) : null,
  };
}

/** The whole trace of one of them. */
export function reopened(axis: Axis, { at, stream, seed, before }: Delivery): Sent {
  const loaded = loadedAt(axis, at);
  const { world } = loaded.built;
  return sendInto(loaded, { world: { ...world, states: present(world, before) }, request: stream.request, seed });
}

/** What kernels remember at an instant: of the last request before it. */
export function statesAt(axis: Axis, sent: readonly Delivery[], at: number): World['states'] {
  const last = sent.findLast((each) => each.at <= at);
  return last === undefined ? {} : present(lifeWorld(axis, at), last.after);
}

function lifeWorld(axis: Axis, at: number): World {
  return loadedAt(axis, lifeAt(axis, at).now).built.world;
}
