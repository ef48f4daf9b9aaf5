// A program and its words, run in a place: the program itself, or a shell with a line for it (`sh -c "…"`), or a shell that stays open.

import type { ApiServer } from '../../engine/index';
import type { Answer } from '../answer';
import { environmentOf } from './environment';
import { toolboxOf } from './images';
import { type Interpreted, interpret, type Shell, type ShellState, type Started } from './interpret';
import { parseList } from './parse';
import type { Place } from './place';
import { kill } from './programs/kill';
import { hasShell, runProgram } from './toolbox';

export interface Begun {
  readonly words: readonly string[];
  readonly input: string | null;
  readonly terminal: boolean;
  readonly server: ApiServer;
  readonly place: Place;
  readonly variables?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** What came of it; null where the place has no such program. */
export function runIn(begun: Begun): Answer | null {
  const { words, place, server } = begun;
  const [program = '', ...rest] = words;
  const variables = begun.variables ?? environmentOf(server, place);
  const files = begun.files ?? {};
  if (hasShell(place, program)) return inShell({ ...begun, variables, files }, rest);
  return runProgram({
    program: program.replace(/^.*\//, ''),
    words: rest,
    input: begun.input,
    place,
    server,
    variables,
    files,
    terminal: begun.terminal,
  });
}

type Prepared = Begun & Pick<ShellState, 'variables' | 'files'>;

/** `sh -c LINE`; without one a shell that stays open, or that reads its commands from what is passed to it. */
function inShell(begun: Prepared, words: readonly string[]): Answer {
  const flag = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  const line = flag < 0 ? begun.input : words[flag + 1];
  if (line === null)
    return begun.terminal
      ? { status: 0, out: '', err: '', opened: { place: begun.place, removing: null } }
      : { status: 0, out: '', err: '' };
  if (line === undefined) return { status: 2, out: '', err: `${shellName(begun.place)}: -c: option requires an argument\n` };
  const { state: _state, ...answer } = runLine(begun, line);
  return answer;
}

/** A line in a shell of the place. */
export function runLine(begun: Omit<Prepared, 'words'> & { readonly status?: number }, line: string): Interpreted {
  const { server, variables, files, status = 0 } = begun;
  const state: ShellState = { server, variables, files, namespace: '', status };
  const list = parseList(line);
  const name = shellName(begun.place);
  if ('problem' in list) {
    const err = `${name}: ${name === 'sh' ? '' : '-c: '}${list.problem}\n`;
    return { status: 2, out: '', err, screen: err, state };
  }
  const { namespace: _namespace, ...done } = interpret(shellIn(begun.place, begun.terminal), list, state);
  return done;
}

function shellName(place: Place): string {
  return place.kind === 'container' ? 'sh' : 'bash';
}

/** A shell whose programs are those of the place. */
function shellIn(place: Place, terminal: boolean): Shell {
  const name = shellName(place);
  return {
    name,
    terminal,
    start: ({ words, input, terminal: shows, state }: Started) => {
      const builtin = builtIn(words, state);
      if (builtin !== null) return builtin;
      const { server, variables, files } = state;
      const begun = { words, input, terminal: shows, server, place, variables, files };
      const answer = runIn(begun) ?? (words[0] === 'kill' ? kill({ ...begun, program: name, words: words.slice(1) }) : null);
      return answer ?? missing(place, words[0] ?? '');
    },
  };
}

/** What a shell does itself. */
export function builtIn([name = '', ...words]: readonly string[], state: ShellState): (Answer & { readonly state?: ShellState }) | null {
  const well = { status: 0, out: '', err: '' };
  if (name === 'cd' || name === 'set' || name === 'wait' || name === 'shopt' || name === 'trap') return well;
  if (name === 'exit') return { ...well, status: Number(words[0] ?? state.status) || 0 };
  if (name === 'unset')
    return {
      ...well,
      state: { ...state, variables: Object.fromEntries(Object.entries(state.variables).filter(([key]) => !words.includes(key))) },
    };
  if (name !== 'export') return null;
  const given = words
    .filter((word) => word.includes('='))
    .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const);
  return { ...well, state: { ...state, variables: { ...state.variables, ...Object.fromEntries(given) } } };
}

function missing(place: Place, program: string): Answer {
  const isBusybox = place.kind === 'container' && toolboxOf(place.image).make !== 'gnu';
  if (isBusybox) return { status: 127, out: '', err: `sh: ${program}: not found\n` };
  return {
    status: 127,
    out: '',
    err: place.kind === 'container' ? `sh: 1: ${program}: not found\n` : `bash: ${program}: command not found\n`,
  };
}
