// The table that curl draws on standard error while it loads, where its output is no terminal (tool_progress.c). Nothing takes time here: of
// the speeds there is none to show.

const HEAD = `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
`;

/** The last state of the table; null: nothing was loaded. */
export function progress(size: number | null): string {
  const text = String(size ?? 0).padStart(5);
  const share = size === null || size === 0 ? '  0' : '100';
  return `${HEAD}${share} ${text}  ${share} ${text}    0     0      0      0 --:--:-- --:--:-- --:--:--     0\n`;
}
