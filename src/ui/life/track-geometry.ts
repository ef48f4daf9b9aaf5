// Where the lanes of the axis lie, in pixels.

import { LANES, type Lane } from '../../store/lanes';

export const TOP = 18;
export const ROW = 13;
export const HEIGHT = TOP + LANES.length * ROW + 4;

/** So that a mark at the very beginning is whole. */
export const EDGE = 8;

/** The middle of the lane. */
export function yOf(lane: Lane): number {
  return TOP + LANES.indexOf(lane) * ROW + ROW / 2;
}
