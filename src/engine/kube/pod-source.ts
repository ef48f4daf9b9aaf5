// The ConfigMaps and Secrets without which a Pod does not start: variables of its containers, and volumes. What is marked optional is left
// out, and so is kube-root-ca.crt, which every namespace is given (root-ca-cert-publisher).

import { list, map, type Raw, text, truth } from './fields';

export interface PodSource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** The only entry that is read; null for all. */
  readonly key: string | null;
}

const KINDS = [
  { kind: 'ConfigMap', field: 'configMap' },
  { kind: 'Secret', field: 'secret' },
] as const;

/** What the variables of a container come from, in the order of the kubelet: envFrom first (makeEnvironmentVariables). */
export function decodeVariableSources(container: Raw): readonly PodSource[] {
  const froms = list(container.envFrom).map(map);
  const values = list(container.env).map((one) => map(map(one).valueFrom));
  return KINDS.flatMap(({ kind, field }) => [
    ...froms.flatMap((from) => source(kind, map(from[`${field}Ref`]))),
    ...values.flatMap((from) => source(kind, map(from[`${field}KeyRef`]))),
  ]);
}

/** A volume, and what it is filled from. */
export interface FilledVolume {
  readonly name: string;
  readonly sources: readonly PodSource[];
}

export function decodeVolumes(spec: Raw): readonly FilledVolume[] {
  return list(spec.volumes).flatMap((one) => {
    const volume = map(one);
    const parts = [volume, ...list(map(volume.projected).sources).map(map)];
    const sources = parts.flatMap((part) => KINDS.flatMap(({ kind, field }) => source(kind, map(part[field]))));
    return sources.length === 0 ? [] : [{ name: text(volume.name) ?? '', sources }];
  });
}

function source(kind: PodSource['kind'], raw: Raw): readonly PodSource[] {
  const name = text(raw.name) ?? text(raw.secretName);
  return name === null || name === 'kube-root-ca.crt' || truth(raw.optional, false) ? [] : [{ kind, name, key: text(raw.key) }];
}
