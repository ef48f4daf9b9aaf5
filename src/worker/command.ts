// The terminal's end of the worker: one shell whose cluster follows the text of the editor. A text that somebody edited is a cluster made
// anew; a text that a command wrote goes on with the life that the command began.

import { type ApiServer, beginLive, type Loaded, type LoadOptions, liveServer, load, placeOf } from '../engine/index';
import type { Answer } from '../kubectl/answer';
import { insteadOf } from '../kubectl/instead';
import { kubectl } from '../kubectl/kubectl';
import { terminalOutput } from './output';
import type { CommandRan, Completion, EditedObject, ShellView } from './protocol';
import { aMomentLater, rested } from './rest';
import { simpleCommand } from './simple-command';

/** A text, and the cluster that the page shows of it. */
export interface Opened {
  readonly text: string;
  readonly loaded: Loaded;
}

/** The shell between two commands. */
export interface Session {
  /** At the instant at which the last command was done. */
  readonly server: ApiServer;
  readonly shell: ShellView;
}

interface Asked {
  readonly line: string;
  readonly text: string;
}

const HOME: ShellView = { machine: null, namespace: 'default' };

/** Opens a text: as the last command left it, where it is that command's, else as it settles. */
export function openText(session: Session | null, text: string, options: LoadOptions): Opened {
  if (session === null || session.server.manifest !== text) return { text, loaded: load(text, options) };
  return { text, loaded: ofRevision(rested(session.server).loaded, options.revision ?? 0) };
}

/** What has been run: what the page is told, the shell after it, and the cluster that the page shows from now on. */
export interface Run {
  readonly ran: CommandRan;
  readonly session: Session;
  readonly opened: Opened;
}

export function runCommand(before: Session | null, { line, text }: Asked, opened: Opened): Run {
  const start: Session = { server: serverFor(before, { line, text }, opened), shell: before?.shell ?? HOME };
  const printed = printedBy(start, line);
  const shell: ShellView = { ...start.shell, namespace: printed.namespace ?? start.shell.namespace };
  const server = printed.server ?? start.server;
  const { revision } = opened.loaded.snapshot;
  const isSameText = server.manifest === text;
  const changed: Opened | null =
    server !== start.server && isSameText ? { text, loaded: ofRevision(rested(server).loaded, revision) } : null;
  const sent = printed.sent?.at(-1) ?? null;
  return {
    ran: {
      status: printed.status,
      output: terminalOutput(printed),
      text: isSameText ? null : server.manifest,
      snapshot: changed?.loaded.snapshot ?? null,
      sent: sent === null ? null : { ...sent, revision },
      edit: editedObject(printed, server),
      instead: printed.instead,
      shell,
    },
    session: { server, shell },
    opened: changed ?? opened,
  };
}

function editedObject({ edit }: Answer, { loaded }: ApiServer): EditedObject | null {
  if (edit === undefined) return null;
  const { kind, name } = edit.object;
  return { name: `${kind.toLowerCase()}/${name}`, range: placeOf(loaded, edit.object) };
}

/** Who watches what comes of the last command has typed at once; everybody else after it came to rest. */
const WATCHES = /\s(?:-w|--watch(?:-only)?|rollout\s+status|wait)(?:[\s=]|$)/;

function serverFor(session: Session | null, { line, text }: Asked, opened: Opened): ApiServer {
  if (session !== null && session.server.manifest === text)
    return WATCHES.test(line) ? aMomentLater(session.server) : rested(session.server);
  const { revision } = opened.loaded.snapshot;
  const loaded = opened.text === text ? opened.loaded : load(text, { revision, previous: opened.loaded });
  return liveServer(beginLive(loaded, text));
}

function ofRevision(loaded: Loaded, revision: number): Loaded {
  return { ...loaded, snapshot: { ...loaded.snapshot, revision } };
}

interface Printed extends Answer {
  readonly instead: string | null;
}

/** There are no files in a page: whatever name `-f` has, it means the text of the editor. */
function printedBy({ server, shell }: Session, line: string): Printed {
  const { words, input } = simpleCommand(line);
  const behind = words[0] === 'microk8s' && words[1] === 'kubectl' ? words.slice(2) : words[0] === 'kubectl' ? words.slice(1) : null;
  if (behind === null) return { status: 127, out: '', err: `bash: ${words[0] ?? ''}: command not found\n`, instead: null };
  const answer = kubectl({ server, namespace: shell.namespace, read: () => server.manifest, isWithoutFiles: true }, behind, input);
  return { ...answer, instead: insteadOf(behind, answer, server.objects) };
}

export function completeCommand(_session: Session | null, asked: { readonly line: string; readonly cursor: number }): Completion {
  return { from: asked.cursor, words: [] };
}
