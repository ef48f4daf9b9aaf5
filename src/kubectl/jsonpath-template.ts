// JSONPath templates as kubectl reads them: text, and between braces fields, indices, slices, unions, filters, quoted text, `range` and `end`
// (client-go's util/jsonpath/parser.go). `['a.b']` is the way .a.b, as there; only `\.` escapes a dot. There is no `&&` in a filter.

export type PathNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'recursive' }
  | {
      readonly kind: 'slice';
      readonly from: number | null;
      readonly to: number | null;
      readonly step: number | null;
      readonly isIndex: boolean;
    }
  | { readonly kind: 'union'; readonly lists: readonly (readonly PathNode[])[] }
  | { readonly kind: 'filter'; readonly left: readonly PathNode[]; readonly operator: string; readonly right: readonly PathNode[] }
  | { readonly kind: 'value'; readonly value: number | boolean }
  | { readonly kind: 'word'; readonly word: string };

/** A stretch of text, or what stands between two braces. */
export type Action = readonly PathNode[];

export type ReadTemplate = { readonly actions: readonly Action[] } | { readonly problem: string };

export function readTemplate(template: string): ReadTemplate {
  const actions: Action[] = [];
  for (let rest = template; rest !== ''; ) {
    const open = rest.indexOf('{');
    if (open < 0) return { actions: [...actions, [{ kind: 'text', text: rest }]] };
    if (open > 0) actions.push([{ kind: 'text', text: rest.slice(0, open) }]);
    const read = readNodes(rest.slice(open + 1), []);
    if ('problem' in read) return read;
    actions.push(read.nodes);
    rest = read.rest;
  }
  return { actions };
}

type ReadNodes = { readonly nodes: readonly PathNode[]; readonly rest: string } | { readonly problem: string };

/** Reads up to the closing brace, and past it. */
function readNodes(text: string, nodes: readonly PathNode[]): ReadNodes {
  if (text.startsWith('}')) return { nodes, rest: text.slice(1) };
  const read = readNode(text, nodes);
  return 'problem' in read ? read : readNodes(read.rest, [...nodes, ...read.nodes]);
}

const IDENTIFIER = /^[^\s.,[\]$@{}]+/;
const FIELD = /^(?:\\[\s\S]|[^\\\s.,[\]$@{}])*/;

function readNode(text: string, before: readonly PathNode[]): ReadNodes {
  if (text.startsWith('[?(')) return readFilter(text);
  if (text.startsWith('..')) return readRecursive(text, before);
  const [first = ''] = text;
  if (first === '' || first === '\n' || first === '\r') return { problem: 'unclosed action' };
  if (first === ' ' || first === '@' || first === '$') return { nodes: [], rest: text.slice(1) };
  if (first === '[') return readIndex(text);
  if (first === '"' || first === "'") return readQuoted(text);
  if (first === '.') return readField(text.slice(1));
  if (/[-+\d]/.test(first)) return readNumber(text);
  if (/[\p{L}_]/u.test(first)) return readWord(text);
  return { problem: `unrecognized character in action: U+${codeOf(first)} '${first}'` };
}

