// Where the packet's blind hangs: beside the station it speaks of, on the freest ground near it, and never on the station itself.

import type { PodBox } from './district';
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
  for (const [index, place] of candidates(scene, point, { w, h }).entries()) {
    const outside = w * h - overlap(place, { x: 22, y: 22, w: scene.width - 36, h: scene.legend.y - 36 });
    const stem = stemOf(place);
    const covered = obstacles.reduce((sum, one) => sum + (overlap(place, one.box) + 12 * overlap(stem, one.box)) * one.weight, 0);
    const cost = outside * 20 + overlap(place, disc) * 50 + index * 16 + covered;
    if (cost < least) [best, least] = [place, cost];
  }
  return best ?? { ...at(point.x, point.y), w, h, tip: point, side: 'top' };
}

/** The ground of the pointer. */
function stemOf({ x, y, w, h, tip, side }: BlindPlace): Box {
  if (side === 'top') return { x: tip.x - 2, y: tip.y, w: 4, h: y - tip.y };
  if (side === 'bottom') return { x: tip.x - 2, y: y + h, w: 4, h: tip.y - y - h };
  if (side === 'left') return { x: tip.x, y: tip.y - 2, w: x - tip.x, h: 4 };
  return { x: x + w, y: tip.y - 2, w: tip.x - x - w, h: 4 };
}

/** In order of liking: beneath, above, beside; the pointer may leave anywhere along the edge. */
function candidates(scene: Scene, point: Point, { w, h }: { w: number; h: number }): readonly BlindPlace[] {
  const found: BlindPlace[] = [];
  const inside = (x: number): number => Math.min(scene.width - 18 - w, Math.max(26, x));
  for (const extra of [0, 24, 50, 76, 110]) {
    for (const share of [0.4, 0.55, 0.25, 0.7, 0.12, 0.8, 0.9]) {
      const x = inside(point.x - w * share);
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

function labelBox({ label, client }: PodBox): Box {
  return { x: label.anchor === 'start' ? label.x : label.x - 100, y: label.y - 10, w: 100, h: client ? 26 : 12 };
}

function obstaclesOf(scene: Scene, tracks: Tracks): readonly Obstacle[] {
  const found: Obstacle[] = [];
  const add = (box: Box, weight: number): void => {
    found.push({ box, weight });
  };
  for (const district of scene.districts) {
    add({ x: district.x + 10, y: district.y + 8, w: district.w - 20, h: 26 }, 3);
    for (const pod of district.pods) add(pod, pod.onWay ? 6 : 2);
    for (const pod of district.pods.filter((one) => one.onWay)) add(labelBox(pod), 5);
    for (const post of district.posts) add({ x: post.x - 4, y: post.from, w: 8, h: post.to - post.from }, 3);
    for (const tick of district.ticks) add(tick, 1);
    for (const board of district.boards) add(board, 4);
    for (const mark of district.hooks) {
      add({ x: mark.x - 9, y: mark.y - 22, w: 18, h: 44 }, 6);
      const right = (district.flow === 1) !== (mark.name === 'INPUT');
      const local = mark.name === 'INPUT' || mark.name === 'OUTPUT';
      add({ x: right ? mark.x : mark.x - 50, y: local ? mark.y - 8 : mark.y - 66, w: 50, h: local ? 16 : 50 }, local ? 4 : 2);
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
