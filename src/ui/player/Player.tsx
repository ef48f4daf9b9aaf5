// The player: step back, play, step forward, speed, and the journey as a line diagram to scrub on.

import type { ReactNode } from 'react';
import { playhead, useApp } from '../../store/app';
import { SPEEDS } from '../../store/playback';
import { COMMANDS, type Command, hint } from '../commands';
import { Icon } from '../Icon';
import { useMessages } from '../text';
import { Strip } from './Strip';

export function Player() {
  const text = useMessages();
  const playing = useApp((state) => state.playback.playing);
  return (
    <section className="player" aria-label={text.player}>
      <div className="player-buttons">
        <CommandButton command={COMMANDS.back}>
          <Icon name="back" />
        </CommandButton>
        <CommandButton command={COMMANDS.toggle} name={playing ? text.pause : text.play} look="main">
          <Icon name={playing ? 'pause' : 'play'} />
        </CommandButton>
        <CommandButton command={COMMANDS.forward}>
          <Icon name="forward" />
        </CommandButton>
        <SpeedButton />
      </div>
      <Strip />
    </section>
  );
}

interface CommandButtonProps {
  readonly command: Command;
  readonly name?: string;
  readonly look?: 'main';
  readonly children: ReactNode;
}

function CommandButton({ command, name, look, children }: CommandButtonProps) {
  const text = useMessages();
  const enabled = useApp(command.enabled);
  return (
    <button
      type="button"
      className={look === 'main' ? 'player-button main' : 'player-button'}
      aria-label={name ?? command.title(text)}
      title={name === undefined ? hint(command, text) : `${name} (${command.shortcut.label})`}
      disabled={!enabled}
      onClick={() => command.run(useApp.getState())}
    >
      {children}
    </button>
  );
}

/** Takes the next speed, and the slowest after the fastest. */
function SpeedButton() {
  const text = useMessages();
  const speed = useApp((state) => state.playback.speed);
  const name = text.speed(String(speed));
  const next = (): void => {
    if (speed < (SPEEDS.at(-1) ?? speed)) playhead({ kind: 'faster' });
    else for (const _ of SPEEDS) playhead({ kind: 'slower' });
  };
  return (
    <button type="button" className="player-button speed" aria-label={name} title={`${name} (+ / -)`} onClick={next}>
      {speed}×
    </button>
  );
}
