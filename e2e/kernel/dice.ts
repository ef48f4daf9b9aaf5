// The generator's own dice: the same seed gives the same cluster, on every machine and in every year.

import { throwDice } from '../../src/engine/net/dice';

export class Dice {
  #seed: number;

  constructor(seed: number) {
    // Neighbouring seeds begin alike: a few throws part them.
    this.#seed = Math.imul(seed, 2654435761) >>> 0;
    for (let index = 0; index < 3; index += 1) this.number();
  }

  /** In [0, 1). */
  number(): number {
    const { value, seed } = throwDice(this.#seed);
    this.#seed = seed;
    return value;
  }

  /** Both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.number() * (to - from + 1));
  }

  /** Once in this share of the times. */
  chance(share: number): boolean {
    return this.number() < share;
  }

  pick<Of>(list: readonly Of[]): Of {
    const one = list[this.between(0, list.length - 1)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  }
}
