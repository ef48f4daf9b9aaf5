// Where the stops of the strip stand: one unit from stop to stop, more between two lines. Pure numbers; `Strip.tsx` draws them.

import type { Journey, Letter, Line, Stop } from '../../store/journey';

/** Between two lines, in units beyond the usual one. */
const GAP = 0.6;
const LEFT = 16;
const RIGHT = 30;
/** Under this distance the stops are drawn small. */
const TIGHT = 15;

export interface PlacedStop extends Stop {
  readonly x: number;
}

export interface PlacedLine {
  readonly letter: Letter;
  readonly from: number;
  readonly to: number;
  /** Where its letter and name begin; `named` where there is room for the name too. */
  readonly label: number;
  readonly named: boolean;
}

export interface StripGeometry {
  readonly stops: readonly PlacedStop[];
  readonly lines: readonly PlacedLine[];
  readonly tight: boolean;
}

/** `names` are the widths of the lines' names, their letters included. */
export function stripGeometry(journey: Journey, width: number, names: Readonly<Record<Letter, number>>): StripGeometry {
  const units = journey.stops.length - 1 + GAP * Math.max(0, journey.lines.length - 1);
  const unit = units > 0 ? Math.min(44, (width - LEFT - RIGHT) / units) : 0;
  const lineIndex = (step: number): number => journey.lines.findIndex((line) => step >= line.first && step <= line.last);
  const xOf = (step: number): number => LEFT + unit * (step + GAP * lineIndex(step));
  const stops = journey.stops.map((stop) => ({ ...stop, x: xOf(stop.step) }));
  return { stops, lines: labelled(journey.lines, { xOf, width, names }), tight: unit < TIGHT };
}

interface Ruler {
  readonly xOf: (step: number) => number;
  readonly width: number;
  readonly names: Readonly<Record<Letter, number>>;
}

/** A name begins under its line, or further left where it would leave the strip, but never on the name before. */
function labelled(lines: readonly Line[], { xOf, width, names }: Ruler): readonly PlacedLine[] {
  let free = 0;
  return lines.map((line, index) => {
    const next = lines[index + 1];
    const end = next === undefined ? width - 8 : xOf(next.first) - 12;
    const from = xOf(line.first);
    const label = next === undefined ? Math.max(free, Math.min(from, end - names[line.letter])) : from;
    const named = end - label >= names[line.letter];
    free = label + (named ? names[line.letter] : 20) + 14;
    return { letter: line.letter, from, to: xOf(line.last), label: named ? label : from, named };
  });
}

/** The stop nearest to a place on the strip; null where there is none. */
export function nearestStop(stops: readonly PlacedStop[], x: number): PlacedStop | null {
  let best: PlacedStop | null = null;
  for (const stop of stops) if (best === null || Math.abs(stop.x - x) < Math.abs(best.x - x)) best = stop;
  return best;
}
