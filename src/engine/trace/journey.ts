// A request under way: the world as it changes, the steps so far, the dice. Local to one call of `trace`; nobody else sees it change.

import { type Chance, seededChance } from '../linux/chance';
import { apply, type Effect } from '../linux/effect';
import type { Kernel, World } from '../linux/kernel';
import type { Place, Step } from './step';

type Facts<Of> = Of extends Step ? Omit<Of, 'at' | 'effects'> : never;

/** A step as the walk tells it: place and effects are added when it is written down. */
export type StepFacts = Facts<Step>;

export class Journey {
  readonly steps: Step[] = [];
  readonly chance: Chance;
  world: World;

  constructor(world: World, chance: Chance = seededChance(world.seed)) {
    this.world = world;
    this.chance = chance;
  }

  kernel(netns: string): Kernel {
    const kernel = this.world.kernels[netns];
    if (kernel === undefined) throw new Error(`there is no namespace ${netns}`);
    return kernel;
  }

  /** Writes the step down and lets its effects happen. Dice that were thrown since the last step are one of them. */
  add(at: Place, facts: StepFacts, effects: readonly Effect[] = []): void {
    const seed = this.chance.seed();
    const all: readonly Effect[] = seed === this.world.seed ? effects : [...effects, { kind: 'dice-thrown', seed }];
    for (const effect of all) this.world = apply(this.world, effect);
    this.steps.push({ at, effects: all, ...facts } as Step);
  }
}
