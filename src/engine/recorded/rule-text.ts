// The text of `iptables-save`, understood as far as two of them can be compared: tables, chains, and each rule in one canonical form. The
// same form is made of what the compilers write, by way of the same printer, so nothing is compared but words.
// Left out: ip6tables' options, whatever the options mean to the kernel.

export interface RecordedRule {
  readonly table: string;
  readonly chain: string;
  /** Without counters, its options in an order of ours. */
  readonly canonical: string;
  /** As it was written. */
  readonly written: string;
  /** Offset of the line in the text. */
  readonly at: number;
  readonly options: readonly RuleOption[];
}

/** `! -s 10.244.0.0/16`, `--dport 80`, `-j KUBE-MARK-MASQ`. */
export interface RuleOption {
  readonly name: string;
  readonly negated: boolean;
  readonly value: string;
}

export interface RecordedTables {
  /** `nat KUBE-SERVICES`, with the offset of the line that declares it. */
  readonly chains: ReadonlyMap<string, number>;
  readonly rules: readonly RecordedRule[];
}

export function readTables(text: string): RecordedTables {
  const chains = new Map<string, number>();
  const rules: RecordedRule[] = [];
  let table = '';
  let at = 0;
  for (const line of text.split('\n')) {
    const rule = /^(?:\[\d+:\d+\] )?-A (\S+) ?(.*?)\s*$/.exec(line);
    if (line.startsWith('*')) table = line.slice(1).trim();
    else if (line.startsWith(':')) chains.set(`${table} ${/^:(\S+)/.exec(line)?.[1] ?? ''}`, at);
    else if (rule !== null) rules.push(recorded(table, { chain: rule[1] ?? '', rest: rule[2] ?? '', at }));
    at += line.length + 1;
  }
  return { chains, rules };
}

function recorded(table: string, { chain, rest, at }: { chain: string; rest: string; at: number }): RecordedRule {
  const options = optionsOf(wordsOf(rest));
  const canonical = options.map(formatOption).sort().join(' ');
  return { table, chain, canonical, written: `-A ${chain} ${rest}`.trim(), at, options };
}

/** Quotes hold words together; a backslash inside of them takes the next letter as it is. */
function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, bare]) => quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
}

/** Modules are named by what they ask; the rest of an option is all words up to the next one. */
function optionsOf(words: readonly string[]): readonly RuleOption[] {
  const options: { name: string; negated: boolean; value: string }[] = [];
  let negated = false;
  for (const word of words) {
    const last = options.at(-1);
    if (word === '!') negated = true;
    else if (/^--?[A-Za-z]/.test(word)) {
      options.push({ name: word, negated, value: '' });
      negated = false;
    } else if (last !== undefined) last.value = last.value === '' ? word : `${last.value} ${word}`;
  }
  return options.filter(({ name }) => !COUNTS.includes(name));
}

/** Names of modules, and of counters that newer kernels keep beside a rule. */
const COUNTS: readonly string[] = ['-m', '--nfacct-name'];

function formatOption({ name, negated, value }: RuleOption): string {
  return `${negated ? '! ' : ''}${name} ${spelling(name, value)}`.trim();
}

/** Numbers are written in more than one way: marks, addresses with and without their /32, states in any order. */
function spelling(name: string, value: string): string {
  if (name === '-s' || name === '-d') return value.includes('/') ? value : `${value}/32`;
  if (name === '--probability') return Number(value).toFixed(5);
  if (name === '--ctstate') return value.split(',').sort().join(',');
  return /^0x/.test(value) ? value.toLowerCase() : value;
}

/** The value of an option that is not negated; null where the rule has none. */
export function optionOf({ options }: RecordedRule, name: string): string | null {
  return options.find((option) => option.name === name && !option.negated)?.value ?? null;
}
