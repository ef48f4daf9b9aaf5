// A hop is the packet's stay in one namespace, in one direction: a run of steps with equal places. Derived, never stored.

import type { Place, Step } from './step';

export interface Hop {
  readonly at: Place;
  /** Indices of the first and the last step. */
  readonly first: number;
  readonly last: number;
}

/** The hops of a trace. Steps without a packet (planning a search, settling a name) belong to no hop. */
export function hops(steps: readonly Step[]): readonly Hop[] {
  const found: Hop[] = [];
  steps.forEach((step, index) => {
    if (step.skb === null) return;
    const open = found.at(-1);
    if (open !== undefined && open.last === index - 1 && samePlace(open.at, step.at)) found[found.length - 1] = { ...open, last: index };
    else found.push({ at: step.at, first: index, last: index });
  });
  return found;
}

export function samePlace(a: Place, b: Place): boolean {
  return a.exchange === b.exchange && a.direction === b.direction && a.netns === b.netns;
}
