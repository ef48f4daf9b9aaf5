// The command line, taken apart: `COMMAND POSITIONAL… --option VALUE --option=VALUE -f FILE… -- REST…`.
// Every option takes one value, except `-f`, which takes files up to the next option. `-` alone is a value: standard input.

import { UsageError } from './usage-error';

export interface Arguments {
  readonly command: string;
  readonly positionals: readonly string[];
  /** All files of all `-f`, in order. */
  readonly files: readonly string[];
  /** By name without dashes; the last one of a name counts. */
  readonly options: Readonly<Record<string, string>>;
}

/** What each command understands beside its files. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  trace: ['from', 'to', 'protocol', 'via', 'proxy-mode', 'network', 'seed', 'count', 'at', 'lang', 'o'],
  diagnose: ['from', 'to', 'protocol', 'via', 'proxy-mode', 'network', 'seed', 'at', 'lang', 'o'],
  check: ['lang', 'o'],
  verify: ['proxy-mode', 'o'],
  dataplane: ['proxy-mode', 'network', 'o'],
  kubectl: ['at'],
  lint: ['posters', 'o'],
};

export const COMMANDS: readonly string[] = Object.keys(OPTIONS);

const LONG: Readonly<Record<string, string>> = { file: 'f', filename: 'f', output: 'o' };

export function parseArguments(words: readonly string[]): Arguments {
  const [command, ...rest] = words;
  if (command === undefined) throw new UsageError(`a command is missing: ${COMMANDS.join(', ')}`);
  const known = OPTIONS[command];
  if (known === undefined) throw new UsageError(`there is no command ${command}: ${COMMANDS.join(', ')}`);
  return { command, ...sorted(rest, [...known, 'f'], command) };
}

function sorted(words: readonly string[], known: readonly string[], command: string): Omit<Arguments, 'command'> {
  const positionals: string[] = [];
  const files: string[] = [];
  const options: Record<string, string> = {};
  const end = words.indexOf('--');
  const before = end < 0 ? words : words.slice(0, end);
  let inFiles = false;
  for (let index = 0; index < before.length; index += 1) {
    const word = before[index] ?? '';
    if (!isOption(word)) {
      (inFiles ? files : positionals).push(word);
      continue;
    }
    const { name, value } = split(word);
    if (!known.includes(name)) throw new UsageError(`${command} has no option ${word.replace(/=.*/s, '')}`);
    inFiles = name === 'f';
    const next = value ?? before[index + 1];
    if (next === undefined || (value === undefined && isOption(next))) throw new UsageError(`${word} needs a value`);
    if (value === undefined) index += 1;
    if (name === 'f') files.push(next);
    else options[name] = next;
  }
  return { positionals: [...positionals, ...(end < 0 ? [] : words.slice(end + 1))], files, options };
}

function isOption(word: string): boolean {
  return word.startsWith('-') && word !== '-';
}

function split(word: string): { readonly name: string; readonly value: string | undefined } {
  const [, written = '', value] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  return { name: LONG[written] ?? written, value };
}

/** The option's value, one of those that are allowed; the first of them where it is not given. */
export function choice<Word extends string>({ options, command }: Arguments, name: string, allowed: readonly [Word, ...Word[]]): Word {
  const given = options[name] ?? allowed[0];
  const found = allowed.find((word) => word === given);
  if (found === undefined) throw new UsageError(`${command}: ${dashed(name)} ${given} is not one of ${allowed.join(', ')}`);
  return found;
}

export function wholeNumber(
  { options, command }: Arguments,
  name: string,
  range: { readonly unset: number; readonly from: number; readonly to: number },
): number {
  const given = options[name];
  if (given === undefined) return range.unset;
  const number = Number(given);
  if (!/^\d+$/.test(given) || number < range.from || number > range.to)
    throw new UsageError(`${command}: ${dashed(name)} ${given} is not a whole number from ${range.from} to ${range.to}`);
  return number;
}

export function required({ options, command }: Arguments, name: string): string {
  const given = options[name];
  if (given === undefined) throw new UsageError(`${command}: ${dashed(name)} is missing`);
  return given;
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}
