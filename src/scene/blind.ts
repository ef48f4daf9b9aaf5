// Where the packet's blind hangs: beside the station it speaks of, on the freest ground near it, and never on the station itself.

import { at, type Box, boxesAlong, grown, overlap, type Point } from './geometry';
import type { Scene } from './layout';
import type { Tracks } from './tracks';

export interface BlindPlace extends Box {
  /** The tip of the pointer, and the side of the blind that it leaves. */
  readonly tip: Point;
  readonly side: 'top' | 'bottom' | 'left' | 'right';
}

interface Obstacle {
  readonly box: Box;
  readonly weight: number;
}

/** From the middle of the disc to the tip of the pointer, and from there to the blind. */
const CLEAR = 25;
const POINTER = 13;

export function blindAt(scene: Scene, tracks: Tracks, { point, w, h }: { point: Point; w: number; h: number }): BlindPlace {
  const obstacles = obstaclesOf(scene, tracks);
  const disc = grown({ ...point, w: 0, h: 0 }, 22);
  let best: BlindPlace | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, place] of candidates(point, w, h).entries()) {
    const outside = w * h - overlap(place, { x: 22, y: 22, w: scene.width - 36, h: scene.legend.y - 36 });
    const cost =
      outside * 20 + overlap(place, disc) * 50 + index * 12 + obstacles.reduce((sum, one) => sum + overlap(place, one.box) * one.weight, 0);
    if (cost < least) [best, least] = [place, cost];
  }
  return best ?? { ...at(point.x, point.y), w, h, tip: point, side: 'top' };
}

/** In order of liking: beneath, above, beside; the pointer may leave anywhere along the edge. */
function candidates(point: Point, w: number, h: number): readonly BlindPlace[] {
  const found: BlindPlace[] = [];
  for (const extra of [0, 26, 52, 84]) {
    for (const share of [0.4, 0.6, 0.25, 0.75, 0.1, 0.9]) {
      const x = point.x - w * share;
      found.push({ x, y: point.y + CLEAR + POINTER + extra, w, h, tip: at(point.x, point.y + CLEAR), side: 'top' });
      found.push({ x, y: point.y - CLEAR - POINTER - extra - h, w, h, tip: at(point.x, point.y - CLEAR), side: 'bottom' });
    }
    for (const share of [0.5, 0.25, 0.75]) {
      const y = point.y - h * share;
      found.push({ x: point.x + CLEAR + POINTER + extra, y, w, h, tip: at(point.x + CLEAR, point.y), side: 'left' });
      found.push({ x: point.x - CLEAR - POINTER - extra - w, y, w, h, tip: at(point.x - CLEAR, point.y), side: 'right' });
    }
  }
  return found;
}

function obstaclesOf(scene: Scene, tracks: Tracks): readonly Obstacle[] {
  const found: Obstacle[] = [];
  const add = (box: Box, weight: number): void => {
    found.push({ box, weight });
  };
  for (const district of scene.districts) {
    add({ x: district.x + 10, y: district.y + 8, w: district.w - 20, h: 26 }, 3);
    for (const pod of district.pods) add(pod, pod.onWay ? 5 : 3);
    for (const pod of district.pods.filter((one) => one.onWay)) add({ x: pod.x, y: pod.label.y - 10, w: pod.w, h: 12 }, 2);
    for (const tick of district.ticks) add(tick, 1);
    for (const board of district.boards) add(board, 4);
    for (const mark of district.hooks) {
      add({ x: mark.x - 9, y: mark.y - 22, w: 18, h: 44 }, 6);
      add({ x: mark.x, y: mark.y - 70, w: 56, h: 56 }, 1.5);
    }
    if (district.register !== null) add(district.register, 3);
    if (district.host !== null) add(district.host, 5);
    for (const line of district.idle) for (const box of boxesAlong(line, 3)) add(box, 0.6);
  }
  for (const pill of scene.pills) add(pill, 4);
  for (const router of scene.routers) add(grown({ ...router, w: 0, h: 0 }, 16), 4);
  for (const rail of scene.rails) for (const box of boxesAlong(rail, 6)) add(box, 1);
  for (const leg of tracks.legs) if (leg !== null) for (const box of boxesAlong(leg.line, 4)) add(box, 1);
  return found;
}
