// Go templates on an object, `-o go-template=…` (text/template/exec.go, cli-runtime's printers/template.go).

import { compareText, type Json } from '../engine/index';
import { isList, isMap } from './fields';
import { callFunction, type GoValue, isTruth } from './go-functions';
import { type Node, type Operand, type Pipeline, parseGoTemplate, type Template } from './go-template-tree';
import { goText } from './go-text';
import { jsonText } from './json-text';
import type { Strictness } from './jsonpath';

/** What was printed before it ended well, or not. */
export interface Executed {
  readonly text: string;
  readonly problem: string | null;
}

/** What the template prints of the object; where it does not fit, what kubectl tells of that. */
export function printGoTemplate(source: string, object: Json, { needsKeys }: Strictness): Executed {
  const template = parseGoTemplate(source);
  if ('problem' in template) return { text: '', problem: `error parsing template ${source}, ${template.problem}` };
  const run = new Run(source, template, needsKeys);
  run.list(template.nodes, object, new Map([['$', object]]));
  if (run.problem === null) return { text: run.out, problem: null };
  const given = `\traw data was:\n\t\t${jsonText(object)}\n\tobject given to template engine was:\n\t\t${goText(object)}\n\n`;
  const story = `Error executing template: ${run.problem}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${source}\n${given}`;
  return { text: run.out + story, problem: `error executing template ${JSON.stringify(source)}: ${run.problem}` };
}

type Variables = Map<string, GoValue>;
/** How a list of nodes ended. */
type Flow = 'on' | 'break' | 'continue';

class Run {
  out = '';
  problem: string | null = null;

  readonly source: string;
  readonly template: Template;
  readonly needsKeys: boolean;

  constructor(source: string, template: Template, needsKeys: boolean) {
    this.source = source;
    this.template = template;
    this.needsKeys = needsKeys;
  }

  list(nodes: readonly Node[], dot: GoValue, variables: Variables): Flow {
    for (const node of nodes) {
      const flow = this.#node(node, dot, variables);
      if (this.problem !== null || flow !== 'on') return flow;
    }
    return 'on';
  }

