// A strategic merge patch: as a merge patch, but lists of things with a key are merged thing by thing (apimachinery's strategicpatch, with
// the merge keys of the API's types; of ports also the protocol, as with server-side apply). Left out: $setElementOrder, $deleteFromPrimitiveList.

import type { Json, JsonMap } from '../../engine/index';
import { at, isList, isMap, textAt } from '../fields';
import { equalJson } from './json';

/** By the name of the list: the field that tells its items apart. */
const MERGE_KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  ports: ['containerPort', 'port'],
  hostAliases: ['ip'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  taints: ['key'],
  conditions: ['type'],
  addresses: ['type'],
  topologySpreadConstraints: ['topologyKey'],
  resourceClaims: ['name'],
  ownerReferences: ['uid'],
};

const RETAIN = '$retainKeys';
const PATCH = '$patch';

export function strategicMerge(before: JsonMap, patch: JsonMap): JsonMap {
  if (patch[PATCH] === 'replace') return plain(patch);
  const retained = patch[RETAIN];
  const ground = isList(retained) ? Object.fromEntries(Object.entries(before).filter(([key]) => retained.includes(key))) : before;
  const merged = new Map(Object.entries(ground));
  for (const [key, value] of Object.entries(plain(patch))) {
    if (value === null || (isMap(value) && value[PATCH] === 'delete')) merged.delete(key);
    else merged.set(key, mergedValue(key, ground[key], value));
  }
  return Object.fromEntries(merged);
}

function plain(patch: JsonMap): JsonMap {
  return Object.fromEntries(
    Object.entries(patch).filter(([key]) => key !== PATCH && key !== RETAIN && !key.startsWith('$setElementOrder/')),
  );
}

function mergedValue(key: string, before: Json | undefined, value: Json): Json {
  if (equalJson(before, value)) return value;
  if (isMap(value)) return strategicMerge(isMap(before) ? before : {}, value);
  if (!isList(value)) return value;
  const mergeKey = MERGE_KEYS[key]?.find((field) => value.every((item) => isMap(item) && (field in item || PATCH in item)));
  return mergeKey === undefined ? value : mergedList(mergeKey, isList(before) ? before : [], value);
}

function mergedList(mergeKey: string, before: readonly Json[], patch: readonly Json[]): readonly Json[] {
  const items = patch.filter(isMap);
  if (items.some((item) => item[PATCH] === 'replace' && !(mergeKey in item))) return items.filter((item) => !(PATCH in item));
  const of = (item: Json): string =>
    JSON.stringify([at(item, mergeKey) ?? null, mergeKey.endsWith('ort') ? textAt(item, 'protocol') || 'TCP' : '']);
  const kept = before.flatMap((item) => {
    const change = items.find((one) => of(one) === of(item));
    if (change === undefined || !isMap(item)) return [item];
    return change[PATCH] === 'delete' ? [] : [strategicMerge(item, change)];
  });
  const added = items.filter((item) => item[PATCH] !== 'delete' && !before.some((one) => of(one) === of(item)));
  return [...kept, ...added.map(plain)];
}

/** RFC 7386. */
export function mergePatched(before: Json | undefined, patch: Json): Json {
  if (!isMap(patch)) return patch;
  const merged = new Map(Object.entries(isMap(before) ? before : {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatched(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}
