// The flags of `get`, as pflag reads them: `-n x`, `-nx`, `-n=x`, `--namespace x`, `--namespace=x`, `-Ao wide`.

import { type Answer, refused } from './answer';

export interface Flags {
  readonly words: readonly string[];
  /** By long name; a switch is `true` or `false`. */
  readonly values: Readonly<Record<string, string>>;
}

interface Flag {
  readonly long: string;
  readonly short: string | null;
  readonly takes: 'value' | 'nothing';
}

const FLAGS: readonly Flag[] = [
  { long: 'namespace', short: 'n', takes: 'value' },
  { long: 'all-namespaces', short: 'A', takes: 'nothing' },
  { long: 'selector', short: 'l', takes: 'value' },
  { long: 'output', short: 'o', takes: 'value' },
  { long: 'no-headers', short: null, takes: 'nothing' },
  { long: 'show-labels', short: null, takes: 'nothing' },
  { long: 'show-kind', short: null, takes: 'nothing' },
  { long: 'ignore-not-found', short: null, takes: 'nothing' },
];

/** The words and the flags among them, or why they cannot be read. */
export function readFlags(words: readonly string[]): Flags | Answer {
  const plain: string[] = [];
  const values: Record<string, string> = {};
  const queue = words.flatMap(single);
  for (let index = 0; index < queue.length; index += 1) {
    const word = queue[index] ?? '';
    if (!word.startsWith('-') || word === '-') {
      plain.push(word);
      continue;
    }
    const [name = '', ...rest] = word.split('=');
    const flag = FLAGS.find(({ long, short }) => name === `--${long}` || (short !== null && name === `-${short}`));
    if (flag === undefined) return unknownFlag(name);
    const given = rest.length > 0 ? rest.join('=') : null;
    if (flag.takes === 'nothing') values[flag.long] = given ?? 'true';
    else {
      const value = given ?? queue[index + 1];
      if (value === undefined) return needsArgument(flag, name);
      if (given === null) index += 1;
      values[flag.long] = value;
    }
  }
  return { words: plain, values };
}

/** `-Ao=wide` as `-A` `-o=wide`. */
function single(word: string): readonly string[] {
  if (!/^-[^-]/.test(word)) return [word];
  const flag = FLAGS.find(({ short }) => short === word[1]);
  if (flag === undefined || word.length === 2 || word[2] === '=') return [word];
  return flag.takes === 'value' ? [`-${flag.short}=${word.slice(2)}`] : [`-${flag.short}`, ...single(`-${word.slice(2)}`)];
}

function needsArgument({ short }: Flag, name: string): Answer {
  const why = name.startsWith('--') ? `flag needs an argument: ${name}` : `flag needs an argument: '${short}' in -${short}`;
  return refused(why, SEE);
}

const SEE = "See 'kubectl get --help' for usage.";

function unknownFlag(name: string): Answer {
  return refused(name.startsWith('--') ? `unknown flag: ${name}` : `unknown shorthand flag: '${name[1] ?? ''}' in ${name}`, SEE);
}
