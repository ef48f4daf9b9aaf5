// JSONPath templates on an object (client-go's util/jsonpath). Where Go walks a map in any order, here it is the alphabet's.

import { compareText, type Json } from '../engine/index';
import { isList, isMap } from './fields';
import { goSyntax, goText, goType } from './go-text';
import { jsonText } from './json-text';
import { type Action, type PathNode, readTemplate } from './jsonpath-template';

export type Printed = { readonly text: string } | { readonly problem: string };

/** What each action found; `problem` where the object does not fit the template. */
export type Results = { readonly results: readonly (readonly Json[])[] } | { readonly problem: string };

export interface Strictness {
  /** `--allow-missing-template-keys=false`: a field that is not there is an error. */
  readonly needsKeys: boolean;
}

const LENIENT: Strictness = { needsKeys: false };

/** What the template prints of the value, `-o jsonpath=…`. */
export function printTemplate(template: string, value: Json, strictness: Strictness = LENIENT): Printed {
  const found = resultsOf(template, value, strictness);
  return 'problem' in found ? found : { text: found.results.map((values) => values.map(shown).join(' ')).join('') };
}

/** The same as lists in JSON, `-o jsonpath-as-json=…`. */
export function printAsJson(template: string, value: Json, strictness: Strictness = LENIENT): Printed {
  const found = resultsOf(template, value, strictness);
  return 'problem' in found ? found : { text: found.results.map((values) => `${jsonText(values, true)}\n`).join('') };
}

function resultsOf(template: string, value: Json, strictness: Strictness): Results {
  const read = readTemplate(template);
  if ('problem' in read) return { problem: `error parsing jsonpath ${template}, ${read.problem}` };
  const found = find(read.actions, value, strictness);
  if (!('problem' in found)) return found;
  const story = `Error executing template: ${found.problem}. Printing more information for debugging the template:`;
  const given = `\tobject given to jsonpath engine was:\n\t\t${goSyntax(value)}\n`;
  return { problem: `error executing jsonpath ${JSON.stringify(template)}: ${story}\n\ttemplate was:\n\t\t${template}\n${given}\n` };
}

/** What the actions of a template find, in order. */
export function find(actions: readonly Action[], value: Json, strictness: Strictness = LENIENT): Results {
  const problems: string[] = [];
  const { results } = walk(actions, value, { ...strictness, depth: 0, problems });
  const [problem] = problems;
  return problem === undefined ? { results } : { problem };
}

interface Walk extends Strictness {
  /** How many ranges are open. */
  readonly depth: number;
  /** Where the object does not fit the template: the first is told. */
  readonly problems: string[];
}

function misfit({ problems }: Walk, problem: string): readonly [] {
  problems.push(problem);
  return [];
}

interface Walked {
  readonly results: readonly (readonly Json[])[];
  /** The actions behind the `end` that ended the walk; null where none did. */
  readonly after: readonly Action[] | null;
}

function walk(actions: readonly Action[], value: Json, how: Walk): Walked {
  const results: (readonly Json[])[] = [];
  let rest = actions;
  for (let action = rest[0]; action !== undefined; action = rest[0]) {
    rest = rest.slice(1);
    if (isWord(action, 'end')) {
      if (how.depth === 0) misfit(how, 'not in range, nothing to end');
      return { results, after: rest };
    }
    const found = evaluated(isWord(action, 'range') ? action.slice(1) : action, [value], how);
    if (!isWord(action, 'range')) {
      results.push(found);
      continue;
    }
    const body = rest;
    const turns = found.map((one) => walk(body, one, { ...how, depth: how.depth + 1 }));
    results.push(...turns.flatMap((turn) => turn.results));
    // A range that is never ended is walked on behind it, once more (FindResults).
    rest = turns[0] === undefined ? afterRange(body) : (turns[0].after ?? body);
  }
  return { results, after: null };
}

function isWord([first]: Action, word: string): boolean {
  return first?.kind === 'word' && first.word === word;
}

/** What stands behind the `end` of a range that had nothing to walk over. */
function afterRange(actions: readonly Action[]): readonly Action[] {
  let open = 1;
  const end = actions.findIndex((action) => {
    open += isWord(action, 'range') ? 1 : isWord(action, 'end') ? -1 : 0;
    return open === 0;
  });
  return end < 0 ? actions : actions.slice(end + 1);
}

