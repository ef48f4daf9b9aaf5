// The small programs that pass text on: as much of each as stands behind a pipe in a course. Left out: everything else that they can do.

import type { Answer } from '../../answer';
import { type Options, type OptionTable, readOptions } from '../getopt';
import type { Program, Run } from '../program';
import { textOfFiles } from './cat';

type Filter = (lines: readonly string[], options: Options) => readonly string[];

/** A program that reads lines and writes lines. The words in front of the files are its own. */
function filter(table: OptionTable, own: number, work: Filter): Program {
  return (run) => {
    const options = readOptions(run.words, table);
    if ('problem' in options)
      return { status: 2, out: '', err: `${run.program}: invalid option -- '${options.option.replace(/^-+/, '')}'\n` };
    const read = inputOf(run, options.words.slice(own));
    if (typeof read !== 'string') return read;
    const written = work(linesOf(read), options);
    return { status: 0, out: written.map((line) => `${line}\n`).join(''), err: '' };
  };
}

function inputOf(run: Run, files: readonly string[]): string | Answer {
  if (files.length === 0) return run.input ?? '';
  const read = textOfFiles(run, files);
  return read.err === '' ? read.out : read;
}

function linesOf(text: string): readonly string[] {
  const all = text.split('\n');
  return all.at(-1) === '' ? all.slice(0, -1) : all;
}

/** `-5`, `-n 5`, `-n5` mean the same; plain numbers are rewritten before the options are read. */
function counted(program: Program): Program {
  return (run) => program({ ...run, words: run.words.map((word) => word.replace(/^-(\d+)$/, '-n$1')) });
}

export const head: Program = counted(
  filter({ switches: 'q', values: 'nc' }, 0, (all, options) => {
    const count = Number(options.last('n') ?? 10);
    return count < 0 ? all.slice(0, count) : all.slice(0, count);
  }),
);

export const tail: Program = counted(
  filter({ switches: 'qf', values: 'nc' }, 0, (all, options) => {
    const wanted = options.last('n') ?? '10';
    if (wanted.startsWith('+')) return all.slice(Math.max(0, Number(wanted.slice(1)) - 1));
    const count = Math.abs(Number(wanted));
    return count === 0 ? [] : all.slice(-count);
  }),
);

export const sort: Program = filter({ switches: 'nruVhb', values: 'kt' }, 0, (all, options) => {
  const column = Number(/^\d+/.exec(options.last('k') ?? '')?.[0] ?? 0);
  const separator = options.last('t');
  const key = (line: string) =>
    column === 0 ? line : ((separator === undefined ? line.trim().split(/\s+/) : line.split(separator))[column - 1] ?? '');
  const order = (a: string, b: string) =>
    (options.has('n') ? Number.parseFloat(key(a) || '0') - Number.parseFloat(key(b) || '0') : 0) ||
    (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
  const sorted = [...all].sort(order);
  const once = options.has('u') ? sorted.filter((line, index) => line !== sorted[index - 1]) : sorted;
  return options.has('r') ? [...once].reverse() : once;
});

export const uniq: Program = filter({ switches: 'cdu', values: '' }, 0, (all, options) => {
  const runs: { line: string; count: number }[] = [];
  for (const line of all) {
    const last = runs.at(-1);
    if (last !== undefined && last.line === line) last.count += 1;
    else runs.push({ line, count: 1 });
  }
  const wanted = runs.filter(({ count }) => (!options.has('d') || count > 1) && (!options.has('u') || count === 1));
  return wanted.map(({ line, count }) => (options.has('c') ? `${String(count).padStart(7)} ${line}` : line));
});

export const cut: Program = filter({ switches: 's', values: 'dfc' }, 0, (all, options) => {
  const ranges = (options.last('f') ?? options.last('c') ?? '1')
    .split(',')
    .map((part) => part.split('-').map((bound) => (bound === '' ? null : Number(bound))));
  const among = (index: number) =>
    ranges.some(([from, to]) => (to === undefined ? index === from : index >= (from ?? 1) && index <= (to ?? Number.POSITIVE_INFINITY)));
  const delimiter = options.last('d') ?? '\t';
  return all.map((line) => {
    if (options.has('c')) return [...line].filter((_, index) => among(index + 1)).join('');
    return line.includes(delimiter)
      ? line
          .split(delimiter)
          .filter((_, index) => among(index + 1))
          .join(delimiter)
      : line;
  });
});

export const wc: Program = (run) => {
  const options = readOptions(run.words, { switches: 'lwcm', values: '' });
  if ('problem' in options) return { status: 1, out: '', err: `wc: invalid option -- '${options.option}'\n` };
  const text = inputOf(run, options.words);
  if (typeof text !== 'string') return text;
  const counts: readonly (readonly [string, number])[] = [
    ['l', text.split('\n').length - 1],
    ['w', text.split(/\s+/).filter((word) => word !== '').length],
    ['c', text.length],
  ];
  const wanted = counts.filter(([letter]) => options.has(letter) || !['l', 'w', 'c', 'm'].some((any) => options.has(any)));
  const numbers = wanted.length === 1 ? String(wanted[0]?.[1] ?? 0) : wanted.map(([, count]) => String(count).padStart(7)).join(' ');
  return { status: 0, out: `${[numbers, ...options.words].join(' ')}\n`, err: '' };
};

export const tr: Program = (run) => {
  const options = readOptions(run.words, { switches: 'ds', values: '' });
  if ('problem' in options) return { status: 1, out: '', err: `tr: invalid option -- '${options.option}'\n` };
  const [from = [], to = []] = options.words.map(charactersOf);
  const text = run.input ?? '';
  if (options.has('d')) return { status: 0, out: [...text].filter((sign) => !from.includes(sign)).join(''), err: '' };
  const mapped = [...text].map((sign) => (from.includes(sign) ? (to[Math.min(from.indexOf(sign), to.length - 1)] ?? sign) : sign));
  const squeezed = options.has('s')
    ? mapped.filter((sign, index) => sign !== mapped[index - 1] || !(to.length > 0 ? to : from).includes(sign))
    : mapped;
  return { status: 0, out: squeezed.join(''), err: '' };
};

function charactersOf(set: string): readonly string[] {
  const spelt = set
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace('[:lower:]', 'a-z')
    .replace('[:upper:]', 'A-Z')
    .replace('[:space:]', ' \t\n')
    .replace('[:digit:]', '0-9');
  return [
    ...spelt.replace(/(.)-(.)/g, (_, first: string, last: string) => {
      const [from, to] = [first.charCodeAt(0), last.charCodeAt(0)];
      return Array.from({ length: Math.max(0, to - from + 1) }, (_unused, index) => String.fromCharCode(from + index)).join('');
    }),
  ];
}
