// Text in columns, as kubectl lays a table out: a tabwriter with cells of at least 6 and 3 blanks between (cli-runtime, GetNewTabWriter).

const MINIMUM = 6;
const PADDING = 3;

/** The lines of a table, without blanks at their ends. */
export function tableLines(rows: readonly (readonly string[])[]): readonly string[] {
  return laidOut(rows, widthsOf(rows));
}

/** How wide each column but the last must be; never less than before. */
export function widthsOf(rows: readonly (readonly string[])[], before: readonly number[] = []): readonly number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length - 1), before.length);
  return Array.from({ length: columns }, (_, column) =>
    Math.max(
      MINIMUM,
      before[column] ?? 0,
      ...rows.filter((row) => column < row.length - 1).map((row) => [...(row[column] ?? '')].length + PADDING),
    ),
  );
}

export function laidOut(rows: readonly (readonly string[])[], widths: readonly number[]): readonly string[] {
  return padded(rows, widths).map((line) => line.trimEnd());
}

/** Rows that a command lays out by itself, each with its line break: there blanks stay where the last cells are empty. */
export function tabbedText(rows: readonly (readonly string[])[]): string {
  return padded(rows, widthsOf(rows))
    .map((line) => `${line}\n`)
    .join('');
}

function padded(rows: readonly (readonly string[])[], widths: readonly number[]): readonly string[] {
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - [...cell].length))))
      .join(''),
  );
}

/** A cell as a table shows it: up to its first line break. */
export function cellText(text: string): string {
  const [line = text] = /^[^\n\r\f]*/.exec(text) ?? [];
  return line.length < text.length ? `${line}...` : text;
}

/** At most three, and how many more (formatEndpoints of the API server's printers). */
export function firstThree(texts: readonly string[]): string {
  const more = texts.length - 3;
  return more > 0 ? `${texts.slice(0, 3).join(',')} + ${more} more...` : texts.join(',');
}
