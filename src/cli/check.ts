// `kubehop check`: everything that is wrong with the files, or could be better, each with its place.

import { type Diagnostic, type Language, type Loaded, load } from '../engine/index';
import { oneLine } from './loading';
import { formatPlace, type Place, type Sources } from './sources';

export interface CheckReport {
  readonly valid: boolean;
  readonly problems: readonly Problem[];
}

interface Problem extends Place {
  readonly document: number;
  readonly path: string;
  readonly kind: string;
  readonly severity: Diagnostic['severity'];
  readonly message: string;
}

export function checkSources(sources: Sources, language: Language): CheckReport {
  const loaded = load(sources.text);
  const first = firstDocuments(loaded, sources);
  const problems = loaded.snapshot.diagnostics.map(({ range, document, path, kind, severity, message }): Problem => {
    const place = sources.at(range);
    return { ...place, document: document - (first.get(place.file) ?? 0), path, kind, severity, message: oneLine(message[language]) };
  });
  return { valid: problems.every(({ severity }) => severity !== 'error'), problems };
}

/** Documents are counted through all files; each file counts its own from 0. */
function firstDocuments({ built: { manifest } }: Loaded, sources: Sources): ReadonlyMap<string, number> {
  const ranges = [
    ...manifest.objects.map((object) => ({ document: object.document, range: manifest.locate(object, []) })),
    ...manifest.problems.map(({ document, range }) => ({ document, range })),
  ];
  const first = new Map<string, number>();
  for (const { document, range } of ranges) {
    const { file } = sources.at(range);
    first.set(file, Math.min(document, first.get(file) ?? document));
  }
  return first;
}

export function formatCheck({ problems }: CheckReport): string {
  return problems
    .map(
      (problem) =>
        `${formatPlace(problem)}: ${problem.severity}: ${problem.path === '' ? '' : `${problem.path}: `}${problem.kind}: ${problem.message}\n`,
    )
    .join('');
}