function evaluated(nodes: readonly PathNode[], values: readonly Json[], how: Walk): readonly Json[] {
  return nodes.reduce<readonly Json[]>((found, node) => step(node, found, how), values);
}

function step(node: PathNode, values: readonly Json[], how: Walk): readonly Json[] {
  switch (node.kind) {
    case 'text':
      return [node.text];
    case 'field':
      return field(node.name, values, how);
    case 'wildcard':
      return values.flatMap(children);
    case 'recursive':
      return values.flatMap(descendants);
    case 'slice':
      return values.flatMap((value) => slice(node, value, how));
    case 'union':
      return node.lists.flatMap((list) => evaluated(list, values, how));
    case 'filter':
      return values.flatMap((value) => filtered(node, value, how));
    case 'value':
      return values.map(() => node.value);
    case 'word':
      return misfit(how, `unrecognized identifier ${node.word}`);
    default:
      return node satisfies never;
  }
}

function field(name: string, values: readonly Json[], how: Walk): readonly Json[] {
  const found = values.flatMap((value) => {
    const inner = isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return inner === undefined ? [] : [inner];
  });
  return found.length === 0 && how.needsKeys && values.length > 0 ? misfit(how, `${name} is not found`) : found;
}

function children(value: Json): readonly Json[] {
  if (isList(value)) return value;
  if (!isMap(value)) return typeof value === 'string' ? [...value].map((letter) => letter.codePointAt(0) ?? 0) : [];
  return Object.keys(value)
    .sort(compareText)
    .flatMap((key) => value[key] ?? []);
}

/** The value and all below it that has something in it, texts too. */
function descendants(value: Json): readonly Json[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  const below = isMap(value) || isList(value) ? inside(value) : [];
  return below.length === 0 ? [] : [value, ...below.flatMap(descendants)];
}

function inside(value: Json): readonly Json[] {
  if (isList(value)) return value;
  return isMap(value)
    ? Object.keys(value)
        .sort(compareText)
        .map((key) => value[key] ?? null)
    : [];
}

function slice({ from, to, step: by, isIndex }: Extract<PathNode, { kind: 'slice' }>, value: Json, how: Walk): readonly Json[] {
  if (!isList(value)) return misfit(how, `${goType(value)} is not array or slice`);
  const { length } = value;
  const first = from === null ? 0 : from < 0 ? from + length : from;
  const last = to === null ? length : to < 0 || (to === 0 && isIndex) ? to + length : to;
  if (first === last) return [];
  const outOfBounds = (index: number) => misfit(how, `array index out of bounds: index ${index}, length ${length}`);
  if (first >= length || first < 0) return outOfBounds(first);
  if (last > length || last < 0) return outOfBounds(last - 1);
  if (first > last) return misfit(how, `starting index ${first} is greater than ending index ${last}`);
  if (by !== null && by <= 0) return misfit(how, 'step must be > 0');
  return value.slice(first, last).filter((_, index) => index % (by ?? 1) === 0);
}

function filtered({ left, operator, right }: Extract<PathNode, { kind: 'filter' }>, value: Json, how: Walk): readonly Json[] {
  if (!isList(value)) return misfit(how, `${goText(value)} is not array or slice and cannot be filtered`);
  return value.filter((one) => {
    // What is wrong on the left of a question for existence is forgotten (evalFilter).
    if (operator === 'exists') return evaluated(left, [one], { ...how, problems: [] }).length > 0;
    const [first, second] = [evaluated(left, [one], how), evaluated(right, [one], how)];
    if (first.length > 1 || second.length > 1) misfit(how, 'can only compare one element at a time');
    const [a, b] = [first[0], second[0]];
    if (a === undefined || b === undefined) return false;
    const holds = compared(a, operator, b);
    if (typeof holds === 'string') misfit(how, holds);
    return holds === true;
  });
}

/** Whether it holds, or why that cannot be said. */
function compared(a: Json, operator: string, b: Json): boolean | string {
  if (isMap(a) || isMap(b) || isList(a) || isList(b) || a === null || b === null) return 'invalid type for comparison';
  if (goType(a) !== goType(b)) return 'incompatible types for comparison';
  switch (operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return `unrecognized filter operator ${operator}`;
  }
}

function shown(value: Json): string {
  return isMap(value) || isList(value) ? jsonText(value) : goText(value);
}

/** With the keys of its maps by the alphabet, as Go writes them. */
export function sorted(value: Json): Json {
  if (isList(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compareText(a, b))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
