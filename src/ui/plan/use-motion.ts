// Moves the packet from stop to stop without rendering: one loop of animation frames writes transforms and dash offsets.
// It runs back as well as forth; further jumps, and readers who asked for less motion, get the packet in place at once.

import { type RefObject, useLayoutEffect, useRef } from 'react';
import { packetAt, travelTime } from '../../scene/packet';
import type { Tracks } from '../../scene/tracks';

/** What is written into while the packet travels. */
const MOVED = '[data-grows], [data-follows]';

interface Motion {
  readonly layer: RefObject<SVGSVGElement | null>;
  readonly disc: RefObject<SVGGElement | null>;
  readonly tracks: Tracks | null;
  readonly step: number;
  readonly speed: number;
}

export function useMotion({ layer, disc, tracks, step, speed }: Motion): void {
  const shown = useRef<{ tracks: Tracks | null; step: number }>({ tracks: null, step: 0 });
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { tracks, step };
    const [vehicle, lines] = [disc.current, layer.current];
    if (tracks === null || vehicle === null || lines === null) return;
    const by = before.tracks === tracks ? step - before.step : 0;
    const leg = by === -1 ? before.step : step;
    const time = travelTime(tracks, leg) / speed;
    if (Math.abs(by) !== 1 || time === 0 || stillness()) {
      place({ vehicle, lines, tracks, leg: step, share: 1, forth: true });
      return;
    }
    const touched = [...lines.querySelectorAll<SVGElement>(MOVED)];
    let frame = 0;
    let start: number | null = null;
    const draw = (now: number): void => {
      start ??= now;
      const share = Math.min(1, (now - start) / time);
      const eased = ease(share);
      place({ vehicle, lines, tracks, leg, share: by === 1 ? eased : 1 - eased, forth: by === 1 });
      if (share < 1) frame = requestAnimationFrame(draw);
      else place({ vehicle, lines, tracks, leg: step, share: 1, forth: true });
    };
    place({ vehicle, lines, tracks, leg, share: by === 1 ? 0 : 1, forth: by === 1 });
    frame = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(frame);
      for (const mark of touched) mark.style.cssText = '';
    };
  }, [layer, disc, tracks, step, speed]);
}

interface Placing {
  readonly vehicle: SVGGElement;
  readonly lines: SVGSVGElement;
  readonly tracks: Tracks;
  readonly leg: number;
  readonly share: number;
  readonly forth: boolean;
}

function place({ vehicle, lines, tracks, leg, share, forth }: Placing): void {
  const at = packetAt(tracks, leg, share);
  vehicle.style.visibility = at === null ? 'hidden' : '';
  if (at !== null) vehicle.setAttribute('transform', `translate(${at.x} ${at.y})`);
  const chevron = vehicle.querySelector('.vehicle-chevron');
  if (at !== null) chevron?.setAttribute('transform', `rotate(${at.angle})`);
  if (!forth) return;
  for (const line of lines.querySelectorAll<SVGPathElement>('[data-grows]'))
    line.style.strokeDasharray = share >= 1 ? 'none' : `${share} 2`;
  for (const mark of lines.querySelectorAll<SVGElement>('[data-follows]')) mark.style.opacity = share >= 1 ? '' : '0';
}

function stillness(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** cubic-bezier(.3, 0, .2, 1): x is solved for by halving. */
function ease(x: number): number {
  let [low, high] = [0, 1];
  for (let round = 0; round < 20; round += 1) {
    const middle = (low + high) / 2;
    if (bezier(middle, 0.3, 0.2) < x) low = middle;
    else high = middle;
  }
  return bezier((low + high) / 2, 0, 1);
}

function bezier(t: number, a: number, b: number): number {
  return 3 * (1 - t) ** 2 * t * a + 3 * (1 - t) * t ** 2 * b + t ** 3;
}
