// Every back end that a connection may end at, with its exact probability: the walk is repeated once for each way that the random
// conditions of the rules can fall, and each way is weighed. Endpoints are never looked at; a rule taken away changes the answer.

import type { Chance } from '../linux/chance';
import type { World } from '../linux/kernel';
import { formatSocket } from '../net/packet';
import { unreachable } from '../net/unreachable';
import { Journey } from './journey';
import type { Backend, Outcome, Step } from './step';

/** One random condition on a way, and how it was made to fall. */
interface Decision {
  readonly oneIn: number;
  readonly times: number;
  readonly hit: boolean;
}

/** A probability as a fraction in lowest terms: thirds stay thirds. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** More ways than a cluster has; a ruleset with more is not searched to its end. */
const MAX_WAYS = 20_000;

/** One way that a connection may go, and how likely it is. */
export interface Way {
  /** Of the connection alone: names were looked up before. */
  readonly steps: readonly Step[];
  readonly outcome: Outcome;
  readonly probability: number;
}

/** The back ends of all ways on which `connect` delivers, in the order of the rules. */
export function possibleBackends(world: World, connect: (journey: Journey) => Outcome): readonly Backend[] {
  const delivered = gathered(world, connect, (outcome) => (outcome.kind === 'delivered' ? formatSocket(outcome.backend) : null));
  return delivered.flatMap(({ outcome, weight }) =>
    outcome.kind === 'delivered' ? [{ address: outcome.backend, owner: outcome.owner, probability: asNumber(weight) }] : [],
  );
}

/** Every end that `connect` may come to, each once with the steps of the first way that led there. */
export function waysByEnd(world: World, connect: (journey: Journey) => Outcome): readonly Way[] {
  return gathered(world, connect, endOf).map(({ steps, outcome, weight }) => ({ steps, outcome, probability: asNumber(weight) }));
}

interface Gathered {
  readonly steps: readonly Step[];
  readonly outcome: Outcome;
  readonly weight: Fraction;
}

/** All ways, those with one key together; those without one are left out. */
function gathered(world: World, connect: (journey: Journey) => Outcome, keyOf: (outcome: Outcome) => string | null): readonly Gathered[] {
  const found = new Map<string, Gathered>();
  let plan: readonly Decision[] | null = [];
  for (let count = 0; plan !== null && count < MAX_WAYS; count += 1) {
    const taken: Decision[] = [];
    const journey = new Journey(world, plannedChance(plan, taken, world.seed));
    const outcome = connect(journey);
    const key = keyOf(outcome);
    plan = nextPlan(taken);
    if (key === null) continue;
    const known = found.get(key) ?? { steps: journey.steps, outcome, weight: { over: 0n, under: 1n } };
    found.set(key, { ...known, weight: plus(known.weight, weigh(taken)) });
  }
  return [...found.values()];
}

function asNumber({ over, under }: Fraction): number {
  return Number(over) / Number(under);
}

/** What tells two ends apart: who answered and what, or where and why nobody did. */
function endOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'delivered':
      return `delivered ${formatSocket(outcome.backend)} ${outcome.status}`;
    case 'rejected':
    case 'dropped':
      return `${outcome.kind} ${outcome.reason} ${outcome.netns} ${formatSocket(outcome.destination)}`;
    case 'unresolved':
      return `unresolved ${outcome.name}`;
    default:
      return unreachable(outcome);
  }
}

/** Falls as planned, and with yes where the plan has ended. Ports are of no account here: they are counted through. */
function plannedChance(plan: readonly Decision[], taken: Decision[], seed: number): Chance {
  let numbers = 0;
  const decide = (oneIn: number, times: number): boolean => {
    const hit = oneIn === times || (plan[taken.length]?.hit ?? true);
    taken.push({ oneIn, times, hit });
    return hit;
  };
  return {
    decide: (oneIn, times = 1) => {
      const hit = decide(oneIn, times);
      return { hit, draw: hit ? 0 : 1 - Number.EPSILON };
    },
    // A stranger who looks at a wheel in motion finds each turn as likely as the next.
    turn: (count) => {
      for (let left = count; left > 1; left -= 1) if (decide(left, 1)) return count - left;
      return count - 1;
    },
    between: (from, to) => {
      numbers += 1;
      return from + ((numbers * 7919) % (to - from + 1));
    },
    seed: () => seed,
  };
}

/** The last yes becomes a no, what came after is forgotten: depth first, until every condition has fallen both ways. */
function nextPlan(taken: readonly Decision[]): readonly Decision[] | null {
  for (let index = taken.length - 1; index >= 0; index -= 1) {
    const decision = taken[index];
    if (decision?.hit === true && decision.oneIn > decision.times) return [...taken.slice(0, index), { ...decision, hit: false }];
  }
  return null;
}

function weigh(taken: readonly Decision[]): Fraction {
  return taken.reduce<Fraction>(
    (weight, { oneIn, times, hit }) => lowest(weight.over * BigInt(hit ? times : oneIn - times), weight.under * BigInt(oneIn)),
    { over: 1n, under: 1n },
  );
}

function plus(a: Fraction, b: Fraction): Fraction {
  return lowest(a.over * b.under + b.over * a.under, a.under * b.under);
}

function lowest(over: bigint, under: bigint): Fraction {
  let [a, b] = [over, under];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? { over: 0n, under: 1n } : { over: over / a, under: under / a };
}
