// The simple commands of a shell's line, and what joins them: quotes, escapes, redirections, `&&`, `||`, `;`, `&`. Null for what is more than
// that: pipes, compound commands, here documents, functions. Variables stay as they are written.

/** What stands between a command and the one before it. */
export type Joint = ';' | '&&' | '||';

export interface Part {
  readonly joint: Joint;
  readonly words: readonly string[];
  readonly inBackground: boolean;
}

type Token =
  | { readonly kind: 'word'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'operator'; readonly text: string };

/** Words that begin or belong to compound commands, or change how the rest is read. */
const RESERVED: ReadonlySet<string> = new Set(
  '! { } case do done elif else esac fi for function if in select then time until while set wait alias eval . source'.split(' '),
);

export function shellParts(line: string): readonly Part[] | null {
  const tokens = tokensOf(line);
  if (tokens === null) return null;
  const parts: Part[] = [];
  let [joint, words]: [Joint, string[]] = [';', []];
  for (const token of [...tokens, { kind: 'operator', text: ';' } as const]) {
    if (token.kind === 'word') {
      if (words.length === 0 && !token.quoted && (RESERVED.has(token.text) || /^\w+=/.test(token.text))) return null;
      words.push(token.text);
      continue;
    }
    if (words.length > 0) parts.push({ joint, words, inBackground: token.text === '&' });
    else if (token.text === '&&' || token.text === '||' || token.text === '&') return null;
    words = [];
    joint = token.text === '&&' || token.text === '||' ? token.text : ';';
  }
  // Behind && and || a command has to follow.
  return joint === ';' && parts.length > 0 ? parts : null;
}

const SPACE = /^(?:[ \t]+|\\\n|#[^\n]*)/;
const REDIRECTION = /^\d*(?:>>|>&|<&|>\||>|<)[ \t]*(?:[\w./&$-]+|"[^"]*"|'[^']*')/;
const OPERATOR = /^(?:&&|\|\||[;&\n])/;
const PIECE = /^(?:[^\s"'\\;&|<>()`$]+|\$\w+|\$\{\w+\}|\$[?$#!@*]|\$(?=[\s"]|$)|\\[^\n]|'[^']*'|"(?:[^"\\$`]|\\.|\$(?!\())*")/s;

function tokensOf(line: string): readonly Token[] | null {
  const tokens: Token[] = [];
  let rest = line.trim();
  while (rest !== '') {
    const skipped = SPACE.exec(rest)?.[0] ?? (REDIRECTION.exec(rest)?.[0] || undefined);
    const operator = skipped === undefined ? OPERATOR.exec(rest)?.[0] : undefined;
    if (skipped === undefined && operator === undefined) {
      const word = wordAt(rest);
      if (word === null) return null;
      tokens.push({ kind: 'word', text: word.text, quoted: word.quoted });
      rest = rest.slice(word.length);
      continue;
    }
    if (operator !== undefined) tokens.push({ kind: 'operator', text: operator === '\n' ? ';' : operator });
    rest = rest.slice((skipped ?? operator ?? '').length);
  }
  return tokens;
}

/** What joins without a space is one word; null where it cannot be read. */
function wordAt(line: string): { readonly text: string; readonly quoted: boolean; readonly length: number } | null {
  let [text, length, quoted] = ['', 0, false];
  for (let piece = PIECE.exec(line)?.[0]; piece !== undefined; piece = PIECE.exec(line.slice(length))?.[0]) {
    quoted ||= /^["'\\]/.test(piece);
    text += plain(piece);
    length += piece.length;
  }
  return length === 0 ? null : { text, quoted, length };
}

function plain(piece: string): string {
  if (piece.startsWith("'")) return piece.slice(1, -1);
  if (piece.startsWith('"')) return piece.slice(1, -1).replace(/\\(["\\$`])/g, '$1');
  return piece.startsWith('\\') ? piece.slice(1) : piece;
}
