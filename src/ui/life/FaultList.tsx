// What is broken now, in a corner of the plan, each with the button that mends it.

import type { Fault } from '../../engine/index';
import { useApp } from '../../store/app';
import { changeLive } from '../../store/live';
import { Icon } from '../Icon';
import { useLanguage } from '../text';
import { faultWords, subjectOf } from './fault-words';

const NONE: readonly Fault[] = [];

export function FaultList() {
  const words = faultWords(useLanguage());
  const faults = useApp((state) => state.live?.view?.faults ?? NONE);
  if (faults.length === 0) return null;
  return (
    <aside className="faults" aria-label={words.broken}>
      <h3>{words.broken}</h3>
      <ul>
        {faults.map((fault) => (
          <li key={JSON.stringify(fault)}>
            <Icon name="cross" />
            <span>
              <b>{subjectOf(fault)}</b> {words.wrong(fault)}
            </span>
            <button
              type="button"
              className="link"
              aria-label={`${words.mend}: ${subjectOf(fault)}`}
              onClick={() => changeLive({ kind: 'mend-fault', fault })}
            >
              {words.mend}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}
