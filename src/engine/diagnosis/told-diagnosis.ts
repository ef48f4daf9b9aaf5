// A diagnosis with its sentences in every language: what leaves the engine for the page and the command.

import type { Told } from '../explain/language';
import type { SourceRange } from '../manifest/parsed';
import type { About, Command, Remedy, Verdict } from './diagnosis';

export interface ToldCheck {
  readonly code: string;
  readonly about: About;
  /** The heading that it stands under: what it is about. */
  readonly heading: Told;
  readonly verdict: Verdict;
  /** What is asked. */
  readonly title: Told;
  /** What was found; null where nobody looked. */
  readonly sentence: Told | null;
  readonly command: Command | null;
  readonly output: readonly string[];
}

export interface ToldCause {
  readonly code: string;
  /** `Service shop/web`; null where no object is at fault. */
  readonly object: string | null;
  /** `spec.selector`; empty for the object as a whole. */
  readonly path: string;
  /** Where it stands in the text; null where nobody wrote it. */
  readonly range: SourceRange | null;
  readonly title: Told;
  readonly sentence: Told;
  /** What would take it away. */
  readonly advice: Told;
  /** One field of the text that would, where there is one. */
  readonly remedy: Remedy | null;
}

export interface ToldDiagnosis {
  readonly checks: readonly ToldCheck[];
  /** The part of such requests that fails, in [0, 1]. */
  readonly failing: number;
  readonly cause: ToldCause | null;
  /** The whole in one sentence. */
  readonly summary: Told;
}
