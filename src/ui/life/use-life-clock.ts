// What moves the clock of a cluster over time: animation frames, or, where it leaps, a pause at each happening. The engine is asked a few
// times a second, never twice at once.

import { useEffect } from 'react';
import { useApp } from '../../store/app';
import { command, lookOnce, nextInstant } from '../../store/live';

/** Milliseconds between two looks at the cluster. */
const LOOKS = 100;

/** How long each happening is shown where the clock leaps: long enough to read its sentence. */
const SHOWN = 1600;

export function useLifeClock(): void {
  const running = useApp((state) => state.live?.clock.running === true);
  const leaps = useApp((state) => state.live?.clock.speed === 'leap');
  useEffect(() => {
    if (!running || leaps) return;
    let frame = 0;
    let [before, looked] = [0, 0];
    const draw = (now: number): void => {
      if (before > 0) command({ kind: 'tick', elapsed: now - before });
      before = now;
      if (now - looked >= LOOKS) {
        looked = now;
        lookOnce();
      }
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [running, leaps]);
  useEffect(() => {
    if (!running || !leaps) return;
    nextInstant();
    const timer = setInterval(nextInstant, SHOWN);
    return () => clearInterval(timer);
  }, [running, leaps]);
}
