// Looking ahead in a session without doing anything: what applying a text would change, and when the next thing happens.

import { interfered, LONGEST, lifeAt } from './axis';
import { weightOf } from './explain/happening';
import { formatRef, type ObjectRef } from './kube/ref';
import type { Live } from './live';
import type { Pending } from './live-view';
import { step } from './timeline/advance';
import type { Happening } from './timeline/happening';

/** What applying the text now would do. A text that cannot be read to its end would do nothing. */
export function pendingOf({ axis, at }: Live, text: string): Pending {
  const before = lifeAt(axis, at).happenings.length;
  const told = lifeAt(interfered(axis, at, { kind: 'manifest', text }), at)
    .happenings.slice(before)
    .filter(({ by }) => by.name === 'user');
  return {
    created: objectsOf(told, ['created']),
    configured: objectsOf(told, ['configured']),
    deleted: objectsOf(told, ['deletion-begun', 'deleted']),
  };
}

function objectsOf(told: readonly Happening[], codes: readonly Happening['code'][]): readonly ObjectRef[] {
  const objects = told.filter(({ code }) => codes.includes(code)).flatMap(({ object }) => object ?? []);
  return [...new Map(objects.map((object) => [formatRef(object), object])).values()];
}

/** Nobody waits longer than this for something to happen. */
const PATIENCE = 600_000;

/** The instant behind the clock's at which something happens that is no routine; null where nothing does within ten minutes. */
export function nextHappening({ axis, at }: Live): number | null {
  const until = Math.min(LONGEST, at + PATIENCE);
  let life = lifeAt(axis, at);
  for (let next = step(life, until); next !== null; next = step(life, until)) {
    const fresh = next.happenings.slice(life.happenings.length);
    if (next.now > at && fresh.some((each) => weightOf(each) !== 'routine')) return next.now;
    life = next;
  }
  return null;
}
