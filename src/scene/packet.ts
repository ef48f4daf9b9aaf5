// Where the packet is at a moment: between the station of the step before and that of `step`, at a fraction of the way.

import { along, lengthOf, type Point } from './geometry';
import { BEFORE_POD } from './stations';
import type { Tracks } from './tracks';

export interface PacketPlace extends Point {
  /** Direction of travel in degrees; 0 is to the right. */
  readonly angle: number;
}

/** null where the packet stands nowhere in the picture. */
export function packetAt(tracks: Tracks, step: number, fraction: number): PacketPlace | null {
  const here = tracks.points[step] ?? null;
  if (here === null) return null;
  const leg = tracks.legs[step] ?? null;
  if (leg === null || fraction >= 1) return { ...here, angle: headingAt(tracks, step) };
  const length = Math.max(1, lengthOf(leg.line));
  const start = isDoor(tracks, step - 1) ? BEFORE_POD / length : 0;
  const end = isDoor(tracks, step) ? 1 - BEFORE_POD / length : 1;
  return along(leg.line, start + (end - start) * fraction);
}

/** A Pod, or the node's own programs: the packet stops just before. */
function isDoor(tracks: Tracks, step: number): boolean {
  const kind = tracks.stations[step]?.kind;
  return kind === 'pod' || kind === 'host';
}

/** At rest the chevron shows where the packet goes next; where it goes nowhere, where it came from. */
function headingAt(tracks: Tracks, step: number): number {
  const next = tracks.legs[step + 1] ?? null;
  if (next !== null) return along(next.line, 0).angle;
  const last = tracks.legs[step] ?? null;
  return last === null ? 0 : along(last.line, 1).angle;
}

/** How long the packet travels to this step, in milliseconds at speed 1. */
export function travelTime(tracks: Tracks, step: number): number {
  return (tracks.legs[step] ?? null) === null ? 0 : 420;
}
