// Files become a loaded cluster, or the one line that says why not.

import { type Language, type Loaded, type LoadOptions, load } from '../engine/index';
import { formatPlace, type Sources } from './sources';
import { UsageError } from './usage-error';

export interface LoadedFiles {
  readonly loaded: Loaded;
  /** One line for each object that the API server would refuse. */
  readonly complaints: readonly string[];
}

export type ChosenSettings = NonNullable<LoadOptions['settings']>;

/** A text that is no YAML ends the command; a refused object is left out and said. */
export function loadSources(sources: Sources, language: Language, settings: ChosenSettings = {}): LoadedFiles {
  const loaded = load(sources.text, { settings });
  const { diagnostics } = loaded.snapshot;
  const broken = diagnostics.find(({ kind }) => kind === 'Parse');
  if (broken !== undefined) throw new UsageError(`${formatPlace(sources.at(broken.range))}: ${oneLine(broken.message[language])}`);
  const complaints = new Map<string, string>();
  for (const { severity, kind, document, object, path, range, message } of diagnostics) {
    const key = `${document} ${object}`;
    if (severity !== 'error' || complaints.has(key)) continue;
    complaints.set(
      key,
      `${formatPlace(sources.at(range))}: ${object} ${LEFT_OUT[language]}: ${path === '' ? '' : `${path}: `}${kind}: ${oneLine(message[language])}`,
    );
  }
  return { loaded, complaints: [...complaints.values()] };
}

const LEFT_OUT: Readonly<Record<Language, string>> = { en: 'is left out', fr: 'est laissé de côté' };

export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
