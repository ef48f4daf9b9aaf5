// The lines that a correction touches, as they were and as they will be, with their numbers.

export interface CorrectedLine {
  /** From 1, in the text that the line stands in. */
  readonly line: number;
  readonly removed: boolean;
  readonly words: string;
}

export function correctedLines(before: string, after: string): readonly CorrectedLine[] {
  const [old, next] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(old.length, next.length);
  let head = 0;
  while (head < shorter && old[head] === next[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail += 1;
  const changed = (lines: readonly string[], removed: boolean): readonly CorrectedLine[] =>
    lines.slice(head, lines.length - tail).map((words, index) => ({ line: head + index + 1, removed, words }));
  return [...changed(old, true), ...changed(next, false)];
}
