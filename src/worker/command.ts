// The terminal's end of the worker: one shell whose cluster follows the text of the editor. A text that somebody edited is a cluster made
// anew; a text that a command wrote goes on with the life that the command began. Where the page lets time go by, its time is the shell's.

import {
  type ApiServer,
  beginLive,
  type Live,
  type Loaded,
  type LoadOptions,
  liveServer,
  load,
  mergedText,
  placeOf,
  relived,
  type WrittenObject,
  worded,
  writtenObjects,
} from '../engine/index';
import type { Answer } from '../kubectl/answer';
import { type Completion, complete } from '../kubectl/complete/complete';
import { machineOf, newTerminal, run, type Terminal } from '../kubectl/terminal';
import type { CommandRan, DoneAtRest, EditedObject, ShellView } from './protocol';
import { aMomentLater, rested } from './rest';

/** A text, and the cluster that the page shows of it. */
export interface Opened {
  readonly text: string;
  readonly loaded: Loaded;
}

/** The shell between two commands. */
export interface Session {
  /** At the instant at which the last command was done; null: no text goes on with it. */
  readonly server: ApiServer | null;
  /** What lasts beside the cluster: where one is, variables, files. */
  readonly terminal: Terminal;
}

interface Asked {
  readonly line: string;
  readonly text: string;
}

/** Opens a text: as the last command left it, where it is that command's, else as it settles. */
export function openText(session: Session | null, text: string, options: LoadOptions): Opened {
  const server = serverOf(session, text);
  if (server === null) return { text, loaded: load(text, options) };
  return { text, loaded: ofRevision(rested(server).loaded, options.revision ?? 0) };
}

/** The cluster that commands have made of the text; null where they did nothing with this one. */
export function serverOf(session: Session | null, text: string): ApiServer | null {
  return session?.server?.manifest === text ? session.server : null;
}

/** The shell with its variables and files; the next text is a cluster made anew. */
export function withoutCluster(session: Session | null): Session | null {
  return session === null ? null : { ...session, server: null };
}

/** A shell on the cluster that commands made of the text earlier, which their deeds make again. */
export function sessionAgain({ began, deeds }: DoneAtRest): Session {
  const server = liveServer(relived(beginLive(load(began), began), deeds));
  return { server, terminal: newTerminal(server) };
}

function doneAtRest({ live }: ApiServer): DoneAtRest | null {
  return live === null ? null : { began: live.axis.manifests[0].text, deeds: live.deeds };
}

/** What has been run: what the page is told, the shell after it, and the cluster that the page shows from now on. */
export interface Run {
  readonly ran: CommandRan;
  readonly session: Session & { readonly server: ApiServer };
  readonly opened: Opened;
}

/** `over`: the page's own time, where it has begun; the command then happens at the instant of its clock. */
export function runCommand(before: Session | null, { line, text }: Asked, opened: Opened, over: Live | null = null): Run {
  const start = over === null ? serverFor(before, { line, text }, opened) : liveServer(over);
  const printed = run(terminalOn(before, start, text), line);
  const { terminal, screen } = printed;
  const after = terminal.session.server;
  const written = textAfter({ start, after, text });
  const server = over === null || after.manifest === start.manifest ? after : withWords(after, written.text ?? text);
  const { revision } = opened.loaded.snapshot;
  // A request leaves the cluster as it was, whatever kernels remember of it.
  const isChanged = server !== start && server.loaded.built.cluster !== start.loaded.built.cluster;
  const changed: Opened | null =
    isChanged && written.text === null && over === null ? { text, loaded: ofRevision(rested(server).loaded, revision) } : null;
  const sent = printed.sent?.at(-1) ?? null;
  const shell: ShellView = { machine: machineOf(terminal), namespace: terminal.session.namespace };
  return {
    ran: {
      status: printed.status,
      output: screen,
      ...written,
      atRest: over === null ? doneAtRest(server) : null,
      snapshot: changed?.loaded.snapshot ?? null,
      at: over === null ? null : (server.live?.at ?? over.at),
      sent: sent === null ? null : { ...sent, revision },
      edit: editedObject(printed, server, written.text ?? text),
      instead: printed.instead ?? null,
      shell,
    },
    session: { server, terminal },
    opened: changed ?? opened,
  };
}

interface Texts {
  readonly start: ApiServer;
  readonly after: ApiServer;
  /** The editor's. */
  readonly text: string;
}

/** What the editor is to hold. Over time it may hold an edit that is not applied yet: what the command wrote is written into that one. */
function textAfter({ start, after, text }: Texts): Pick<CommandRan, 'text' | 'kept'> {
  if (after.manifest === start.manifest || after.manifest === text) return { text: null, kept: [] };
  if (start.manifest === text) return { text: after.manifest, kept: [] };
  const merged = mergedText({ base: start.manifest, changed: after.manifest, edited: text });
  return { text: merged.text === text ? null : merged.text, kept: merged.kept };
}

/** Where the text says what the manifest says, the manifest is the text: nothing is left to apply. */
function withWords(server: ApiServer, text: string): ApiServer {
  const { live } = server;
  if (live === null) return server;
  const next = worded(live, text);
  return next === live ? server : liveServer(next);
}

/** The terminal on the cluster as it is now. Where nobody wrote a file of the name, `-f` means the text of the editor. */
function terminalOn(before: Session | null, server: ApiServer, text: string): Terminal {
  const read = () => text;
  const terminal = before?.terminal ?? newTerminal(server, read);
  return { ...terminal, session: { ...terminal.session, server, read, isWithoutFiles: true } };
}

function editedObject({ edit }: Answer, { loaded, manifest }: ApiServer, text: string): EditedObject | null {
  if (edit === undefined) return null;
  const { kind, namespace, name } = edit.object;
  const isSame = ({ ref }: WrittenObject): boolean => ref.kind === kind && ref.namespace === namespace && ref.name === name;
  const range = manifest === text ? placeOf(loaded, edit.object) : writtenObjects(text).objects.findLast(isSame)?.range;
  return { name: `${kind.toLowerCase()}/${name}`, range: range ?? null };
}

/** Who watches what comes of the last command has typed at once; everybody else after it came to rest. */
const WATCHES = /\s(?:-w|--watch(?:-only)?|rollout\s+status|wait)(?:[\s=]|$)/;

function serverFor(session: Session | null, { line, text }: Asked, opened: Opened): ApiServer {
  const server = serverOf(session, text);
  if (server !== null) return WATCHES.test(line) ? aMomentLater(server) : rested(server);
  const { revision } = opened.loaded.snapshot;
  const loaded = opened.text === text ? opened.loaded : load(text, { revision, previous: opened.loaded });
  return liveServer(beginLive(loaded, text));
}

function ofRevision(loaded: Loaded, revision: number): Loaded {
  return { ...loaded, snapshot: { ...loaded.snapshot, revision } };
}

/** What may follow at the cursor of a line that is not entered yet. */
export function completeCommand(
  before: Session | null,
  asked: Asked & { readonly cursor: number },
  opened: Opened,
  over: Live | null,
): Completion {
  const { line, cursor, text } = asked;
  const server = over === null ? serverFor(before, { line: '', text }, opened) : liveServer(over);
  return complete(terminalOn(before, server, text), line, cursor);
}
