// The axis: lanes of happenings from the hand that acts down to the packets, and the instant at which the clock stands. Drag, or use the
// arrow keys; a mark leads to its happening, a tick to its request.

import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import type { HappeningView, SentAt } from '../../engine/index';
import { useApp } from '../../store/app';
import { instantAt, LANES, marksOf, placeOf, SCALES, type Span, scaleTicks, spanWith, ticksOf } from '../../store/lanes';
import { clockTime } from '../../store/life-clock';
import { openTick, pickHappening, seek } from '../../store/live';
import { happeningAt } from '../../store/live-state';
import { useLanguage, useTold } from '../text';
import { useWidth } from '../use-width';
import { LifeMarks } from './LifeMarks';
import { LifeTicks } from './LifeTicks';
import { type LifeStrings, lifeStrings } from './strings';
import { EDGE, HEIGHT, TOP, yOf } from './track-geometry';

const NAMES = 84;

const NONE: readonly HappeningView[] = [];
const NOTHING: readonly SentAt[] = [];

export function LifeTrack() {
  const words = lifeStrings(useLanguage());
  const box = useRef<HTMLDivElement>(null);
  const width = Math.max(80, useWidth(box, 700) - NAMES - 2 * EDGE - 4);
  const now = useApp((state) => state.live?.clock.now ?? 0);
  const until = useApp((state) => state.live?.view?.until ?? 0);
  const [scale, setScale] = useState(1);
  const [dragging, setDragging] = useState(false);
  const span = useSpan(SCALES[scale]?.length ?? 30_000, now, dragging);
  const happenings = useApp((state) => state.live?.happenings ?? NONE);
  const sent = useApp((state) => state.live?.sent ?? NOTHING);
  const marks = useMemo(() => marksOf(happenings, span, { width, now }), [happenings, span, width, now]);
  const ticks = useMemo(() => ticksOf(sent, span, { width, now }), [sent, span, width, now]);
  const scrub = (event: PointerEvent<SVGSVGElement>): void => {
    if (event.buttons !== 1 || (event.type === 'pointerdown' && picks(event.target))) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragging(true);
    seek(instantAt(event.clientX - event.currentTarget.getBoundingClientRect().left - EDGE, span, width), { dragging: true });
  };
  const drop = (): void => {
    if (!dragging) return;
    setDragging(false);
    seek(useApp.getState().live?.clock.now ?? 0);
  };
  return (
    <div ref={box} className="life-track">
      <Names words={words} scale={scale} setScale={setScale} />
      <div className="life-axis">
        <Slider now={now} until={until} words={words}>
          <svg
            width={width + 2 * EDGE}
            height={HEIGHT}
            viewBox={`${-EDGE} 0 ${width + 2 * EDGE} ${HEIGHT}`}
            aria-hidden="true"
            onPointerDown={scrub}
            onPointerMove={scrub}
            onPointerUp={drop}
            onPointerCancel={drop}
          >
            <Ground span={span} width={width} tick={SCALES[scale]?.tick ?? 5000} until={until} />
            <LifeMarks marks={marks} ticks={ticks} words={words} />
            <Needle x={placeOf(now, span, width)} width={width} />
          </svg>
        </Slider>
        <LifeTicks ticks={ticks} words={words} />
      </div>
    </div>
  );
}

/** A mark leads to its happening, a tick to its request; elsewhere the pointer moves the clock. */
function picks(target: EventTarget): boolean {
  const mark = target instanceof Element ? target.closest('.life-pick') : null;
  const [happening, request] = [mark?.getAttribute('data-happening'), mark?.getAttribute('data-request')];
  if (happening != null) pickHappening(Number(happening));
  if (request != null) openTick(Number(request));
  return mark !== null;
}

