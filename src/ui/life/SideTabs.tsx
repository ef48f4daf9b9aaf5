// The head of the column at the right: over time it holds two lists, the cluster's history and the timetable of the request.

import { useApp } from '../../store/app';
import { showSide } from '../../store/live';
import { useLanguage, useMessages } from '../text';
import { lifeStrings } from './strings';

/** The names of both lists; the one that is shown is a heading, the other a button. */
export function SideTabs() {
  const text = useMessages();
  const words = lifeStrings(useLanguage());
  const side = useApp((state) => state.live?.side ?? 'timetable');
  const isLive = useApp((state) => state.live !== null);
  if (!isLive) return <h2>{text.timetable}</h2>;
  const name = { history: words.history, timetable: text.timetable };
  return (
    <div className="side-tabs">
      {(['history', 'timetable'] as const).map((each) =>
        each === side ? (
          <h2 key={each} className="tab here">
            {name[each]}
          </h2>
        ) : (
          <button key={each} type="button" className="tab" onClick={() => showSide(each)}>
            {name[each]}
          </button>
        ),
      )}
    </div>
  );
}
