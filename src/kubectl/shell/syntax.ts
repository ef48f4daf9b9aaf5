// What a line of shell is made of (POSIX, XCU 2.10): lists of pipelines of commands, loops and conditions, words of parts that are quoted or
// not. Left out: functions, `case`, arithmetic, patterns of file names, substitutions that cut (`${x%y}`).

export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly isQuoted: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly isQuoted: boolean }
  /** `$(…)`: the text within. */
  | { readonly kind: 'command'; readonly list: List; readonly isQuoted: boolean };

export type Word = readonly Part[];

export interface Redirection {
  readonly from: 'out' | 'err' | 'both' | 'in';
  /** `2>&1`, `>&2`; a file; the text of a here-document. */
  readonly to:
    | { readonly kind: 'out' | 'err' }
    | { readonly kind: 'file'; readonly word: Word; readonly appends: boolean }
    | { readonly kind: 'text'; readonly word: Word };
}

export type Command =
  | {
      readonly kind: 'simple';
      readonly assignments: readonly { readonly name: string; readonly value: Word }[];
      readonly words: readonly Word[];
      readonly redirections: readonly Redirection[];
    }
  | { readonly kind: 'for'; readonly name: string; readonly words: readonly Word[]; readonly body: List }
  | { readonly kind: 'while'; readonly until: boolean; readonly condition: List; readonly body: List }
  | { readonly kind: 'if'; readonly condition: List; readonly body: List; readonly otherwise: List | null }
  | { readonly kind: 'group'; readonly body: List };

export interface Pipeline {
  readonly commands: readonly Command[];
  readonly isNegated: boolean;
}

export interface Item {
  readonly pipeline: Pipeline;
  /** What stands before it: `;` also at the beginning. */
  readonly after: ';' | '&&' | '||';
}

export type List = readonly Item[];

/** Why a line cannot be read. */
export interface SyntaxProblem {
  readonly problem: string;
}
