// `kubectl set env --list`: the environment of every container, as the pod template says it (cmd/set/set_env.go). What comes from elsewhere is
// a remark.

import type { Json, JsonMap } from '../../engine/index';
import { at, listAt, textAt } from '../fields';
import { mapAt } from './cluster-change';
import { podWay } from './pod-template';

export function environmentList(object: JsonMap): readonly string[] {
  const pod = mapAt(object, ...(podWay(object) ?? []));
  const containers = [...listAt(pod, 'containers'), ...listAt(pod, 'initContainers')];
  const of = `${textAt(object, 'kind')} ${textAt(object, 'metadata', 'name')}`;
  return containers.flatMap((container) => [`# ${of}, container ${textAt(container, 'name')}`, ...listAt(container, 'env').map(line)]);
}

function line(variable: Json): string {
  const name = textAt(variable, 'name');
  const from = at(variable, 'valueFrom');
  if (from === undefined) return `${name}=${textAt(variable, 'value')}`;
  return `# ${name} from ${sourceOf(from)}`;
}

function sourceOf(from: Json): string {
  const keyed = (source: string, kind: string) => `${kind} ${textAt(from, source, 'name')}, key ${textAt(from, source, 'key')}`;
  if (at(from, 'fieldRef') !== undefined) return `field path ${textAt(from, 'fieldRef', 'fieldPath')}`;
  if (at(from, 'secretKeyRef') !== undefined) return keyed('secretKeyRef', 'secret');
  if (at(from, 'configMapKeyRef') !== undefined) return keyed('configMapKeyRef', 'configmap');
  const container = textAt(from, 'resourceFieldRef', 'containerName');
  const field = textAt(from, 'resourceFieldRef', 'resource');
  return `resource field ${container === '' ? '' : `${container}/`}${field}`;
}
