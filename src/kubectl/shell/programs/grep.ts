// grep: lines that match, with -i -v -c -n -o -E -F -w -q -A -B -m. Basic expressions are read as extended ones, but for the signs that only
// a backslash makes special there.

import { type Options, readOptions } from '../getopt';
import type { Program } from '../program';
import { textOfFiles } from './cat';
import { extended, patternOf } from './pattern';

export const grep: Program = (run) => {
  const options = readOptions(run.words, {
    switches: 'ivcnoEFwqPshHlrx',
    values: 'eABCm',
    long: { 'ignore-case': 'i', 'invert-match': 'v', count: 'c', color: 'color', 'line-number': 'n', quiet: 'q', 'only-matching': 'o' },
  });
  if ('problem' in options) return { status: 2, out: '', err: `grep: invalid option -- '${options.option.replace(/^-+/, '')}'\n` };
  const [first, ...rest] = options.words;
  const patterns = options.has('e') ? options.all('e') : first === undefined ? [] : [first];
  const files = options.has('e') ? options.words : rest;
  if (patterns.length === 0) return { status: 2, out: '', err: 'Usage: grep [OPTION]... PATTERNS [FILE]...\n' };
  const read = files.length === 0 ? { out: run.input ?? '', err: '' } : textOfFiles(run, files);
  const pattern = expression(patterns, options);
  if (pattern === null) return { status: 2, out: '', err: 'grep: Invalid regular expression\n' };
  const all = read.out.split('\n');
  const lines = all.at(-1) === '' ? all.slice(0, -1) : all;
  const hits = lines.map((line) => pattern.test(line) !== options.has('v'));
  const count = hits.filter(Boolean).length;
  const status = count > 0 ? 0 : read.err === '' ? 1 : 2;
  if (options.has('q')) return { status, out: '', err: read.err };
  if (options.has('c')) return { status, out: `${count}\n`, err: read.err };
  return {
    status,
    out: chosen(lines, hits, { options, pattern })
      .map((line) => `${line}\n`)
      .join(''),
    err: read.err,
  };
};

function expression(patterns: readonly string[], options: Options): RegExp | null {
  const sources = patterns
    .flatMap((text) => text.split('\n'))
    .map((text) =>
      options.has('F') ? text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : options.has('E') || options.has('P') ? text : extended(text),
    );
  const source = sources.map((text) => (options.has('w') ? `\\b(?:${text})\\b` : options.has('x') ? `^(?:${text})$` : text)).join('|');
  return patternOf(source, options.has('i') ? 'i' : '');
}

function chosen(
  lines: readonly string[],
  hits: readonly boolean[],
  { options, pattern }: { readonly options: Options; readonly pattern: RegExp },
): readonly string[] {
  const most = Number(options.last('m') ?? Number.POSITIVE_INFINITY);
  const around = Number(options.last('C') ?? 0);
  const [after, before] = [Number(options.last('A') ?? around), Number(options.last('B') ?? around)];
  const wanted = hits.flatMap((hit, index) => (hit ? [index] : [])).slice(0, most);
  const shown = lines.map((_, index) => wanted.some((at) => index >= at - before && index <= at + after));
  return lines.flatMap((line, index) => {
    if (shown[index] !== true) return [];
    const number = options.has('n') ? `${index + 1}${hits[index] === true ? ':' : '-'}` : '';
    if (options.has('o') && !options.has('v'))
      return [...line.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))].map(([text]) => number + text);
    const isApart = after + before > 0 && index > 0 && shown[index - 1] !== true && shown.slice(0, index).includes(true);
    return [...(isApart ? ['--'] : []), number + line];
  });
}
