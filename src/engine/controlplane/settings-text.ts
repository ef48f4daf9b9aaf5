// YAML or JSON inside of a ConfigMap, as plain data.

import type { ConfigMap } from '../kube/config-map';
import type { Raw } from '../kube/fields';
import type { Finding } from '../kube/finding';
import { type ApiObject, refOf } from '../kube/meta';
import { parseManifest } from '../manifest/parse';

/** One key of a ConfigMap, read. */
export interface SettingsText {
  readonly map: ConfigMap;
  readonly key: string;
  readonly value: Raw;
}

/** The key of this ConfigMap as data; null where there is none, a finding where it cannot be read. */
export function settingsText(
  objects: readonly ApiObject[],
  { namespaces, name, key }: { readonly namespaces: readonly string[]; readonly name: string; readonly key: string },
): SettingsText | Finding | null {
  const map = objects.find(
    (object): object is ConfigMap =>
      object.kind === 'ConfigMap' && object.metadata.name === name && namespaces.includes(object.metadata.namespace ?? ''),
  );
  const text = map?.data[key];
  if (map === undefined || text === undefined) return null;
  const { objects: values, problems } = parseManifest(text);
  const [first] = values;
  if (first !== undefined && problems.length === 0) return { map, key, value: first.value };
  return { object: refOf(map), path: ['data', key], severity: 'warning', code: 'setting-unreadable' };
}

/** A value that nothing can be made of, beside those that are understood and the one that is used. */
export function unknownSetting(
  { map, key }: SettingsText,
  said: { readonly field: string; readonly value: string; readonly known: readonly string[]; readonly used: string },
): Finding {
  return { object: refOf(map), path: ['data', key], severity: 'warning', code: 'setting-unknown', ...said };
}
