// The screen and its keyboard: xterm, which this file alone knows, between the reader and the dialogue. Loaded when the drawer first opens.
// Tab completes while there is something to complete; else, with Shift, or after Escape, it goes on through the page as everywhere.

import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { type RefObject, useEffect, useRef } from 'react';
import { messagesOf } from '../../i18n/messages-of';
import { useApp } from '../../store/app';
import { commandHistory, completeCommand, rememberCommand, runCommand } from '../../store/terminal';
import { CLOSED_TERMINAL } from '../../store/terminal-kept';
import { commandEverywhere } from '../commands';
import { useMessages } from '../text';
import { useShownTheme } from '../use-theme';
import type { TypedAhead } from './Arriving';
import { Dialogue, RUN_LINK } from './dialogue';
import { xtermTheme } from './xterm-theme';

/** Lines that can be scrolled back to. */
const SCROLLBACK = 5000;

/** Pastes are marked as such (bracketed paste). */
const MARK_PASTES = '\x1b[?2004h';

export interface ScreenProps {
  /** Whoever offers commands has them entered here; null until the screen is there. */
  readonly entry: RefObject<((command: string) => void) | null>;
  /** What was typed before the screen was there. */
  readonly ahead: RefObject<TypedAhead>;
}

export function Screen({ entry, ahead }: ScreenProps) {
  const box = useRef<HTMLDivElement>(null);
  const terminal = useRef<Terminal | null>(null);
  const text = useMessages();
  const theme = useShownTheme();
  const open = useApp((state) => state.terminal.open);
  const summoned = useApp((state) => state.terminal.summoned);
  useEffect(() => {
    if (box.current === null) return;
    const mounted = mount(box.current);
    terminal.current = mounted.terminal;
    entry.current = (command) => {
      mounted.dialogue.enter(command);
      mounted.terminal.focus();
    };
    const { keys, focused } = ahead.current;
    ahead.current = { keys: '', focused: false };
    mounted.dialogue.receive(keys);
    if (focused) mounted.terminal.focus();
    return () => {
      entry.current = null;
      mounted.dispose();
    };
  }, [entry, ahead]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the document's colours change with the theme
  useEffect(() => {
    if (terminal.current !== null) terminal.current.options.theme = xtermTheme();
  }, [theme]);
  useEffect(() => {
    terminal.current?.textarea?.setAttribute('aria-label', text.terminalInput);
  }, [text]);
  useEffect(() => {
    if (open && summoned) terminal.current?.focus();
  }, [open, summoned]);
  return <div ref={box} className="terminal-screen nokey" />;
}

interface Mounted {
  readonly terminal: Terminal;
  readonly dialogue: Dialogue;
  readonly dispose: () => void;
}

function mount(box: HTMLElement): Mounted {
  const words = () => messagesOf(useApp.getState().preferences.language);
  const terminal = new Terminal({
    fontFamily: '"IBM Plex Mono", Menlo, Consolas, monospace',
    fontSize: 12,
    lineHeight: 1.3,
    fontWeightBold: 600,
    scrollback: SCROLLBACK,
    overviewRuler: { width: 10 }, // that of the scroll bar as well
    screenReaderMode: true,
    theme: xtermTheme(),
    scrollOnEraseInDisplay: true,
    reflowCursorLine: true,
    drawBoldTextInBrightColors: false,
    linkHandler: { allowNonHttpProtocols: true, activate: (_event, address) => follow(address) },
  });
  Terminal.strings.tooMuchOutput = words().terminalTooMuch;
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(box);
  fit.fit();
  terminal.write(MARK_PASTES);
  const dialogue = new Dialogue(
    {
      write: (written) => terminal.write(written),
      columns: () => terminal.cols,
      words: () => words().dialogue,
      run: runCommand,
      complete: completeCommand,
      history: commandHistory,
      remember: rememberCommand,
    },
    CLOSED_TERMINAL.shell,
    useApp.getState().crash !== null,
  );
  const follow = (address: string): void => {
    if (address.startsWith(RUN_LINK)) dialogue.enter(decodeURIComponent(address.slice(RUN_LINK.length)));
  };
  terminal.attachCustomKeyEventHandler(keyFilter(terminal, dialogue));
  terminal.onData((typed) => dialogue.receive(typed));
  const observer = new ResizeObserver(() => {
    if (box.clientHeight > 0) fit.fit();
  });
  observer.observe(box);
  const unsubscribe = useApp.subscribe((state, before) => {
    if (state.crash === before.crash) return;
    if (state.crash === null) dialogue.engineRestarted();
    else dialogue.engineStopped();
  });
  const dispose = (): void => {
    unsubscribe();
    observer.disconnect();
    terminal.dispose();
  };
  return { terminal, dialogue, dispose };
}

/** Which keys are xterm's; the others stay the browser's or the page's. */
function keyFilter(terminal: Terminal, dialogue: Dialogue): (event: KeyboardEvent) => boolean {
  let escaped = false;
  return (event) => {
    if (event.type !== 'keydown') return event.key !== 'Tab';
    if (event.key === 'Shift') return true;
    const leaves = event.shiftKey || escaped || dialogue.isEmpty();
    escaped = event.key === 'Escape';
    if (event.key === 'Tab') {
      if (leaves) return false;
      event.preventDefault();
      dialogue.receive('\t');
      return false;
    }
    if (event.key === 'PageUp' || event.key === 'PageDown') {
      event.preventDefault();
      terminal.scrollPages(event.key === 'PageUp' ? -1 : 1);
      return false;
    }
    return !isClipboard(event, terminal) && commandEverywhere(event) === null;
  };
}

/** Pasting, and copying what is selected, as in the rest of the page. */
function isClipboard(event: KeyboardEvent, terminal: Terminal): boolean {
  if (!event.ctrlKey || event.altKey) return false;
  const key = event.key.toLowerCase();
  return key === 'v' || (key === 'c' && terminal.hasSelection());
}
