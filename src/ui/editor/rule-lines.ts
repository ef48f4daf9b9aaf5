// Which places of the text are behind the current step: those of every evidence that decided, each once.

import type { ToldStep } from '../../engine/explain/told';
import type { SourceRange } from '../../engine/manifest/parsed';

export function ruleLines(step: ToldStep | null, sources: Readonly<Record<string, SourceRange>> | null): readonly SourceRange[] {
  if (step === null || sources === null) return [];
  const labels = new Set(step.evidence.filter((item) => item.matched === true).map((item) => item.provenance));
  const ranges = [...labels].flatMap((label) => sources[label] ?? []);
  return [...new Map(ranges.map((range) => [`${range.from}-${range.to}`, range])).values()].sort((a, b) => a.from - b.from);
}
