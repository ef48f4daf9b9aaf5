// Puts the theme on the document: the reader's choice, else the system's, followed when it changes.

import { useLayoutEffect, useSyncExternalStore } from 'react';
import { useApp } from '../store/app';

const query = window.matchMedia('(prefers-color-scheme: dark)');

function follow(changed: () => void): () => void {
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** The theme that is shown. */
export function useShownTheme(): 'light' | 'dark' {
  const chosen = useApp((state) => state.preferences.theme);
  const dark = useSyncExternalStore(follow, () => query.matches);
  return chosen === 'system' ? (dark ? 'dark' : 'light') : chosen;
}

export function useTheme(): void {
  const shown = useShownTheme();
  // Before the editor and the terminal read the colours off the document.
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = shown;
  }, [shown]);
}
