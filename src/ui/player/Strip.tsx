// The strip above a carriage door: the whole journey as three short lines, a stop a step. Drag or click snaps to stops.

import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import type { Messages } from '../../i18n/messages';
import { playhead, useApp } from '../../store/app';
import type { Letter } from '../../store/journey';
import { currentTold, journey } from '../../store/selectors';
import { useMessages, useTold } from '../text';
import { useWidth } from '../use-width';
import { nearestStop, type PlacedLine, type PlacedStop, stripGeometry } from './strip-geometry';

const Y = 36;
export const COLOURS: Readonly<Record<Letter, string>> = { D: 'var(--dns)', A: 'var(--req)', R: 'var(--rep)' };

export function Strip() {
  const text = useMessages();
  const told = useTold();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 640);
  const lines = useApp(journey);
  const step = useApp((state) => state.playback.step);
  const title = useApp((state) => currentTold(state)?.title);
  const geometry = useMemo(() => stripGeometry(lines, width, nameWidths(text)), [lines, width, text]);
  const current = geometry.stops[step];
  const scrub = (event: PointerEvent<SVGSVGElement>): void => {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const stop = nearestStop(geometry.stops, event.clientX - event.currentTarget.getBoundingClientRect().left);
    if (stop !== null && stop.step !== useApp.getState().playback.step) playhead({ kind: 'seek', step: stop.step });
  };
  return (
    <div
      ref={box}
      className="strip"
      role="slider"
      tabIndex={0}
      aria-label={text.position}
      aria-valuemin={1}
      aria-valuemax={Math.max(1, geometry.stops.length)}
      aria-valuenow={step + 1}
      aria-valuetext={title === undefined ? text.noJourney : `${text.stopOf(step + 1, geometry.stops.length)}, ${told(title)}`}
      aria-disabled={current === undefined}
      onKeyDown={slide}
    >
      <svg width={width} height="84" viewBox={`0 0 ${width} 84`} aria-hidden="true" onPointerDown={scrub} onPointerMove={scrub}>
        {geometry.lines.map((line) => (
          <StripLine
            key={`${line.letter}${line.from}`}
            line={line}
            reached={reachedX(line, current)}
            here={current?.line === line.letter}
          />
        ))}
        {geometry.stops.map((stop) => (
          <StripStop key={stop.step} stop={stop} tight={geometry.tight} ahead={stop.step > step} />
        ))}
        {current === undefined ? null : <Vehicle stop={current} />}
        {current === undefined ? null : (
          <text className="strip-position" x={Math.min(width - 52, Math.max(48, current.x))} y="18" textAnchor="middle">
            {text.stopOf(step + 1, geometry.stops.length)}
          </text>
        )}
      </svg>
    </div>
  );
}

function nameOf(letter: Letter, text: Messages): string {
  return { D: text.lineD, A: text.lineA, R: text.lineR }[letter];
}

/** Close enough: the letter, and 5.2 px a character of the narrow face at 13 px. */
function nameWidths(text: Messages): Readonly<Record<Letter, number>> {
  const width = (letter: Letter): number => 22 + 5.2 * nameOf(letter, text).length;
  return { D: width('D'), A: width('A'), R: width('R') };
}

function slide(event: KeyboardEvent): void {
  const kind = { ArrowRight: 'forward', ArrowUp: 'forward', ArrowLeft: 'back', ArrowDown: 'back', Home: 'first', End: 'last' }[event.key];
  if (kind !== 'forward' && kind !== 'back' && kind !== 'first' && kind !== 'last') return;
  event.preventDefault();
  playhead({ kind });
}

/** How far along the line the packet has come. */
function reachedX(line: PlacedLine, current: PlacedStop | undefined): number {
  return Math.min(line.to, Math.max(line.from, current?.x ?? line.from));
}

function StripLine({ line, reached, here }: { readonly line: PlacedLine; readonly reached: number; readonly here: boolean }) {
  const text = useMessages();
  const colour = COLOURS[line.letter];
  return (
    <g>
      <path d={`M${line.from} ${Y}H${line.to}`} stroke={colour} strokeWidth="2.5" />
      <path d={`M${line.from} ${Y}H${reached}`} stroke={colour} strokeWidth={line.letter === 'R' ? 7 : 6} />
      {line.letter === 'D' ? <path className="strip-dots" d={`M${line.from + 5} ${Y}H${reached}`} /> : null}
      {line.letter === 'R' ? <path d={`M${line.from} ${Y}H${reached}`} stroke="var(--sheet)" strokeWidth="2.6" /> : null}
      <circle cx={line.label + 2} cy="63" r="9" fill={colour} />
      <text x={line.label + 2} y="67.2" textAnchor="middle" className="strip-letter">
        {line.letter}
      </text>
      {line.named ? (
        <text x={line.label + 17} y="67.2" className={here ? 'strip-name here' : 'strip-name'}>
          {nameOf(line.letter, text)}
        </text>
      ) : null}
    </g>
  );
}

function StripStop({ stop, tight, ahead }: { readonly stop: PlacedStop; readonly tight: boolean; readonly ahead: boolean }) {
  const { x } = stop;
  const size = tight ? 0.72 : 1;
  const place = `translate(${x} ${Y}) scale(${size})`;
  if (stop.shape === 'change') return <path className="stop-change" transform={place} d="M0 -6.5L6.5 0L0 6.5L-6.5 0Z" />;
  if (stop.shape === 'halt') return <Halt place={place} />;
  if (stop.shape === 'terminus') return <rect className="stop-terminus" transform={place} x="-5" y="-6" width="10" height="12" rx="2.5" />;
  return <circle className={ahead ? 'stop ahead' : 'stop'} transform={place} r="3.6" />;
}

/** Refused or lost: a square with a cross, and the buffer stop behind it. */
function Halt({ place }: { readonly place: string }) {
  return (
    <g transform={place}>
      <path d="M11 -10V10" stroke="var(--drop)" strokeWidth="4" />
      <rect x="-8" y="-8" width="16" height="16" fill="var(--drop)" />
      <path d="M-3.5 -3.5L3.5 3.5M3.5 -3.5L-3.5 3.5" stroke="var(--on)" strokeWidth="2.4" />
    </g>
  );
}

function Vehicle({ stop }: { readonly stop: PlacedStop }) {
  if (stop.shape === 'halt') return <Halt place={`translate(${stop.x} ${Y}) scale(1.3)`} />;
  return (
    <g className="vehicle" style={{ transform: `translate(${stop.x}px, ${Y}px)` }}>
      <circle r="12" fill={COLOURS[stop.line]} stroke="var(--sheet)" strokeWidth="2.5" />
      <path d="M-3 -5l6 5-6 5" stroke="var(--on)" strokeWidth="2.4" fill="none" />
    </g>
  );
}