function codeOf(letter: string): string {
  return (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

function readRecursive(text: string, before: readonly PathNode[]): ReadNodes {
  if (before.at(-1)?.kind === 'recursive') return { problem: 'invalid multiple recursive descent' };
  const rest = text.slice(2);
  if (!/^[\p{L}\d_]/u.test(rest)) return { nodes: [{ kind: 'recursive' }], rest };
  const field = readField(rest);
  return 'problem' in field ? field : { nodes: [{ kind: 'recursive' }, ...field.nodes], rest: field.rest };
}

function readField(text: string): ReadNodes {
  const [name = ''] = FIELD.exec(text) ?? [];
  const rest = text.slice(name.length);
  return { nodes: [name === '*' ? { kind: 'wildcard' } : { kind: 'field', name: name.replaceAll('\\', '') }], rest };
}

function readNumber(text: string): ReadNodes {
  const [written = ''] = /^[-+]?[\d.]*/.exec(text) ?? [];
  const value = Number(written);
  if (written === '' || Number.isNaN(value) || /^[-+]$/.test(written)) return { problem: `cannot parse number ${written}` };
  return { nodes: [{ kind: 'value', value }], rest: text.slice(written.length) };
}

function readWord(text: string): ReadNodes {
  const [word = ''] = IDENTIFIER.exec(text) ?? [];
  const rest = text.slice(word.length);
  if (word === 'true' || word === 'false') return { nodes: [{ kind: 'value', value: word === 'true' }], rest };
  return { nodes: [{ kind: 'word', word }], rest };
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function readQuoted(text: string): ReadNodes {
  const [whole, , inner] = /^(["'])((?:\\[^\n]|(?!\1)[^\\\n])*)\1/.exec(text) ?? [];
  if (whole === undefined || inner === undefined) return { problem: 'unterminated quoted string' };
  const wrong = [...inner.matchAll(/\\(.)/g)].some(([, letter = '']) => !(letter in ESCAPES));
  if (wrong) return { problem: `unquote string ${whole} error invalid syntax` };
  const spelt = inner.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
  return { nodes: [{ kind: 'text', text: spelt }], rest: text.slice(whole.length) };
}

function readIndex(text: string): ReadNodes {
  const close = text.indexOf(']');
  if (close < 0 || text.slice(0, close).includes('\n')) return { problem: 'unterminated array' };
  const inner = text.slice(1, close);
  const rest = text.slice(close + 1);
  if (inner.includes(',')) return readUnion(inner.split(','), rest);
  const [, key] = /^'([^']*)'$/.exec(inner) ?? [];
  if (key !== undefined) {
    const read = readAll(`.${key}`);
    return 'problem' in read ? read : { nodes: read.nodes, rest };
  }
  const slice = sliceOf(inner === '*' ? ':' : inner);
  return slice === null ? { problem: `invalid array index ${inner}` } : { nodes: [slice], rest };
}

function readUnion(parts: readonly string[], rest: string): ReadNodes {
  const read = parts.map((part) => readAll(`[${part.trim()}]`));
  const problem = read.find((one) => 'problem' in one);
  if (problem !== undefined) return problem;
  return { nodes: [{ kind: 'union', lists: read.flatMap((one) => ('nodes' in one ? [one.nodes] : [])) }], rest };
}

/** An expression as if it stood between braces. */
function readAll(text: string): ReadNodes {
  return readNodes(`${text}}`, []);
}

function sliceOf(text: string): PathNode | null {
  const [whole, from = '', to, step] = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text) ?? [];
  if (whole === undefined || whole === '') return null;
  const number = (part: string): number | null => (part === '' || part === '-' ? null : Number(part));
  const isIndex = to === undefined;
  const first = number(from);
  return {
    kind: 'slice',
    from: first,
    to: isIndex ? (first ?? 0) + 1 : number(to.slice(1)),
    step: step === undefined ? null : number(step.slice(1)),
    isIndex,
  };
}

function readFilter(text: string): ReadNodes {
  const end = filterEnd(text);
  if (end === null) return { problem: 'unterminated filter' };
  if (text[end + 1] !== ']') return { problem: 'unclosed array expect ]' };
  const inner = text.slice(3, end);
  const rest = text.slice(end + 2);
  const [, left = '', operator, right = ''] = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(inner) ?? [];
  const [first, second] = [readAll(operator === undefined ? inner : left), readAll(right)];
  if ('problem' in first) return first;
  if ('problem' in second) return second;
  return { nodes: [{ kind: 'filter', left: first.nodes, operator: operator ?? 'exists', right: second.nodes }], rest };
}

/** Where the filter's parenthesis closes; one inside its first pair of quotes does not count. */
function filterEnd(text: string): number | null {
  let quote: string | null = null;
  let isClosed = false;
  for (let index = 3; index < text.length && text[index] !== '\n'; index += 1) {
    const letter = text[index] ?? '';
    if ((letter === '"' || letter === "'") && quote === null) quote = letter;
    else if (letter === quote && text[index - 1] !== '\\') isClosed = true;
    else if (letter === ')' && (quote === null || isClosed)) return index;
  }
  return null;
}
