// Where chance comes from. The simulation throws seeded dice; the search for every possible back end answers each random
// condition itself, once with yes and once with no (`trace/branches.ts`).

import { throwDice } from '../net/dice';

export interface Chance {
  /** Whether a condition that holds once (or so many `times`) in `oneIn` times holds now, and the number in [0, 1) that was drawn. */
  readonly decide: (oneIn: number, times?: number) => { readonly hit: boolean; readonly draw: number };
  /** Whose turn it is among `count` that take turns, counted from 0. */
  readonly turn: (count: number, dealt: number) => number;
  /** A whole number from `from` to `to`, both included. */
  readonly between: (from: number, to: number) => number;
  /** The state of the dice after what was thrown so far. */
  readonly seed: () => number;
}

/** Dice that begin at this seed. */
export function seededChance(start: number): Chance {
  let seed = start;
  const draw = (): number => {
    const thrown = throwDice(seed);
    seed = thrown.seed;
    return thrown.value;
  };
  return {
    decide: (oneIn, times = 1) => {
      const value = draw();
      return { hit: value < times / oneIn, draw: value };
    },
    turn: (count, dealt) => dealt % count,
    between: (from, to) => from + Math.floor(draw() * (to - from + 1)),
    seed: () => seed,
  };
}
