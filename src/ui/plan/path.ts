// Polylines as SVG path data: corners rounded to 10 px at most, chevrons and dots along a line.

import { along, at, distance, type Point, type Polyline } from '../../scene/geometry';

const CORNER = 10;
/** Dots lie on a raster of the whole picture, so that lines laid over each other show the same ones. */
const DOT_STEP = 7;

export function pathOf(line: Polyline): string {
  const [start] = line;
  if (start === undefined) return '';
  let path = `M${n(start.x)} ${n(start.y)}`;
  for (let index = 1; index < line.length; index += 1) {
    const [before, here, after] = [line[index - 1], line[index], line[index + 1]];
    if (before === undefined || here === undefined) break;
    if (after === undefined) {
      path += `L${n(here.x)} ${n(here.y)}`;
      break;
    }
    const radius = Math.min(CORNER, distance(before, here) / 2, distance(here, after) / 2);
    const [into, out] = [towards(here, before, radius), towards(here, after, radius)];
    path += `L${n(into.x)} ${n(into.y)}Q${n(here.x)} ${n(here.y)} ${n(out.x)} ${n(out.y)}`;
  }
  return path;
}

function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to);
  return length === 0 ? from : at(from.x + ((to.x - from.x) * by) / length, from.y + ((to.y - from.y) * by) / length);
}

/** The white dots of a DNS line, as path data for round caps. */
export function dotsOf(line: Polyline): string {
  let path = '';
  for (let index = 1; index < line.length; index += 1) {
    const [from, to] = [line[index - 1], line[index]];
    if (from === undefined || to === undefined) break;
    for (const dot of dotsBetween(from, to)) path += `M${n(dot.x)} ${n(dot.y)}h0`;
  }
  return path;
}

function dotsBetween(from: Point, to: Point): readonly Point[] {
  const level = Math.abs(to.x - from.x) > 0.01;
  const [start, end] = level ? [from.x, to.x] : [from.y, to.y];
  const step = level && Math.abs(to.y - from.y) > 0.01 ? DOT_STEP * Math.SQRT1_2 : DOT_STEP;
  const [low, high] = [Math.min(start, end) + 3, Math.max(start, end) - 3];
  const found: Point[] = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) {
    const share = (value - start) / (end - start);
    found.push(at(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share));
  }
  return found;
}

/** Places for chevrons: one in the middle of every long enough straight piece, more on very long ones. */
export function chevronsOf(line: Polyline): readonly (Point & { readonly angle: number })[] {
  return line.slice(1).flatMap((to, index) => {
    const from = line[index] ?? to;
    const length = distance(from, to);
    if (length < 26) return [];
    const count = Math.max(1, Math.round(length / 120));
    return Array.from({ length: count }, (_, number) => along([from, to], (number + 0.5) / count));
  });
}
