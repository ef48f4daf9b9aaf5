// Keys of the ConfigMap kube-system/kubehop, written and taken away; with its last key the ConfigMap goes too.

import { withDocument, withField, withoutField, withoutObject } from '../manifest/edit';
import { isOwnMap, OWN_SETTINGS } from './settings-own';
import { writtenIn } from './written';

export type OwnKey = 'network' | 'clusterCIDR' | 'loadBalancer';

export function withOwn(text: string, key: OwnKey, value: string): string | null {
  const [map] = writtenIn(text, isOwnMap);
  if (map !== undefined) return withField(text, { place: map.raw, path: ['data', key], value });
  const { name, namespace } = OWN_SETTINGS;
  return withDocument(
    text,
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata:\n  ${key}: ${value}\n`,
  );
}

export function withoutOwn(text: string, key: OwnKey): string | null {
  const [map] = writtenIn(text, isOwnMap);
  if (map === undefined || !Object.hasOwn(map.object.data, key)) return text;
  const isLast = Object.keys(map.object.data).length === 1;
  return isLast ? withoutObject(text, map.raw) : withoutField(text, { place: map.raw, path: ['data', key] });
}
