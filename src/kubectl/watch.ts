// `get -w`: what is there, and then a row for each change until the cluster rests, or an hour has gone by. Nothing is redrawn: columns only
// grow, and old rows stay as they are. What is deleted is shown once more.

import type { ApiServer, StoredObject } from '../engine/index';
import { type Answer, refused } from './answer';
import type { Call } from './call';
import { tableHeader, tableRow } from './get-table';
import type { Printer } from './output';
import { type Resolved, resolve } from './resolve';
import { laidOut, widthsOf } from './table';

const HOUR = 3_600_000;

type Change = 'ADDED' | 'MODIFIED' | 'DELETED';

interface Seen {
  readonly change: Change;
  readonly object: StoredObject;
}

export function watch(call: Call, resolved: Resolved, printer: Printer | null): Answer {
  const { found, missing } = resolved;
  const [only] = found;
  const isSeveral = new Set(found.map(({ resource }) => resource)).size > 1 || found.length > 1;
  if (only === undefined || isSeveral) return refused('you may only specify a single resource type');
  if (missing.length > 0)
    return call.flags.isOn('ignore-not-found')
      ? { status: 0, out: '', err: '' }
      : { status: 1, out: '', err: missing.map((line) => `${line}\n`).join('') };
  const print = printer === null ? tableTail(call, only.resource) : objectTail(call, printer);
  const order = (call.flags.one('sort-by') ?? '') === '' ? '' : sortWarning(call);
  const first = call.flags.isOn('watch-only') ? '' : only.objects.map((object) => print({ change: 'ADDED', object }, call.server)).join('');
  const objectsOn = (server: ApiServer) => {
    const now = resolve({ ...call, server });
    return 'status' in now ? [] : now.found.flatMap((each) => each.objects);
  };
  const followed = follow(call.server, objectsOn, print);
  return { ...followed, out: first + followed.out, err: order };
}

/** What a change prints. */
type Tail = (seen: Seen, server: ApiServer) => string;

/** Lets time pass, and prints every change of the objects. */
export function follow(begun: ApiServer, objectsOn: (server: ApiServer) => readonly StoredObject[], print: Tail): Answer {
  let [out, server, objects] = ['', begun, objectsOn(begun)];
  for (let next = server.next(); next !== null && next.now - begun.now <= HOUR; next = server.next()) {
    server = next;
    const after = objectsOn(server);
    for (const seen of changes(objects, after)) out += print(seen, server);
    objects = after;
  }
  return { status: 0, out, err: '', ...(server === begun ? {} : { server }) };
}

function sortWarning({ flags }: Call): string {
  return flags.isOn('watch')
    ? 'warning: --watch requested, --sort-by will be ignored for watch events received\n'
    : 'warning: --watch-only requested, --sort-by will be ignored\n';
}

function changes(before: readonly StoredObject[], after: readonly StoredObject[]): readonly Seen[] {
  const key = ({ namespace, name }: StoredObject) => `${namespace ?? ''}/${name}`;
  const old = new Map(before.map((object) => [key(object), object]));
  const kept = new Set(after.map(key));
  const added = after.flatMap((object): readonly Seen[] => {
    const known = old.get(key(object));
    if (known === undefined) return [{ change: 'ADDED', object }];
    return JSON.stringify(known.json) === JSON.stringify(object.json) ? [] : [{ change: 'MODIFIED', object }];
  });
  const gone = before.filter((object) => !kept.has(key(object))).map((object): Seen => ({ change: 'DELETED', object }));
  return [...gone, ...added];
}

function tableTail(call: Call, resource: Resolved['found'][number]['resource']): Tail {
  const { flags } = call;
  const shape = {
    resource,
    withKind: flags.isOn('show-kind'),
    withNamespace: flags.isOn('all-namespaces') && resource.namespaced,
    withEvent: flags.isOn('output-watch-events'),
  };
  const begun = flags.isOn('watch-only') ? [] : resourceRows(call, shape);
  let widths: readonly number[] = begun.length === 0 ? [] : widthsOf(begun);
  let isHeaded = flags.isOn('no-headers');
  return ({ change, object }, server) => {
    const row = tableRow(object, shape, { call: { ...call, server }, event: change });
    const rows = isHeaded ? [row] : [tableHeader(shape, call), row];
    isHeaded = true;
    widths = widthsOf(rows, widths);
    return laidOut(rows, widths)
      .map((line) => `${line}\n`)
      .join('');
  };
}

/** What is there at first is laid out together. */
function resourceRows(call: Call, shape: Parameters<typeof tableRow>[1]): readonly (readonly string[])[] {
  const there = resolve(call);
  const objects = 'status' in there ? [] : there.found.flatMap((one) => one.objects);
  return objects.map((object) => tableRow(object, shape, { call, event: 'ADDED' }));
}

function objectTail({ flags }: Call, printer: Printer): Tail {
  const separator = /^yaml/.test(flags.one('output') ?? '') ? '---\n' : '';
  let count = 0;
  return ({ change, object }) => {
    count += 1;
    const root = flags.isOn('output-watch-events') ? { object: object.json, type: change } : object.json;
    return (count > 1 ? separator : '') + printer(root).text;
  };
}
