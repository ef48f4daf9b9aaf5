// What the descriptions of several kinds share: labels, annotations, who controls an object, its Events.

import { compareText, type Json, type StoredObject } from '../../engine/index';
import { longTime, since } from '../age';
import { eventCount, firstSeen, lastSeen } from '../columns-cluster';
import { at, isMap, listAt, textAt } from '../fields';
import type { Page } from './page';

/** What a description may look at. */
export interface Around {
  readonly object: StoredObject;
  readonly objects: readonly StoredObject[];
  readonly now: number;
  readonly withEvents: boolean;
}

export type Describer = (page: Page, around: Around) => void;

/** Title and lines: the first beside it, the others below; `<none>` where there are none. */
export function multiline(page: Page, title: string, texts: readonly string[]): void {
  const [first = '<none>', ...rest] = texts;
  page.line(0, `${title}:`, first);
  for (const text of rest) page.line(0, '', text);
}

export function labels(page: Page, title: string, map: Json | undefined): void {
  multiline(
    page,
    title,
    sortedPairs(map).map(([key, value]) => `${key}=${value}`),
  );
}

/** Kept by `apply` for itself, and never shown. */
const HIDDEN = 'kubectl.kubernetes.io/last-applied-configuration';
const LONGEST = 140;

export function annotations(page: Page, map: Json | undefined, title = 'Annotations'): void {
  const shown = sortedPairs(map).filter(([key]) => key !== HIDDEN);
  const texts = shown.flatMap(([key, value]) => {
    const text = value.replace(/\n$/, '');
    if (text.length + key.length + 2 <= LONGEST && !text.includes('\n')) return [`${key}: ${text}`];
    return [`${key}:`, ...text.split('\n').map((line) => `  ${line.length > LONGEST - 2 ? `${line.slice(0, LONGEST - 2)}...` : line}`)];
  });
  multiline(page, title, texts);
}

export function sortedPairs(map: Json | undefined): readonly (readonly [string, string])[] {
  if (!isMap(map)) return [];
  return Object.entries(map)
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, value]) => [key, String(value)]);
}

/** Name, Namespace, and what stands between them and the labels in most kinds. */
export function head(page: Page, json: Json): void {
  page.line(0, 'Name:', textAt(json, 'metadata', 'name'));
  page.line(0, 'Namespace:', textAt(json, 'metadata', 'namespace'));
}

export function labelsAndAnnotations(page: Page, json: Json): void {
  labels(page, 'Labels', at(json, 'metadata', 'labels'));
  annotations(page, at(json, 'metadata', 'annotations'));
}

export function created(page: Page, json: Json): void {
  page.line(0, 'CreationTimestamp:', time(json, 'metadata', 'creationTimestamp'));
}

export function time(json: Json | undefined, ...way: readonly string[]): string {
  const text = textAt(json, ...way);
  // Go's zero time.
  return text === '' ? 'Mon, 01 Jan 0001 00:00:00 +0000' : longTime(text);
}

/** `ReplicaSet/web-5d4f8c7b9b`, or nothing. */
export function controllerOf(json: Json): string {
  const owner = listAt(json, 'metadata', 'ownerReferences').find((one) => at(one, 'controller') === true);
  return owner === undefined ? '' : `${textAt(owner, 'kind')}/${textAt(owner, 'name')}`;
}

export function isControlledBy(pod: StoredObject, { kind, namespace, name }: StoredObject): boolean {
  return pod.namespace === namespace && controllerOf(pod.json) === `${kind}/${name}`;
}

/** A line that is there only where there is something to say. */
export function optional(page: Page, title: string, text: string): void {
  if (text !== '') page.line(0, `${title}:`, text);
}

export function conditions(page: Page, json: Json): void {
  const all = listAt(json, 'status', 'conditions');
  if (all.length === 0) return;
  page.line(0, 'Conditions:');
  page.line(1, 'Type', 'Status', 'Reason');
  page.line(1, '----', '------', '------');
  for (const one of all) page.line(1, `${textAt(one, 'type')} `, textAt(one, 'status'), textAt(one, 'reason'));
}

export function events(page: Page, { object, objects, now, withEvents }: Around): void {
  if (!withEvents) return;
  const mine = objects.filter((one) => one.kind === 'Event' && textAt(one.json, 'apiVersion') === 'v1' && isAbout(one.json, object));
  if (mine.length === 0) {
    page.line(0, 'Events:', '<none>');
    return;
  }
  page.flush();
  page.line(0, 'Events:');
  page.line(1, 'Type', 'Reason', 'Age', 'From', 'Message');
  page.line(1, '----', '------', '----', '----', '-------');
  const inOrder = [...mine].sort((a, b) => compareText(lastSeen(a.json), lastSeen(b.json)));
  for (const { json } of inOrder) {
    const where = textAt(json, 'involvedObject', 'fieldPath');
    const from = textAt(json, 'source', 'component') || textAt(json, 'reportingComponent');
    const message = textAt(json, 'message').trim();
    page.line(1, textAt(json, 'type'), textAt(json, 'reason'), eventAge(json, now), from, where === '' ? message : `${where}: ${message}`);
  }
}

/** `32s (x4 over 117s)`. */
export function eventAge(event: Json, now: number): string {
  const count = eventCount(event);
  return count > 1 ? `${since(lastSeen(event), now)} (x${count} over ${since(firstSeen(event), now)})` : since(firstSeen(event), now);
}

export function isAbout(event: Json, { kind, namespace, name, json }: StoredObject): boolean {
  const object = at(event, 'involvedObject');
  const uid = textAt(object, 'uid');
  if (uid !== '' && textAt(json, 'metadata', 'uid') !== '' && uid !== textAt(json, 'metadata', 'uid') && uid !== name) return false;
  return textAt(object, 'kind') === kind && textAt(object, 'name') === name && textAt(object, 'namespace') === (namespace ?? '');
}
