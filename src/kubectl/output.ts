// Objects as `-o` wants them, for every command that prints some: json, yaml, kyaml, name, jsonpath, go-template, custom-columns. Tables are
// made elsewhere: they are the default of `get`.

import type { Json, JsonMap } from '../engine/index';
import type { Call } from './call';
import { type CustomColumns, customCells, customColumns, customColumnsOfFile } from './custom-columns';
import { isMap, listAt, textAt } from './fields';
import { printGoTemplate } from './go-template';
import { parseGoTemplate } from './go-template-tree';
import { jsonText } from './json-text';
import { printAsJson, printTemplate } from './jsonpath';
import { readTemplate } from './jsonpath-template';
import { kyamlText } from './kyaml';
import { tableLines } from './table';
import { yamlText } from './yaml';

/** What was printed, and what went wrong on the way. */
export interface Output {
  readonly text: string;
  readonly problem: string | null;
}

/** Prints one object, or a List; `null` stands for a table. */
export type Printer = (root: JsonMap) => Output;

export const ALL_FORMATS =
  'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml';

/** The printer that the flags of a command ask for; null for a table. `formats` are those that the command knows. */
export function printerOf({ flags, read }: Call, formats: string = ALL_FORMATS): Printer | null | { readonly problem: string } {
  const template = flags.one('template') ?? '';
  const output = flags.one('output') ?? '';
  const format = output === '' && template !== '' ? 'go-template' : output;
  const [name = '', ...rest] = format.split('=');
  const argument = template === '' ? rest.join('=') : template;
  const isBare = rest.length === 0;
  if (format === '' || (format === 'wide' && formats.includes('wide'))) return null;
  if (!formats.split(',').includes(name) || (isBare === false && !/template|jsonpath|custom-columns/.test(name)))
    return { problem: `unable to match a printer suitable for the output format "${format}", allowed formats are: ${formats}` };
  const context = {
    strictness: { needsKeys: flags.one('allow-missing-template-keys') === 'false' },
    hasHeaders: !flags.isOn('no-headers'),
    read,
  };
  const isShown = flags.isOn('show-managed-fields');
  if (name === 'name') return (root) => plain(names(root));
  if (name === 'json') return (root) => plain(`${jsonText(isShown ? root : unmanaged(root), true)}\n`);
  if (name === 'yaml') return (root) => plain(yamlText(isShown ? root : unmanaged(root)));
  if (name === 'kyaml') return (root) => plain(kyamlText(isShown ? root : unmanaged(root)));
  return name.startsWith('custom-columns') ? columnsPrinter(name, argument, context) : templatePrinter(name, argument, context);
}

interface Context {
  readonly strictness: { readonly needsKeys: boolean };
  readonly hasHeaders: boolean;
  readonly read: Call['read'];
}

function plain(text: string): Output {
  return { text, problem: null };
}

function templatePrinter(name: string, argument: string, { strictness, read }: Context): Printer | { readonly problem: string } {
  if (argument === '') return { problem: 'template format specified but no template given' };
  const isFile = /file$/.test(name);
  const text = isFile ? read(argument) : argument;
  if (text === null) return { problem: `error reading --template ${argument}, open ${argument}: no such file or directory` };
  if (!name.startsWith('jsonpath')) {
    const parsed = parseGoTemplate(text);
    return 'problem' in parsed
      ? { problem: `error parsing template ${text}, ${parsed.problem}` }
      : (root) => printGoTemplate(text, root, strictness);
  }
  const parsed = readTemplate(text);
  if ('problem' in parsed) return { problem: `error parsing jsonpath ${text}, ${parsed.problem}` };
  const print = name === 'jsonpath-as-json' ? printAsJson : printTemplate;
  return (root) => {
    const made = print(text, root, strictness);
    return 'problem' in made ? { text: '', problem: made.problem } : plain(made.text);
  };
}

function columnsPrinter(name: string, argument: string, { hasHeaders, read }: Context): Printer | { readonly problem: string } {
  const text = name === 'custom-columns-file' && argument !== '' ? read(argument) : argument;
  if (text === null) return { problem: `error reading template ${argument}, open ${argument}: no such file or directory` };
  const made: CustomColumns = name === 'custom-columns-file' && argument !== '' ? customColumnsOfFile(text) : customColumns(text);
  if ('problem' in made) return made;
  return (root) => {
    const header = hasHeaders ? [made.columns.map((column) => column.header)] : [];
    const rows: (readonly string[])[] = [...header];
    for (const object of items(root)) {
      const cells = customCells(made.columns, object);
      if ('problem' in cells) return { text: '', problem: cells.problem };
      rows.push(cells);
    }
    return plain(
      tableLines(rows)
        .map((line) => `${line}\n`)
        .join(''),
    );
  };
}

/** The objects of a List, or the object itself. */
function items(root: JsonMap): readonly Json[] {
  return textAt(root, 'kind') === 'List' ? listAt(root, 'items') : [root];
}

function names(root: JsonMap): string {
  return items(root)
    .map((one) => `${slashed(one)}\n`)
    .join('');
}

/** `pod/web`, `deployment.apps/web`. */
export function slashed(object: Json): string {
  const [group = '', version] = textAt(object, 'apiVersion').split('/');
  const kind = textAt(object, 'kind').toLowerCase();
  return `${version === undefined ? kind : `${kind}.${group}`}/${textAt(object, 'metadata', 'name') || '<unknown>'}`;
}

/** Without `managedFields`, which kubectl hides in JSON and YAML. */
function unmanaged(root: JsonMap): JsonMap {
  const bare = (object: Json): Json => {
    if (!isMap(object) || !isMap(object.metadata) || !('managedFields' in object.metadata)) return object;
    const { managedFields: _, ...metadata } = object.metadata;
    return { ...object, metadata };
  };
  const own = bare(root);
  if (!isMap(own)) return root;
  return textAt(own, 'kind') === 'List' ? { ...own, items: listAt(own, 'items').map(bare) } : own;
}

/** Several objects as the one List that templates and printers see. */
export function listOf(objects: readonly Json[]): JsonMap {
  return { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } };
}
