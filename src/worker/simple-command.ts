// One command as a shell takes it apart: words, with their quotes taken away, and what a here-document feeds to it. Left out: pipes,
// redirections, variables and everything that joins commands.

export interface SimpleCommand {
  readonly words: readonly string[];
  /** The text of the last here-document; empty where there is none. */
  readonly input: string;
}

const TOKEN =
  /(?:\\\n)|\s+|#[^\n]*|<<(-?)[ \t]*((?:'[^'\n]+'|"[^"\n]+"|[^\s'"<>|&;])+)|((?:\\[^\n]|'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"\\])+)/gsy;

export function simpleCommand(text: string): SimpleCommand {
  const words: string[] = [];
  const documents: { readonly end: string; readonly tabs: boolean }[] = [];
  let input = '';
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found !== null && found[0] !== ''; found = TOKEN.exec(text)) {
    const [whole, dash, end, word] = found;
    if (end !== undefined) documents.push({ end: unquoted(end), tabs: dash === '-' });
    if (word !== undefined) words.push(unquoted(word));
    const lineEnd = /^\s/.test(whole) ? whole.indexOf('\n') : -1;
    if (lineEnd < 0 || documents.length === 0) continue;
    let rest = text.slice(found.index + lineEnd + 1);
    for (const document of documents.splice(0)) [input, rest] = read(rest, document);
    TOKEN.lastIndex = text.length - rest.length;
  }
  return { words, input };
}

/** The lines up to the last word of the here-document, and what stands behind it. */
function read(text: string, { end, tabs }: { readonly end: string; readonly tabs: boolean }): readonly [string, string] {
  const lines = text.split('\n').map((line) => (tabs ? line.replace(/^\t+/, '') : line));
  const at = lines.indexOf(end);
  if (at < 0) return [`${lines.join('\n')}\n`, ''];
  const behind = text
    .split('\n')
    .slice(at + 1)
    .join('\n');
  return [
    lines
      .slice(0, at)
      .map((line) => `${line}\n`)
      .join(''),
    behind,
  ];
}

function unquoted(word: string): string {
  return word.replace(/\\\n|\\(.)|'([^']*)'|"((?:\\.|[^"\\])*)"/gs, (_whole, escaped, single, double) =>
    double === undefined ? (escaped ?? single ?? '') : double.replace(/\\(["\\$`])/g, '$1'),
  );
}
