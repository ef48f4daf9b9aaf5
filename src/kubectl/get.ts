// `kubectl get`: which objects are asked for, and how they are printed. Left out: -w, --sort-by, -L, go-template, custom-columns.

import type { Json } from '../engine/index';
import { type Answer, printed, refused } from './answer';
import type { Call } from './call';
import { columnsOf, pairs } from './columns';
import { printTemplate, sorted } from './jsonpath';
import { prefixed } from './kinds';
import { type Found, type Resolved, resolve } from './resolve';
import { tableLines } from './table';
import { yamlText } from './yaml';

export function get(call: Call): Answer {
  if (call.words.length === 0) return { status: 1, out: '', err: NO_TYPE };
  const resolved = resolve(call);
  if ('status' in resolved) return resolved;
  const missing = call.flags.isOn('ignore-not-found') ? [] : resolved.missing;
  const answer = print(resolved, call);
  const err = [...warnings(resolved.found), ...missing].map((line) => `${line}\n`).join('');
  const nothing = nothingFound(resolved, call);
  return { status: missing.length > 0 ? 1 : answer.status, out: answer.out, err: err + answer.err + nothing };
}

const NO_TYPE =
  'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n' +
  'error: Required resource not specified.\n' +
  'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\n' +
  "See 'kubectl get -h' for help and examples\n";

function warnings(found: readonly Found[]): readonly string[] {
  const warns = found.some(({ resource }) => resource.kind === 'Endpoints');
  return warns ? ['Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'] : [];
}

function nothingFound({ found, named }: Resolved, { flags, namespace }: Call): string {
  const isTable = flags.one('output') === undefined || flags.one('output') === 'wide';
  if (!isTable || named || found.some(({ objects }) => objects.length > 0)) return '';
  const everywhere = flags.isOn('all-namespaces') || found.every(({ resource }) => !resource.namespaced);
  return everywhere ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`;
}

function print({ found, single, missing }: Resolved, call: Call): Answer {
  const format = call.flags.one('output') ?? '';
  const all = found.flatMap(({ objects }) => objects.map(({ json }) => json));
  const root: Json =
    single && all[0] !== undefined ? all[0] : { apiVersion: 'v1', items: all, kind: 'List', metadata: { resourceVersion: '' } };
  const isSilent = missing.length > 0 && all.length === 0;
  if (format === '' || format === 'wide') return printed(tables(found, call));
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

/** One table for each resource, an empty line between. */
function tables(found: readonly Found[], call: Call): string {
  const resources = [...new Set(found.map(({ resource }) => resource))];
  const grouped = resources.map((resource) => ({
    resource,
    name: null,
    objects: found.filter((one) => one.resource === resource).flatMap(({ objects }) => objects),
  }));
  const filled = grouped.filter(({ objects }) => objects.length > 0);
  const withKind = resources.length > 1 || call.flags.isOn('show-kind');
  const texts = filled.map((one) => `${tableLines(rows(one, call, withKind)).join('\n')}\n`);
  return texts.join(call.flags.isOn('no-headers') ? '' : '\n');
}

function rows({ resource, objects }: Found, { flags }: Call, withKind: boolean): readonly (readonly string[])[] {
  const wide = flags.one('output') === 'wide';
  const columns = columnsOf(resource.kind).filter((column) => wide || column.wide !== true);
  const spaced = flags.isOn('all-namespaces') && resource.namespaced;
  const labelled = flags.isOn('show-labels');
  const header = [...(spaced ? ['NAMESPACE'] : []), 'NAME', ...columns.map(({ name }) => name), ...(labelled ? ['LABELS'] : [])];
  const body = objects.map((object) => [
    ...(spaced ? [object.namespace ?? ''] : []),
    withKind ? prefixed(resource, object.name) : object.name,
    ...columns.map(({ cell }) => cell(object, wide)),
    ...(labelled ? [pairs(object.labels)] : []),
  ]);
  return flags.isOn('no-headers') ? body : [header, ...body];
}
