// What may follow in a command of kubectl: its commands, the flags that it knows, their values, and the objects that it can be given. What is
// offered where follows kubectl's own completion (pkg/util/completion), but that values which it leaves to the shell are offered as well.

import { allFlags, type Command, type Flag, KUBECTL } from '../command';
import { findCommand } from '../find';
import { readFlags } from '../flags';
import type { Session } from '../session';
import { chosenContainer } from '../shell/chosen-pod';
import { placeIn } from '../shell/exec';
import type { Place } from '../shell/place';
import { argumentsFor } from './arguments';
import { valuesOf } from './flag-values';
import { type Known, podOf } from './known';

interface Asked {
  /** The words before the cursor, without the word `kubectl`. */
  readonly words: readonly string[];
  /** The word at the cursor. */
  readonly word: string;
  readonly files: readonly string[];
}

/** Words to choose from; or the container whose programs follow, with the words that are theirs. */
export type Offered = { readonly offered: readonly string[] } | { readonly place: Place; readonly words: readonly string[] };

const NOTHING: Offered = { offered: [] };

export function kubectlWords(session: Session, asked: Asked): Offered {
  const isHelp = asked.words[0] === 'help';
  const found = findCommand(isHelp ? asked.words.slice(1) : asked.words);
  if ('status' in found) return NOTHING;
  const { command } = found;
  if (isHelp) return { offered: childrenOf(command) };
  const awaiting = flagAtTheEnd(command, found.words);
  const flags = readFlags(command, awaiting === null ? found.words : withoutFlagAtTheEnd(found.words));
  if ('status' in flags) return NOTHING;
  const { words, behind, values } = flags;
  const known: Known = { session, command, words, word: asked.word, values, files: asked.files };
  if (behind !== null) return insideOf(known, behind);
  if (awaiting !== null) return { offered: valuesOf(awaiting, known) };
  const [, name] = /^--([\w-]+)=/.exec(asked.word) ?? [];
  if (name !== undefined) return { offered: valuesOf(allFlags(command).find(({ long }) => long === name) ?? null, known) };
  if (asked.word.startsWith('-')) return { offered: allFlags(command).filter(isOffered(values)).flatMap(spellings) };
  return { offered: [...(words.length === 0 ? childrenOf(command) : []), ...argumentsFor(known)] };
}

function childrenOf(command: Command): readonly string[] {
  const children = command.children.map(({ path }) => path.at(-1) ?? '');
  return command === KUBECTL ? [...children, 'help'] : children;
}

/** The flag whose value the cursor is at: `-n`, `--namespace`, the last of `-itc`. */
function flagAtTheEnd(command: Command, words: readonly string[]): Flag | null {
  const last = words.at(-1) ?? '';
  if (words.includes('--') || last.includes('=') || !/^--?\w/.test(last)) return null;
  const [, long] = /^--(.+)$/.exec(last) ?? [];
  const flag = allFlags(command).find((one) => (long === undefined ? one.short === last.at(-1) : one.long === long));
  const isValueItself = long === undefined && last.length > 2 && takesTheRest(command, last);
  return flag === undefined || flag.bare !== null || isValueItself ? null : flag;
}

/** `-nshop`: the letters behind a flag with a value are its value. */
function takesTheRest(command: Command, word: string): boolean {
  const letters = [...word.slice(1, -1)];
  return letters.some((letter) => allFlags(command).some(({ short, bare }) => short === letter && bare === null));
}

function withoutFlagAtTheEnd(words: readonly string[]): readonly string[] {
  const last = words.at(-1) ?? '';
  const others = last.startsWith('--') ? '' : last.slice(1, -1);
  return [...words.slice(0, -1), ...(others === '' ? [] : [`-${others}`])];
}

/** A flag is given once, but for those whose values add up. */
function isOffered(values: Readonly<Record<string, readonly string[]>>): (flag: Flag) => boolean {
  return ({ long, type, isHidden }) => !isHidden && (!(long in values) || type === 'slice' || type === 'array');
}

function spellings({ long, short }: Flag): readonly string[] {
  return [...(short === null ? [] : [`-${short}`]), `--${long}`];
}

function insideOf(known: Known, words: readonly string[]): Offered {
  const pod = known.command.path[0] === 'exec' ? podOf(known) : null;
  const container = pod === null ? null : chosenContainer(pod, known.values.container?.at(-1));
  if (pod === null || container === null || 'status' in container) return NOTHING;
  return { place: placeIn(pod, container.name), words };
}
