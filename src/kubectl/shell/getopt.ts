// The options of a program, as getopt_long reads them: `-sS`, `-o file`, `-ofile`, `--max-time 2`, `--max-time=2`. kubectl's own are read
// elsewhere, by other rules.

export interface OptionTable {
  /** Letters that stand alone. */
  readonly switches: string;
  /** Letters that take a value. */
  readonly values: string;
  /** Long names to letters, or to names of their own; those that end in `:` take a value. */
  readonly long?: Readonly<Record<string, string>>;
  /** Everything behind the first plain word is plain too. */
  readonly ordered?: boolean;
}

export interface Options {
  readonly has: (name: string) => boolean;
  readonly last: (name: string) => string | undefined;
  readonly all: (name: string) => readonly string[];
  readonly words: readonly string[];
}

/** What is wrong with the options. */
export interface OptionProblem {
  readonly problem: 'unknown' | 'no-value';
  /** As typed: `--foo`, or one letter. */
  readonly option: string;
}

export function readOptions(words: readonly string[], table: OptionTable): Options | OptionProblem {
  const given: (readonly [string, string])[] = [];
  const plain: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      plain.push(...rest.splice(0));
    } else if (!word.startsWith('-') || word === '-') {
      plain.push(word);
      if (table.ordered === true) plain.push(...rest.splice(0));
    } else {
      const read = word.startsWith('--') ? longOption(word, rest, table) : letters(word.slice(1), rest, table);
      if ('problem' in read) return read;
      given.push(...read);
    }
  }
  const all = (name: string) => given.filter(([one]) => one === name).map(([, value]) => value);
  return { has: (name) => all(name).length > 0, last: (name) => all(name).at(-1), all, words: plain };
}

type Given = readonly (readonly [string, string])[];

function longOption(word: string, rest: string[], { long = {}, values }: OptionTable): Given | OptionProblem {
  const [name = '', ...behind] = word.slice(2).split('=');
  const meant = Object.hasOwn(long, name) ? long[name] : undefined;
  if (meant === undefined) return { problem: 'unknown', option: word };
  const takes = meant.endsWith(':') || (meant.length === 1 && values.includes(meant));
  const key = meant.replace(/:$/, '');
  if (!takes) return [[key, '']];
  const value = behind.length > 0 ? behind.join('=') : rest.shift();
  return value === undefined ? { problem: 'no-value', option: word } : [[key, value]];
}

function letters(text: string, rest: string[], table: OptionTable): Given | OptionProblem {
  const [letter = '', behind] = [text[0], text.slice(1)];
  if (table.switches.includes(letter)) {
    const more = behind === '' ? [] : letters(behind, rest, table);
    return 'problem' in more ? more : [[letter, ''], ...more];
  }
  if (!table.values.includes(letter)) return { problem: 'unknown', option: letter };
  const value = behind === '' ? rest.shift() : behind;
  return value === undefined ? { problem: 'no-value', option: letter } : [[letter, value]];
}
