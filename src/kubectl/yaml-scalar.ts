// One text as go-yaml writes it: plain, in single or double quotes, or as a literal block (encode.go, emitterc.go, resolve.go).

export interface Place {
  /** Of the mapping or the sequence in which it stands. */
  readonly indent: number;
  /** Where its first letter comes to stand. */
  readonly column: number;
  readonly isKey: boolean;
}

const WIDTH = 80;

/** Its lines; all but the first with their indent. */
export function scalarLines(text: string, place: Place): readonly string[] {
  const isOdd = /[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(text) || / \n/.test(text);
  if (text.includes('\n') && !place.isKey && !isOdd && !text.endsWith(' ')) return literal(text, place);
  if (isOdd || text.includes('\n') || meansSomethingElse(text)) return folded(escapes(text), place, '"');
  return isPlain(text) ? folded([...text], place, '') : folded([...text.replaceAll("'", "''")], place, "'");
}

/** Whether a plain word of these letters would be read as no text: null, a truth, a number, a time, the sign of a merge. */
function meansSomethingElse(text: string): boolean {
  if (/^(?:~|null|Null|NULL|<<|)$/.test(text)) return true;
  if (/^(?:[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|true|True|TRUE|false|False|FALSE)$/.test(text)) return true;
  if (/^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/.test(text)) return true;
  const bare = text.replaceAll('_', '');
  if (/^[-+]?(?:0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|\d+)$/.test(bare) && /^[-+\d]/.test(text)) return true;
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(bare) && /^[-+.\d]/.test(text)) return true;
  if (/^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/.test(text)) return true;
  return /^\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]|\s+)\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})?)?$/.test(text);
}

/** Whether no letter of it is a sign of YAML's where it stands. */
function isPlain(text: string): boolean {
  if (/^(?:---|\.\.\.)/.test(text) || /^ | $/.test(text)) return false;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[-?:](?: |$)/.test(text)) return false;
  return !/:(?: |$)| #/.test(text);
}

/** `|`, with a digit where the block's indent cannot be seen, and with `-` or `+` for the line breaks at its end. */
function literal(text: string, { indent }: Place): readonly string[] {
  const chomping = text.endsWith('\n') ? (/\n\n$|^\n$/.test(text) ? '+' : '') : '-';
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const pad = ' '.repeat(indent + 2);
  const body = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  return [`|${hint}${chomping}`, ...body.map((line) => (line === '' ? '' : pad + line))];
}

const SHORT: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\ufeff': '\\uFEFF',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/** Letter by letter, as they stand between double quotes. */
function escapes(text: string): readonly string[] {
  return [...text].map((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (letter in SHORT) return SHORT[letter] ?? letter;
    if ((code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xfffd)) return letter;
    const hex = code.toString(16).toUpperCase();
    return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
  });
}

/** Broken at the first single blank behind the width; the rest goes on one level deeper. */
function folded(letters: readonly string[], { indent, column, isKey }: Place, quote: '' | "'" | '"'): readonly string[] {
  const lines: string[] = [];
  const pad = ' '.repeat(indent + 2);
  let line = quote;
  let at = column + quote.length;
  for (const [index, letter] of letters.entries()) {
    const isInside = index > 0 && index < letters.length - 1;
    const isSingle = letters[index - 1] !== ' ' && (quote === '"' || letters[index + 1] !== ' ');
    if (letter !== ' ' || isKey || at <= WIDTH || !isSingle || !(isInside || quote === '')) {
      line += letter;
      at += [...letter].length;
      continue;
    }
    lines.push(line);
    line = pad + (quote === '"' && letters[index + 1] === ' ' ? '\\' : '');
    at = line.length;
  }
  return [...lines, line + quote];
}
