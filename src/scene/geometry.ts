// Points, boxes and polylines of the picture, in its own pixels. Every polyline is octilinear: its pieces lie at 0, 45 or 90 degrees.

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export type Polyline = readonly Point[];

export function at(x: number, y: number): Point {
  return { x, y };
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

export function lengthOf(line: Polyline): number {
  return line.reduce((sum, point, index) => sum + distance(line[index - 1] ?? point, point), 0);
}

/** The point at a fraction of the whole length, and the direction of travel there in degrees. */
export function along(line: Polyline, fraction: number): Point & { readonly angle: number } {
  const [start] = line;
  let left = lengthOf(line) * Math.min(1, Math.max(0, fraction));
  let angle = 0;
  for (let index = 1; index < line.length; index += 1) {
    const [from, to] = [line[index - 1], line[index]];
    if (from === undefined || to === undefined) break;
    const length = distance(from, to);
    if (length > 0) angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
    if (left <= length && length > 0)
      return { x: from.x + ((to.x - from.x) * left) / length, y: from.y + ((to.y - from.y) * left) / length, angle };
    left -= length;
  }
  const end = line.at(-1) ?? start ?? at(0, 0);
  return { ...end, angle };
}

/** Without points that repeat the one before, or that lie between their neighbours. */
export function simplified(line: Polyline): Polyline {
  const kept: Point[] = [];
  for (const point of line) {
    const last = kept.at(-1);
    if (last !== undefined && distance(last, point) < 0.01) continue;
    const before = kept.at(-2);
    if (last !== undefined && before !== undefined && between(before, last, point)) kept.pop();
    kept.push(point);
  }
  return kept;
}

function between(a: Point, b: Point, c: Point): boolean {
  const cross = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
  const dot = (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y);
  return Math.abs(cross) < 0.01 && dot > 0;
}

/** The same polyline moved to the right-hand side of its direction (y grows downwards); to the left where `by` is negative. */
export function shifted(line: Polyline, by: number): Polyline {
  if (by === 0 || line.length < 2) return line;
  return line.map((point, index) => {
    const before = normal(line[index - 1], point);
    const after = normal(point, line[index + 1]);
    const [a, b] = [before ?? after, after ?? before];
    if (a === null || b === null) return point;
    const scale = by / Math.max(0.2, 1 + a.x * b.x + a.y * b.y);
    return at(point.x + (a.x + b.x) * scale, point.y + (a.y + b.y) * scale);
  });
}

function normal(from: Point | undefined, to: Point | undefined): Point | null {
  if (from === undefined || to === undefined) return null;
  const length = distance(from, to);
  return length === 0 ? null : at(-(to.y - from.y) / length, (to.x - from.x) / length);
}

export function reversedLine(line: Polyline): Polyline {
  return [...line].reverse();
}

/** How much of the two boxes is common, in square pixels. */
export function overlap(a: Box, b: Box): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

export function grown(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, w: box.w + 2 * by, h: box.h + 2 * by };
}

/** The boxes that cover a polyline, for finding free ground. */
export function boxesAlong(line: Polyline, halfWidth: number): readonly Box[] {
  return line.slice(1).map((to, index) => {
    const from = line[index] ?? to;
    const box = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), w: Math.abs(to.x - from.x), h: Math.abs(to.y - from.y) };
    return grown(box, halfWidth);
  });
}
