// The piece of line at the left of a row: thick where the packet has been, thin where it will come, and the stop's own mark.

import type { Line, Stop } from '../../store/journey';
import { COLOURS } from '../player/Strip';

interface StopMarkProps {
  readonly stop: Stop;
  readonly line: Line;
  /** -1 behind the playhead, 0 here, 1 ahead. */
  readonly time: number;
}

export function StopMark({ stop, line, time }: StopMarkProps) {
  const from = stop.step === line.first ? 14.5 : 0;
  const to = stop.step === line.last ? 14.5 : 29;
  const colour = COLOURS[line.letter];
  const travelled = time <= 0;
  const way = `M11 ${from}V${to}`;
  return (
    <svg viewBox="0 0 22 29" aria-hidden="true">
      {from === to ? null : <path d={way} stroke={colour} strokeWidth={travelled ? (line.letter === 'R' ? 6 : 5) : 2.5} />}
      {travelled && line.letter === 'D' && from !== to ? <path className="strip-dots" d={`M11 ${from + 3}V${to}`} /> : null}
      {travelled && line.letter === 'R' && from !== to ? <path d={way} stroke="var(--sheet)" strokeWidth="2" /> : null}
      <Mark stop={stop} time={time} colour={colour} />
    </svg>
  );
}

function Mark({ stop, time, colour }: { readonly stop: Stop; readonly time: number; readonly colour: string }) {
  if (stop.shape === 'halt') {
    return (
      <>
        <rect x="4" y="7.5" width="14" height="14" fill="var(--drop)" stroke="var(--sheet)" strokeWidth="1.5" />
        <path d="M8 11.5l6 6M14 11.5l-6 6" stroke="var(--on)" strokeWidth="2" />
      </>
    );
  }
  if (time === 0) {
    return (
      <>
        <circle cx="11" cy="14.5" r="8" fill={colour} stroke="var(--sheet)" strokeWidth="2" />
        <path d="M8 12.5l3 3.5l3-3.5" stroke="var(--on)" strokeWidth="2" fill="none" />
      </>
    );
  }
  if (stop.shape === 'change') return <path className="stop-change" d="M11 8.5L17 14.5L11 20.5L5 14.5Z" />;
  if (stop.shape === 'terminus') return <rect className="stop-terminus" x="5" y="10" width="12" height="9" rx="2" />;
  return <circle className={time > 0 ? 'stop ahead' : 'stop'} cx="11" cy="14.5" r="4" />;
}
