// What lies on the axis: marks of happenings and ticks of requests, drawn. The pointer reaches them here, the keyboard by other ways: the
// happenings in the history, the requests in `LifeTicks.tsx`.

import type { HappeningView, SentAt } from '../../engine/index';
import { useApp } from '../../store/app';
import type { Mark, Tick } from '../../store/lanes';
import { clockTime } from '../../store/life-clock';
import { useTold } from '../text';
import type { LifeStrings } from './strings';
import { tickName } from './tick-name';
import { yOf } from './track-geometry';

const NONE: readonly HappeningView[] = [];
const NOTHING: readonly SentAt[] = [];

interface LifeMarksProps {
  readonly marks: readonly Mark[];
  readonly ticks: readonly Tick[];
  readonly words: LifeStrings;
}

export function LifeMarks({ marks, ticks, words }: LifeMarksProps) {
  const told = useTold();
  const happenings = useApp((state) => state.live?.happenings ?? NONE);
  const sent = useApp((state) => state.live?.sent ?? NOTHING);
  const picked = useApp((state) => state.live?.picked ?? null);
  const opened = useApp((state) => state.live?.opened ?? null);
  return (
    <g>
      {marks.map((mark) => {
        const happening = happenings[mark.index];
        return happening === undefined ? null : (
          <g key={`${mark.lane}${mark.x}`} className="life-pick" data-happening={mark.index}>
            <title>{`${clockTime(happening.at)}  ${told(happening.told)}`}</title>
            <MarkShape mark={mark} y={yOf(mark.lane)} here={picked === mark.index} />
          </g>
        );
      })}
      {ticks.map((tick) => {
        const each = sent[tick.index];
        return each === undefined ? null : (
          <g key={tick.index} className="life-pick" data-request={tick.index}>
            <title>{tickName(words, each, tick)}</title>
            <TickMark tick={tick} y={yOf('requests')} here={opened === tick.index} />
          </g>
        );
      })}
    </g>
  );
}

/** Routine is a dash, a step a station, trouble a triangle; several at one place are a wider station. */
function MarkShape({ mark: { x, weight, count, ahead }, y, here }: { readonly mark: Mark; readonly y: number; readonly here: boolean }) {
  const look = `life-mark ${weight}${ahead ? ' ahead' : ''}${here ? ' here' : ''}`;
  const place = `translate(${x} ${y})`;
  if (weight === 'trouble') return <path className={look} transform={place} d="M0 -5.5L5.5 4.5H-5.5Z" />;
  if (weight === 'routine') return <path className={look} transform={place} d="M0 -3.5V3.5" />;
  if (count > 1) return <rect className={look} transform={place} x="-4.5" y="-3.2" width={9} height="6.4" rx="3.2" />;
  return <circle className={look} transform={place} r="3.2" />;
}

/** Well: a stroke. An error that was answered: a triangle. Refused: a square with a cross. Lost: a ring. No address: a diamond. */
function TickMark({ tick: { x, shape, ahead }, y, here }: { readonly tick: Tick; readonly y: number; readonly here: boolean }) {
  const look = `life-tick ${shape}${ahead ? ' ahead' : ''}${here ? ' here' : ''}`;
  const place = `translate(${x} ${y})`;
  switch (shape) {
    case 'well':
      return <path className={look} transform={place} d="M0 -4.5V4.5" />;
    case 'error':
      return <path className={look} transform={place} d="M0 -4.5L4.5 4H-4.5Z" />;
    case 'dropped':
      return <circle className={look} transform={place} r="3.6" />;
    case 'unresolved':
      return <path className={look} transform={place} d="M0 -5L4.5 0L0 5L-4.5 0Z" />;
    case 'rejected':
      return (
        <g className={look} transform={place}>
          <rect x="-4.5" y="-4.5" width="9" height="9" />
          <path d="M-2.2 -2.2L2.2 2.2M2.2 -2.2L-2.2 2.2" />
        </g>
      );
    default:
      return shape satisfies never;
  }
}
