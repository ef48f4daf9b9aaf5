// Two texts as `diff -u` compares them: hunks with three lines of context (the longest common subsequence of lines).

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

const CONTEXT = 3;

/** The hunks, each line ended; empty where the texts are the same. */
export function unifiedDiff(before: string, after: string): string {
  const lines = compared(linesOf(before), linesOf(after));
  const changedAt = lines.flatMap(({ sign }, index) => (sign === ' ' ? [] : [index]));
  const hunks: { from: number; to: number }[] = [];
  for (const index of changedAt) {
    const last = hunks.at(-1);
    if (last !== undefined && index - CONTEXT <= last.to) last.to = index + CONTEXT + 1;
    else hunks.push({ from: index - CONTEXT, to: index + CONTEXT + 1 });
  }
  return hunks.map(({ from, to }) => hunkText(lines, Math.max(0, from), to)).join('');
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function compared(before: readonly string[], after: readonly string[]): readonly Line[] {
  const common = lengths(before, after);
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      lines.push({ sign: ' ', text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: '-', text: old });
      i += 1;
    } else {
      lines.push({ sign: '+', text: fresh ?? '' });
      j += 1;
    }
  }
  return lines;
}

function lengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const [row = [], below = []] = [rows[i], rows[i + 1]];
    for (let j = after.length - 1; j >= 0; j -= 1)
      row[j] = before[i] === after[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
  }
  return rows;
}

function hunkText(lines: readonly Line[], from: number, to: number): string {
  const hunk = lines.slice(from, to);
  const [old, fresh] = (['-', '+'] as const).map((sign) => {
    const isOn = (line: Line): boolean => line.sign === ' ' || line.sign === sign;
    const count = hunk.filter(isOn).length;
    const start = lines.slice(0, from).filter(isOn).length + (count === 0 ? 0 : 1);
    return count === 1 ? `${start}` : `${start},${count}`;
  });
  return `@@ -${old} +${fresh} @@\n${hunk.map(({ sign, text }) => `${sign}${text}\n`).join('')}`;
}
