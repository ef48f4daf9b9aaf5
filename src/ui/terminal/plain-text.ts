// Text that somebody else wrote, made harmless for a terminal. Names of objects cannot hold control characters, but labels, annotations
// and the values of a ConfigMap can, and an escape sequence there could move the cursor, or pass one command off as another.

/** Without control characters (C0, delete and C1), line breaks and tabs excepted. */
export function plainText(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '');
}

/** As a terminal takes it: each line break goes back to the first column. */
export function terminalText(text: string): string {
  return plainText(text).replaceAll('\n', '\r\n');
}
