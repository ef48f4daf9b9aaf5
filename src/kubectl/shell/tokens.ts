// A line of shell cut into words and operators; here-documents are taken from the lines behind it.

import type { List, Part, SyntaxProblem, Word } from './syntax';

export type Token =
  | { readonly kind: 'word'; readonly word: Word; readonly bare: string | null }
  | { readonly kind: 'operator'; readonly text: string }
  /** `<<EOF` with what stands in it. */
  | { readonly kind: 'document'; readonly word: Word };

const OPERATORS = ['&&', '||', ';;', '|&', '&>', '>&', '>>', '<<<', '<&', ';', '|', '&', '>', '<', '(', ')', '\n'];

/** Reads what stands in `$(…)`. */
export type ReadList = (text: string) => List | SyntaxProblem;

export function tokensOf(text: string, readList: ReadList): readonly Token[] | SyntaxProblem {
  return new Reader(text, readList).tokens();
}

class Reader {
  readonly #text: string;
  readonly #readList: ReadList;
  #at = 0;
  #documents: { readonly end: string; readonly tabs: boolean; readonly isQuoted: boolean; readonly place: number }[] = [];
  readonly #tokens: Token[] = [];

  constructor(text: string, readList: ReadList) {
    this.#text = text;
    this.#readList = readList;
  }

  tokens(): readonly Token[] | SyntaxProblem {
    while (this.#at < this.#text.length) {
      const problem = this.#next();
      if (problem !== null) return problem;
    }
    this.#takeDocuments();
    return this.#tokens;
  }

  #next(): SyntaxProblem | null {
    const rest = this.#text.slice(this.#at);
    const blank = /^(?:[ \t\r]+|\\\n)/.exec(rest);
    if (blank !== null) return this.#skip(blank[0].length);
    if (rest.startsWith('#')) return this.#skip(/^[^\n]*/.exec(rest)?.[0].length ?? 0);
    const document = /^<<(-?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|([^\s'"<>|&;]+))/.exec(rest);
    if (document !== null && !rest.startsWith('<<<')) return this.#beginDocument(document);
    const numbered = /^[12](?=>)/.exec(rest);
    if (numbered !== null) {
      this.#tokens.push({ kind: 'operator', text: `${numbered[0]}>${rest.startsWith('>>', 1) ? '>' : ''}` });
      return this.#skip(rest.startsWith('>>', 1) ? 3 : 2);
    }
    const operator = OPERATORS.find((text) => rest.startsWith(text));
    if (operator === undefined) return this.#word();
    this.#tokens.push({ kind: 'operator', text: operator });
    this.#skip(operator.length);
    if (operator === '\n') this.#takeDocuments();
    return null;
  }

  #skip(length: number): null {
    this.#at += length;
    return null;
  }

  #beginDocument(found: RegExpExecArray): null {
    const end = found[2] ?? found[3] ?? found[4] ?? '';
    this.#documents.push({ end, tabs: found[1] === '-', isQuoted: found[4] === undefined, place: this.#tokens.length });
    this.#tokens.push({ kind: 'document', word: [] });
    return this.#skip(found[0].length);
  }

