// JSONPath templates, the plain part: text, `{.a.b[0].c}`, `{.items[*].x}`, `{['a.b']}`, `\.` in a key, `{"\n"}`. Left out: ranges, filters, slices.

import type { Json } from '../engine/index';
import { compareText, isList, isMap } from './fields';

export type Printed = { readonly text: string } | { readonly problem: string };

/** What the template prints of the value. */
export function printTemplate(template: string, value: Json): Printed {
  let text = '';
  for (let rest = template; rest !== ''; ) {
    const open = rest.indexOf('{');
    if (open < 0) return { text: text + rest };
    text += rest.slice(0, open);
    const close = rest.indexOf('}', open);
    if (close < 0) return { problem: `error parsing jsonpath ${template}, unclosed action` };
    const action = printAction(rest.slice(open + 1, close).trim(), value);
    if ('problem' in action) return action;
    text += action.text;
    rest = rest.slice(close + 1);
  }
  return { text };
}

function printAction(action: string, value: Json): Printed {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(action);
  if (quoted !== null)
    return { text: (quoted[1] ?? '').replace(/\\(.)/g, (_, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? letter) };
  let found: readonly Json[] = [value];
  const step = /^(?:\.((?:[^.[\]\\]|\\.)*)|\[(\*|-?\d+|'[^']*')\])/;
  for (let rest = action.replace(/^[$@]/, ''); rest !== ''; ) {
    const [whole, key, index] = step.exec(rest) ?? [];
    if (whole === undefined) return { problem: `jsonpath ${action} is not simulated yet` };
    found =
      key === undefined
        ? found.flatMap((one) => indexed(one, index ?? ''))
        : found.flatMap((one) => keyed(one, key.replace(/\\(.)/g, '$1')));
    rest = rest.slice(whole.length);
  }
  return { text: found.map(printed).join(' ') };
}

function keyed(value: Json, key: string): readonly Json[] {
  if (key === '') return [value];
  if (key === '*') return indexed(value, '*');
  const inner = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return inner === undefined ? [] : [inner];
}

function indexed(value: Json, index: string): readonly Json[] {
  if (index === '*') return isList(value) ? value : isMap(value) ? Object.values(value) : [];
  if (index.startsWith("'")) return keyed(value, index.slice(1, -1));
  const inner = isList(value) ? value.at(Number(index)) : undefined;
  return inner === undefined ? [] : [inner];
}

function printed(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(sorted(value));
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
