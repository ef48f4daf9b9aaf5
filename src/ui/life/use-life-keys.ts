// Keys that change the cluster over time: undo and redo outside of the editor, Ctrl+Enter (or Cmd+Enter) from anywhere to apply the text.
// Seen before the editor sees them, which would make a new line of Ctrl+Enter.

import { useEffect } from 'react';
import { useApp } from '../../store/app';
import { applyText, redoLive, undoLive } from '../../store/live';

const WRITES = 'input, textarea, select, [contenteditable], .monaco-editor, .terminal';

export function useLifeKeys(): void {
  useEffect(() => {
    document.addEventListener('keydown', obey, { capture: true });
    return () => document.removeEventListener('keydown', obey, { capture: true });
  }, []);
}

function obey(event: KeyboardEvent): void {
  if (useApp.getState().live === null || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  const command = commandOf(event);
  if (command === null) return;
  event.preventDefault();
  event.stopPropagation();
  command();
}

function commandOf(event: KeyboardEvent): (() => void) | null {
  const target = event.target instanceof Element ? event.target : null;
  if (event.key === 'Enter') return target?.closest('.terminal') == null ? applyText : null;
  if (target?.closest(WRITES) != null) return null;
  const key = event.key.toLowerCase();
  if (key === 'y' || (key === 'z' && event.shiftKey)) return redoLive;
  return key === 'z' ? undoLive : null;
}