  #takeDocuments(): void {
    for (const { end, tabs, isQuoted, place } of this.#documents) {
      const kept: string[] = [];
      while (this.#at < this.#text.length) {
        const stop = this.#text.indexOf('\n', this.#at);
        const written = this.#text.slice(this.#at, stop < 0 ? undefined : stop);
        this.#at = stop < 0 ? this.#text.length : stop + 1;
        const line = tabs ? written.replace(/^\t+/, '') : written;
        if (line === end) break;
        kept.push(`${line}\n`);
      }
      const text = kept.join('');
      this.#tokens[place] = { kind: 'document', word: isQuoted ? [{ kind: 'text', text, isQuoted: true }] : partsIn(text) };
    }
    this.#documents = [];
  }

  #word(): SyntaxProblem | null {
    const parts: Part[] = [];
    const begin = this.#at;
    while (this.#at < this.#text.length) {
      const sign = this.#text[this.#at] ?? '';
      if (/[\s;|&<>()]/.test(sign)) break;
      const part = this.#part(sign);
      if ('problem' in part) return part;
      parts.push(...part.parts);
    }
    const written = this.#text.slice(begin, this.#at);
    this.#tokens.push({ kind: 'word', word: parts, bare: /^[^'"\\$`]*$/.test(written) ? written : null });
    return null;
  }

  #part(sign: string): { readonly parts: readonly Part[] } | SyntaxProblem {
    if (sign === "'") return this.#single();
    if (sign === '"') return this.#double();
    if (sign === '\\') {
      const text = this.#text[this.#at + 1] ?? '';
      this.#at += 2;
      return { parts: text === '\n' ? [] : [{ kind: 'text', text, isQuoted: true }] };
    }
    if (sign === '$' || sign === '`') return this.#dollar(false);
    const text = /^[^\s;|&<>()'"\\$`]+/.exec(this.#text.slice(this.#at))?.[0] ?? sign;
    this.#at += text.length;
    return { parts: [{ kind: 'text', text, isQuoted: false }] };
  }

  #single(): { readonly parts: readonly Part[] } | SyntaxProblem {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) return { problem: "unexpected EOF while looking for matching `''" };
    const text = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return { parts: [{ kind: 'text', text, isQuoted: true }] };
  }

  #double(): { readonly parts: readonly Part[] } | SyntaxProblem {
    this.#at += 1;
    const parts: Part[] = [{ kind: 'text', text: '', isQuoted: true }];
    for (let sign = this.#text[this.#at]; sign !== '"'; sign = this.#text[this.#at]) {
      if (sign === undefined) return { problem: 'unexpected EOF while looking for matching `"\'' };
      if (sign === '$' || sign === '`') {
        const part = this.#dollar(true);
        if ('problem' in part) return part;
        parts.push(...part.parts);
      } else {
        const isEscaped = sign === '\\' && /["$`\\\n]/.test(this.#text[this.#at + 1] ?? '');
        parts.push({ kind: 'text', text: isEscaped ? (this.#text[this.#at + 1] ?? '') : sign, isQuoted: true });
        this.#at += isEscaped ? 2 : 1;
      }
    }
    this.#at += 1;
    return { parts };
  }

  #dollar(isQuoted: boolean): { readonly parts: readonly Part[] } | SyntaxProblem {
    const rest = this.#text.slice(this.#at);
    const name = /^\$(?:\{([A-Za-z_]\w*|\?)\}|([A-Za-z_]\w*|[?#$0-9]))/.exec(rest);
    if (name !== null) {
      this.#at += name[0].length;
      return { parts: [{ kind: 'variable', name: name[1] ?? name[2] ?? '', isQuoted }] };
    }
    const inner = rest.startsWith('$(') ? closing(rest) : rest.startsWith('`') ? rest.indexOf('`', 1) : -1;
    if (inner < 0 && !rest.startsWith('$(') && !rest.startsWith('`')) {
      this.#at += 1;
      return { parts: [{ kind: 'text', text: '$', isQuoted }] };
    }
    if (inner < 0) return { problem: "unexpected EOF while looking for matching `)'" };
    const list = this.#readList(rest.slice(rest.startsWith('`') ? 1 : 2, inner));
    if ('problem' in list) return list;
    this.#at += inner + 1;
    return { parts: [{ kind: 'command', list, isQuoted }] };
  }
}

/** Where the bracket of `$(` closes; -1 where it does not. */
function closing(text: string): number {
  let depth = 0;
  for (let at = 1; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) return -1;
      at = end;
    } else if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** The text of a here-document, with its variables. */
function partsIn(text: string): Word {
  return text.split(/(\$\{?[A-Za-z_]\w*\}?)/).map((part): Part => {
    const name = /^\$\{?([A-Za-z_]\w*)\}?$/.exec(part)?.[1];
    return name === undefined ? { kind: 'text', text: part, isQuoted: true } : { kind: 'variable', name, isQuoted: true };
  });
}
