// `kubectl get`: which objects are asked for, and how they are printed. Left out: -w, --sort-by, -L, go-template, custom-columns.

import type { Json, StoredObject } from '../engine/index';
import { type Answer, refused } from './answer';
import { columnsOf, pairs } from './columns';
import { readFlags } from './flags';
import { printTemplate, sorted } from './jsonpath';
import { isNotSimulated, prefixed, qualifiedPlural, type Resource, resourcesNamed } from './kinds';
import { labelSelector } from './selector';
import { tableLines } from './table';
import { yamlText } from './yaml';

type Values = Readonly<Record<string, string>>;

/** A resource, and the one name that is wanted of it; null: all. */
interface Wanted {
  readonly resource: Resource;
  readonly name: string | null;
}

interface Found {
  readonly resource: Resource;
  readonly objects: readonly StoredObject[];
}

export function get(objects: readonly StoredObject[], given: readonly string[]): Answer {
  const flags = readFlags(given);
  if ('status' in flags) return flags;
  const { words, values } = flags;
  const asked = wanted(words);
  if ('status' in asked) return asked;
  const named = asked.some(({ name }) => name !== null);
  const selects = values.selector === undefined ? () => true : labelSelector(values.selector);
  if (selects === null) return refused(`unable to parse requirement: ${values.selector}`);
  if (named && values.selector !== undefined) return refused('name cannot be provided when a selector is specified');
  if (named && values['all-namespaces'] === 'true') return refused('a resource cannot be retrieved by name across all namespaces');
  const seen = objects.filter((object) => isIn(object, values) && selects(object.labels));
  const found = asked.map(({ resource, name }) => ({
    resource,
    objects: seen.filter((object) => object.kind === resource.kind && (name === null || object.name === name)),
  }));
  const missing = values['ignore-not-found'] === 'true' ? [] : asked.flatMap((one, index) => notFound(one, found[index]));
  const printed = print(found, { values, single: asked.length === 1 && named, failed: missing.length > 0 });
  const err = [...warnings(asked), ...missing].map((line) => `${line}\n`).join('');
  const nothing = nothingFound(found, { values, named, asked });
  return { status: missing.length > 0 ? 1 : printed.status, out: printed.out, err: err + printed.err + nothing };
}

const NO_TYPE =
  'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n' +
  'error: Required resource not specified.\n' +
  'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\n' +
  "See 'kubectl get -h' for help and examples\n";

function wanted(words: readonly string[]): readonly Wanted[] | Answer {
  const [types, ...names] = words;
  if (types === undefined) return { status: 1, out: '', err: NO_TYPE };
  const slashed = words.some((word) => word.includes('/'));
  if (slashed && words.some((word) => !word.includes('/')))
    return refused(
      "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
    );
  const pairsOf: readonly (readonly [string, string | null])[] = slashed
    ? words.map((word) => [word.slice(0, word.indexOf('/')), word.slice(word.indexOf('/') + 1)])
    : types.split(',').flatMap((type) => (names.length === 0 ? [null] : names).map((name) => [type, name] as const));
  const unknown = pairsOf.find(([type]) => resourcesNamed(type).length === 0);
  if (unknown !== undefined && isNotSimulated(unknown[0]))
    return { status: 2, out: '', err: `kubectl get ${unknown[0]} is not simulated yet\n` };
  if (unknown !== undefined) return refused(`the server doesn't have a resource type "${unknown[0]}"`);
  return pairsOf.flatMap(([type, name]) => resourcesNamed(type).map((resource) => ({ resource, name })));
}

function isIn({ namespace }: StoredObject, values: Values): boolean {
  return namespace === null || values['all-namespaces'] === 'true' || namespace === (values.namespace ?? 'default');
}

function notFound({ resource, name }: Wanted, found: Found | undefined): readonly string[] {
  if (name === null || (found !== undefined && found.objects.length > 0)) return [];
  return [`Error from server (NotFound): ${qualifiedPlural(resource)} "${name}" not found`];
}

