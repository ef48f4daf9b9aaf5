// `kubectl events`: Events by the time they were last seen, with how often that was (cmd/events). `get events` is another command.

import type { ApiServer, Json, JsonMap, StoredObject } from '../../engine/index';
import { parseTimestamp } from '../../engine/index';
import { since } from '../age';
import { type Answer, printed, refused } from '../answer';
import type { Call } from '../call';
import { eventCount, firstSeen, lastSeen } from '../columns-cluster';
import { at, textAt } from '../fields';
import { type Resource, resourcesNamed } from '../kinds';
import { listOf, type Printer, printerOf } from '../output';
import { laidOut, widthsOf } from '../table';
import { follow } from '../watch';
import { apiVersionOf } from './api-resources';

const FORMATS = 'go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml';

interface Wanted {
  readonly resource: Resource;
  readonly name: string;
}

export function events(call: Call): Answer {
  const { flags, namespace, server } = call;
  const wanted = wantedObject(call);
  if (wanted !== null && 'status' in wanted) return wanted;
  const printer = printerOf(call, FORMATS);
  if (printer !== null && 'problem' in printer) return refused(printer.problem);
  if (flags.all('types').some((type) => !/^(?:normal|warning)$/i.test(type))) return refused('valid --types are Normal or Warning');
  const eventsOn = (on: ApiServer) => on.objects.filter((object) => isWanted(object, call, wanted));
  if (flags.isOn('watch')) return watched(call, eventsOn, printer);
  const found = [...eventsOn(server)].sort((a, b) => time(a.json) - time(b.json));
  if (found.length === 0)
    return printed('', flags.isOn('all-namespaces') ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`);
  return printer === null ? printed(tail(call)(found, server)) : asObjects(call, found, printer);
}

/** What `--for TYPE/NAME` means; null where it is not given. */
function wantedObject({ flags, server }: Call): Wanted | Answer | null {
  const given = flags.one('for') ?? '';
  if (given === '') return null;
  const [type = '', name, ...more] = given.split('/');
  if (name === undefined) return refused('--for must be in resource/name form');
  if (more.length > 0) return refused('arguments in resource/name form may not have more than one slash');
  const [resource] = type === 'all' ? [] : resourcesNamed(type, server.objects);
  const [word] = type.split('.');
  return resource === undefined
    ? { status: 1, out: '', err: `the server doesn't have a resource type "${word ?? ''}"\n` }
    : { resource, name };
}

function isWanted(object: StoredObject, { flags, namespace }: Call, wanted: Wanted | null): boolean {
  const types = flags.all('types').map((type) => type.toLowerCase());
  return (
    object.kind === 'Event' &&
    (flags.isOn('all-namespaces') || object.namespace === namespace) &&
    (types.length === 0 || types.includes(textAt(object.json, 'type').toLowerCase())) &&
    (wanted === null || isAbout(object.json, wanted))
  );
}

/** An Event may leave out the version of what it is about. */
function isAbout(event: JsonMap, { resource, name }: Wanted): boolean {
  const version = textAt(event, 'involvedObject', 'apiVersion');
  const isKind = textAt(event, 'involvedObject', 'kind') === resource.kind && ['', apiVersionOf(resource)].includes(version);
  return isKind && (name === '' || textAt(event, 'involvedObject', 'name') === name);
}

function time(event: Json): number {
  return parseTimestamp(lastSeen(event)) ?? 0;
}

function asObjects({ flags }: Call, found: readonly StoredObject[], printer: Printer): Answer {
  const objects = found.map(({ json }) => json);
  const root = flags.one('output') === 'name' ? listOf(objects) : { kind: 'EventList', apiVersion: 'v1', metadata: {}, items: objects };
  const { text, problem } = printer(root);
  // What the printer complains of is passed over.
  return printed(problem === null ? text : '');
}

/** Rows under a header that is printed once; columns only grow. */
function tail({ flags }: Call): (events: readonly StoredObject[], server: ApiServer) => string {
  const withNamespace = flags.isOn('all-namespaces');
  const header = [...(withNamespace ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
  let begun: readonly (readonly string[])[] = flags.isOn('no-headers') ? [] : [header];
  let widths: readonly number[] = [];
  return (found, server) => {
    const rows = [...begun, ...found.map((event) => [...(withNamespace ? [event.namespace ?? ''] : []), ...cells(event.json, server.now)])];
    begun = [];
    widths = widthsOf(rows, widths);
    return laidOut(rows, widths)
      .map((line) => `${line}\n`)
      .join('');
  };
}

function cells(event: JsonMap, now: number): readonly string[] {
  const about = `${textAt(event, 'involvedObject', 'kind')}/${textAt(event, 'involvedObject', 'name')}`;
  return [interval(event, now), textAt(event, 'type'), textAt(event, 'reason'), about, textAt(event, 'message').trim()];
}

/** `22s (x4 over 107s)` (getInterval). */
function interval(event: JsonMap, now: number): string {
  const first = since(textAt(event, 'eventTime') || firstSeen(event), now);
  const count = eventCount(event);
  const isSeries = at(event, 'series') !== undefined;
  return isSeries || count > 1 ? `${since(lastSeen(event), now)} (x${count} over ${first})` : first;
}

function watched(call: Call, eventsOn: (server: ApiServer) => readonly StoredObject[], printer: Printer | null): Answer {
  const { server, flags } = call;
  const rows = tail(call);
  let count = 0;
  const print = (event: StoredObject, on: ApiServer) => {
    count += 1;
    const separator = count > 1 && /^yaml/.test(flags.one('output') ?? '') ? '---\n' : '';
    return printer === null ? rows([event], on) : separator + printer(event.json).text;
  };
  const first = eventsOn(server).map((event) => print(event, server));
  const followed = follow(server, eventsOn, ({ change, object }, on) => (change === 'DELETED' ? '' : print(object, on)));
  return { ...followed, out: first.join('') + followed.out };
}
