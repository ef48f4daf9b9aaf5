// The clock of a cluster over time: an instant of the axis, whether it runs, and how fast. Pure: animation frames are a hook of the page.
//
//   command   | resting                        | running
//   ----------+--------------------------------+------------------------------------------------------
//   run       | runs; rests at the axis' end   | -
//   pause     | -                              | rests
//   toggle    | as run                         | as pause
//   tick      | -                              | later by so much, never beyond what is known; rests at the axis' end
//   seek      | that instant                   | that instant, rests
//   arrive    | that instant                   | that instant, goes on
//   speed     | that speed                     | that speed
//   faster    | next higher speed              | next higher speed
//   slower    | next lower speed               | next lower speed

import { LONGEST } from '../engine/index';

/** Times as fast as in life; `leap`: from one happening to the next, each shown for a moment. */
export const LIFE_SPEEDS = [0.5, 1, 2, 5, 10, 'leap'] as const;

export type LifeSpeed = (typeof LIFE_SPEEDS)[number];

export interface LifeClock {
  /** Milliseconds since the axis began. */
  readonly now: number;
  readonly running: boolean;
  readonly speed: LifeSpeed;
}

export type LifeCommand =
  | { readonly kind: 'run' | 'pause' | 'toggle' | 'faster' | 'slower' }
  /** So many milliseconds of the reader's time went by. */
  | { readonly kind: 'tick'; readonly elapsed: number }
  | { readonly kind: 'seek' | 'arrive'; readonly at: number }
  | { readonly kind: 'speed'; readonly speed: LifeSpeed };

export const STOPPED: LifeClock = { now: 0, running: false, speed: 1 };

/** A page in the background gets no frames: the clock does not make up for it. */
const LONGEST_FRAME = 250;

/** The clock after a command, on an axis that is known until the instant `until`. */
export function wound(clock: LifeClock, command: LifeCommand, until: number): LifeClock {
  switch (command.kind) {
    case 'run':
      return { ...clock, running: clock.now < LONGEST };
    case 'pause':
      return { ...clock, now: onAxis(clock.now), running: false };
    case 'toggle':
      return wound(clock, { kind: clock.running ? 'pause' : 'run' }, until);
    case 'tick':
      return clock.running ? later(clock, Math.min(command.elapsed, LONGEST_FRAME), until) : clock;
    case 'seek':
      return { ...clock, now: onAxis(command.at), running: false };
    case 'arrive':
      return { ...clock, now: onAxis(command.at) };
    case 'speed':
      return { ...clock, speed: command.speed };
    case 'faster':
      return { ...clock, speed: neighbour(clock.speed, 1) };
    case 'slower':
      return { ...clock, speed: neighbour(clock.speed, -1) };
    default:
      return command satisfies never;
  }
}

/** One that leaps is moved by `arrive` alone. */
function later(clock: LifeClock, elapsed: number, until: number): LifeClock {
  if (clock.speed === 'leap') return clock;
  const now = Math.max(clock.now, Math.min(clock.now + elapsed * clock.speed, until, LONGEST));
  return { ...clock, now, running: now < LONGEST };
}

function onAxis(at: number): number {
  return Math.max(0, Math.min(LONGEST, Math.round(at)));
}

function neighbour(speed: LifeSpeed, by: 1 | -1): LifeSpeed {
  return LIFE_SPEEDS[LIFE_SPEEDS.indexOf(speed) + by] ?? speed;
}

/** `1:05.3`: minutes, seconds and tenths since the beginning. The same in every language, as on a stopwatch. */
export function clockTime(at: number): string {
  const tenths = Math.floor(at / 100);
  const seconds = Math.floor(tenths / 10);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}.${tenths % 10}`;
}
