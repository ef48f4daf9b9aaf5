// What has been typed up to the cursor, as far as completion needs it: the words of the command that is being written, and the word that is
// not over yet. Only the last command of a line counts, behind `|`, `&&`, `;` and `$(`.

export interface Typed {
  /** The words before the one at the cursor, without their quotes. */
  readonly words: readonly string[];
  /** The word at the cursor, as far as it is there. */
  readonly word: string;
  /** Where that word begins in the text. */
  readonly from: number;
  /** Whether the word names a file that is read or written: it stands behind `<` or `>`. */
  readonly isFile: boolean;
}

/** The command at the end of a text; null where the cursor is between quotes, which nothing completes. */
export function typedAt(text: string): Typed | null {
  let words: string[] = [];
  let isFile = false;
  let at = 0;
  while (true) {
    at += /^(?:[ \t\n]|\\\n)*/.exec(text.slice(at))?.[0].length ?? 0;
    const operator = /^(?:\$\(|`|[|&;()])+|^\d?[<>]+&?/.exec(text.slice(at))?.[0];
    if (operator !== undefined) {
      isFile = /[<>]/.test(operator);
      if (!isFile) words = [];
      at += operator.length;
      continue;
    }
    const from = at;
    const piece = /^(?:\\.|'[^']*'|"[^"]*"|\$(?!\()|[^\s|&;()<>'"`$\\])*/s.exec(text.slice(at))?.[0] ?? '';
    at += piece.length;
    if (at < text.length && /['"\\]/.test(text[at] ?? '')) return null;
    if (at === text.length) return { words: withoutVariables(words), word: unquoted(piece), from, isFile };
    if (!isFile) words.push(unquoted(piece));
    if (/\s/.test(text[at] ?? '')) isFile = false;
    if (text[at] === '\n' && !text.slice(0, at).endsWith('\\')) words = [];
  }
}

/** `A=1 kubectl …`: variables of one command stand before its name. */
function withoutVariables(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  return first < 0 ? [] : words.slice(first);
}

function unquoted(piece: string): string {
  return piece.replace(/\\(.)|'([^']*)'|"([^"]*)"/gs, '$1$2$3');
}
