// The terminal's end of the worker: one shell whose cluster follows the text of the editor. Where the text has changed since the last
// command, somebody has edited it: the shell finds it applied.

import { type ApiServer, type Loaded, settledServer } from '../engine/index';
import type { Answer as Printed } from '../kubectl/answer';
import { kubectl } from '../kubectl/kubectl';
import { terminalOutput } from './output';
import type { CommandRan, Completion, ShellView } from './protocol';

/** The shell between two commands. */
export interface Session {
  readonly server: ApiServer;
  readonly shell: ShellView;
}

interface Asked {
  readonly line: string;
  readonly text: string;
}

const HOME: ShellView = { machine: null, namespace: 'default' };

/** Runs a line; the shell after it comes with what the page is told. */
export function runCommand(before: Session | null, { line, text }: Asked, loaded: Loaded): readonly [CommandRan, Session] {
  const session = upToDate(before, text, loaded);
  const printed = printedBy(session, line);
  const shell: ShellView = { ...session.shell, namespace: printed.namespace ?? session.shell.namespace };
  const after: Session = { server: printed.server ?? session.server, shell };
  const { manifest } = after.server;
  const sent = printed.sent?.at(-1) ?? null;
  const ran: CommandRan = {
    status: printed.status,
    output: terminalOutput(printed),
    text: manifest === text ? null : manifest,
    sent: sent === null ? null : { ...sent, revision: loaded.snapshot.revision },
    instead: null,
    shell: after.shell,
  };
  return [ran, after];
}

function upToDate(session: Session | null, text: string, loaded: Loaded): Session {
  if (session === null) return { server: settledServer(loaded, text), shell: HOME };
  return session.server.manifest === text ? session : { ...session, server: session.server.change({ kind: 'manifest', text }) };
}

/** There are no files in a page: whatever name `-f` has, it means the text of the editor. */
function printedBy({ server, shell }: Session, line: string): Printed {
  const words = (line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []).map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
  if (words[0] === 'kubectl') return kubectl({ server, namespace: shell.namespace, read: () => server.manifest }, words.slice(1));
  return { status: 127, out: '', err: `bash: ${words[0] ?? ''}: command not found\n` };
}

export function completeCommand(_session: Session | null, asked: { readonly line: string; readonly cursor: number }): Completion {
  return { from: asked.cursor, words: [] };
}
