// The timetable: every stop of the journey in its line, the current one on ink ground. A click goes there.

import { Fragment, useEffect, useRef } from 'react';
import { playhead, useApp } from '../../store/app';
import type { Line, Stop } from '../../store/journey';
import { journey, type ToldStep, toldSteps, traceSteps } from '../../store/selectors';
import { keepInView } from '../keep-in-view';
import { SideTabs } from '../life/SideTabs';
import { useRequestProblem } from '../request-problem';
import { useMessages, useTold } from '../text';
import { ending } from './ending';
import { StopMark } from './StopMark';

export function Timetable() {
  const text = useMessages();
  const { lines, stops } = useApp(journey);
  const problem = useRequestProblem();
  return (
    <section className="timetable" aria-label={text.timetable}>
      <header>
        <SideTabs />
        <Summary />
      </header>
      <div className="timetable-list">
        {lines.length === 0 ? <p className="timetable-empty">{problem ?? text.noJourney}</p> : null}
        {lines.map((line) => (
          <Fragment key={`${line.letter}${line.first}`}>
            <LineHead line={line} />
            <ol start={line.first + 1}>
              {stops.slice(line.first, line.last + 1).map((stop) => (
                <Row key={stop.step} stop={stop} line={line} />
              ))}
            </ol>
          </Fragment>
        ))}
      </div>
    </section>
  );
}

function Summary() {
  const text = useMessages();
  const count = useApp((state) => traceSteps(state).length);
  const outcome = useApp((state) => state.sent?.told.trace.outcome);
  return outcome === undefined ? null : (
    <span className="timetable-summary">
      {text.stops(count)}, {ending(outcome, text)}
    </span>
  );
}

function LineHead({ line }: { readonly line: Line }) {
  const text = useMessages();
  const packet = useApp(
    (state) =>
      traceSteps(state)
        .slice(line.first, line.last + 1)
        .find((step) => step.skb !== null)?.skb?.packet,
  );
  const name = { D: text.lineD, A: text.lineA, R: text.lineR }[line.letter];
  const way = { D: null, A: text.bound, R: text.returning }[line.letter];
  const port = line.letter === 'R' ? packet?.source.port : packet?.destination.port;
  const carried =
    packet === undefined ? '' : `${line.letter === 'D' ? 'DNS, ' : ''}${packet.protocol}${packet.protocol === 'ICMP' ? '' : ` ${port}`}`;
  return (
    <h3 className="timetable-line">
      <i className={`bullet ${line.letter}`} aria-hidden="true">
        {line.letter}
      </i>
      {name}
      <span>
        {carried}
        {way === null || packet === undefined ? '' : `, ${way}`}
      </span>
    </h3>
  );
}

function Row({ stop, line }: { readonly stop: Stop; readonly line: Line }) {
  const told = useTold();
  const step = useApp((state) => toldSteps(state)[stop.step]);
  const time = useApp((state) => Math.sign(stop.step - state.playback.step));
  const row = useRef<HTMLButtonElement>(null);
  const current = time === 0;
  useEffect(() => {
    const list = row.current?.closest('.timetable-list');
    if (current && list && row.current) keepInView(list, row.current);
  }, [current]);
  if (step === undefined) return null;
  return (
    <li>
      <button
        ref={row}
        type="button"
        className={`row ${current ? 'current' : time > 0 ? 'ahead' : 'behind'}`}
        aria-current={current ? 'step' : undefined}
        title={told(step.title)}
        onClick={() => playhead({ kind: 'seek', step: stop.step })}
      >
        <span className="row-number">{stop.step + 1}</span>
        <StopMark stop={stop} line={line} time={time} />
        <Title text={told(step.title)} />
        <Detail stop={stop} step={step} />
      </button>
    </li>
  );
}

/** Longer names, made by controllers, give way to what happens. */
const LONG = 14;

/** The place first, in bold, then what happens there. Names of devices are what a terminal prints. */
function Title({ text }: { readonly text: string }) {
  const space = text.indexOf(' ');
  const place = space < 0 ? text : text.slice(0, space);
  return (
    <span className="row-title">
      <b className={look(place)}>{place}</b>
      {space < 0 ? null : <span>{text.slice(space + 1)}</span>}
    </span>
  );
}

function look(place: string): string | undefined {
  if (/^(cali|eth|tunl|veth|cni|lo$|vxlan|flannel)/.test(place)) return 'mono';
  return place.length > LONG ? 'long' : undefined;
}

function Detail({ stop, step }: { readonly stop: Stop; readonly step: ToldStep }) {
  const told = useTold();
  const text = told(step.detail);
  if (text === '') return null;
  return <span className="row-detail mono">{stop.shape === 'change' ? <span className="plate">{text}</span> : text}</span>;
}
