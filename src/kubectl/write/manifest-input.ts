// What `-f` names: standard input for `-`, else a file. In the page there are no files: any name of one means the text in the editor, and a
// line on standard error says so. What is no object is refused as kubectl's own decoder and its validation do.

import { isServed, type JsonMap, type Unreadable, type WrittenObject, writtenObjects } from '../../engine/index';
import type { Call } from '../call';
import { at, textAt } from '../fields';
import { client, type Failure } from './progress';

export interface InputObject {
  readonly json: JsonMap;
  /** `STDIN`, or the file's name. */
  readonly source: string;
  /** The text of its document; null where it shares one. */
  readonly document: string | null;
  /** Whether it is part of the manifest in the editor already. */
  readonly isEditor: boolean;
}

export interface ManifestInput {
  readonly objects: readonly InputObject[];
  /** Lines for standard error, of the playground itself. */
  readonly notes: readonly string[];
}

export const STDIN = 'STDIN';

/** The objects of every file named; `verb` is what the command is about to do, for its errors: `apply`, `create`. */
export function manifestInput(call: Call, { verb }: { readonly verb: string }): ManifestInput | Failure {
  const files = call.flags.all('filename').flatMap((given) => given.split(','));
  const notes: string[] = [];
  const objects: InputObject[] = [];
  for (const file of files) {
    const source = sourceOf(call, file);
    if (source === null) return client(`the path "${file}" does not exist`);
    if (source.isEditor && call.isWithoutFiles) notes.push(`# there are no files here: ${file} stands for the text in the editor`);
    const read = objectsIn(source, call);
    if ('kind' in read) return read;
    objects.push(...read.objects);
  }
  return objects.length === 0 ? client(`no objects passed to ${verb}`) : { objects, notes };
}

interface Source {
  readonly name: string;
  readonly text: string;
  readonly isEditor: boolean;
}

function sourceOf({ input, read, server }: Call, file: string): Source | null {
  if (file === '-') return { name: STDIN, text: input, isEditor: false };
  const text = read(file);
  if (text === null) return null;
  return { name: file, text, isEditor: text === server.manifest };
}

function objectsIn(
  { name, text, isEditor }: Source,
  { namespace, isNamespaceNamed }: Call,
): { readonly objects: readonly InputObject[] } | Failure {
  const { objects, unreadable } = writtenObjects(text);
  const [broken] = unreadable;
  if (broken !== undefined)
    return client(`error parsing ${name}: error converting YAML to JSON: yaml: line ${broken.line}: ${goYaml(broken)}`);
  for (const { json } of objects) {
    const problem = problemOf(json, name) ?? namespaceProblem(json, isNamespaceNamed ? namespace : null);
    if (problem !== null) return problem;
  }
  return { objects: objects.map(({ json, document }: WrittenObject) => ({ json, source: name, document, isEditor })) };
}

/** The words of goyaml's scanner for the same fault. */
function goYaml({ code }: Unreadable): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'found character that cannot start any token';
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'BAD_INDENT':
      return 'mapping values are not allowed in this context';
    case 'MISSING_CHAR':
      return "could not find expected ':'";
    case 'BAD_ALIAS':
      return 'unknown anchor referenced';
    default:
      return 'did not find expected key';
  }
}

function problemOf(json: JsonMap, source: string): Failure | null {
  const missing = ['apiVersion', 'kind'].filter((field) => textAt(json, field) === '').map((field) => `${field} not set`);
  if (missing.length > 0) {
    const listed = missing.length === 1 ? missing.join('') : `[${missing.join(', ')}]`;
    return client(
      `error validating "${source}": error validating data: ${listed}; if you choose to ignore these errors, turn validation off with --validate=false`,
    );
  }
  const [apiVersion, kind] = [textAt(json, 'apiVersion'), textAt(json, 'kind')];
  if (isServed(apiVersion, kind)) return null;
  return client(
    `resource mapping not found for name: "${textAt(json, 'metadata', 'name')}" namespace: "${textAt(json, 'metadata', 'namespace')}" from "${source}": no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`,
  );
}

function namespaceProblem(json: JsonMap, named: string | null): Failure | null {
  const own = at(json, 'metadata', 'namespace');
  if (named === null || typeof own !== 'string' || own === named) return null;
  return client(
    `the namespace from the provided object "${own}" does not match the namespace "${named}". You must pass '--namespace=${own}' to perform this operation.`,
  );
}
