// The keyboard: commands from anywhere on the page, except where the reader writes or a control needs the key itself.

import { useEffect } from 'react';
import { useApp } from '../store/app';
import { type Command, commandEverywhere, commandOf } from './commands';

const WRITES = 'input, textarea, select, [contenteditable], .monaco-editor, [role="listbox"], dialog';
const TAKES_SPACE = 'button, a, summary, [role="tab"], [role="slider"]';
const TAKES_ARROWS = '[role="tab"], [role="slider"]';

export function useKeys(): void {
  useEffect(() => {
    document.addEventListener('keydown', obey);
    return () => document.removeEventListener('keydown', obey);
  }, []);
}

function obey(event: KeyboardEvent): void {
  const command = event.defaultPrevented ? null : (commandEverywhere(event) ?? commandHere(event));
  const state = useApp.getState();
  if (command === null || !command.enabled(state)) return;
  event.preventDefault();
  command.run(state);
}

function commandHere(event: KeyboardEvent): Command | null {
  return event.ctrlKey || event.metaKey || event.altKey || belongsElsewhere(event) ? null : commandOf(event.key);
}

function belongsElsewhere(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target === null) return false;
  if (target.closest(WRITES) !== null) return true;
  if (event.key === ' ') return target.closest(TAKES_SPACE) !== null;
  return /^(Arrow|Home|End)/.test(event.key) && target.closest(TAKES_ARROWS) !== null;
}
