// The history of the cluster, a line a happening, the last one before the clock's instant on ink ground; what is still to come is grey.
// Filtered by object and by part. Of a long history the neighbourhood of the instant is listed.

import { memo, useEffect, useMemo, useRef } from 'react';
import type { HappeningView } from '../../engine/index';
import { useApp } from '../../store/app';
import { clockTime } from '../../store/life-clock';
import { filterHistory, pickHappening } from '../../store/live';
import type { HistoryFilter } from '../../store/live-state';
import { keepInView } from '../keep-in-view';
import { useLanguage, useTold } from '../text';
import { partName } from './part-names';
import { SideTabs } from './SideTabs';
import { type LifeStrings, lifeStrings } from './strings';

const BEFORE = 200;
const BEHIND = 60;
const NONE: readonly HappeningView[] = [];
const ALL: HistoryFilter = { part: null, object: null };

export function History() {
  const words = lifeStrings(useLanguage());
  const all = useApp((state) => state.live?.happenings ?? NONE);
  const now = useApp((state) => state.live?.view?.now ?? 0);
  const picked = useApp((state) => state.live?.picked ?? null);
  const filter = useApp((state) => state.live?.filter ?? ALL);
  const shown = useMemo(() => all.filter((each) => passes(each, filter)), [all, filter]);
  const last = shown.findLastIndex(({ at }) => at <= now);
  const here = picked ?? shown[last]?.index ?? null;
  const first = Math.max(0, last - BEFORE);
  const rows = shown.slice(first, last + BEHIND);
  return (
    <section className="timetable history" aria-label={words.history}>
      <header>
        <SideTabs />
        <span className="timetable-summary">{words.happenings(last + 1)}</span>
      </header>
      <Filters all={all} filter={filter} words={words} />
      <div className="timetable-list">
        {shown.length === 0 ? <p className="timetable-empty">{words.noHistory}</p> : null}
        {first > 0 ? <p className="history-more">{words.earlier(first)}</p> : null}
        <ol>
          {rows.map((each) => (
            <Row key={each.index} happening={each} here={each.index === here} ahead={each.at > now} words={words} />
          ))}
        </ol>
        {last + BEHIND < shown.length ? <p className="history-more">{words.later(shown.length - last - BEHIND)}</p> : null}
      </div>
    </section>
  );
}

function passes(happening: HappeningView, { part, object }: HistoryFilter): boolean {
  return (part === null || happening.part === part) && (object === null || objectName(happening) === object);
}

function objectName({ object }: HappeningView): string | null {
  return object === null ? null : `${object.kind} ${object.namespace === null ? '' : `${object.namespace}/`}${object.name}`;
}

interface FiltersProps {
  readonly all: readonly HappeningView[];
  readonly filter: HistoryFilter;
  readonly words: LifeStrings;
}

function Filters({ all, filter, words }: FiltersProps) {
  const parts = useMemo(() => [...new Set(all.map(({ part }) => part))].sort(), [all]);
  const objects = useMemo(() => [...new Set(all.flatMap((each) => objectName(each) ?? []))].sort(), [all]);
  return (
    <div className="history-filters">
      <select
        aria-label={words.filterPart}
        value={filter.part ?? ''}
        onChange={(event) => filterHistory({ part: parts.find((each) => each === event.target.value) ?? null })}
      >
        <option value="">{words.allParts}</option>
        {parts.map((each) => (
          <option key={each} value={each}>
            {partName(each, words.lanes.user)}
          </option>
        ))}
      </select>
      <select
        aria-label={words.filterObject}
        value={filter.object ?? ''}
        onChange={(event) => filterHistory({ object: event.target.value === '' ? null : event.target.value })}
      >
        <option value="">{words.allObjects}</option>
        {objects.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </div>
  );
}

interface RowProps {
  readonly happening: HappeningView;
  readonly here: boolean;
  readonly ahead: boolean;
  readonly words: LifeStrings;
}

const Row = memo(function Row({ happening, here, ahead, words }: RowProps) {
  const told = useTold();
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const list = row.current?.closest('.timetable-list');
    if (here && list && row.current) keepInView(list, row.current);
  }, [here]);
  const { at, part, node, weight, index } = happening;
  return (
    <li>
      <button
        ref={row}
        type="button"
        className={`history-row ${weight}${here ? ' current' : ahead ? ' ahead' : ''}`}
        aria-current={here ? 'step' : undefined}
        onClick={() => pickHappening(index)}
      >
        <span className="history-time mono">{clockTime(at)}</span>
        <span className="history-part">
          {weight === 'trouble' ? <span className="history-trouble">{words.trouble}</span> : null}
          {partName(part, words.lanes.user)}
          {node === null ? null : <span>{node}</span>}
          {ahead ? <span className="unseen">{words.ahead}</span> : null}
        </span>
        <span className="history-told">{told(happening.told)}</span>
      </button>
    </li>
  );
});
