// The bar of time beneath the plan. At rest one quiet line that offers to let time begin; over time the clock, its controls, and the axis.

import type { ReactNode } from 'react';
import { useApp } from '../../store/app';
import { clockTime, LIFE_SPEEDS } from '../../store/life-clock';
import {
  command,
  endLive,
  openFailure,
  redoLive,
  startLive,
  startStream,
  toggleClock,
  toNextHappening,
  toPreviousHappening,
  undoLive,
} from '../../store/live';
import { happeningAt, tallyOf } from '../../store/live-state';
import { Icon } from '../Icon';
import { useLanguage, useTold } from '../text';
import { LifeTrack } from './LifeTrack';
import { lifeStrings } from './strings';

export function LifeBar() {
  const isLive = useApp((state) => state.live !== null);
  const empty = useApp((state) => state.scenario.text.trim() === '');
  if (isLive) return <Running />;
  return empty ? null : <AtRest />;
}

function AtRest() {
  const words = lifeStrings(useLanguage());
  return (
    <section className="life-rest" aria-label={words.title}>
      <button type="button" className="life-start" title={words.startHint} onClick={() => startLive()}>
        <Icon name="clock" />
        {words.start}
      </button>
      <span className="life-hint">{words.startHint}</span>
      <button
        type="button"
        className="link life-nothing"
        title={words.fromNothingHint}
        onClick={() => startLive({ origin: 'nothing', run: true })}
      >
        {words.fromNothing}
      </button>
    </section>
  );
}

function Running() {
  const words = lifeStrings(useLanguage());
  return (
    <section className="life" aria-label={words.title}>
      <div className="life-head">
        <Clock />
        <Speed />
        <Traffic />
        <div className="life-tail">
          <Undoing />
          <button type="button" className="button life-end" title={words.toRestHint} onClick={endLive}>
            {words.toRest}
          </button>
        </div>
      </div>
      <LifeTrack />
      <Latest />
    </section>
  );
}

function Clock() {
  const words = lifeStrings(useLanguage());
  const running = useApp((state) => state.live?.clock.running === true);
  const time = useApp((state) => clockTime(state.live?.clock.now ?? 0));
  return (
    <div className="life-clock">
      <Tool name={words.previous} look="back" onPress={toPreviousHappening}>
        <Icon name="back" />
      </Tool>
      <button
        type="button"
        className="player-button main"
        aria-label={running ? words.pause : words.run}
        title={`${running ? words.pause : words.run} (L)`}
        onClick={toggleClock}
      >
        <Icon name={running ? 'pause' : 'play'} />
      </button>
      <Tool name={words.next} look="forward" onPress={toNextHappening}>
        <Icon name="forward" />
      </Tool>
      <span className="life-time mono" role="timer" aria-label={words.time}>
        {time}
      </span>
    </div>
  );
}

interface ToolProps {
  readonly name: string;
  readonly look: string;
  readonly onPress: () => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

function Tool({ name, look, onPress, disabled = false, children }: ToolProps) {
  return (
    <button type="button" className={`player-button ${look}`} aria-label={name} title={name} disabled={disabled} onClick={onPress}>
      {children}
    </button>
  );
}

function Speed() {
  const words = lifeStrings(useLanguage());
  const speed = useApp((state) => state.live?.clock.speed ?? 1);
  return (
    <label className="life-speed">
      <span className="unseen">{words.speed}</span>
      <select
        title={words.speed}
        value={String(speed)}
        onChange={(event) => {
          const chosen = LIFE_SPEEDS.find((each) => String(each) === event.target.value);
          if (chosen !== undefined) command({ kind: 'speed', speed: chosen });
        }}
      >
        {LIFE_SPEEDS.map((each) => (
          <option key={each} value={String(each)}>
            {each === 'leap' ? words.leap : `${each}×`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The request of the bar, again and again, and how it fared. */
function Traffic() {
  const words = lifeStrings(useLanguage());
  const sent = useApp((state) => state.live?.sent);
  const now = useApp((state) => state.live?.view?.now ?? 0);
  const { well, failed } = tallyOf(sent ?? [], now);
  const any = well > 0 || failed.length > 0;
  return (
    <div className="life-traffic">
      <button type="button" className="life-stream" title={words.trafficHint} onClick={startStream}>
        <Icon name="arrow" />
        {words.traffic}
      </button>
      {any ? (
        <span className="life-tally">
          {words.tally(well)}
          {failed.map(({ how, count }) => (
            <button key={how} type="button" className="link" title={words.openFailed} onClick={() => openFailure(how)}>
              {words.failure(how, count)}
            </button>
          ))}
        </span>
      ) : null}
    </div>
  );
}

function Undoing() {
  const words = lifeStrings(useLanguage());
  const undoable = useApp((state) => (state.live?.view?.undoable ?? 0) > 0);
  const redoable = useApp((state) => (state.live?.view?.redoable ?? 0) > 0);
  return (
    <div className="life-undo">
      <Tool name={words.undo} look="undo" disabled={!undoable} onPress={undoLive}>
        <Icon name="undo" />
      </Tool>
      <Tool name={words.redo} look="redo" disabled={!redoable} onPress={redoLive}>
        <Icon name="redo" />
      </Tool>
    </div>
  );
}

/** What happened last, in its sentence: while time goes by there is no stop to speak of. */
function Latest() {
  const words = lifeStrings(useLanguage());
  const told = useTold();
  const running = useApp((state) => state.live?.clock.running === true);
  const quiet = useApp((state) => state.live?.quiet === true);
  const onControl = useApp((state) => state.tab === 'control' && !(state.live?.quiet === true));
  const alone = useApp(({ tab }) => tab !== 'plan' && tab !== 'transcript' && tab !== 'control');
  const last = useApp((state) =>
    state.live === null
      ? null
      : (state.live.happenings[state.live.picked ?? -1] ?? happeningAt(state.live.happenings, state.live.clock.now)),
  );
  if (onControl) return null;
  if (quiet)
    return (
      <p className="life-latest" role="status">
        {words.quiet}
      </p>
    );
  if (!running && !alone) return null;
  return (
    <p role="status" className={last?.weight === 'trouble' ? 'life-latest trouble' : 'life-latest'}>
      {last === null ? words.nothingYet : told(last.told)}
    </p>
  );
}
