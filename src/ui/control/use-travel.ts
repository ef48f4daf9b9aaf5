// Runs a message along its way, and draws the way behind it; in place at once for readers who asked for less motion.

import { type RefObject, useLayoutEffect } from 'react';
import { along, lengthOf, type Polyline } from '../../scene/geometry';

interface Travel {
  readonly way: Polyline | null;
  readonly disc: RefObject<SVGGElement | null>;
  readonly line: RefObject<SVGPathElement | null>;
}

/** Milliseconds, whatever the length: how long a message takes is told by the clock alone. */
const TIME = 520;

export function useTravel({ way, disc, line }: Travel): void {
  useLayoutEffect(() => {
    const [vehicle, path] = [disc.current, line.current];
    if (way === null || vehicle === null || path === null) return;
    const length = lengthOf(way);
    const place = (share: number): void => {
      const { x, y, angle } = along(way, share);
      vehicle.setAttribute('transform', `translate(${x} ${y}) rotate(${angle})`);
      path.style.strokeDasharray = share >= 1 ? 'none' : `${share * length} ${length}`;
    };
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
      place(1);
      return;
    }
    let [frame, start] = [0, 0];
    const draw = (now: number): void => {
      start ||= now;
      const share = Math.min(1, (now - start) / TIME);
      place(1 - (1 - share) ** 3);
      if (share < 1) frame = requestAnimationFrame(draw);
    };
    place(0);
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [way, disc, line]);
}
