// `kubectl get`: which objects are asked for, and how they are printed (cmd/get/get.go).

import type { StoredObject } from '../engine/index';
import { type Answer, printed, refused } from './answer';
import type { Call } from './call';
import { fromFiles } from './from-files';
import { tableHeader, tableRow } from './get-table';
import type { Resource } from './kinds';
import { listOf, type Printer, printerOf } from './output';
import { getRaw } from './raw';
import { type Found, type Resolved, resolve } from './resolve';
import { sortedBy } from './sorting';
import { tableLines } from './table';
import { watch } from './watch';

export function get(call: Call): Answer {
  const { flags, words } = call;
  const problem = misuse(call);
  if (problem !== null) return problem;
  if (flags.one('raw') !== undefined) return getRaw(call);
  const isWatching = flags.isOn('watch') || flags.isOn('watch-only');
  if (words.length === 0 && flags.all('filename').length === 0 && !isWatching) return { status: 1, out: '', err: NO_TYPE };
  const resolved = flags.all('filename').length > 0 ? fromFiles(call) : resolve(call);
  if ('status' in resolved) return resolved;
  if ((flags.one('subresource') ?? '') !== '' && !resolved.named)
    return refused('subresource cannot be used when bulk resources are specified');
  const printer = printerOf(call);
  const isAlone = resolved.single && resolved.missing.length > 0 && !flags.isOn('ignore-not-found');
  // The one object is looked for before its printer is.
  if (printer !== null && 'problem' in printer) return isAlone ? asTables(call, resolved) : refused(printer.problem);
  const warned = warnings(resolved.found);
  if (isWatching) return withWarnings(watch(call, resolved, printer), warned);
  return withWarnings(printer === null ? asTables(call, resolved) : asObjects(call, resolved, printer), warned);
}

const NO_TYPE =
  'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n' +
  'error: Required resource not specified.\n' +
  'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\n' +
  "See 'kubectl get -h' for help and examples\n";

/** Flags that do not go together (Validate). */
function misuse({ flags, words }: Call): Answer | null {
  const output = flags.one('output') ?? '';
  if (flags.one('raw') !== undefined) {
    if (words.length > 0) return refused('arguments may not be passed when --raw is specified');
    if (flags.isOn('watch') || flags.isOn('watch-only') || (flags.one('selector') ?? '') !== '')
      return refused('--raw may not be specified with other flags that filter the server request or alter the output');
    return output === '' ? null : refused('--raw and --output are mutually exclusive');
  }
  if (flags.isOn('show-labels') && output !== '' && output !== 'wide')
    return refused(`--show-labels option cannot be used with ${output} printer`);
  if (flags.all('label-columns').length > 0 && output.startsWith('custom-columns'))
    return refused(`--label-columns option cannot be used with ${output} printer`);
  if (flags.isOn('output-watch-events') && !flags.isOn('watch') && !flags.isOn('watch-only'))
    return refused('--output-watch-events option can only be used with --watch or --watch-only');
  return null;
}

/** The API server warns of versions that are on their way out. */
function warnings(found: readonly Found[]): string {
  const warns = found.filter(({ resource }) => resource.kind === 'Endpoints');
  const componentStatus = found.some(({ resource }) => resource.kind === 'ComponentStatus');
  const lines = [
    ...(warns.length > 0 ? ['Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n'] : []),
    ...(componentStatus ? ['Warning: v1 ComponentStatus is deprecated in v1.19+\n'] : []),
  ];
  return lines.join('');
}

function withWarnings(answer: Answer, warned: string): Answer {
  return { ...answer, err: warned + answer.err };
}

function missingLines(call: Call, { missing }: Resolved): string {
  return call.flags.isOn('ignore-not-found') ? '' : missing.map((line) => `${line}\n`).join('');
}

/** A List, or the one object that was asked for by its name. */
function asObjects(call: Call, resolved: Resolved, printer: Printer): Answer {
  const missing = missingLines(call, resolved);
  const objects = resolved.found.flatMap(({ objects: each }) => each.map(({ json }) => json));
  const [only] = objects;
  if (resolved.single && missing !== '') return { status: 1, out: '', err: missing };
  if (objects.length === 0 && call.flags.isOn('ignore-not-found')) return { status: missing === '' ? 0 : 1, out: '', err: missing };
  const order = call.flags.one('sort-by') ?? '';
  const sorting = order === '' || resolved.single ? { items: objects } : sortedBy(objects, order, (json) => json);
  if ('problem' in sorting) return refused(sorting.problem);
  const root = resolved.single && only !== undefined ? only : listOf(sorting.items);
  const { text, problem } = printer(root);
  return { status: problem === null && missing === '' ? 0 : 1, out: text, err: (problem === null ? '' : `error: ${problem}\n`) + missing };
}

/** One table for each stretch of objects of one type, an empty line between. */
function asTables(call: Call, resolved: Resolved): Answer {
  const missing = missingLines(call, resolved);
  const there = resolved.found.filter(({ name, objects }) => name === null || objects.length > 0);
  const withKind = call.flags.isOn('show-kind') || new Set(there.map(({ resource }) => resource)).size > 1;
  const stretches = stretchesOf(there);
  const texts: string[] = [];
  for (const { resource, lists } of stretches) {
    const rows = sortedRows(call, lists);
    if ('problem' in rows) return refused(rows.problem);
    if (rows.items.length > 0) texts.push(tableText(call, { resource, objects: rows.items, withKind }));
  }
  const out = texts.join(call.flags.isOn('no-headers') ? '' : '\n');
  if (missing !== '') return { status: 1, out, err: missing };
  return out !== '' || call.flags.isOn('ignore-not-found') ? printed(out) : printed('', nothingFound(call, there));
}

interface Stretch {
  readonly resource: Resource;
  /** As the server gave them: a list for a type, one of its own for each name. */
  readonly lists: readonly (readonly StoredObject[])[];
}

function stretchesOf(found: readonly Found[]): readonly Stretch[] {
  const stretches: { resource: Resource; lists: (readonly StoredObject[])[] }[] = [];
  for (const { resource, objects } of found) {
    const last = stretches.at(-1);
    if (last?.resource === resource) last.lists.push(objects);
    else stretches.push({ resource, lists: [objects] });
  }
  return stretches;
}

/** Each list is sorted by itself. */
function sortedRows({ flags }: Call, lists: readonly (readonly StoredObject[])[]): ReturnType<typeof sortedBy<StoredObject>> {
  const order = flags.one('sort-by') ?? '';
  const items: StoredObject[] = [];
  for (const list of lists) {
    const sorting = order === '' ? { items: list } : sortedBy(list, order, ({ json }) => json);
    if ('problem' in sorting) return sorting;
    items.push(...sorting.items);
  }
  return { items };
}

function tableText(
  call: Call,
  { resource, objects, withKind }: { resource: Resource; objects: readonly StoredObject[]; withKind: boolean },
): string {
  const shape = { resource, withKind, withNamespace: call.flags.isOn('all-namespaces') && resource.namespaced, withEvent: false };
  const rows = objects.map((object) => tableRow(object, shape, { call, event: '' }));
  const lines = tableLines(call.flags.isOn('no-headers') ? rows : [tableHeader(shape, call), ...rows]);
  return lines.map((line) => `${line}\n`).join('');
}

function nothingFound({ flags, namespace }: Call, found: readonly Found[]): string {
  const isScoped = !flags.isOn('all-namespaces') && found.every(({ resource }) => resource.namespaced);
  return isScoped ? `No resources found in ${namespace} namespace.\n` : 'No resources found\n';
}
