// The tokens of a Go template (text/template/parse/lex.go): text, and between `{{` and `}}` words, fields, variables, constants and signs.

export interface Token {
  readonly kind: 'text' | 'open' | 'close' | 'field' | 'variable' | 'word' | 'string' | 'number' | 'sign' | 'space';
  readonly text: string;
  /** Offset in the template. */
  readonly at: number;
}

export type Tokens = { readonly tokens: readonly Token[] } | { readonly problem: string; readonly at: number };

export function tokensOf(template: string): Tokens {
  const tokens: Token[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf('{{', at);
    const end = open < 0 ? template.length : open;
    const isTrimming = open >= 0 && /^\{\{-\s/.test(template.slice(open));
    const text = template.slice(at, end);
    tokens.push({ kind: 'text', text: isTrimming ? text.trimEnd() : text, at });
    if (open < 0) break;
    const inner = open + (isTrimming ? 3 : 2);
    const comment = /^\s*\/\*[\s\S]*?\*\/(\s-)?\}\}/.exec(template.slice(inner));
    if (comment !== null) {
      at = inner + comment[0].length + (comment[1] === undefined ? 0 : blanksAt(template, inner + comment[0].length));
      continue;
    }
    const action = actionTokens(template, inner);
    if ('problem' in action) return action;
    tokens.push({ kind: 'open', text: '{{', at: open }, ...action.tokens);
    at = action.end;
  }
  return { tokens };
}

function blanksAt(text: string, at: number): number {
  return (/^\s*/.exec(text.slice(at)) ?? [''])[0].length;
}

const PATTERNS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['space', /^\s+/],
  ['string', /^(?:"(?:\\.|[^"\\\n])*"|`[^`]*`)/],
  ['field', /^\.[\p{L}_][\p{L}\d_]*/u],
  ['variable', /^\$[\p{L}\d_]*/u],
  ['number', /^(?:[-+]?(?:0x[\da-fA-F]+|\d+\.?\d*(?:e[-+]?\d+)?|\.\d+)|'(?:\\.|[^'\\])')/],
  ['word', /^[\p{L}_][\p{L}\d_]*/u],
  ['sign', /^(?::=|[|(),=.])/],
];

type Action = { readonly tokens: readonly Token[]; readonly end: number } | { readonly problem: string; readonly at: number };

function actionTokens(template: string, start: number): Action {
  const tokens: Token[] = [];
  for (let at = start; at < template.length; ) {
    const rest = template.slice(at);
    const close = /^(?:\s+-)?\}\}/.exec(rest);
    if (close !== null) {
      tokens.push({ kind: 'close', text: '}}', at });
      const end = at + close[0].length;
      return { tokens, end: end + (close[0] === '}}' ? 0 : blanksAt(template, end)) };
    }
    const found = PATTERNS.map(([kind, pattern]) => ({ kind, text: pattern.exec(rest)?.[0] })).find(({ text }) => text !== undefined);
    if (found?.text === undefined) return { problem: badCharacter(rest), at };
    tokens.push({ kind: found.kind, text: found.text, at });
    at += found.text.length;
  }
  return { problem: 'unclosed action', at: template.length };
}

function badCharacter(rest: string): string {
  const [letter = ''] = rest;
  if (letter === '"') return 'unterminated quoted string';
  if (letter === '`') return 'unterminated raw quoted string';
  const code = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `unrecognized character in action: U+${code} '${letter}'`;
}
