// What stands in the drawer before the screen is there. It takes the keyboard at once: what is typed waits for the screen, as keys that a
// terminal would report, and is no key of the page's.

import { type ClipboardEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { useApp } from '../../store/app';
import { commandEverywhere } from '../commands';
import { useMessages } from '../text';

export interface TypedAhead {
  keys: string;
  focused: boolean;
}

export function Arriving({ ahead }: { readonly ahead: RefObject<TypedAhead> }) {
  const text = useMessages();
  const summoned = useApp((state) => state.terminal.summoned);
  const line = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (summoned) line.current?.focus();
  }, [summoned]);
  const type = (event: KeyboardEvent): void => {
    if (commandEverywhere(event.nativeEvent) === null) ahead.current.keys += reported(event);
  };
  const paste = (event: ClipboardEvent): void => {
    ahead.current.keys += `\x1b[200~${event.clipboardData.getData('text').replace(/\r?\n/g, '\r')}\x1b[201~`;
  };
  const focus = (focused: boolean) => () => {
    ahead.current.focused = focused;
  };
  return (
    <div className="terminal-arriving">
      <textarea
        ref={line}
        className="mono"
        aria-label={text.terminalInput}
        spellCheck={false}
        onKeyDown={type}
        onPaste={paste}
        onFocus={focus(true)}
        onBlur={focus(false)}
      />
      <p className="terminal-loading late">{text.terminalLoading}</p>
    </div>
  );
}

const REPORTED: Readonly<Record<string, string>> = {
  Enter: '\r',
  Backspace: '\x7f',
  ArrowUp: '\x1b[A',
  ArrowDown: '\x1b[B',
  ArrowRight: '\x1b[C',
  ArrowLeft: '\x1b[D',
  Home: '\x1b[H',
  End: '\x1b[F',
  Delete: '\x1b[3~',
};

/** As a terminal reports the key; nothing for those that it leaves to the page. */
function reported({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): string {
  if (metaKey || altKey) return '';
  if (ctrlKey) return /^[a-z]$/i.test(key) && key.toLowerCase() !== 'v' ? String.fromCharCode(key.toUpperCase().charCodeAt(0) - 64) : '';
  return REPORTED[key] ?? (key.length === 1 ? key : '');
}
