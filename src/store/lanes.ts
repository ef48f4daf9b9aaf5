// The time bar as a picture in lanes: which happening lies where, what lies too close together to be told apart, where the scale has its
// ticks. Pure: a window of the axis and a width in pixels give marks.

import type { HappeningView, PartName, SentAt } from '../engine/index';

/** From the hand that acts down to the packets: what comes of an action runs down the lanes. */
export const LANES = ['user', 'control', 'nodes', 'network', 'requests'] as const;

export type Lane = (typeof LANES)[number];

export function laneOf(part: PartName): Exclude<Lane, 'requests'> {
  switch (part) {
    case 'user':
      return 'user';
    case 'kubelet':
      return 'nodes';
    case 'kube-proxy':
    case 'coredns':
      return 'network';
    default:
      return 'control';
  }
}

/** The stretch of the axis that is drawn, in milliseconds. */
export interface Span {
  readonly from: number;
  readonly length: number;
}

/** How much of the axis is drawn, and how far apart its ticks are. */
export const SCALES = [
  { length: 10_000, tick: 1000 },
  { length: 30_000, tick: 5000 },
  { length: 120_000, tick: 20_000 },
  { length: 600_000, tick: 60_000 },
  { length: 3_600_000, tick: 600_000 },
] as const;

export interface Mark {
  readonly lane: Exclude<Lane, 'requests'>;
  readonly x: number;
  /** The happening that weighs most, the first of several. */
  readonly index: number;
  readonly weight: HappeningView['weight'];
  /** How many happenings it stands for. */
  readonly count: number;
  readonly ahead: boolean;
}

/** Marks closer than this, in pixels, are one. */
const CLOSE = 7;

export function marksOf(happenings: readonly HappeningView[], span: Span, { width, now }: { width: number; now: number }): readonly Mark[] {
  const marks = new Map<string, Mark>();
  for (const { at, part, weight, index } of happenings) {
    const x = placeOf(at, span, width);
    if (x < 0 || x > width) continue;
    const lane = laneOf(part);
    const ahead = at > now;
    const key = `${lane} ${Math.floor(x / CLOSE)} ${ahead}`;
    const before = marks.get(key);
    marks.set(key, before === undefined ? { lane, x, index, weight, count: 1, ahead } : joined(before, { index, weight }));
  }
  return [...marks.values()];
}

function joined(mark: Mark, { index, weight }: Pick<HappeningView, 'index' | 'weight'>): Mark {
  const heavier = WEIGHTS.indexOf(weight) > WEIGHTS.indexOf(mark.weight);
  return { ...mark, count: mark.count + 1, ...(heavier ? { index, weight } : {}) };
}

const WEIGHTS: readonly HappeningView['weight'][] = ['routine', 'step', 'trouble'];

/** How a request ended, as the shape of its tick. */
export type TickShape = 'well' | 'error' | 'rejected' | 'dropped' | 'unresolved';

export interface Tick {
  readonly x: number;
  readonly index: number;
  readonly shape: TickShape;
  readonly ahead: boolean;
}

/** Of requests at one pixel the first failure is shown, else the first. */
export function ticksOf(sent: readonly SentAt[], span: Span, { width, now }: { width: number; now: number }): readonly Tick[] {
  const ticks = new Map<string, Tick>();
  sent.forEach((each, index) => {
    const x = placeOf(each.at, span, width);
    if (x < 0 || x > width) return;
    const ahead = each.at > now;
    const shape = shapeOf(each);
    const key = `${Math.round(x)} ${ahead}`;
    const before = ticks.get(key);
    if (before === undefined || (before.shape === 'well' && shape !== 'well')) ticks.set(key, { x, index, shape, ahead });
  });
  return [...ticks.values()];
}

export function shapeOf({ outcome, well, status }: SentAt): TickShape {
  if (well) return 'well';
  if (status !== null) return 'error';
  return outcome === 'dropped' || outcome === 'unresolved' ? outcome : 'rejected';
}

/** Pixels from the left edge. */
export function placeOf(at: number, { from, length }: Span, width: number): number {
  return ((at - from) / length) * width;
}

/** The instant at a pixel; never before the beginning. */
export function instantAt(x: number, { from, length }: Span, width: number): number {
  return Math.max(0, Math.round(from + (x / Math.max(1, width)) * length));
}

export function scaleTicks({ from, length }: Span, tick: number): readonly number[] {
  const first = Math.ceil(from / tick) * tick;
  return Array.from({ length: Math.max(0, Math.floor((from + length - first) / tick) + 1) }, (_, index) => first + index * tick);
}

/** The stretch that has the instant in it: the same one as long as it has, else a new one, as a page is turned. */
export function spanWith(span: Span, now: number): Span {
  const { from, length } = span;
  if (now >= from && now <= from + length * 0.96) return span;
  return { from: Math.max(0, Math.floor((now - length * 0.2) / 1000) * 1000), length };
}
