// Flags as pflag reads them, for every verb: `-n x`, `-nx`, `-n=x`, `--namespace x`, `--namespace=x`, `-itn x`, switches with `=false`,
// flags that may stand bare (`--dry-run`), `--` before the words that are not kubectl's. Each flag is checked against its type.

import { type Answer, refused } from './answer';
import { allFlags, type Command, type Flag } from './command';

export interface Flags {
  /** The words before `--`. */
  readonly words: readonly string[];
  /** The words behind `--`; null where there is none. */
  readonly behind: readonly string[] | null;
  /** By long name, every value in the order given; what is not given is not there. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** What is said on standard error before anything is done: flags that are deprecated. */
  readonly warnings: string;
}

/** The words and the flags among them, or why they cannot be read. */
export function readFlags(command: Command, words: readonly string[]): Flags | Answer {
  const known = allFlags(command);
  const plain: string[] = [];
  const values: Record<string, string[]> = {};
  const rest = [...words];
  let isBehind = false;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      isBehind = true;
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      plain.push(word);
      continue;
    }
    const read = word.startsWith('--') ? [longFlag(known, word, rest)] : shortFlags(known, word.slice(1), rest);
    for (const one of read) {
      const problem = typeof one === 'string' ? one : typeProblem(one);
      if (problem !== null) return misread(command, problem);
      if (typeof one !== 'string') values[one.flag.long] = [...(values[one.flag.long] ?? []), ...spread(one)];
    }
  }
  const warnings = known.filter(({ isHidden, long }) => isHidden && long in values).map(({ long }) => deprecated(long));
  return { words: plain, behind: isBehind ? rest : null, values, warnings: warnings.join('') };
}

/** A flag with its value, or what is wrong with it. */
type Read = { readonly flag: Flag; readonly value: string } | string;

function longFlag(known: readonly Flag[], word: string, rest: string[]): Read {
  const [name = '', ...behind] = word.slice(2).split('=');
  if (name === '' || name.startsWith('-')) return `bad flag syntax: ${word}`;
  const flag = known.find(({ long }) => long === name);
  if (flag === undefined) return `unknown flag: --${name}`;
  if (behind.length > 0) return { flag, value: behind.join('=') };
  if (flag.bare !== null) return { flag, value: flag.bare };
  const value = rest.shift();
  return value === undefined ? `flag needs an argument: --${name}` : { flag, value };
}

function shortFlags(known: readonly Flag[], letters: string, rest: string[]): readonly Read[] {
  const [letter = '', behind] = [letters[0], letters.slice(1)];
  const flag = known.find(({ short }) => short === letter);
  if (flag === undefined) return [`unknown shorthand flag: '${letter}' in -${letters}`];
  if (behind.startsWith('=')) return [{ flag, value: behind.slice(1) }];
  if (flag.bare !== null) return [{ flag, value: flag.bare }, ...(behind === '' ? [] : shortFlags(known, behind, rest))];
  const value = behind === '' ? rest.shift() : behind;
  return [value === undefined ? `flag needs an argument: '${letter}' in -${letters}` : { flag, value }];
}

/** A slice takes several values in one word, parted by commas (pflag's stringSlice). */
function spread({ flag, value }: { readonly flag: Flag; readonly value: string }): readonly string[] {
  if (flag.type !== 'slice') return [value];
  return value === '' ? [] : value.split(',');
}

const TRUTH = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

/** The words of Go's strconv and time. */
function typeProblem(read: Read): string | null {
  if (typeof read === 'string') return null;
  const { flag, value } = read;
  const why = wrongValue(flag, value);
  const named = flag.short === null ? `--${flag.long}` : `-${flag.short}, --${flag.long}`;
  return why === null ? null : `invalid argument "${value}" for "${named}" flag: ${why}`;
}

function wrongValue({ type }: Flag, value: string): string | null {
  if (type === 'switch') return TRUTH.test(value) ? null : `strconv.ParseBool: parsing "${value}": invalid syntax`;
  if (type === 'duration') return wrongDuration(value);
  if (type !== 'int') return null;
  if (!/^[-+]?\d+$/.test(value)) return `strconv.ParseInt: parsing "${value}": invalid syntax`;
  return Math.abs(Number(value)) > 2 ** 31 - 1 ? `strconv.ParseInt: parsing "${value}": value out of range` : null;
}

function wrongDuration(value: string): string | null {
  if (/^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$/.test(value)) return null;
  return `time: ${/^[-+]?\d+(?:\.\d*)?$/.test(value) ? 'missing unit in' : 'invalid'} duration "${value}"`;
}

/** A switch as Go reads it. */
export function isTrue(value: string): boolean {
  return /^(?:1|t|true)$/i.test(value);
}

function misread({ path }: Command, problem: string): Answer {
  return refused(problem, `See '${['kubectl', ...path].join(' ')} --help' for usage.`);
}

function deprecated(long: string): string {
  const why =
    long === 'cpu-percent'
      ? "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU)."
      : `--${long} will be removed in the future`;
  return `Flag --${long} has been deprecated, ${why}\n`;
}
