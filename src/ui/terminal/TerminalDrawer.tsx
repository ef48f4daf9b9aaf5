// The drawer at the foot of the page: an edge that moves, a head with where one is, the screen, and commands that are offered.
// Once it was open it is only hidden, so that what stands on the screen is there again.

import { lazy, Suspense, useLayoutEffect, useRef } from 'react';
import { useApp } from '../../store/app';
import { suggestedCommands } from '../../store/suggested-commands';
import { toggleTerminal } from '../../store/terminal';
import { COMMANDS, hint } from '../commands';
import { Icon } from '../Icon';
import { useMessages } from '../text';
import { DRAWER_ID, TERMINAL_BUTTON } from '../top/TerminalButton';
import { Arriving, type TypedAhead } from './Arriving';
import { DrawerEdge } from './DrawerEdge';
import type { ScreenProps } from './Screen';

const FONTS = ['400 12px "IBM Plex Mono"', '600 12px "IBM Plex Mono"'];

/** xterm measures its letters once, so they have to be there. */
const Screen = lazy(async () => {
  const [{ Screen: component }] = await Promise.all([import('./Screen'), ...FONTS.map((font) => document.fonts.load(font))]);
  return { default: component };
});

export function TerminalDrawer() {
  const text = useMessages();
  const open = useApp((state) => state.terminal.open);
  const height = useApp((state) => state.terminal.height);
  const everOpen = useRef(false);
  const entry: ScreenProps['entry'] = useRef(null);
  const ahead = useRef<TypedAhead>({ keys: '', focused: false });
  const section = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    // What is hidden cannot keep the keyboard: it goes back to where the drawer is opened.
    if (!open && section.current?.contains(document.activeElement) === true) document.getElementById(TERMINAL_BUTTON)?.focus();
  }, [open]);
  everOpen.current ||= open;
  return (
    <section ref={section} id={DRAWER_ID} className="terminal" aria-label={text.terminal} hidden={!open} style={{ height }}>
      {everOpen.current ? (
        <>
          <DrawerEdge />
          <Head />
          <Suspense fallback={<Arriving ahead={ahead} />}>
            <Screen entry={entry} ahead={ahead} />
          </Suspense>
          <Offers entry={entry} />
        </>
      ) : null}
    </section>
  );
}

function Head() {
  const text = useMessages();
  const { machine, namespace } = useApp((state) => state.terminal.shell);
  return (
    <div className="tabs terminal-head">
      <h2 className="tab here">{text.terminal}</h2>
      {machine === null ? null : (
        <span className="terminal-machine" role="status">
          {text.terminalOn} <b>{machine}</b>
        </span>
      )}
      {namespace === 'default' ? null : (
        <span className="terminal-namespace">
          {text.terminalNamespace} <b>{namespace}</b>
        </span>
      )}
      <span className="aside terminal-hint">{text.terminalHint}</span>
      <button
        type="button"
        className="terminal-close"
        aria-label={text.terminalClose}
        title={hint(COMMANDS.terminal, text)}
        onClick={() => toggleTerminal()}
      >
        <Icon name="cross" />
      </button>
    </div>
  );
}

/** Before the first command: some that fit this cluster. After one that today's tools refuse: what does the same. */
function Offers({ entry }: Pick<ScreenProps, 'entry'>) {
  const text = useMessages();
  const instead = useApp((state) => state.terminal.instead);
  const untouched = useApp((state) => state.terminal.untouched);
  const request = useApp((state) => state.scenario.request);
  const offers = instead !== null ? [instead] : untouched ? suggestedCommands(request) : [];
  if (offers.length === 0) return null;
  return (
    <div className="terminal-offers">
      <span>{instead === null ? text.terminalTry : text.dialogue.today}</span>
      {offers.map((command) => (
        <button key={command} type="button" className="link mono" onClick={() => entry.current?.(command)}>
          {command}
        </button>
      ))}
    </div>
  );
}
