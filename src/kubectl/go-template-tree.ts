// Go templates as a tree (text/template/parse/parse.go): text, pipelines, `if`, `range`, `with`, `define` and `template`. Left out: `block`.

import { type Token, tokensOf } from './go-template-tokens';

export interface Pipeline {
  /** `$x := …`, `$i, $x := …`; assigned anew where `isNew` is false. */
  readonly names: readonly string[];
  readonly isNew: boolean;
  /** A command is what is called, and with what; the last argument comes from the command before. */
  readonly commands: readonly (readonly Operand[])[];
}

export type Operand = OperandBody & {
  /** Offset in the template, for errors, and the operand as it was written. */
  readonly at: number;
  readonly written: string;
};

type OperandBody =
  | { readonly kind: 'dot' | 'nil' }
  | { readonly kind: 'field'; readonly fields: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly fields: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  | { readonly kind: 'group'; readonly pipeline: Pipeline; readonly fields: readonly string[] };

export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly pipeline: Pipeline;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    }
  | { readonly kind: 'break' | 'continue' }
  | { readonly kind: 'template'; readonly name: string; readonly pipeline: Pipeline | null; readonly at: number };

export interface Template {
  readonly nodes: readonly Node[];
  readonly defined: ReadonlyMap<string, readonly Node[]>;
}

export const FUNCTIONS: readonly string[] =
  'and or not len index slice print printf println html js urlquery eq ne lt le gt ge call exists base64decode'.split(' ');

