// Where the packet is at a moment: between the station of the step before and that of `step`, at a fraction of the way.

import { along, at, type Point } from './geometry';
import type { Tracks } from './tracks';

export interface PacketPlace extends Point {
  /** Direction of travel in degrees; 0 is to the right. */
  readonly angle: number;
}

/** null where the packet stands nowhere in the picture. */
export function packetAt(tracks: Tracks, step: number, fraction: number): PacketPlace | null {
  const here = tracks.points[step] ?? null;
  if (here === null) return null;
  const leg = tracks.legs[step];
  if (leg === null || leg === undefined) return { ...here, angle: headingAt(tracks, step) };
  return along(leg.line, fraction);
}

/** At rest the chevron shows where the packet goes next, at the end where it came from. */
function headingAt(tracks: Tracks, step: number): number {
  const next = tracks.legs[step + 1];
  if (next !== null && next !== undefined) return along(next.line, 0).angle;
  const last = tracks.legs[step];
  return last === null || last === undefined ? 0 : along(last.line, 1).angle;
}

/** How long the packet travels, in milliseconds at speed 1: the same for every hop but the longest. */
export function travelTime(tracks: Tracks, step: number): number {
  return tracks.legs[step] === null || tracks.legs[step] === undefined ? 0 : 420;
}

export function restingAt(tracks: Tracks, step: number): PacketPlace {
  return packetAt(tracks, step, 1) ?? { ...at(0, 0), angle: 0 };
}
