// cat, ls and what else reads files.

import type { Answer } from '../../answer';
import { directoryOf, filesOf } from '../files';
import { toolboxOf } from '../images';
import { lines, type Program, type Run } from '../program';

/** The contents of the files, one behind the other, with a line for each that is not there. */
export function textOfFiles(run: Run, names: readonly string[]): Answer {
  const known = { ...filesOf(run), ...run.files };
  const isBusybox = run.place.kind === 'container' && toolboxOf(run.place.image).make !== 'gnu';
  let [out, err] = ['', ''];
  for (const name of names) {
    const text = name === '-' ? (run.input ?? '') : Object.hasOwn(known, name) ? known[name] : undefined;
    if (text !== undefined) out += text;
    else {
      const why = directoryOf(run, name) === null ? 'No such file or directory' : 'Is a directory';
      err += isBusybox ? `${run.program}: can't open '${name}': ${why}\n` : `${run.program}: ${name}: ${why}\n`;
    }
  }
  return { status: err === '' ? 0 : 1, out, err };
}

export const cat: Program = (run) => {
  const names = run.words.filter((word) => !word.startsWith('-') || word === '-');
  return names.length === 0 ? { status: 0, out: run.input ?? '', err: '' } : textOfFiles(run, names);
};

export const ls: Program = (run) => {
  const paths = run.words.filter((word) => !word.startsWith('-'));
  const known = { ...filesOf(run), ...run.files };
  const isOutside = run.place.kind === 'outside';
  let [out, err] = ['', ''];
  for (const path of paths.length === 0 ? ['.'] : paths) {
    const here = path === '.' ? (isOutside ? Object.keys(run.files).sort() : directoryOf(run, '/')) : null;
    const names = here ?? (Object.hasOwn(known, path) ? [path] : isOutside ? null : directoryOf(run, path));
    if (names === null) err += `ls: ${path}: No such file or directory\n`;
    else out += lines(...names);
  }
  return { status: err === '' ? 0 : 1, out, err };
};
