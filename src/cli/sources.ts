// The files of one call as one text for the engine, and the way back from an offset in it to file, line and column.

import type { SourceRange } from '../engine/index';
import { UsageError } from './usage-error';

export interface Source {
  readonly file: string;
  readonly text: string;
}

export interface Place {
  readonly file: string;
  /** Both counted from 1. */
  readonly line: number;
  readonly column: number;
}

export interface Sources {
  readonly text: string;
  readonly at: (range: SourceRange) => Place;
}

/** Each file begins a document of its own. */
const BETWEEN = '\n---\n';

/** Reads a file by its name; `-` stands for standard input. */
export type Read = (file: string) => string;

export function readSources(files: readonly string[], read: Read): Sources {
  if (files.length === 0) throw new UsageError('no file: name at least one with -f');
  return joinSources(files.map((file) => ({ file, text: read(file) })));
}

export function joinSources(sources: readonly Source[]): Sources {
  const starts: number[] = [];
  let text = '';
  for (const source of sources) {
    if (starts.length > 0) text += BETWEEN;
    starts.push(text.length);
    text += source.text;
  }
  return { text, at: ({ from }) => placeIn(sources, starts, from) };
}

function placeIn(sources: readonly Source[], starts: readonly number[], offset: number): Place {
  const index = Math.max(
    0,
    starts.findLastIndex((start) => start <= offset),
  );
  const source = sources[index];
  const before = (source?.text ?? '').slice(0, offset - (starts[index] ?? 0)).split('\n');
  return { file: source?.file ?? '', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

export function formatPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
