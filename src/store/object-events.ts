// What happened to one object, as a list that is read at a glance: the last first, and what was said several times said once. Pure.

import type { HappeningView, ObjectRef } from '../engine/index';

export interface ObjectEvent {
  readonly last: HappeningView;
  readonly count: number;
}

/** Until the instant. */
export function objectEvents(
  happenings: readonly HappeningView[],
  { object, now }: { readonly object: ObjectRef; readonly now: number },
): readonly ObjectEvent[] {
  const events = new Map<string, ObjectEvent>();
  for (const each of happenings) {
    if (each.at > now || !isSame(each.object, object)) continue;
    const before = events.get(each.told.en);
    events.delete(each.told.en);
    events.set(each.told.en, { last: each, count: (before?.count ?? 0) + 1 });
  }
  return [...events.values()].reverse();
}

function isSame(one: ObjectRef | null, other: ObjectRef): boolean {
  return one !== null && one.kind === other.kind && one.namespace === other.namespace && one.name === other.name;
}
