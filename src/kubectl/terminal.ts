// The whole terminal: a line as a shell reads it, on the student's own machine or wherever a shell was opened, and what it leaves behind:
// the cluster, the namespace of the context, variables, aliases, files that were written, the shells one is in.

import type { ApiServer } from '../engine/index';
import type { Answer } from './answer';
import { textAt } from './fields';
import { insteadOf } from './instead';
import { kubectl } from './kubectl';
import { terminalOutput } from './screen';
import { newSession, type Session, sessionAfter } from './session';
import { environmentOf } from './shell/environment';
import { interpret, type Shell, type ShellState, type Started } from './shell/interpret';
import { isReachable } from './shell/machine';
import { entered } from './shell/machines';
import { minikube } from './shell/minikube';
import { outside } from './shell/outside';
import { parseList } from './shell/parse';
import { type Place, podOf } from './shell/place';
import { builtIn, runIn, runLine } from './shell/run-in';
import { hasShell } from './shell/toolbox';
import { removedAll } from './write/removal';

/** A shell that was opened inside of another. */
interface OpenShell {
  readonly place: Place;
  /** The Pod that is deleted with it (`run --rm`). */
  readonly removing: { readonly namespace: string; readonly name: string } | null;
  readonly variables: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

export interface Terminal {
  readonly session: Session;
  /** The innermost last. */
  readonly shells: readonly OpenShell[];
  readonly aliases: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly history: readonly string[];
  readonly status: number;
}

export interface TerminalAnswer extends Answer {
  /** What the terminal shows, in the order of time. */
  readonly screen: string;
  readonly terminal: Terminal;
}

export function newTerminal(server: ApiServer, read?: Session['read']): Terminal {
  return {
    session: newSession(server, read),
    shells: [],
    aliases: { k: 'kubectl', ll: 'ls -l' },
    variables: { HOME: '/home/student', USER: 'student', SHELL: '/bin/bash', PWD: '/home/student' },
    files: {},
    history: [],
    status: 0,
  };
}

/** The machine whose shell one is in; null: the student's own. */
export function machineOf({ shells }: Terminal): string | null {
  const place = shells.at(-1)?.place;
  if (place === undefined || place.kind === 'outside') return null;
  return place.kind === 'node' ? place.node : place.pod;
}

/** Runs a line, with the documents that belong to it. */
export function run(terminal: Terminal, line: string): TerminalAnswer {
  const before: Terminal = { ...terminal, history: [...terminal.history, line] };
  const inner = before.shells.at(-1);
  if (inner === undefined) return atHome(before, line);
  return isThere(inner.place, before.session.server) ? inside(before, inner, line) : thrownOut(before, inner.place);
}

// In a shell that was opened: its programs are those of its place.

function inside(terminal: Terminal, shell: OpenShell, line: string): TerminalAnswer {
  const leaving = /^\s*(?:exit|logout)(?:\s+(\d+))?\s*;?\s*$/.exec(line);
  if (leaving !== null) return left(terminal, shell, Number(leaving[1] ?? terminal.status));
  const { server } = terminal.session;
  const { place, variables, files } = shell;
  const { state, ...answer } = runLine({ place, variables, files, server, input: null, terminal: true, status: terminal.status }, line);
  const kept = { ...shell, variables: state.variables, files: state.files };
  const shells = [...terminal.shells.slice(0, -1), kept, ...openedBy(answer, terminal)];
  const after = {
    ...terminal,
    shells,
    status: answer.status,
    session: sessionAfter(terminal.session, { ...answer, namespace: terminal.session.namespace }),
  };
  return told(answer, after);
}

/** A shell ends with its container, and with its node. */
function isThere(place: Place, server: ApiServer): boolean {
  const { objects } = server;
  if (place.kind === 'node')
    return isReachable(server, place.node) && objects.some(({ kind, name }) => kind === 'Node' && name === place.node);
  const pod = podOf(place, objects);
  return place.kind === 'outside' || (pod !== null && textAt(pod.json, 'status', 'phase') === 'Running');
}

function thrownOut(terminal: Terminal, place: Place): TerminalAnswer {
  const [status, err] =
    place.kind === 'node'
      ? [255, `Connection to ${place.node} closed by remote host.\n`]
      : [137, 'command terminated with exit code 137\n'];
  return told({ status, out: '', err }, { ...terminal, shells: terminal.shells.slice(0, -1), status });
}

function left(terminal: Terminal, { removing, place }: OpenShell, status: number): TerminalAnswer {
  const shells = terminal.shells.slice(0, -1);
  const isContainer = place.kind === 'container';
  const out =
    removing === null ? (place.kind === 'node' ? 'logout\n' : '') : `pod "${removing.name}" deleted from ${removing.namespace} namespace\n`;
  const err = isContainer && removing === null && status !== 0 ? `command terminated with exit code ${status}\n` : '';
  const { server } = terminal.session;
  const answer: Answer =
    removing === null
      ? { status, out, err }
      : { status, out, err, server: removedAll(server, { kind: 'Pod', ...removing }, { gracePeriodSeconds: null, cascade: true }) };
  return told(answer, { ...terminal, shells, status, session: sessionAfter(terminal.session, answer) });
}

function openedBy({ opened }: Answer, { session }: Terminal): readonly OpenShell[] {
  if (opened === undefined) return [];
  const { place, removing } = opened;
  return [{ place, removing, variables: environmentOf(session.server, place), files: {} }];
}

function told(answer: Answer, terminal: Terminal): TerminalAnswer {
  return { ...answer, screen: answer.screen ?? terminalOutput(answer), terminal };
}

// At home: kubectl and its kin, the ways to nodes, and the student's own programs.

function atHome(terminal: Terminal, line: string): TerminalAnswer {
  const { session, variables, files } = terminal;
  const list = parseList(line);
  if ('problem' in list) return told({ status: 2, out: '', err: `bash: ${list.problem}\n` }, { ...terminal, status: 2 });
  const state: ShellState = { server: session.server, variables, files, namespace: session.namespace, status: terminal.status };
  const home = new Home(terminal);
  const { state: after, ...answer } = interpret(home.shell, list, state);
  const next: Terminal = {
    ...terminal,
    session: { ...session, server: after.server, namespace: after.namespace },
    variables: after.variables,
    files: after.files,
    aliases: home.aliases,
    history: home.history,
    status: answer.status,
  };
  const changed = after.server === session.server ? dropServer(answer) : answer;
  return told(changed, { ...next, shells: [...next.shells, ...openedBy(answer, next)] });
}

/** Nothing was changed: then there is no server after. */
function dropServer({ server: _server, ...answer }: Answer & { readonly screen: string }): Answer & { readonly screen: string } {
  return answer;
}

/** The student's shell while one line runs: aliases and history may change in it. */
class Home {
  readonly #terminal: Terminal;
  aliases: Terminal['aliases'];
  history: Terminal['history'];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.aliases = terminal.aliases;
    this.history = terminal.history;
  }

