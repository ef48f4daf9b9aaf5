// The Pod's part of an object: a Pod's own spec, or the template of what makes Pods (UpdatePodSpecForObjectFn of kubectl).

import type { Json, JsonMap } from '../../engine/index';
import { at, isList, isMap, listAt, textAt } from '../fields';
import { mapAt, withAt } from './cluster-change';

export function podWay(object: JsonMap): readonly string[] | null {
  switch (textAt(object, 'kind')) {
    case 'Pod':
      return ['spec'];
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicationController':
    case 'Job':
      return ['spec', 'template', 'spec'];
    case 'CronJob':
      return ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
    default:
      return null;
  }
}

export interface Container {
  readonly name: string;
  readonly json: JsonMap;
}

/** Every container, those that begin first too. */
export function containersOf(object: JsonMap): readonly Container[] {
  const way = podWay(object) ?? [];
  const spec = at(object, ...way);
  return ['initContainers', 'containers'].flatMap((list) =>
    listAt(spec, list).flatMap((json) => (isMap(json) ? [{ name: textAt(json, 'name'), json }] : [])),
  );
}

/** The object with its containers changed, each by its name. */
export function withContainers(object: JsonMap, change: (container: JsonMap, name: string) => JsonMap): JsonMap {
  const way = podWay(object);
  if (way === null) return object;
  const spec = mapAt(object, ...way);
  const changedLists = ['initContainers', 'containers'].flatMap((list): readonly (readonly [string, Json])[] => {
    const containers = spec[list];
    if (!isList(containers)) return [];
    return [[list, containers.map((one) => (isMap(one) ? change(one, textAt(one, 'name')) : one))]];
  });
  return withAt(object, way, { ...spec, ...Object.fromEntries(changedLists) });
}
