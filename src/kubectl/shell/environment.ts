// The environment of a container: what the runtime and the image give, what the kubelet made of Services, and what the Pod declares itself:
// plain values, ConfigMaps, and fields of the Pod. Secrets' values are never kept, so that none is here.

import type { ApiServer } from '../../engine/index';
import { containerEnvironment, type Json, type JsonMap, type StoredObject, serviceVariables } from '../../engine/index';
import { at, isMap, listAt, textAt } from '../fields';
import type { Place } from './place';

type Environment = Readonly<Record<string, string>>;

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export function environmentOf(server: ApiServer, place: Place): Environment {
  if (place.kind !== 'container') return { PATH, HOME: '/root', HOSTNAME: place.kind === 'node' ? place.node : 'kubehop', TERM: 'xterm' };
  const { namespace, pod: name, container, json } = place;
  const services = serviceVariables(server, { namespace, name, container }) ?? {};
  const spec = containerNamed(json, container);
  const from = listAt(spec, 'envFrom').map((source) => sourced(server.objects, namespace, source));
  const env = listAt(spec, 'env').map((variable) => declared(server.objects, place, variable));
  const hostname = textAt(json, 'spec', 'hostname') || name;
  return { PATH, HOSTNAME: hostname, ...containerEnvironment(services, { from, env }), HOME: '/root' };
}

export function containerNamed(pod: Json, name: string): Json | undefined {
  return [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')].find((one) => textAt(one, 'name') === name);
}

function sourced(objects: readonly StoredObject[], namespace: string, source: Json): Environment {
  const prefix = textAt(source, 'prefix');
  const found = configMap(objects, namespace, textAt(source, 'configMapRef', 'name'));
  return Object.fromEntries(Object.entries(found).map(([key, value]) => [`${prefix}${key}`, String(value)]));
}

/** The data of a ConfigMap; empty where there is none. */
export function configMap(objects: readonly StoredObject[], namespace: string, name: string): JsonMap {
  const found = objects.find((one) => one.kind === 'ConfigMap' && one.namespace === namespace && one.name === name);
  const kept = at(found?.json, 'data');
  return isMap(kept) ? kept : {};
}

function declared(objects: readonly StoredObject[], place: Extract<Place, { kind: 'container' }>, variable: Json) {
  const name = textAt(variable, 'name');
  const from = at(variable, 'valueFrom');
  if (from === undefined) return { name, value: textAt(variable, 'value'), expand: true };
  const field = textAt(from, 'fieldRef', 'fieldPath');
  if (field !== '') return { name, value: fieldOf(place.json, field), expand: false };
  const key = textAt(from, 'configMapKeyRef', 'key');
  const found = configMap(objects, place.namespace, textAt(from, 'configMapKeyRef', 'name'))[key];
  return { name, value: found === undefined ? null : String(found), expand: false };
}

/** The downward API: `metadata.name`, `status.podIP`, `metadata.labels['app']`. */
function fieldOf(pod: Json, path: string): string | null {
  const keyed = /^(metadata\.(?:labels|annotations))\['([^']+)'\]$/.exec(path);
  const way = keyed === null ? path.split('.') : [...(keyed[1] ?? '').split('.'), keyed[2] ?? ''];
  const text = textAt(pod, ...way);
  return text === '' ? null : text;
}
