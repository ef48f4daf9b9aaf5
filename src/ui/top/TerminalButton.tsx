// Opens and closes the terminal.

import { useApp } from '../../store/app';
import { toggleTerminal } from '../../store/terminal';
import { COMMANDS, hint } from '../commands';
import { Icon } from '../Icon';
import { useMessages } from '../text';

export const DRAWER_ID = 'terminal';
export const TERMINAL_BUTTON = 'terminal-button';

export function TerminalButton() {
  const text = useMessages();
  const open = useApp((state) => state.terminal.open);
  return (
    <button
      type="button"
      id={TERMINAL_BUTTON}
      className="setup terminal-button"
      aria-expanded={open}
      aria-controls={DRAWER_ID}
      title={hint(COMMANDS.terminal, text)}
      onClick={() => toggleTerminal()}
    >
      <Icon name="prompt" />
      <b>{text.terminal}</b>
    </button>
  );
}
