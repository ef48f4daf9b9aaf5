// The playhead: one integer over the steps of a trace, and whether it runs. Pure: the clock is a hook of the page.
//
//   command   | resting                        | running
//   ----------+--------------------------------+------------------------------
//   play      | runs; from 0 where at the end  | -
//   pause     | -                              | rests
//   toggle    | as play                        | as pause
//   tick      | -                              | next step; rests at the end
//   forward   | next step                      | next step, rests
//   back      | step before                    | step before, rests
//   seek      | that step                      | that step, rests
//   first     | step 0                         | step 0, rests
//   last      | last step                      | last step, rests
//   faster    | next higher speed              | next higher speed
//   slower    | next lower speed               | next lower speed
//   fit       | step kept inside the trace     | the same; rests where the trace is empty

export const SPEEDS = [0.5, 1, 2, 4] as const;

export type Speed = (typeof SPEEDS)[number];

export interface Playback {
  /** Index of the current step; 0 where there is no trace. */
  readonly step: number;
  readonly playing: boolean;
  readonly speed: Speed;
}

export type PlaybackCommand =
  | { readonly kind: 'play' | 'pause' | 'toggle' | 'tick' | 'forward' | 'back' | 'first' | 'last' | 'faster' | 'slower' | 'fit' }
  | { readonly kind: 'seek'; readonly step: number };

export const RESTING: Playback = { step: 0, playing: false, speed: 1 };

/** The playhead after a command, over a trace of `length` steps. */
export function reduce(playback: Playback, command: PlaybackCommand, length: number): Playback {
  const last = Math.max(0, length - 1);
  const rest = (step: number): Playback => ({ ...playback, step: Math.min(last, Math.max(0, step)), playing: false });
  switch (command.kind) {
    case 'play':
      return length < 2 ? rest(0) : { ...playback, step: playback.step >= last ? 0 : playback.step, playing: true };
    case 'pause':
      return { ...playback, playing: false };
    case 'toggle':
      return reduce(playback, { kind: playback.playing ? 'pause' : 'play' }, length);
    case 'tick':
      return playback.playing ? { ...playback, step: Math.min(last, playback.step + 1), playing: playback.step + 1 < last } : playback;
    case 'forward':
      return rest(playback.step + 1);
    case 'back':
      return rest(playback.step - 1);
    case 'first':
      return rest(0);
    case 'last':
      return rest(last);
    case 'seek':
      return rest(command.step);
    case 'faster':
      return { ...playback, speed: neighbour(playback.speed, 1) };
    case 'slower':
      return { ...playback, speed: neighbour(playback.speed, -1) };
    case 'fit':
      return { ...playback, step: Math.min(last, playback.step), playing: playback.playing && playback.step < last };
    default:
      return command satisfies never;
  }
}

function neighbour(speed: Speed, by: 1 | -1): Speed {
  return SPEEDS[SPEEDS.indexOf(speed) + by] ?? speed;
}
