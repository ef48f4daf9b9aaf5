// `-o custom-columns=NAME:.metadata.name,…`: one JSONPath a column (kubectl's cmd/get/customcolumn.go).

import type { Json } from '../engine/index';
import { goText } from './go-text';
import { find } from './jsonpath';
import { type Action, readTemplate } from './jsonpath-template';

export interface CustomColumn {
  readonly header: string;
  readonly actions: readonly Action[];
}

export type CustomColumns = { readonly columns: readonly CustomColumn[] } | { readonly problem: string };

/** `.a.b`, `a.b`, `{a.b}` and `{.a.b}` mean the same. */
export function relaxedPath(path: string): string | { readonly problem: string } {
  if (path === '') return path;
  const [whole, inner, bare] = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path) ?? [];
  if (whole !== undefined) return `{.${inner ?? bare ?? ''}}`;
  return { problem: "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'" };
}

export function customColumns(spec: string): CustomColumns {
  if (spec === '') return { problem: 'custom-columns format specified but no custom columns given' };
  const parts = spec.split(',');
  const wrong = parts.find((part) => !part.includes(':'));
  if (wrong !== undefined) return { problem: `unexpected custom-columns spec: ${wrong}, expected <header>:<json-path-expr>` };
  return columnsFrom(parts.map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)]));
}

/** From a file of two lines: headers, and a path below each. */
export function customColumnsOfFile(text: string): CustomColumns {
  const [headers, paths] = text.split('\n').map((line) => line.split(/\s+/).filter((word) => word !== ''));
  const missing = (what: string) =>
    `invalid template, missing ${what} line. Expected format is one line of space separated headers, one line of space separated column specs.`;
  if (headers === undefined || text === '') return { problem: missing('header') };
  if (paths === undefined) return { problem: missing('spec') };
  if (headers.length !== paths.length)
    return { problem: `number of headers (${headers.length}) and field specifications (${paths.length}) don't match` };
  return columnsFrom(headers.map((header, index) => [header, paths[index] ?? '']));
}

function columnsFrom(specs: readonly (readonly [string, string])[]): CustomColumns {
  const columns: CustomColumn[] = [];
  for (const [header, written] of specs) {
    const path = relaxedPath(written);
    if (typeof path !== 'string') return path;
    const read = readTemplate(path);
    if ('problem' in read) return read;
    columns.push({ header, actions: read.actions });
  }
  return { columns };
}

/** The cells of one object; several values are joined, none is `<none>`. */
export function customCells(columns: readonly CustomColumn[], object: Json): readonly string[] | { readonly problem: string } {
  const cells: string[] = [];
  for (const { actions } of columns) {
    const found = find(actions, object);
    if ('problem' in found) return found;
    const values = found.results.flat();
    cells.push(
      (found.results[0]?.length ?? 0) === 0
        ? ['<none>', ...values.map((one) => goText(one))].join(',')
        : values.map((one) => goText(one)).join(','),
    );
  }
  return cells;
}
