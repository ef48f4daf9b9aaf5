// How many of many requests went to each back end, most first, those that were not delivered last.

import type { Sample } from '../../engine/view';

export interface Share {
  /** The address; null for what was not delivered. */
  readonly name: string | null;
  readonly pod: string | null;
  readonly count: number;
}

export function sharesOf(samples: readonly Sample[]): readonly Share[] {
  const names = [...new Set(samples.map((sample) => sample.backend))];
  const shares = names.map((name) => {
    const those = samples.filter((sample) => sample.backend === name);
    return { name, pod: those[0]?.pod ?? null, count: those.length };
  });
  return shares.sort(
    (a, b) => Number(a.name === null) - Number(b.name === null) || b.count - a.count || ((a.name ?? '') < (b.name ?? '') ? -1 : 1),
  );
}
