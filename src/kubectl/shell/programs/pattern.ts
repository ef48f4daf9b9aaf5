// Patterns of grep, sed and awk as the language has them.

/** The expression; null where it cannot be read. */
export function patternOf(source: string, flags = ''): RegExp | null {
  const spelt = source.replaceAll('[[:space:]]', '\\s').replaceAll('[[:digit:]]', '\\d').replaceAll('[[:alpha:]]', '[A-Za-z]');
  try {
    return new RegExp(spelt, flags);
  } catch {
    return null;
  }
}

/** A basic expression as an extended one: `\|` and `\(` are special there, `|` and `(` are not. */
export function extended(text: string): string {
  return text.replace(
    /\\([|(){}+?])|([|(){}+?])/g,
    (_, special: string | undefined, plain: string | undefined) => special ?? `\\${plain ?? ''}`,
  );
}