  #node(node: Node, dot: GoValue, variables: Variables): Flow {
    switch (node.kind) {
      case 'text':
        this.out += node.text;
        return 'on';
      case 'print': {
        const value = this.#pipeline(node.pipeline, dot, variables);
        if (node.pipeline.names.length === 0 && this.problem === null)
          this.out += value === undefined || value === null ? '<no value>' : goText(value);
        return 'on';
      }
      case 'if':
      case 'with': {
        const inside = new Map(variables);
        const value = this.#pipeline(node.pipeline, dot, inside);
        if (this.problem !== null) return 'on';
        const flow = this.list(isTruth(value) ? node.body : node.otherwise, isTruth(value) && node.kind === 'with' ? value : dot, inside);
        kept(variables, inside);
        return flow;
      }
      case 'range':
        return this.#range(node, dot, variables);
      case 'template':
        return this.#template(node, dot, variables);
      case 'break':
      case 'continue':
        return node.kind;
      default:
        return node satisfies never;
    }
  }

  #range({ pipeline, body, otherwise }: Extract<Node, { kind: 'if' | 'with' | 'range' }>, dot: GoValue, variables: Variables): Flow {
    const value = this.#pipeline({ ...pipeline, names: [] }, dot, variables);
    if (this.problem !== null) return 'on';
    const pairs = this.#pairs(value, pipeline);
    for (const [key, one] of pairs) {
      const inside = new Map(variables);
      const [first, second] = pipeline.names;
      if (first !== undefined) inside.set(first, second === undefined ? one : key);
      if (second !== undefined) inside.set(second, one);
      const flow = this.list(body, one, inside);
      kept(variables, inside);
      if (this.problem !== null || flow === 'break') return 'on';
    }
    return pairs.length === 0 && this.problem === null ? this.list(otherwise, dot, variables) : 'on';
  }

  #pairs(value: GoValue, { commands }: Pipeline): readonly (readonly [GoValue, GoValue])[] {
    if (isList(value)) return value.map((one, index) => [index, one]);
    if (isMap(value))
      return Object.keys(value)
        .sort(compareText)
        .map((key) => [key, value[key]]);
    if (value !== undefined && value !== null) this.#fail(commands[0]?.[0], `range can't iterate over ${goText(value)}`);
    return [];
  }

  #template({ name, pipeline, at }: Extract<Node, { kind: 'template' }>, dot: GoValue, variables: Variables): Flow {
    const nodes = this.template.defined.get(name);
    const value = pipeline === null ? undefined : this.#pipeline(pipeline, dot, variables);
    if (nodes === undefined) this.#failAt(at, `{{template ${JSON.stringify(name)}}}`, `template ${JSON.stringify(name)} not defined`);
    else if (this.problem === null) this.list(nodes, value, new Map([['$', value]]));
    return 'on';
  }

  #pipeline({ names, commands }: Pipeline, dot: GoValue, variables: Variables): GoValue {
    let value: GoValue;
    let isPiped = false;
    for (const command of commands) {
      value = this.#command(command, { dot, variables, piped: isPiped ? [value] : [] });
      if (this.problem !== null) return undefined;
      isPiped = true;
    }
    for (const name of names) variables.set(name, value);
    return value;
  }

  #command(
    command: readonly Operand[],
    given: { readonly dot: GoValue; readonly variables: Variables; readonly piped: readonly GoValue[] },
  ): GoValue {
    const [first, ...rest] = command;
    if (first === undefined) return undefined;
    const { dot, variables, piped } = given;
    if (first.kind !== 'function') {
      if (rest.length > 0 || piped.length > 0) return this.#fail(first, notCallable(first));
      return first.kind === 'nil' ? this.#fail(first, 'nil is not a command') : this.#operand(first, dot, variables);
    }
    if (first.name === 'and' || first.name === 'or') return this.#either(first.name, rest, given);
    const values = [...rest.map((operand) => this.#operand(operand, dot, variables)), ...piped];
    if (this.problem !== null) return undefined;
    const wanted = SMALLEST[first.name] ?? 0;
    if (values.length < wanted)
      return this.#fail(
        first,
        `wrong number of args for ${first.name}: want ${wanted === 1 ? '' : 'at least '}${wanted} got ${values.length}`,
      );
    const called = callFunction(first.name, values);
    if ('value' in called) return called.value;
    return this.#fail({ ...first, written: written(command, this.source) }, `error calling ${first.name}: ${called.problem}`);
  }

  /** `and` and `or` stop at the first that decides. */
  #either(
    name: 'and' | 'or',
    operands: readonly Operand[],
    { dot, variables, piped }: { readonly dot: GoValue; readonly variables: Variables; readonly piped: readonly GoValue[] },
  ): GoValue {
    let value: GoValue;
    for (const operand of operands) {
      value = this.#operand(operand, dot, variables);
      if (this.problem !== null || isTruth(value) === (name === 'or')) return value;
    }
    return piped.length > 0 ? piped[0] : value;
  }

  #operand(operand: Operand, dot: GoValue, variables: Variables): GoValue {
    switch (operand.kind) {
      case 'dot':
        return dot;
      case 'nil':
        return null;
      case 'constant':
        return operand.value;
      case 'field':
        return this.#fields(dot, operand.fields, operand);
      case 'variable':
        return this.#fields(variables.get(operand.name), operand.fields, operand);
      case 'group':
        return this.#fields(this.#pipeline(operand.pipeline, dot, variables), operand.fields, operand);
      case 'function':
        return this.#command([operand], { dot, variables, piped: [] });
      default:
        return operand satisfies never;
    }
  }

  #fields(value: GoValue, fields: readonly string[], operand: Operand): GoValue {
    let found = value;
    for (const field of fields) {
      if (this.problem !== null) return undefined;
      found = this.#field(found, field, operand);
    }
    return found;
  }

  #field(value: GoValue, field: string, operand: Operand): GoValue {
    if (isMap(value)) {
      if (Object.hasOwn(value, field)) return value[field];
      return this.needsKeys ? this.#fail(operand, `map has no entry for key ${JSON.stringify(field)}`) : undefined;
    }
    if (value === undefined || value === null)
      return this.needsKeys ? this.#fail(operand, `nil data; no entry for key ${JSON.stringify(field)}`) : undefined;
    return this.#fail(operand, `can't evaluate field ${field} in type interface {}`);
  }

  #fail(operand: Operand | undefined, problem: string): undefined {
    this.#failAt(operand?.at ?? 0, operand?.written ?? '', problem);
    return undefined;
  }

  #failAt(at: number, shown: string, problem: string): void {
    const before = this.source.slice(0, at).split('\n');
    this.problem ??= `template: output:${before.length}:${before.at(-1)?.length ?? 0}: executing "output" at <${shown}>: ${problem}`;
  }
}

function notCallable(operand: Operand): string {
  const field = operand.kind === 'field' ? operand.fields.at(-1) : undefined;
  return field === undefined ? `can't give argument to non-function ${operand.written}` : `${field} is not a method but has arguments`;
}

/** The fewest arguments of a function. */
const SMALLEST: Readonly<Record<string, number>> = {
  not: 1,
  len: 1,
  index: 1,
  slice: 1,
  printf: 1,
  eq: 1,
  ne: 2,
  lt: 2,
  le: 2,
  gt: 2,
  ge: 2,
  base64decode: 1,
};

/** A command as it stands in the template. */
function written(command: readonly Operand[], source: string): string {
  const first = command[0]?.at ?? 0;
  return /^(?:"(?:\\.|[^"\\])*"|\((?:[^()]|\([^()]*\))*\)|[^|})"(])*/.exec(source.slice(first))?.[0].replace(/\s*-?$/, '') ?? '';
}

/** Variables of outside that were given other values inside. */
function kept(outside: Variables, inside: Variables): void {
  for (const name of outside.keys()) outside.set(name, inside.get(name));
}
