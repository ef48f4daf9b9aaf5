// A text that was read, settled and programmed, and what the page sees of it.

import { type Built, build } from './built';
import type { ClusterSettings } from './controlplane/cluster';
import { PLAYGROUND } from './settings';
import { snapshotOf } from './snapshot';
import type { Snapshot } from './view';

/** A text that was read and built. */
export interface Loaded {
  readonly snapshot: Snapshot;
  readonly built: Built;
}

export interface LoadOptions {
  readonly revision?: number;
  readonly settings?: Partial<ClusterSettings>;
  /** What was loaded before: it stays in view while the new text cannot be read. */
  readonly previous?: Loaded;
}

/** Reads the text and builds its cluster. A text with a part that is no YAML keeps the cluster of the previous one, if there is any. */
export function load(text: string, options: LoadOptions = {}): Loaded {
  const built = build(text, PLAYGROUND, { chosen: options.settings ?? {}, previous: options.previous?.built ?? null });
  const revision = options.revision ?? 0;
  const snapshot = snapshotOf(built, revision);
  const [problem] = built.manifest.problems;
  if (problem === undefined || options.previous === undefined) return { snapshot, built };
  const staleFromLine = text.slice(0, problem.range.from).split('\n').length;
  return {
    built: options.previous.built,
    snapshot: { ...options.previous.snapshot, revision, diagnostics: snapshot.diagnostics, staleFromLine },
  };
}
