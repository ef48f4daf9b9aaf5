// How a command changes the cluster: it changes the manifest, as its author would have, and the manifest is applied. What stands in no
// manifest (a Pod that a ReplicaSet made, a node that the playground added) is deleted or patched where it is.

import {
  type ApiServer,
  type Json,
  type JsonMap,
  manifestAnd,
  manifestWith,
  manifestWithout,
  type ObjectRef,
  refusals,
  type StoredObject,
  writtenObjects,
} from '../../engine/index';
import { at, isMap, textAt } from '../fields';
import { asWritten } from './generators';
import { immutableCauses } from './immutable';
import { refusalFailure, type Sourced, when } from './invalid';
import { equalJson } from './json';
import { groupOf, isSameRef, quotedName, refTo } from './naming';
import type { Failure } from './progress';

export function stored(server: ApiServer, ref: ObjectRef): StoredObject | null {
  return server.objects.find((one) => isSameRef(one, ref)) ?? null;
}

/** The object as the manifest has it; null for one that somebody else made. */
export function writtenAs(server: ApiServer, ref: ObjectRef): JsonMap | null {
  return writtenObjects(server.manifest).objects.findLast((one) => isSameRef(one.ref, ref))?.json ?? null;
}

export interface Creation {
  readonly object: JsonMap;
  /** Where the object goes if it does not say. */
  readonly namespace: string;
  /** The text of its document, to be taken as it is. */
  readonly document?: string | null;
  readonly sourced?: Sourced | null;
}

/** The API server with the object, or why it does not take it. */
export function created(server: ApiServer, creation: Creation): ApiServer | Failure {
  const { object, namespace, sourced = null } = creation;
  const ref = refTo(object, namespace);
  if (stored(server, ref) !== null)
    return { kind: 'server', reason: 'AlreadyExists', text: `${when(sourced)}${quotedName(object)} already exists` };
  if (ref.namespace !== null && !hasNamespace(server, ref.namespace))
    return { kind: 'server', reason: 'NotFound', text: `${when(sourced)}namespaces "${ref.namespace}" not found` };
  const vacant = withoutLost(server, ref);
  const text = withCreated(vacant.manifest, creation, ref);
  const refused = refusals(text, ref);
  if (refused.length > 0) return refusalFailure(object, refused, sourced);
  return vacant.change({ kind: 'manifest', text });
}

/** The manifest may still have an object that the cluster has removed: the new one takes its place. */
function withoutLost(server: ApiServer, ref: ObjectRef): ApiServer {
  return writtenAs(server, ref) === null ? server : server.change({ kind: 'manifest', text: manifestWithout(server.manifest, ref) });
}

function hasNamespace(server: ApiServer, name: string): boolean {
  return name === 'default' || server.objects.some((one) => one.kind === 'Namespace' && one.name === name);
}

/** As a person writes it: the document that was typed, or the object without what is empty; its namespace where that is not the usual one. */
function withCreated(text: string, { object, document }: Creation, ref: ObjectRef): string {
  const isPlaced = ref.namespace === null || ref.namespace === 'default' || textAt(object, 'metadata', 'namespace') !== '';
  if (document !== undefined && document !== null && isPlaced) return manifestAnd(text, document);
  const alone =
    document === undefined || document === null
      ? null
      : manifestWith(document, placed(object, ref.namespace), { ...ref, namespace: 'default' });
  return alone === null ? manifestWith(text, placed(asWritten(object), isPlaced ? null : ref.namespace)) : manifestAnd(text, alone);
}

function placed(object: JsonMap, namespace: string | null): JsonMap {
  if (namespace === null) return object;
  const { name = '', ...others } = mapAt(object, 'metadata');
  return { ...object, metadata: { name, namespace, ...others } };
}

/** The API server with the object changed: in the manifest where it stands there, else in the cluster. */
export function changed(
  server: ApiServer,
  live: StoredObject,
  { change, sourced = null }: { readonly change: (object: JsonMap) => JsonMap; readonly sourced?: Sourced | null },
): ApiServer | Failure {
  const written = writtenAs(server, live);
  if (written === null) {
    const patch = mergePatch(live.json, change(live.json));
    return Object.keys(patch).length === 0 ? server : server.change({ kind: 'patch', object: refOf(live), patch });
  }
  const wanted = change(written);
  return equalJson(written, wanted) ? server : rewritten(server, live, { written, wanted, sourced });
}

function rewritten(
  server: ApiServer,
  live: StoredObject,
  { written, wanted, sourced }: { readonly written: JsonMap; readonly wanted: JsonMap; readonly sourced: Sourced | null },
): ApiServer | Failure {
  const causes = immutableCauses(written, wanted);
  const object = { kind: live.kind, group: groupOf(live.json), name: live.name };
  if (causes.length > 0) return { kind: 'invalid', object, causes };
  const text = manifestWith(server.manifest, wanted);
  const refused = refusals(text, live);
  return refused.length > 0 ? refusalFailure(wanted, refused, sourced) : server.change({ kind: 'manifest', text });
}

export function refOf({ kind, namespace, name }: ObjectRef): ObjectRef {
  return { kind, namespace, name };
}

/** RFC 7386: what makes one of the other; null takes a key away. */
export function mergePatch(before: JsonMap, after: JsonMap): JsonMap {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    keys.flatMap((key): readonly (readonly [string, Json])[] => {
      const [old, fresh] = [before[key], after[key]];
      if (fresh === undefined) return [[key, null]];
      if (old !== undefined && equalJson(old, fresh)) return [];
      return [[key, isMap(old) && isMap(fresh) ? mergePatch(old, fresh) : fresh]];
    }),
  );
}

export function mapAt(object: Json, ...way: readonly string[]): JsonMap {
  const found = at(object, ...way);
  return isMap(found) ? found : {};
}

/** The object with another value at the way; undefined takes it away. */
export function withAt(object: JsonMap, [key, ...rest]: readonly string[], value: Json | undefined): JsonMap {
  if (key === undefined) return object;
  const { [key]: old, ...others } = object;
  if (rest.length > 0) {
    const inner = withAt(isMap(old) ? old : {}, rest, value);
    return Object.keys(inner).length === 0 && value === undefined ? others : { ...object, [key]: inner };
  }
  return value === undefined ? others : { ...object, [key]: value };
}