function warnings(asked: readonly Wanted[]): readonly string[] {
  const warns = asked.some(({ resource }) => resource.kind === 'Endpoints');
  return warns ? ['Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'] : [];
}

function nothingFound(
  found: readonly Found[],
  { values, named, asked }: { values: Values; named: boolean; asked: readonly Wanted[] },
): string {
  const isTable = values.output === undefined || values.output === 'wide';
  if (!isTable || named || found.some(({ objects }) => objects.length > 0)) return '';
  const everywhere = values['all-namespaces'] === 'true' || asked.every(({ resource }) => !resource.namespaced);
  return everywhere ? 'No resources found\n' : `No resources found in ${values.namespace ?? 'default'} namespace.\n`;
}

interface Printing {
  readonly values: Values;
  /** One object by its name: it is printed without a list around it. */
  readonly single: boolean;
  readonly failed: boolean;
}

function print(found: readonly Found[], { values, single, failed }: Printing): Answer {
  const format = values.output ?? '';
  const all = found.flatMap(({ objects }) => objects.map(({ json }) => json));
  const root: Json =
    single && all[0] !== undefined ? all[0] : { apiVersion: 'v1', items: all, kind: 'List', metadata: { resourceVersion: '' } };
  const isSilent = failed && all.length === 0;
  if (format === '' || format === 'wide') return printed(tables(found, values));
  if (format === 'name')
    return printed(found.flatMap(({ resource, objects }) => objects.map(({ name }) => `${prefixed(resource, name)}\n`)).join(''));
  if (format === 'yaml') return printed(isSilent ? '' : yamlText(root));
  if (format === 'json') return printed(isSilent ? '' : `${JSON.stringify(sorted(root), null, 4)}\n`);
  if (format === 'jsonpath' || format === 'jsonpath=') return refused('template format specified but no template given');
  if (!format.startsWith('jsonpath='))
    return refused(`unable to match a printer suitable for the output format "${format}", allowed formats are: ${FORMATS}`);
  if (isSilent) return printed('');
  const text = printTemplate(format.slice('jsonpath='.length), root);
  return 'problem' in text ? refused(text.problem) : printed(text.text);
}

const FORMATS =
  'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml';

function printed(out: string): Answer {
  return { status: 0, out, err: '' };
}

/** One table for each resource, an empty line between. */
function tables(found: readonly Found[], values: Values): string {
  const kinds = [...new Set(found.map(({ resource }) => resource))];
  const grouped = kinds.map((resource) => ({
    resource,
    objects: found.filter((one) => one.resource === resource).flatMap(({ objects }) => objects),
  }));
  const filled = grouped.filter(({ objects }) => objects.length > 0);
  const withKind = kinds.length > 1 || values['show-kind'] === 'true';
  const texts = filled.map((one) => `${tableLines(rows(one, values, withKind)).join('\n')}\n`);
  return texts.join(values['no-headers'] === 'true' ? '' : '\n');
}

function rows({ resource, objects }: Found, values: Values, withKind: boolean): readonly (readonly string[])[] {
  const wide = values.output === 'wide';
  const columns = columnsOf(resource.kind).filter((column) => wide || column.wide !== true);
  const spaced = values['all-namespaces'] === 'true' && resource.namespaced;
  const labelled = values['show-labels'] === 'true';
  const header = [...(spaced ? ['NAMESPACE'] : []), 'NAME', ...columns.map(({ name }) => name), ...(labelled ? ['LABELS'] : [])];
  const body = objects.map((object) => [
    ...(spaced ? [object.namespace ?? ''] : []),
    withKind ? prefixed(resource, object.name) : object.name,
    ...columns.map(({ cell }) => cell(object, wide)),
    ...(labelled ? [pairs(object.labels)] : []),
  ]);
  return values['no-headers'] === 'true' ? body : [header, ...body];
}
