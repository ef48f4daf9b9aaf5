// A shell at work: it runs lists of commands in one place, hands the output of one to the next, keeps variables and the few files that are
// written. What is left behind (the cluster, the requests that were sent) goes from command to command.
// Whoever would press Ctrl-C is thought to do so when a loop has turned a few times for ever.

import type { ApiServer, SentRequest } from '../../engine/index';
import type { Answer } from '../answer';
import { terminalOutput } from '../screen';
import type { Command, Item, List, Pipeline, Redirection, Word } from './syntax';

/** What a shell runs its programs with. */
export interface Started {
  readonly words: readonly string[];
  readonly input: string | null;
  /** Whether what it prints goes to a terminal. */
  readonly terminal: boolean;
  readonly state: ShellState;
}

export interface ShellState {
  readonly server: ApiServer;
  readonly variables: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly status: number;
}

export interface Shell {
  /** `bash`, `sh`: as it names itself in errors. */
  readonly name: string;
  /** Runs a program, or says that there is none. Some change the shell itself (`cd`, `export`). */
  readonly start: (started: Started) => Answer & { readonly state?: ShellState };
  /** Whether its own output goes to a terminal. */
  readonly terminal: boolean;
}

/** What a list of commands leaves behind. */
export interface Interpreted extends Answer {
  readonly state: ShellState;
  readonly screen: string;
}

/** An endless loop is stopped by hand after so many turns. */
const TURNS = 5;
/** And any other after these: nobody reads more. */
const MOST = 100;

export function interpret(shell: Shell, list: List, state: ShellState): Interpreted {
  return new Interpreter(shell, state).run(list);
}

/** Local to one call of `interpret`. */
class Interpreter {
  readonly #shell: Shell;
  #state: ShellState;
  #sent: SentRequest[] = [];
  #isStopped = false;
  /** What the last command said beside its output: the place whose shell was opened, the command of today. */
  #aside: Omit<Answer, 'status' | 'out' | 'err' | 'server' | 'sent' | 'screen' | 'namespace'> = {};

  constructor(shell: Shell, state: ShellState) {
    this.#shell = shell;
    this.#state = state;
  }

  run(list: List): Interpreted {
    const printed = this.#list(list, null, this.#shell.terminal);
    const { server, namespace, status } = this.#state;
    return { ...this.#aside, ...printed, status, server, namespace, sent: this.#sent, state: this.#state };
  }

  #list(list: List, input: string | null, terminal: boolean): Printed {
    return joined(
      list.map((item) => {
        if (this.#isStopped || !isDue(item, this.#state.status)) return NOTHING;
        return this.#pipeline(item.pipeline, input, terminal);
      }),
    );
  }

  #pipeline({ commands, isNegated }: Pipeline, input: string | null, terminal: boolean): Printed {
    let passed = input;
    let err = '';
    let printed: Printed = NOTHING;
    for (const [index, command] of commands.entries()) {
      const isLast = index === commands.length - 1;
      printed = this.#command(command, passed, isLast && terminal);
      if (!isLast) {
        passed = printed.out;
        err += printed.err;
      }
    }
    if (isNegated) this.#leave(this.#state.status === 0 ? 1 : 0);
    return { out: printed.out, err: err + printed.err, screen: err + printed.screen };
  }

