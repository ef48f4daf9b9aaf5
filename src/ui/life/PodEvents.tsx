// What happened to a Pod until now, on its card: the last of it first, as `kubectl describe` ends with its Events. The same sentence several
// times is one line with a count. Each line leads to its happening.

import { useMemo } from 'react';
import type { HappeningView } from '../../engine/index';
import { useApp } from '../../store/app';
import { clockTime } from '../../store/life-clock';
import { pickHappening } from '../../store/live';
import { type ObjectEvent, objectEvents } from '../../store/object-events';
import { useLanguage, useTold } from '../text';
import { lifeStrings } from './strings';

/** As many as are read at a glance; the history has them all. */
const SHOWN = 5;
const NONE: readonly HappeningView[] = [];

export function PodEvents({ namespace, name }: { readonly namespace: string; readonly name: string }) {
  const words = lifeStrings(useLanguage());
  const happenings = useApp((state) => state.live?.happenings ?? NONE);
  const now = useApp((state) => state.live?.view?.now ?? 0);
  const events = useMemo(
    () => objectEvents(happenings, { object: { kind: 'Pod', namespace, name }, now }).slice(0, SHOWN),
    [happenings, namespace, name, now],
  );
  if (events.length === 0) return null;
  return (
    <div className="card-events">
      <h4>{words.events}</h4>
      <ol>
        {events.map((event) => (
          <Line key={event.last.index} event={event} times={words.times} />
        ))}
      </ol>
    </div>
  );
}

function Line({ event: { last, count }, times }: { readonly event: ObjectEvent; readonly times: (count: number) => string }) {
  const told = useTold();
  return (
    <li>
      <button type="button" className={`card-event ${last.weight}`} onClick={() => pickHappening(last.index)}>
        <span className="mono">{clockTime(last.at)}</span> {told(last.told)}
        {count > 1 ? <b> {times(count)}</b> : null}
      </button>
    </li>
  );
}
