// An API server that has exactly the objects of a test, at one moment and at later ones, and a shell for command lines.

import { type ApiServer, type JsonMap, load, type StoredObject, writtenObjects } from '../engine/index';
import type { Answer } from './answer';
import { at, isMap, textAt } from './fields';
import { kubectl } from './kubectl';
import { newSession } from './session';

/** 21 November 2026, 03:49:55 UTC. */
export const NOW = Date.UTC(2026, 10, 21, 3, 49, 55);

const EMPTY = load('');

/** What the server has from one moment on. */
export interface Moment {
  readonly now: number;
  readonly objects: readonly JsonMap[];
}

export function serverOf(objects: readonly JsonMap[], later: readonly Moment[] = [], now = NOW): ApiServer {
  const [next, ...rest] = later;
  const server: ApiServer = {
    now,
    manifest: '',
    objects: objects.map(storedObject),
    loaded: EMPTY,
    live: null,
    faults: [],
    sentSoFar: 0,
    change: () => server,
    next: () => (next === undefined ? null : serverOf(next.objects, rest, next.now)),
    later: () => null,
    evictionRefusal: () => null,
    send: () => {
      throw new Error('nothing is sent in this test');
    },
    served: [],
  };
  return server;
}

function storedObject(json: JsonMap): StoredObject {
  const labels = at(json, 'metadata', 'labels');
  return {
    kind: textAt(json, 'kind'),
    namespace: textAt(json, 'metadata', 'namespace') || null,
    name: textAt(json, 'metadata', 'name'),
    labels: isMap(labels) ? Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)])) : {},
    json,
  };
}

/** The objects of a text, exactly as they are written. */
export function serverWith(text: string): ApiServer {
  return serverOf(writtenObjects(text).objects.map(({ json }) => json));
}

/** Metadata of an object that was made so many seconds before NOW. */
export function meta(name: string, age: number, more: JsonMap = {}): JsonMap {
  return { name, namespace: 'default', creationTimestamp: ago(age), ...more };
}

export function ago(seconds: number): string {
  return new Date(NOW - seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** Runs a line; quotes are a shell's. */
export function runOn(server: ApiServer, line: string, read: (file: string) => string | null = () => null): Answer {
  const words = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  return kubectl(
    newSession(server, read),
    words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2')),
  );
}

export function lines(...all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
