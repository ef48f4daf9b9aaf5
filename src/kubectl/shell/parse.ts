// From the tokens of a line to what a shell does with them.

import type { Command, Item, List, Pipeline, Redirection, SyntaxProblem, Word } from './syntax';
import { type Token, tokensOf } from './tokens';

/** The commands of a text, or why it cannot be read. */
export function parseList(text: string): List | SyntaxProblem {
  const tokens = tokensOf(text, parseList);
  if ('problem' in tokens) return tokens;
  const parser = new Parser(tokens);
  const list = parser.list([]);
  if ('problem' in list) return list;
  return parser.isAtEnd() ? list : parser.unexpected();
}

const RESERVED = ['do', 'done', 'then', 'else', 'elif', 'fi', '}', 'esac'];

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  unexpected(): SyntaxProblem {
    const token = this.#tokens[this.#at];
    const text =
      token === undefined ? 'newline' : token.kind === 'operator' ? (token.text === '\n' ? 'newline' : token.text) : textOf(token);
    return { problem: `syntax error near unexpected token \`${text}'` };
  }

  /** Up to one of the words, which is left where it stands. */
  list(ends: readonly string[]): List | SyntaxProblem {
    const items: Item[] = [];
    let after: Item['after'] = ';';
    this.#skipLines();
    while (!this.isAtEnd() && !this.#isOperator(')') && !ends.includes(this.#bare() ?? '')) {
      const pipeline = this.#pipeline();
      if ('problem' in pipeline) return pipeline;
      items.push({ pipeline, after });
      const operator = this.#operator();
      if (operator === null || operator === ')') break;
      if (!['&&', '||', ';', '&', '\n'].includes(operator)) return this.unexpected();
      this.#at += 1;
      after = operator === '&&' || operator === '||' ? operator : ';';
      this.#skipLines();
      if (after !== ';' && this.isAtEnd()) return { problem: 'syntax error: unexpected end of file' };
    }
    return items;
  }

  #pipeline(): Pipeline | SyntaxProblem {
    const isNegated = this.#takeWord('!');
    const commands: Command[] = [];
    for (;;) {
      const command = this.#command();
      if ('problem' in command) return command;
      commands.push(command);
      if (!this.#isOperator('|') && !this.#isOperator('|&')) return { commands, isNegated };
      this.#at += 1;
      this.#skipLines();
    }
  }

  #command(): Command | SyntaxProblem {
    if (this.#takeWord('for')) return this.#for();
    if (this.#takeWord('while')) return this.#while(false);
    if (this.#takeWord('until')) return this.#while(true);
    if (this.#takeWord('if')) return this.#if();
    if (this.#isOperator('(')) return this.#bracketed(')');
    if (this.#bare() === '{') return this.#bracketed('}');
    if (RESERVED.includes(this.#bare() ?? '')) return this.unexpected();
    return this.#simple();
  }

  #for(): Command | SyntaxProblem {
    const name = this.#bare();
    if (name === null || !/^[A-Za-z_]\w*$/.test(name)) return this.unexpected();
    this.#at += 1;
    const words: Word[] = [];
    if (this.#takeWord('in'))
      for (let token = this.#tokens[this.#at]; token?.kind === 'word'; token = this.#tokens[this.#at]) {
        words.push(token.word);
        this.#at += 1;
      }
    if (this.#isOperator(';')) this.#at += 1;
    this.#skipLines();
    const body = this.#between('do', 'done');
    return 'problem' in body ? body : { kind: 'for', name, words, body };
  }

  #while(until: boolean): Command | SyntaxProblem {
    const condition = this.list(['do']);
    if ('problem' in condition) return condition;
    const body = this.#between('do', 'done');
    return 'problem' in body ? body : { kind: 'while', until, condition, body };
  }

  #if(): Command | SyntaxProblem {
    const condition = this.list(['then']);
    if ('problem' in condition) return condition;
    if (!this.#takeWord('then')) return this.unexpected();
    const body = this.list(['else', 'fi']);
    if ('problem' in body) return body;
    const otherwise = this.#takeWord('else') ? this.list(['fi']) : null;
    if (otherwise !== null && 'problem' in otherwise) return otherwise;
    return this.#takeWord('fi') ? { kind: 'if', condition, body, otherwise } : this.unexpected();
  }

  #between(begin: string, end: string): List | SyntaxProblem {
    if (!this.#takeWord(begin)) return this.unexpected();
    const body = this.list([end]);
    if ('problem' in body) return body;
    return this.#takeWord(end) ? body : this.unexpected();
  }

  #bracketed(end: ')' | '}'): Command | SyntaxProblem {
    this.#at += 1;
    const body = this.list(end === '}' ? ['}'] : []);
    if ('problem' in body) return body;
    if (end === '}' ? !this.#takeWord('}') : !this.#isOperator(')')) return this.unexpected();
    if (end === ')') this.#at += 1;
    return { kind: 'group', body };
  }

  #simple(): Command | SyntaxProblem {
    const assignments: { name: string; value: Word }[] = [];
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    for (let token = this.#tokens[this.#at]; token !== undefined; token = this.#tokens[this.#at]) {
      if (token.kind === 'document') redirections.push({ from: 'in', to: { kind: 'text', word: token.word } });
      else if (token.kind === 'word') {
        const assignment = words.length === 0 ? assignmentIn(token.word) : null;
        if (assignment === null) words.push(token.word);
        else assignments.push(assignment);
      } else {
        const redirection = this.#redirection(token.text);
        if (redirection === null) break;
        if ('problem' in redirection) return redirection;
        redirections.push(redirection);
      }
      this.#at += 1;
    }
    if (words.length === 0 && assignments.length === 0 && redirections.length === 0) return this.unexpected();
    return { kind: 'simple', assignments, words, redirections };
  }

  /** The cursor is left at the last of its tokens; null: the operator ends the command. */
  #redirection(operator: string): Redirection | SyntaxProblem | null {
    const from = operator === '<' || operator === '<<<' ? 'in' : operator === '&>' ? 'both' : operator.startsWith('2') ? 'err' : 'out';
    if (!['<', '<<<', '&>', '>', '>>', '1>', '1>>', '2>', '2>>', '>&'].includes(operator)) return null;
    this.#at += 1;
    if ((operator === '2>' || operator === '1>' || operator === '>') && this.#isOperator('&')) this.#at += 1;
    else if (operator !== '>&') return this.#toFile(from, operator);
    const target = this.#bare();
    if (target === '1' || target === '2') return { from, to: { kind: target === '1' ? 'out' : 'err' } };
    return this.#toFile('both', operator);
  }

  #toFile(from: Redirection['from'], operator: string): Redirection | SyntaxProblem {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word') return this.unexpected();
    if (operator === '<<<') return { from, to: { kind: 'text', word: [...token.word, { kind: 'text', text: '\n', isQuoted: true }] } };
    return { from, to: { kind: 'file', word: token.word, appends: operator.endsWith('>>') } };
  }

  #bare(): string | null {
    const token = this.#tokens[this.#at];
    return token?.kind === 'word' ? token.bare : null;
  }

  #takeWord(word: string): boolean {
    if (this.#bare() !== word) return false;
    this.#at += 1;
    return true;
  }

  #operator(): string | null {
    const token = this.#tokens[this.#at];
    return token?.kind === 'operator' ? token.text : null;
  }

  #isOperator(text: string): boolean {
    return this.#operator() === text;
  }

  #skipLines(): void {
    while (this.#isOperator('\n')) this.#at += 1;
  }
}

/** `name=value` before the words of a command. */
function assignmentIn(word: Word): { readonly name: string; readonly value: Word } | null {
  const [first, ...rest] = word;
  if (first?.kind !== 'text' || first.isQuoted) return null;
  const [, name, text] = /^([A-Za-z_]\w*)=(.*)$/s.exec(first.text) ?? [];
  return name === undefined || text === undefined ? null : { name, value: [{ ...first, text }, ...rest] };
}

function textOf(token: Extract<Token, { word: Word }>): string {
  return token.word.map((part) => (part.kind === 'text' ? part.text : part.kind === 'variable' ? `$${part.name}` : '$(')).join('');
}
