// A terminal on a cluster in which time passes: lines are typed into it, and time is let go by.

import { beginLive, known, liveServer, load, redo, seek, undo } from '../../engine/index';
import { newTerminal, run, type TerminalAnswer } from '../terminal';

export interface Typing {
  readonly type: (line: string) => TerminalAnswer;
  readonly wait: (seconds: number) => void;
  /** The text as it stands now. */
  readonly text: () => string;
  readonly undo: () => void;
  readonly redo: () => void;
}

export function typing(text: string): Typing {
  let terminal = newTerminal(liveServer(beginLive(load(text), text)));
  const session = () => {
    const { live } = terminal.session.server;
    if (live === null) throw new Error('no time passes here');
    return live;
  };
  const goOn = (live: ReturnType<typeof session>): void => {
    terminal = { ...terminal, session: { ...terminal.session, server: liveServer(live) } };
  };
  return {
    type: (line) => {
      const answer = run(terminal, line);
      terminal = answer.terminal;
      return answer;
    },
    wait: (seconds) => {
      const at = session().at + seconds * 1000;
      goOn(seek(known(session(), at), at));
    },
    text: () => terminal.session.server.manifest,
    undo: () => goOn(undo(session())),
    redo: () => goOn(redo(session())),
  };
}