/** The stretch that is drawn: turned like a page when the clock leaves it, but not while the reader drags. */
function useSpan(length: number, now: number, dragging: boolean): Span {
  const kept = useRef<Span>({ from: 0, length });
  if (kept.current.length !== length) kept.current = spanWith({ from: Math.max(0, now - length / 2), length }, now);
  if (!dragging) kept.current = spanWith(kept.current, now);
  return kept.current;
}

interface NamesProps {
  readonly words: LifeStrings;
  readonly scale: number;
  readonly setScale: (scale: number) => void;
}

function Names({ words, scale, setScale }: NamesProps) {
  return (
    <div className="life-lanes">
      <span className="life-zoom">
        <button
          type="button"
          aria-label={words.further}
          title={words.further}
          disabled={scale === SCALES.length - 1}
          onClick={() => setScale(scale + 1)}
        >
          −
        </button>
        <button type="button" aria-label={words.nearer} title={words.nearer} disabled={scale === 0} onClick={() => setScale(scale - 1)}>
          +
        </button>
      </span>
      {LANES.map((lane) => (
        <span key={lane}>{words.lanes[lane]}</span>
      ))}
    </div>
  );
}

interface SliderProps {
  readonly now: number;
  readonly until: number;
  readonly words: LifeStrings;
  readonly children: React.ReactNode;
}

function Slider({ now, until, words, children }: SliderProps) {
  const told = useTold();
  const last = useApp((state) => happeningAt(state.live?.happenings ?? NONE, state.live?.clock.now ?? 0));
  return (
    <div
      className="life-slider"
      role="slider"
      tabIndex={0}
      aria-label={words.position}
      aria-valuemin={0}
      aria-valuemax={Math.round(until / 1000)}
      aria-valuenow={Math.min(Math.round(now / 1000), Math.round(until / 1000))}
      aria-valuetext={words.positionText(clockTime(now), last === null ? words.nothingYet : told(last.told))}
      onKeyDown={slide}
    >
      {children}
    </div>
  );
}

function slide(event: KeyboardEvent): void {
  const { live } = useApp.getState();
  if (live === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const { now } = live.clock;
  const small = event.shiftKey ? 100 : 1000;
  const place = {
    ArrowRight: now + small,
    ArrowUp: now + small,
    ArrowLeft: now - small,
    ArrowDown: now - small,
    PageUp: now + 10_000,
    PageDown: now - 10_000,
    Home: 0,
    End: live.happenings.at(-1)?.at ?? now,
  }[event.key];
  if (place === undefined) return;
  event.preventDefault();
  seek(place);
}

interface GroundProps {
  readonly span: Span;
  readonly width: number;
  readonly tick: number;
  readonly until: number;
}

function Ground({ span, width, tick, until }: GroundProps) {
  const known = Math.min(width, Math.max(0, placeOf(until, span, width)));
  return (
    <g>
      <rect className="life-known" x="0" y={TOP - 2} width={known} height={HEIGHT - TOP} />
      {scaleTicks(span, tick).map((at) => {
        const x = placeOf(at, span, width);
        return (
          <g key={at}>
            <path className="life-hair" d={`M${x} ${TOP - 2}V${HEIGHT}`} />
            <text className="life-scale" x={Math.min(width - 14, Math.max(10, x))} y="11" textAnchor="middle">
              {clockTime(at).slice(0, -2)}
            </text>
          </g>
        );
      })}
      {LANES.map((lane) => (
        <path key={lane} className="life-lane" d={`M0 ${yOf(lane)}H${width}`} />
      ))}
    </g>
  );
}

/** Where the clock stands. */
function Needle({ x, width }: { readonly x: number; readonly width: number }) {
  if (x < -1 || x > width + 1) return null;
  return (
    <g className="life-needle" transform={`translate(${x} 0)`}>
      <path d={`M0 ${TOP - 5}V${HEIGHT}`} />
      <path className="life-handle" d={`M-6 0H6V${TOP - 11}L0 ${TOP - 4}L-6 ${TOP - 11}Z`} />
    </g>
  );
}
