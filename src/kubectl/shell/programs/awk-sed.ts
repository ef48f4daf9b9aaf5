// awk and sed as far as a line of a course goes: columns, a condition before them; substitution, deletion and printing of lines.

import { readOptions } from '../getopt';
import type { Program } from '../program';
import { extended, patternOf } from './pattern';

export const awk: Program = (run) => {
  const options = readOptions(run.words, { switches: '', values: 'Fv' });
  if ('problem' in options) return { status: 2, out: '', err: `awk: invalid option -- '${options.option}'\n` };
  const rule =
    /^\s*(?:(!?)\/((?:[^/\\]|\\.)*)\/|(NR|NF|\$\d+)\s*(==|!=|>=|<=|>|<|~)\s*("[^"]*"|\/[^/]*\/|\S+?))?\s*(?:\{\s*print\s*([^}]*?);?\s*\})?\s*$/.exec(
      options.words[0] ?? '',
    );
  if (rule === null) return { status: 2, out: '', err: `awk: of its programs only those of one rule with print are simulated\n` };
  const [, not = '', pattern, left, operator, right, printed = ''] = rule;
  const separator = options.last('F');
  const rows = (run.input ?? '').replace(/\n$/, '').split('\n');
  const out = rows.flatMap((line, index) => {
    const fields = separator === undefined ? line.trim().split(/\s+/) : line.split(separator);
    const meaning = (word: string): string => {
      if (word === 'NR') return String(index + 1);
      if (word === 'NF') return String(fields.length);
      if (word === '$0') return line;
      if (word === '$NF') return fields.at(-1) ?? '';
      const column = /^\$(\d+)$/.exec(word)?.[1];
      return column === undefined ? word.replace(/^"(.*)"$/s, '$1').replace(/\\t/g, '\t') : (fields[Number(column) - 1] ?? '');
    };
    const isWanted =
      pattern === undefined
        ? left === undefined || compared(meaning(left), operator ?? '', right ?? '')
        : (patternOf(pattern)?.test(line) ?? false) === (not === '');
    if (!isWanted) return [];
    const parts =
      printed.trim() === '' ? [line] : printed.split(',').map((group) => (group.match(/"[^"]*"|\$?\w+/g) ?? []).map(meaning).join(''));
    return [parts.join(' ')];
  });
  return { status: 0, out: run.input === null || run.input === '' ? '' : out.map((line) => `${line}\n`).join(''), err: '' };
};

function compared(value: string, operator: string, right: string): boolean {
  if (operator === '~') return patternOf(right.replace(/^["/](.*)["/]$/, '$1'))?.test(value) ?? false;
  const text = right.replace(/^"(.*)"$/, '$1');
  const order =
    /^-?\d+(?:\.\d+)?$/.test(text) && /^-?\d+(?:\.\d+)?$/.test(value)
      ? Number(value) - Number(text)
      : value < text
        ? -1
        : value > text
          ? 1
          : 0;
  if (operator === '==') return order === 0;
  if (operator === '!=') return order !== 0;
  if (operator === '>') return order > 0;
  if (operator === '<') return order < 0;
  return operator === '>=' ? order >= 0 : order <= 0;
}

export const sed: Program = (run) => {
  const options = readOptions(run.words, { switches: 'nEr', values: 'e' });
  const script = 'problem' in options ? null : (options.last('e') ?? options.words[0] ?? '');
  if (script === null || 'problem' in options) return { status: 1, out: '', err: 'sed: invalid option\n' };
  const rows = (run.input ?? '').replace(/\n$/, '').split('\n');
  const edit = editOf(script, options.has('E') || options.has('r'));
  if (edit === null) return { status: 1, out: '', err: 'sed: of its commands only s, p and d are simulated\n' };
  const out = rows.flatMap((line, index) => {
    const edited = edit(line, index + 1, index === rows.length - 1);
    return [...(options.has('n') || edited.isDeleted ? [] : [edited.line]), ...(edited.isPrinted ? [edited.line] : [])];
  });
  return { status: 0, out: run.input === null || run.input === '' ? '' : out.map((line) => `${line}\n`).join(''), err: '' };
};

type Edit = (
  line: string,
  number: number,
  isLast: boolean,
) => { readonly line: string; readonly isDeleted: boolean; readonly isPrinted: boolean };

function editOf(script: string, isExtended: boolean): Edit | null {
  const [, address = '', command = ''] = /^\s*((?:\d+|\$|\/(?:[^/\\]|\\.)*\/)?(?:,(?:\d+|\$))?)\s*(.*?)\s*$/s.exec(script) ?? [];
  const isAddressed = (line: string, number: number, isLast: boolean): boolean => {
    if (address === '') return true;
    const pattern = /^\/(.*)\/$/.exec(address)?.[1];
    if (pattern !== undefined) return patternOf(pattern)?.test(line) ?? false;
    const [from = '', to] = address.split(',');
    const at = (bound: string) => (bound === '$' ? (isLast ? number : Number.POSITIVE_INFINITY) : Number(bound));
    return to === undefined ? number === at(from) : number >= at(from) && number <= at(to);
  };
  if (command === 'p' || command === 'd')
    return (line, number, isLast) => ({
      line,
      isDeleted: command === 'd' && isAddressed(line, number, isLast),
      isPrinted: command === 'p' && isAddressed(line, number, isLast),
    });
  const separator = /^s(.)/.exec(command)?.[1];
  const [, from, to, flags] = separator === undefined ? [] : command.split(separator);
  if (from === undefined || to === undefined) return null;
  const pattern = patternOf(
    isExtended ? from : extended(from),
    `${flags?.includes('g') === true ? 'g' : ''}${/i/i.test(flags ?? '') ? 'i' : ''}`,
  );
  if (pattern === null) return null;
  const replacement = to
    .replace(/\$/g, '$$$$')
    .replace(/\\(\d)/g, '$$$1')
    .replace(/(?<!\\)&/g, '$$&')
    .replace(/\\n/g, '\n');
  return (line, number, isLast) => {
    const changed = isAddressed(line, number, isLast) ? line.replace(pattern, replacement) : line;
    return { line: changed, isDeleted: false, isPrinted: changed !== line && flags?.includes('p') === true };
  };
}
