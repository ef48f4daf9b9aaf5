// Which command a line means, before its flags are read (cobra's Find): words are followed down the tree of commands, and flags between
// them are passed over. A flag that `kubectl` itself does not know is thought to take the next word, so that `-A get pods` means no command.

import { editDistance } from '../engine/index';
import { type Answer, refused } from './answer';
import { type Command, childNamed, type Flag, GLOBAL_FLAGS, KUBECTL } from './command';

export interface FoundCommand {
  readonly command: Command;
  /** The line without the words of the command's path. */
  readonly words: readonly string[];
}

export function findCommand(words: readonly string[]): FoundCommand | Answer {
  const found = below({ command: KUBECTL, words });
  const { command } = found;
  const [first] = plainWords(command, found.words);
  if (command !== KUBECTL || first === undefined) return found;
  // Before it gives up, kubectl looks for a plugin (HandlePluginCommand), whose name must come first.
  return words[0]?.startsWith('-') === true ? refused(`flags cannot be placed before plugin name: ${words[0]}`) : unknownCommand(first);
}

function below({ command, words }: FoundCommand): FoundCommand {
  const [first] = plainWords(command, words);
  const child = first === undefined ? undefined : childNamed(command, first);
  if (first === undefined || child === undefined) return { command, words };
  const at = indexOfPlain(command, words, first);
  return below({ command: child, words: [...words.slice(0, at), ...words.slice(at + 1)] });
}

/** The words that are neither flags nor their values (stripFlags). */
function plainWords(command: Command, words: readonly string[]): readonly string[] {
  const [first, second] = words;
  if (first === undefined || first === '--') return [];
  if (takesNext(command, first)) return second === undefined ? [] : plainWords(command, words.slice(2));
  const rest = plainWords(command, words.slice(1));
  return first === '' || first.startsWith('-') ? rest : [first, ...rest];
}

function indexOfPlain(command: Command, words: readonly string[], wanted: string): number {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (takesNext(command, word)) index += 1;
    else if (word === wanted) return index;
  }
  return -1;
}

function takesNext({ flags }: Command, word: string): boolean {
  if (word.includes('=') || !/^(?:--.+|-[^-])$/.test(word)) return false;
  const isLong = word.startsWith('--');
  const isMeant = ({ long, short }: Flag) => (isLong ? word === `--${long}` : word === `-${short}`);
  const flag = [...flags, ...GLOBAL_FLAGS].find(isMeant);
  return flag === undefined || flag.bare === null;
}

/** Words that people type for a verb of another name. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  get: ['list', 'ls'],
  delete: ['rm', 'remove'],
  describe: ['inspect'],
  top: ['stats'],
};

/** Suggestions as cobra makes them: at most two letters off, or the same beginning. */
function unknownCommand(word: string): Answer {
  const typed = word.toLowerCase();
  const near = KUBECTL.children
    .map(({ path }) => path.join(' '))
    .filter((verb) => editDistance(typed, verb) <= 2 || verb.startsWith(typed) || (ALSO[verb] ?? []).includes(typed));
  const text = `unknown command "${word}" for "kubectl"`;
  return near.length === 0 ? refused(text) : refused(text, '', 'Did you mean this?', ...near.map((verb) => `\t${verb}`));
}
