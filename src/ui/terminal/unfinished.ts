// Whether a shell would wait for another line: a quote stands open, the line ends with a backslash, or a here-document has not come to
// its last word. Only the end of the input is found here; what the words mean is the command's business.

/** `<<EOF`, `<<-'EOF'`; not `<<<`. */
const HERE_DOCUMENT = /^<<(-?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|([^\s'"<>|&;]+))/;

interface HereDocument {
  readonly word: string;
  readonly tabs: boolean;
}

export function isUnfinished(text: string): boolean {
  const documents: HereDocument[] = [];
  let quote: string | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quote === null && sign === '\n' && documents.length > 0) {
      const end = endOf(text, at + 1, documents);
      if (end === null) return true;
      documents.length = 0;
      at = end;
    } else if (sign === '\\' && quote !== "'") {
      at += 1;
      if (at >= text.length) return true;
    } else if (quote !== null) quote = sign === quote ? null : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '#' && /^$|\s/.test(text[at - 1] ?? '')) at = lineEnd(text, at) - 1;
    else if (sign === '<') {
      const begun = text.startsWith('<<<', at) ? null : HERE_DOCUMENT.exec(text.slice(at));
      if (begun !== null) documents.push({ word: begun[2] ?? begun[3] ?? begun[4] ?? '', tabs: begun[1] === '-' });
      at += begun === null ? (/^<+/.exec(text.slice(at))?.[0].length ?? 1) - 1 : begun[0].length - 1;
    }
  }
  return quote !== null || documents.length > 0;
}

/** Where the line break is that ends the last of the documents; null: the text ends first. */
function endOf(text: string, from: number, documents: readonly HereDocument[]): number | null {
  let at = from;
  for (const { word, tabs } of documents) {
    let closed = false;
    while (!closed) {
      if (at > text.length) return null;
      const end = lineEnd(text, at);
      const line = text.slice(at, end);
      closed = (tabs ? line.replace(/^\t+/, '') : line) === word;
      at = end + 1;
    }
  }
  return at - 1;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
