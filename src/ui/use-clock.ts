// The one clock of the player: while it runs, the playhead moves on when the current stop has had its time.

import { useEffect } from 'react';
import { playhead, useApp } from '../store/app';
import { journey } from '../store/selectors';

export function useClock(): void {
  const playing = useApp((state) => state.playback.playing);
  const step = useApp((state) => state.playback.step);
  const pause = useApp((state) => (journey(state).stops[state.playback.step]?.duration ?? 0) / state.playback.speed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step starts the time anew
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => playhead({ kind: 'tick' }), pause);
    return () => clearTimeout(timer);
  }, [playing, step, pause]);
}
