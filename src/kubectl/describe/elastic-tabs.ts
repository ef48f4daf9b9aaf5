// Elastic tabstops (Go's text/tabwriter, with a padding of 2 and no least width): a column is a run of consecutive lines that have a cell there,
// and is as wide as its widest cell; the last cell of a line belongs to no column. That is why `Name:` is in line with `Labels:`, but not
// with what stands below a line without a tab.

const PADDING = 2;

/** Text with tabs, laid out. */
export function elasticTabs(text: string): string {
  const isEnded = text.endsWith('\n');
  const lines = (isEnded ? text.slice(0, -1) : text).split('\n').map((line) => line.split('\t'));
  return `${laidOut(lines, []).join('\n')}${isEnded ? '\n' : ''}`;
}

/** Lays out lines whose columns left of here have these widths. */
function laidOut(lines: readonly (readonly string[])[], widths: readonly number[]): readonly string[] {
  const column = widths.length;
  const out: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const end = endOfRun(lines, at, column);
    if (end === at) {
      out.push(padded(lines[at] ?? [], widths));
      at += 1;
      continue;
    }
    const run = lines.slice(at, end);
    const width = Math.max(...run.map((line) => [...(line[column] ?? '')].length + PADDING));
    out.push(...laidOut(run, [...widths, width]));
    at = end;
  }
  return out;
}

/** Behind the last of the lines from here that have a cell in this column. */
function endOfRun(lines: readonly (readonly string[])[], from: number, column: number): number {
  let end = from;
  while (end < lines.length && column < (lines[end]?.length ?? 0) - 1) end += 1;
  return end;
}

function padded(cells: readonly string[], widths: readonly number[]): string {
  return cells.map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - [...cell].length))).join('');
}