  #leave(status: number): void {
    this.#state = { ...this.#state, status };
  }

  #command(command: Command, input: string | null, terminal: boolean): Printed {
    switch (command.kind) {
      case 'simple':
        return this.#simple(command, input, terminal);
      case 'group':
        return this.#list(command.body, input, terminal);
      case 'if': {
        const asked = this.#list(command.condition, input, terminal);
        const body = this.#state.status === 0 ? command.body : (command.otherwise ?? []);
        if (body.length === 0) this.#leave(0);
        return joined([asked, this.#list(body, input, terminal)]);
      }
      case 'for':
        return this.#for(command, input, terminal);
      case 'while':
        return this.#while(command, input, terminal);
      default:
        return command satisfies never;
    }
  }

  #for({ name, words, body }: Extract<Command, { kind: 'for' }>, input: string | null, terminal: boolean): Printed {
    const printed: Printed[] = [];
    for (const value of words.flatMap((word) => this.#expanded(word)).slice(0, MOST)) {
      if (this.#isStopped) break;
      this.#state = { ...this.#state, variables: { ...this.#state.variables, [name]: value } };
      printed.push(this.#list(body, input, terminal));
    }
    return joined(printed);
  }

  #while({ condition, body, until }: Extract<Command, { kind: 'while' }>, input: string | null, terminal: boolean): Printed {
    const printed: Printed[] = [];
    for (let turn = 0; turn < TURNS && !this.#isStopped; turn += 1) {
      printed.push(this.#list(condition, input, terminal));
      if ((this.#state.status === 0) === until) {
        this.#leave(0);
        return joined(printed);
      }
      printed.push(this.#list(body, input, terminal));
    }
    this.#isStopped = true;
    this.#leave(130);
    return joined([...printed, { out: '', err: '^C\n', screen: '^C\n' }]);
  }

  #simple({ assignments, words, redirections }: Extract<Command, { kind: 'simple' }>, input: string | null, terminal: boolean): Printed {
    const given = Object.fromEntries(assignments.map(({ name, value }) => [name, this.#expanded(value).join(' ')]));
    const variables = { ...this.#state.variables, ...given };
    const expanded = words.flatMap((word) => this.#expanded(word));
    if (expanded.length === 0) {
      this.#state = { ...this.#state, variables, status: 0 };
      return NOTHING;
    }
    const isRedirected = redirections.some(({ from, to }) => from !== 'in' && from !== 'err' && to.kind === 'file');
    const read = this.#redirectedInput(redirections);
    if (typeof read === 'object' && read !== null) return read;
    const before = this.#state;
    const answer = this.#shell.start({
      words: expanded,
      input: read ?? input,
      terminal: terminal && !isRedirected,
      state: { ...before, variables },
    });
    this.#take(answer);
    return this.#redirected(answer, redirections);
  }

  #take(answer: Answer & { readonly state?: ShellState }): void {
    const { status, out: _out, err: _err, screen: _screen, server, sent, namespace, state, ...aside } = answer;
    this.#sent = [...this.#sent, ...(sent ?? [])];
    this.#aside = { ...this.#aside, ...aside };
    this.#state = { ...(state ?? this.#state), status };
    if (server !== undefined) this.#state = { ...this.#state, server };
    if (namespace !== undefined) this.#state = { ...this.#state, namespace };
  }

  /** What the command reads; null: nothing was said. A file that is not there is an error. */
  #redirectedInput(redirections: readonly Redirection[]): string | Printed | null {
    const last = redirections.findLast(({ from }) => from === 'in')?.to;
    if (last === undefined || !('word' in last)) return null;
    const text = this.#expanded(last.word).join(' ');
    if (last.kind === 'text') return this.#joinedText(last.word);
    if (text === '/dev/null') return '';
    const file = Object.hasOwn(this.#state.files, text) ? this.#state.files[text] : undefined;
    if (file !== undefined) return file;
    this.#leave(1);
    const err = `${this.#shell.name}: ${text}: No such file or directory\n`;
    return { out: '', err, screen: err };
  }

  #redirected(answer: Answer, redirections: readonly Redirection[]): Printed {
    let [out, err] = [answer.out, answer.err];
    const writes = redirections.filter(({ from }) => from !== 'in');
    if (writes.length === 0) return { out, err, screen: answer.screen ?? terminalOutput(answer) };
    let merged: string | null = null;
    for (const { from, to } of writes) {
      if (to.kind === 'text') continue;
      if (to.kind === 'file') {
        const name = this.#expanded(to.word).join(' ');
        const text = from === 'out' ? out : from === 'err' ? err : err + out;
        if (from !== 'err') out = '';
        if (from !== 'out') err = '';
        if (!name.startsWith('/dev/')) this.#write(name, text, to.appends);
      } else if (from === 'err' && to.kind === 'out') {
        merged = terminalOutput({ out, err });
        [out, err] = [merged, ''];
      } else if (from === 'out' && to.kind === 'err') [out, err] = ['', err + out];
    }
    return { out, err, screen: terminalOutput({ out, err }) };
  }

  #write(name: string, text: string, appends: boolean): void {
    const { files } = this.#state;
    const before = appends && Object.hasOwn(files, name) ? files[name] : '';
    this.#state = { ...this.#state, files: { ...files, [name]: `${before ?? ''}${text}` } };
  }

  /** The words that one word becomes: what a variable holds is split at blanks where it is not quoted. */
  #expanded(word: Word): readonly string[] {
    const fields: string[] = [];
    let open: string | null = null;
    for (const part of word) {
      const text = this.#textOf(part);
      if (part.kind === 'text' || part.isQuoted) {
        open = (open ?? '') + text;
        continue;
      }
      const [first = '', ...rest] = text.split(/[ \t\n]+/);
      if (text === '') continue;
      open = first === '' && open === null ? null : (open ?? '') + first;
      for (const field of rest) {
        if (open !== null) fields.push(open);
        open = field === '' ? null : field;
      }
    }
    return open === null ? fields : [...fields, open];
  }

  #joinedText(word: Word): string {
    return word.map((part) => this.#textOf(part)).join('');
  }

  #textOf(part: Word[number]): string {
    switch (part.kind) {
      case 'text':
        return part.text;
      case 'variable':
        if (part.name === '?') return String(this.#state.status);
        return (Object.hasOwn(this.#state.variables, part.name) ? this.#state.variables[part.name] : '') ?? '';
      case 'command':
        return this.#list(part.list, null, false).out.replace(/\n+$/, '');
      default:
        return part satisfies never;
    }
  }
}

interface Printed {
  readonly out: string;
  readonly err: string;
  /** What a terminal shows of it, in the order of time. */
  readonly screen: string;
}

const NOTHING: Printed = { out: '', err: '', screen: '' };

function joined(all: readonly Printed[]): Printed {
  return {
    out: all.map(({ out }) => out).join(''),
    err: all.map(({ err }) => err).join(''),
    screen: all.map(({ screen }) => screen).join(''),
  };
}

function isDue({ after }: Item, status: number): boolean {
  return after === ';' || (after === '&&') === (status === 0);
}
