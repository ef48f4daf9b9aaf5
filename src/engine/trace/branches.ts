// Every back end that a connection may end at, with its exact probability: the walk is repeated once for each way that the random
// conditions of the rules can fall, and each way is weighed. Endpoints are never looked at; a rule taken away changes the answer.

import type { Chance } from '../linux/chance';
import type { World } from '../linux/kernel';
import { formatSocket } from '../net/packet';
import { Journey } from './journey';
import type { Backend, Outcome } from './step';

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

/** The back ends of all ways on which `connect` delivers, in the order of the rules. */
export function possibleBackends(world: World, connect: (journey: Journey) => Outcome): readonly Backend[] {
  const found = new Map<string, { outcome: Outcome & { kind: 'delivered' }; weight: Fraction }>();
  let plan: readonly Decision[] | null = [];
  for (let way = 0; plan !== null && way < MAX_WAYS; way += 1) {
    const taken: Decision[] = [];
    const outcome = connect(new Journey(world, plannedChance(plan, taken, world.seed)));
    if (outcome.kind === 'delivered') {
      const key = formatSocket(outcome.backend);
      found.set(key, { outcome, weight: plus(found.get(key)?.weight ?? { over: 0n, under: 1n }, weigh(taken)) });
    }
    plan = nextPlan(taken);
  }
  return [...found.values()].map(({ outcome, weight }) => ({
    address: outcome.backend,
    owner: outcome.owner,
    probability: Number(weight.over) / Number(weight.under),
  }));
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
