// The whole journey in sentences: always there for a screen reader, seen when its tab is open. The current sentence is also announced.

import { Fragment } from 'react';
import { playhead, useApp } from '../../store/app';
import { currentTold, journey, toldSteps } from '../../store/selectors';
import { Prose } from '../Prose';
import { useMessages, useTold } from '../text';

export function Transcript({ shown }: { readonly shown: boolean }) {
  const text = useMessages();
  const told = useTold();
  const { lines } = useApp(journey);
  const steps = useApp(toldSteps);
  const current = useApp((state) => state.playback.step);
  const summary = useApp((state) => state.sent?.told.summary);
  const names = { D: text.lineD, A: text.lineA, R: text.lineR };
  return (
    <div className={shown ? 'transcript' : 'transcript unseen'}>
      {shown ? null : <h2>{text.transcript}</h2>}
      {summary === undefined ? <p>{text.noJourney}</p> : <p className="transcript-summary">{<Prose text={told(summary)} />}</p>}
      {lines.map((line) => (
        <Fragment key={`${line.letter}${line.first}`}>
          <h3>
            <i className={`bullet ${line.letter}`} aria-hidden="true">
              {line.letter}
            </i>
            {names[line.letter]}
          </h3>
          <ol start={line.first + 1}>
            {steps.slice(line.first, line.last + 1).map((step, offset) => {
              const index = line.first + offset;
              return (
                <li key={index} value={index + 1} aria-current={index === current ? 'step' : undefined}>
                  {shown ? (
                    <button type="button" className="transcript-stop" onClick={() => playhead({ kind: 'seek', step: index })}>
                      <span className="row-number">{index + 1}</span>
                      <span>
                        <Prose text={told(step.sentence)} />
                      </span>
                    </button>
                  ) : (
                    told(step.sentence)
                  )}
                </li>
              );
            })}
          </ol>
        </Fragment>
      ))}
    </div>
  );
}

/** Read out politely whenever the playhead rests on another stop. */
export function LiveSentence() {
  const told = useTold();
  const words = useApp((state) => (state.playback.playing ? null : currentTold(state)));
  return (
    <p className="unseen" aria-live="polite">
      {words === null ? '' : told(words.sentence)}
    </p>
  );
}
