// Text in columns, as kubectl lays a table out: a tabwriter with cells of at least 6 and 3 blanks between (cli-runtime, GetNewTabWriter).

const MINIMUM = 6;
const PADDING = 3;

/** The lines of a table, without blanks at their ends. */
export function tableLines(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(MINIMUM, ...rows.map((row) => (row[column] ?? '').length + PADDING)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('')
      .trimEnd(),
  );
}

/** At most three, and how many more (formatEndpoints of the API server's printers). */
export function firstThree(texts: readonly string[]): string {
  const more = texts.length - 3;
  return more > 0 ? `${texts.slice(0, 3).join(',')} + ${more} more...` : texts.join(',');
}
