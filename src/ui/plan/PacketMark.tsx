// The packet: a disc with a chevron, its blind, and the cross where its way ends. The disc is moved by `useMotion`.

import { type RefObject, useMemo } from 'react';
import { type BlindPlace, blindAt } from '../../scene/blind';
import type { Scene } from '../../scene/layout';
import { monoWidth } from '../../scene/text-width';
import { isRefusal, type Tracks } from '../../scene/tracks';
import { laneOf } from '../../scene/way';
import { type BlindRow, type BlindText, blindText } from './blind-text';
import { Cross } from './marks';
import type { PlanStrings } from './strings';

interface PacketMarkProps {
  readonly scene: Scene;
  readonly tracks: Tracks;
  readonly step: number;
  readonly text: PlanStrings;
  readonly disc: RefObject<SVGGElement | null>;
}

export function PacketMark({ scene, tracks, step, text, disc }: PacketMarkProps) {
  const current = scene.way.steps[step];
  const point = tracks.points[step] ?? null;
  const words = useMemo(() => (current === undefined ? null : blindText(current, text)), [current, text]);
  const place = useMemo(
    () => (words === null || point === null ? null : blindAt(scene, tracks, { point, w: words.w, h: words.h })),
    [scene, tracks, point, words],
  );
  const halted = haltBefore(scene, step);
  const halt = halted === null ? null : (tracks.points[halted] ?? null);
  if (current === undefined) return null;
  const look = isRefusal(current) ? 'refusal' : laneOf(current);
  return (
    <g>
      {halt === null ? null : <Halt x={halt.x} y={halt.y} angle={angleInto(tracks, halted ?? step)} current={halted === step} />}
      {current.kind === 'concluded' && current.outcome.kind === 'dropped' && point !== null ? <Silence x={point.x} y={point.y} /> : null}
      {words === null || place === null ? null : (
        <g
          key={step}
          className="blind"
          data-follows=""
          data-lane={words.kind === 'packet' ? look : null}
          data-end={words.kind === 'end' || null}
        >
          <Pointer place={place} />
          <rect className="blind-body" x={place.x} y={place.y} width={place.w} height={place.h} rx="4" />
          <BlindWords place={place} words={words} />
        </g>
      )}
      <g
        ref={disc}
        className={halted === step || (halted !== null && current.kind === 'concluded') ? 'vehicle hidden' : 'vehicle'}
        data-lane={look}
      >
        <circle className="vehicle-ring" r="19" />
        <circle className="vehicle-disc" r="13.5" />
        <path className="vehicle-chevron" d="M-4 -6l7 6-7 6" />
      </g>
    </g>
  );
}

/** The last step, not after this one, at which the packet was refused or lost; null where there is none. */
function haltBefore(scene: Scene, step: number): number | null {
  for (let index = step; index >= 0; index -= 1) {
    const kind = scene.way.steps[index]?.kind;
    if (kind === 'rejected' || kind === 'dropped') return index;
  }
  return null;
}

/** The direction in which the packet came to this step, in right angles. */
function angleInto(tracks: Tracks, step: number): number {
  const line = tracks.legs[step]?.line ?? tracks.legs[step - 1]?.line ?? [];
  const [from, to] = [line.at(-2), line.at(-1)];
  if (from === undefined || to === undefined) return 0;
  return Math.abs(to.x - from.x) >= Math.abs(to.y - from.y) ? (to.x < from.x ? 180 : 0) : to.y < from.y ? -90 : 90;
}

/** A square with a cross, and the buffer stop behind it. */
function Halt({ x, y, angle, current }: { readonly x: number; readonly y: number; readonly angle: number; readonly current: boolean }) {
  const size = current ? 26 : 18;
  return (
    <g data-follows={current ? '' : null}>
      <path
        className="buffer"
        d={`M${size / 2 + 5} ${-size / 2 - 2}V${size / 2 + 2}`}
        transform={`translate(${x} ${y}) rotate(${angle})`}
      />
      <Cross x={x} y={y} size={size} />
    </g>
  );
}

/** Nothing comes back: the client waits, and the clock's ring fills. */
function Silence({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g className="silence" transform={`translate(${x} ${y}) rotate(-90)`}>
      <circle className="silence-face" r="13.5" />
      <circle className="silence-time" r="9" pathLength={1} />
    </g>
  );
}

function Pointer({ place: { x, y, w, h, tip, side } }: { readonly place: BlindPlace }) {
  const far = Math.hypot(tip.x - Math.min(x + w, Math.max(x, tip.x)), tip.y - Math.min(y + h, Math.max(y, tip.y))) > 20;
  // From afar a thin stem, not a wide pointer: it may cross tracks.
  const [half, thin] = far ? [1.5, 1] : [9, 0];
  const along = (from: number, size: number, value: number): number => Math.min(from + size - 13, Math.max(from + 13, value));
  if (side === 'top' || side === 'bottom') {
    const edge = side === 'top' ? y + 1 : y + h - 1;
    const foot = along(x, w, tip.x);
    return (
      <path
        className="blind-body"
        d={`M${foot - half} ${edge}L${tip.x - half * thin} ${tip.y}H${tip.x + half * thin}L${foot + half} ${edge}Z`}
      />
    );
  }
  const edge = side === 'left' ? x + 1 : x + w - 1;
  const foot = along(y, h, tip.y);
  return (
    <path
      className="blind-body"
      d={`M${edge} ${foot - half}L${tip.x} ${tip.y - half * thin}V${tip.y + half * thin}L${edge} ${foot + half}Z`}
    />
  );
}

function BlindWords({ place, words }: { readonly place: BlindPlace; readonly words: BlindText }) {
  if (words.kind === 'end')
    return (
      <g>
        <text x={place.x + 14} y={place.y + 22} className="blind-title">
          {words.title}
        </text>
        <text x={place.x + 14} y={place.y + 42} className="m t12">
          {words.detail}
        </text>
      </g>
    );
  return (
    <g>
      {words.rows.map((row, index) => (
        <Row key={row.label} row={row} left={place.x + words.indent} x={place.x + 14} y={place.y + 21 + index * 21} />
      ))}
      <text x={place.x + place.w - 12} y={place.y + 21} textAnchor="end" className="t12">
        {words.carries}
      </text>
    </g>
  );
}

interface RowProps {
  readonly row: BlindRow;
  readonly x: number;
  readonly y: number;
  /** Where the address begins. */
  readonly left: number;
}

/** One half of the blind; a new address stands on a yellow plate beside the old one, which is struck. */
function Row({ row, x, y, left }: RowProps) {
  const label = (
    <text x={x} y={y} className="t12">
      {row.label}
    </text>
  );
  if (row.was === null)
    return (
      <g>
        {label}
        <text x={left} y={y} className="m blind-address">
          {row.now}
        </text>
      </g>
    );
  const old = monoWidth(row.was, 13);
  const plate = left + old + 12;
  return (
    <g>
      {label}
      <text x={left} y={y} className="m blind-address old">
        {row.was}
      </text>
      <path className="strike" pathLength={1} d={`M${left - 2} ${y - 4.5}h${old + 4}`} />
      <g className="plate" style={{ transformOrigin: `${plate}px ${y - 4.5}px` }}>
        <rect className="plate-ground" x={plate} y={y - 15} width={monoWidth(row.now, 13) + 26} height="21" rx="2" />
        <path className="plate-diamond" d={`M${plate + 11} ${y - 10}l5.5 5.5l-5.5 5.5l-5.5 -5.5z`} />
        <text x={plate + 21} y={y} className="m blind-address w6">
          {row.now}
        </text>
      </g>
    </g>
  );
}
