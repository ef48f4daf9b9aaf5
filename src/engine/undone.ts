// What was undone in a session and could be done again, as plain data: the lives follow from it, as they do from what was done. Each step
// says only how it differs from the one before, so that a long list does not repeat every text that was applied.

import { courseOf, type Live, relived, seek } from './live';
import type { Deed } from './live-view';

/** One step that can be done again. */
export interface Undone {
  /** Where the clock stood before it was undone. */
  readonly at: number;
  /** So many deeds of the step before still stand: of the first step, of the session's own. */
  readonly stands: number;
  /** What was done behind those. */
  readonly done: readonly Deed[];
}

/** The next step first. */
export function undoneOf({ deeds, future }: Live): readonly Undone[] {
  return future.map((course, index) => {
    const before = future[index - 1]?.deeds ?? deeds;
    const differs = before.findIndex((deed, place) => deed !== course.deeds[place]);
    const stands = differs < 0 ? before.length : differs;
    return { at: course.at, stands, done: course.deeds.slice(stands) };
  });
}

/** The session in which all this can be done again. `beginning`: the session as it was before anything was done. */
export function withUndone(live: Live, beginning: Live, undone: readonly Undone[]): Live {
  let last = live;
  const future = undone.map(({ at, stands, done }) => {
    const common = stands === last.deeds.length ? last : relived(beginning, last.deeds.slice(0, stands));
    last = seek(relived(common, done), at);
    return courseOf(last);
  });
  return { ...live, future };
}