/** The template, or why it is none: in Go's words, with the line. */
export function parseGoTemplate(text: string): Template | { readonly problem: string } {
  const lexed = tokensOf(text);
  if ('problem' in lexed) return { problem: `template: output:${lineOf(text, lexed.at)}: ${lexed.problem}` };
  const parser = new Parser(lexed.tokens);
  const { nodes, end } = parser.list(['$']);
  const problem = parser.problem ?? (end === null ? null : { text: `unexpected {{${end}}}`, at: parser.at });
  return problem === null
    ? { nodes, defined: parser.defined }
    : { problem: `template: output:${lineOf(text, problem.at)}: ${problem.text}` };
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

interface List {
  readonly nodes: readonly Node[];
  /** The word that ended it: `end`, `else`; null at the end of the text. */
  readonly end: string | null;
}

class Parser {
  readonly defined = new Map<string, readonly Node[]>();
  problem: { readonly text: string; readonly at: number } | null = null;
  readonly #tokens: readonly Token[];
  #next = 0;
  #ranges = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get at(): number {
    return this.#tokens[Math.min(this.#next, this.#tokens.length) - 1]?.at ?? 0;
  }

  list(variables: readonly string[]): List {
    const nodes: Node[] = [];
    let known = variables;
    for (let token = this.#take(); token !== undefined && this.problem === null; token = this.#take()) {
      if (token.kind === 'text') {
        nodes.push({ kind: 'text', text: token.text });
        continue;
      }
      this.#skipSpace();
      const word = this.#peek()?.kind === 'word' ? (this.#peek()?.text ?? '') : '';
      if (word === 'end' || word === 'else') {
        this.#take();
        if (word === 'end') this.#close();
        return { nodes, end: word };
      }
      const node = this.#action(word, known);
      if (node === null) continue;
      nodes.push(node);
      if (node.kind === 'print' && node.pipeline.isNew) known = [...known, ...node.pipeline.names];
    }
    return { nodes, end: null };
  }

  #action(word: string, known: readonly string[]): Node | null {
    switch (word) {
      case 'if':
      case 'with':
      case 'range':
        this.#take();
        return this.#control(word, known);
      case 'break':
      case 'continue':
        this.#take();
        if (this.#ranges === 0) this.#fail(`{{${word}}} outside {{range}}`);
        this.#close();
        return { kind: word };
      case 'define':
        this.#take();
        return this.#define();
      case 'template':
        this.#take();
        return this.#template(known);
      default:
        return { kind: 'print', pipeline: this.#closed(this.#pipeline(known)) };
    }
  }

  #control(kind: 'if' | 'with' | 'range', known: readonly string[]): Node {
    const pipeline = this.#closed(this.#pipeline(known, kind));
    const inside = [...known, ...pipeline.names];
    if (kind === 'range') this.#ranges += 1;
    const body = this.list(inside);
    if (kind === 'range') this.#ranges -= 1;
    const otherwise = body.end === 'else' ? this.#otherwise(kind, inside) : [];
    if (body.end === null) this.#fail('unexpected EOF');
    return { kind, pipeline, body: body.nodes, otherwise };
  }

  /** Behind `else`: an `if` of its own, or a list up to `end`. */
  #otherwise(kind: string, known: readonly string[]): readonly Node[] {
    this.#skipSpace();
    const word = this.#peek()?.text ?? '';
    if ((word === 'if' || word === 'with') && kind !== 'range') {
      this.#take();
      return [this.#control(word, known)];
    }
    this.#close();
    const list = this.list(known);
    if (list.end === null) this.#fail('unexpected EOF');
    if (list.end === 'else') this.#fail('expected end; found {{else}}');
    return list.nodes;
  }

  #define(): null {
    const name = this.#quoted('define clause');
    this.#close();
    const list = this.list(['$']);
    if (list.end === null) this.#fail('unexpected EOF');
    this.defined.set(name, list.nodes);
    return null;
  }

  #template(known: readonly string[]): Node {
    this.#skipSpace();
    const at = this.#peek()?.at ?? 0;
    const name = this.#quoted('template clause');
    this.#skipSpace();
    if (this.#peek()?.kind !== 'close') return { kind: 'template', name, pipeline: this.#closed(this.#pipeline(known)), at };
    this.#close();
    return { kind: 'template', name, pipeline: null, at };
  }

  #quoted(context: string): string {
    this.#skipSpace();
    const token = this.#take();
    if (token?.kind !== 'string') this.#fail(`unexpected ${described(token)} in ${context}`);
    return token === undefined ? '' : unquoted(token.text);
  }

  #closed(pipeline: Pipeline): Pipeline {
    this.#close();
    return pipeline;
  }

  #close(): void {
    this.#skipSpace();
    const token = this.#take();
    if (token?.kind !== 'close') this.#fail(`unexpected ${described(token)} in command`);
  }

  #pipeline(known: readonly string[], context = 'command'): Pipeline {
    const { names, isNew } = this.#declared(context === 'range');
    const commands: (readonly Operand[])[] = [];
    do commands.push(this.#command(known));
    while (this.problem === null && this.#takeSign('|'));
    if (commands.some((command) => command.length === 0))
      this.#fail(this.#isSign('|') ? 'unexpected "|" in command' : `missing value for ${context}`);
    return { names, isNew, commands };
  }

  /** `$x :=`, `$i, $x :=`, `$x =`; nothing is taken where there is none. */
  #declared(isRange: boolean): { readonly names: readonly string[]; readonly isNew: boolean } {
    this.#skipSpace();
    const rest = this.#tokens.slice(this.#next).filter(({ kind }) => kind !== 'space');
    const pattern = rest.slice(0, 4).map(({ kind, text }) => (kind === 'variable' ? '$' : text));
    const count =
      pattern[0] === '$' && /^:?=$/.test(pattern[1] ?? '')
        ? 1
        : isRange && pattern.join('').startsWith('$,$') && /^:?=$/.test(pattern[3] ?? '')
          ? 2
          : 0;
    const names = rest.filter(({ kind }) => kind === 'variable').slice(0, count);
    let sign = '';
    while (count > 0 && sign === '') {
      const token = this.#take();
      if (token?.kind === 'sign' && token.text !== ',') sign = token.text;
    }
    return { names: names.map(({ text }) => text), isNew: sign === ':=' };
  }

  #command(known: readonly string[]): readonly Operand[] {
    const operands: Operand[] = [];
    for (;;) {
      this.#skipSpace();
      const operand = this.#operand(known);
      if (operand === null) return operands;
      operands.push(operand);
    }
  }

  #operand(known: readonly string[]): Operand | null {
    const token = this.#peek();
    if (token === undefined || token.kind === 'close' || this.problem !== null) return null;
    if (token.kind === 'sign' && token.text === '(') return this.#group(known);
    if (token.kind === 'sign' && token.text !== '.') return null;
    this.#take();
    const body = this.#body(token, known);
    const second = this.#peek()?.kind === 'field' ? this.#peek()?.at : undefined;
    const fields = this.#fields();
    const { at } = token;
    if (fields.length === 0) return { ...body, at, written: token.text };
    const written = token.text + fields.map((field) => `.${field}`).join('');
    if (body.kind === 'field') return { kind: 'field', fields: [...body.fields, ...fields], at: second ?? at, written };
    if (body.kind === 'variable') return { ...body, fields, at: second ?? at, written };
    this.#fail(`unexpected . after term ${JSON.stringify(token.text)}`);
    return null;
  }

  #body(token: Token, known: readonly string[]): OperandBody {
    const { text } = token;
    if (token.kind === 'string') return { kind: 'constant', value: unquoted(text) };
    if (token.kind === 'number') return { kind: 'constant', value: text.startsWith("'") ? (text.codePointAt(1) ?? 0) : Number(text) };
    if (token.kind === 'field') return { kind: 'field', fields: [text.slice(1)] };
    if (token.kind === 'variable') {
      if (!known.includes(text)) this.#fail(`undefined variable "${text}"`);
      return { kind: 'variable', name: text, fields: [] };
    }
    if (token.kind === 'sign') return { kind: 'dot' };
    if (text === 'true' || text === 'false') return { kind: 'constant', value: text === 'true' };
    if (text === 'nil') return { kind: 'nil' };
    if (!FUNCTIONS.includes(text)) this.#fail(`function "${text}" not defined`);
    return { kind: 'function', name: text };
  }

  #group(known: readonly string[]): Operand {
    const open = this.#take();
    const pipeline = this.#pipeline(known);
    this.#skipSpace();
    if (!this.#takeSign(')')) this.#fail('unclosed left paren');
    return { kind: 'group', pipeline, fields: this.#fields(), at: open?.at ?? 0, written: '(' };
  }

  #fields(): readonly string[] {
    const fields: string[] = [];
    while (this.#peek()?.kind === 'field') fields.push((this.#take()?.text ?? '').slice(1));
    return fields;
  }

  #isSign(text: string): boolean {
    this.#skipSpace();
    const token = this.#peek();
    return token?.kind === 'sign' && token.text === text;
  }

  #takeSign(text: string): boolean {
    this.#skipSpace();
    const token = this.#peek();
    if (token?.kind !== 'sign' || token.text !== text) return false;
    this.#take();
    return true;
  }

  #skipSpace(): void {
    while (this.#peek()?.kind === 'space') this.#next += 1;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #take(): Token | undefined {
    this.#next += 1;
    return this.#tokens[this.#next - 1];
  }

  #fail(text: string): void {
    this.problem ??= { text, at: this.at };
  }
}

function described(token: Token | undefined): string {
  if (token === undefined) return 'EOF';
  return token.kind === 'close' ? '"}}"' : `<${token.text}>`;
}

/** The text of a Go string: with backslashes between double quotes, as it stands between backquotes. */
export function unquoted(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1);
  return text
    .slice(1, -1)
    .replace(/\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|(.))/g, (_, long?: string, short?: string, letter?: string) =>
      letter === undefined
        ? String.fromCodePoint(Number.parseInt(long ?? short ?? '0', 16))
        : ({ n: '\n', t: '\t', r: '\r' }[letter] ?? letter),
    );
}