  get shell(): Shell {
    return { name: 'bash', terminal: true, start: (started) => this.#start(started, []) };
  }

  #start(started: Started, seen: readonly string[]): Answer & { readonly state?: ShellState } {
    const [name = '', ...words] = started.words;
    const alias = seen.includes(name) || !Object.hasOwn(this.aliases, name) ? undefined : this.aliases[name];
    if (alias !== undefined) return this.#start({ ...started, words: [...alias.split(/\s+/), ...words] }, [...seen, name]);
    const own = this.#own(name, words, started) ?? builtIn(started.words, started.state);
    if (own !== null) return own;
    const called = this.#called(name, words, started);
    if (called !== null) return called;
    return { status: 127, out: '', err: `bash: ${name}: command not found\n` };
  }

  /** What the shell does itself and the shells of other places do not. */
  #own(name: string, words: readonly string[], started: Started): Answer | null {
    const well = { status: 0, out: '', err: '' };
    switch (name) {
      case 'alias':
        return this.#alias(words);
      case 'unalias':
        this.aliases = Object.fromEntries(Object.entries(this.aliases).filter(([key]) => !words.includes(key)));
        return well;
      case 'history':
        if (words[0] === '-c') this.history = [];
        return {
          ...well,
          out: words[0] === '-c' ? '' : this.history.map((line, index) => `${String(index + 1).padStart(5)}  ${line}\n`).join(''),
        };
      case 'exit':
      case 'logout':
      case 'clear':
        return well;
      case 'sudo':
      case 'time':
      case 'command':
      case 'exec':
        return words.length === 0 ? well : this.#start({ ...started, words }, []);
      case 'watch':
        return this.#watch(words, started);
      case 'which':
      case 'type':
        return which(words);
      default:
        return null;
    }
  }

  #alias(words: readonly string[]): Answer {
    const given = words
      .filter((word) => word.includes('='))
      .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const);
    this.aliases = { ...this.aliases, ...Object.fromEntries(given) };
    const asked = words.filter((word) => !word.includes('='));
    const shown = words.length === 0 ? Object.keys(this.aliases).sort() : asked;
    const missing = shown.filter((word) => !Object.hasOwn(this.aliases, word));
    const out = shown.filter((word) => !missing.includes(word)).map((word) => `alias ${word}='${this.aliases[word]}'\n`);
    return {
      status: missing.length === 0 ? 0 : 1,
      out: out.join(''),
      err: missing.map((word) => `bash: alias: ${word}: not found\n`).join(''),
    };
  }

  /** The screen is not redrawn: it is shown once. */
  #watch(words: readonly string[], started: Started): Answer {
    const at = words.findIndex((word, index) => !word.startsWith('-') && !/^-n$|^--interval$/.test(words[index - 1] ?? ''));
    const watched = at < 0 ? [] : words.slice(at);
    if (watched.length === 0) return { status: 1, out: '', err: 'Usage: watch [options] command\n' };
    const asked = words.slice(0, at).join(' ');
    const every = Number(/(?:-n|--interval)[ =]?(\d+(?:\.\d+)?)/.exec(asked)?.[1] ?? 2).toFixed(1);
    const line = watched.length === 1 ? (watched[0] ?? '').split(/\s+/) : watched;
    const answer = this.#start({ ...started, words: line, terminal: false }, []);
    return { ...answer, out: `Every ${every}s: ${line.join(' ')}\n\n${answer.out}` };
  }

  #called(name: string, words: readonly string[], { input, terminal, state }: Started): Answer | null {
    const { server, variables, files, namespace } = state;
    const base = this.#terminal.session;
    const read: Session['read'] = (file) => (Object.hasOwn(files, file) ? (files[file] ?? null) : base.read(file));
    const session: Session = { ...base, server, namespace, read };
    if (name === 'kubectl') return withInstead(session, words, kubectl(session, words, input ?? ''));
    if (name === 'microk8s' || name === 'microk8s.kubectl') return microk8s(session, { name, words, input: input ?? '' });
    if (name === 'minikube') return minikube(session, words, terminal);
    const machine = entered(session, { name, words, input, terminal });
    if (machine !== null) return machine;
    const place = outside(server);
    if (hasShell(place, name) && !words.some((word) => /^-[a-z]*c$/.test(word)) && input === null) return { status: 0, out: '', err: '' };
    return runIn({ words: [name, ...words], input, terminal, server, place, variables, files });
  }
}

function withInstead({ server }: Session, words: readonly string[], answer: Answer): Answer {
  const instead = insteadOf(words, answer, server.objects);
  return instead === null ? answer : { ...answer, instead };
}

function microk8s(
  session: Session,
  { name, words, input }: { readonly name: string; readonly words: readonly string[]; readonly input: string },
): Answer {
  if (name === 'microk8s.kubectl') return kubectl(session, words, input);
  if (words[0] === 'kubectl') return withInstead(session, words.slice(1), kubectl(session, words.slice(1), input));
  if (words[0] === 'status') return { status: 0, out: 'microk8s is running\nhigh-availability: no\n', err: '' };
  return { status: 1, out: '', err: `microk8s ${words[0] ?? ''} is not simulated: microk8s kubectl is\n` };
}

function which(words: readonly string[]): Answer {
  const known = ['kubectl', 'minikube', 'microk8s', 'docker', 'ssh', 'curl', 'wget', 'ping', 'dig', 'nslookup', 'nc'];
  const found = words.filter((word) => known.includes(word));
  return { status: found.length === words.length ? 0 : 1, out: found.map((word) => `/usr/bin/${word}\n`).join(''), err: '' };
}
