// The upper edge of the drawer: dragged, or moved with the arrow keys, it makes the terminal higher or lower.

import type { KeyboardEvent, PointerEvent } from 'react';
import { useApp } from '../../store/app';
import { resizeTerminal } from '../../store/terminal';
import { HIGHEST, LOWEST } from '../../store/terminal-kept';
import { useMessages } from '../text';

/** Two rows of the screen. */
const STEP = 32;

export function DrawerEdge() {
  const text = useMessages();
  const height = useApp((state) => state.terminal.height);
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    const { now, most } = roomOf(event.currentTarget);
    const next = { ArrowUp: Math.min(most, now + STEP), ArrowDown: now - STEP, Home: LOWEST, End: most }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    resizeTerminal(next);
  };
  const drag = (event: PointerEvent<HTMLElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resizeTerminal(drawerFoot(event.currentTarget) - event.clientY);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule of HTML cannot be moved
    <div
      className="terminal-edge"
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={text.terminalHeight}
      aria-valuemin={LOWEST}
      aria-valuemax={HIGHEST}
      aria-valuenow={height}
      onKeyDown={press}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
    />
  );
}

/** How high the drawer is, and may be on a page of this height (`max-height` in the sheet). */
function roomOf(edge: HTMLElement): { readonly now: number; readonly most: number } {
  const drawer = edge.parentElement;
  if (drawer === null) return { now: LOWEST, most: HIGHEST };
  const limit = Number.parseFloat(getComputedStyle(drawer).maxHeight);
  return { now: drawer.offsetHeight, most: Number.isFinite(limit) ? Math.max(LOWEST, limit) : HIGHEST };
}

function drawerFoot(edge: HTMLElement): number {
  return edge.parentElement?.getBoundingClientRect().bottom ?? window.innerHeight;
}
