// Tab completion: what may stand at the cursor, wherever the terminal is. At home that is kubectl and its kin, in a container or on a node
// the programs of the place, their files, and the names that they can ask for.

import { compareText } from '../../engine/index';
import type { Session } from '../session';
import { filesOf } from '../shell/files';
import { outside } from '../shell/outside';
import type { Place } from '../shell/place';
import { programNamed, programsAt } from '../shell/toolbox';
import type { Terminal } from '../terminal';
import { hostsFor } from './hosts';
import { kubectlWords } from './kubectl-words';
import { type Typed, typedAt } from './typed';

export interface Completion {
  /** Where the words that are offered begin in the line. */
  readonly from: number;
  readonly words: readonly string[];
}

/** The student's own shell. */
const HOME_PROGRAMS = ['kubectl', 'minikube', 'microk8s', 'docker', 'ssh', 'alias', 'clear', 'exit', 'export', 'history', 'watch'];
/** They are followed by a command of its own. */
const BEFORE_COMMANDS = ['sudo', 'time', 'command', 'exec', 'watch', 'xargs', 'do', 'then', 'else', '!', '{'];

/** What may follow in a line of which the cursor has seen so much. */
export function complete(terminal: Terminal, line: string, cursor: number): Completion {
  const typed = typedAt(line.slice(0, cursor));
  if (typed === null) return { from: cursor, words: [] };
  const { from, word } = pieceOf(typed);
  const offered = [...new Set(wordsFor(terminal, typed))].filter((one) => one.startsWith(word) && one !== '');
  return { from, words: offered.sort(compareText) };
}

/** Behind a flag's `=` and in a list, only the last piece is being written. */
function pieceOf({ word, from }: Typed): { readonly from: number; readonly word: string } {
  const before = /^(?:--[\w-]+=)?(?:[^=/]*,)?/.exec(word)?.[0] ?? '';
  return { from: from + before.length, word: word.slice(before.length) };
}

function wordsFor(terminal: Terminal, typed: Typed): readonly string[] {
  const inner = terminal.shells.at(-1);
  const { session } = terminal;
  if (inner !== undefined)
    return typed.isFile ? Object.keys(inner.files) : inPlace(session, inner.place, { ...typed, files: Object.keys(inner.files) });
  const files = Object.keys(terminal.files);
  return typed.isFile ? files : atHome(terminal, { ...typed, files });
}

interface Asked extends Pick<Typed, 'words' | 'word'> {
  /** The names of files that were written. */
  readonly files: readonly string[];
}

function atHome(terminal: Terminal, asked: Asked): readonly string[] {
  const { session, aliases } = terminal;
  const words = withoutPrefixes(asked.words);
  const [name, ...rest] = words;
  const place = outside(session.server);
  if (name === undefined) return [...HOME_PROGRAMS, ...Object.keys(aliases), ...programsAt(place)];
  const alias = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  const [program = name, ...more] = alias?.split(/\s+/) ?? [name];
  const behind = [...more, ...rest];
  const ask = { ...asked, words: behind };
  switch (program) {
    case 'kubectl':
    case 'microk8s.kubectl':
      return kubectlOrInside(session, ask);
    case 'microk8s':
      return behind.length === 0 ? ['kubectl', 'status'] : behind[0] === 'kubectl' ? kubectlOrInside(session, rested(ask, 1)) : [];
    case 'minikube':
      return minikube(session, ask);
    case 'ssh':
      return behind.length === 0 ? nodes(session) : [];
    case 'docker':
      return behind.length === 0 ? ['exec', 'ps', 'start', 'stop'] : behind[0] === 'ps' ? [] : nodes(session);
    default:
      return inPlace(session, place, { ...asked, words: [program, ...behind] });
  }
}

function withoutPrefixes(words: readonly string[]): readonly string[] {
  const [first, ...rest] = words;
  return first !== undefined && BEFORE_COMMANDS.includes(first) ? withoutPrefixes(rest) : words;
}

function rested(asked: Asked, count: number): Asked {
  return { ...asked, words: asked.words.slice(count) };
}

/** Behind `exec POD --` the words are those of the container. */
function kubectlOrInside(session: Session, asked: Asked): readonly string[] {
  const found = kubectlWords(session, asked);
  return 'place' in found ? inPlace(session, found.place, { ...asked, words: found.words, files: [] }) : found.offered;
}

const MINIKUBE = ['ip', 'kubectl', 'node', 'service', 'ssh', 'status'];

function minikube(session: Session, asked: Asked): readonly string[] {
  const [verb] = asked.words;
  if (verb === undefined) return MINIKUBE;
  if (verb === 'kubectl') return kubectlOrInside(session, rested(asked, asked.words[1] === '--' ? 2 : 1));
  if (verb === 'node') return asked.words.length === 1 ? ['list', 'start', 'stop'] : nodes(session);
  if (verb === 'ssh') return /^-n$|^--node$/.test(asked.words.at(-1) ?? '') ? nodes(session) : ['-n', '--node'];
  if (verb !== 'service') return [];
  const services = session.server.objects.filter(({ kind }) => kind === 'Service').map(({ name }) => name);
  return asked.word.startsWith('-') ? ['--url', '--namespace'] : ['list', ...services];
}

function nodes({ server }: Session): readonly string[] {
  return server.objects.filter(({ kind }) => kind === 'Node').map(({ name }) => name);
}

/** A program of a container, of a node or of the machine outside, then the files and hosts that it may be given. */
function inPlace({ server }: Session, place: Place, { words, word, files }: Asked): readonly string[] {
  const [name] = withoutPrefixes(words);
  if (name === undefined) return word.includes('/') ? [] : programsAt(place);
  if (programNamed(place, name) === null || word.startsWith('-')) return [];
  const paths = word.startsWith('/') ? nextOnTheWay(Object.keys(filesOf({ server, place })), word) : files;
  return [...paths, ...hostsFor({ server, place, program: name, word })];
}

/** Paths as far as the next directory. */
function nextOnTheWay(paths: readonly string[], word: string): readonly string[] {
  return paths
    .filter((path) => path.startsWith(word))
    .map((path) => {
      const end = path.indexOf('/', word.length);
      return end < 0 ? path : path.slice(0, end + 1);
    });
}
