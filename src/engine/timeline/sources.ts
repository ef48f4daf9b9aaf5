// What a Pod is started with, and is not there: ConfigMaps and Secrets of its variables and volumes, in the words of the kubelet. Of a Secret
// only its existence counts. In a cluster that was pasted nothing is missing: a text seldom has everything that its objects name.

import type { Cluster } from '../controlplane/cluster';
import { isStored } from '../kube/meta';
import type { Container, Pod } from '../kube/pod';
import type { PodSource } from '../kube/pod-source';
import type { Life } from './life';

/** Why the container cannot be created; null where nothing is missing. */
export function missingFor(life: Life, pod: Pod, { sources }: Container): string | null {
  return sources.map((source) => absence(life, pod, source)).find((why) => why !== null) ?? null;
}

/** The first volume that cannot be filled. */
export function unfilledVolume(life: Life, pod: Pod): { readonly volume: string; readonly why: string } | null {
  const found = pod.spec.volumes.flatMap(({ name: volume, sources }) =>
    sources.flatMap((source) => {
      const why = absence(life, pod, source);
      return why === null ? [] : [{ volume, why }];
    }),
  );
  return found[0] ?? null;
}

function absence({ cluster, written }: Life, { metadata: { namespace } }: Pod, { kind, name, key }: PodSource): string | null {
  if (written.some(({ metadata }) => isStored(metadata))) return null;
  if (kind === 'Secret') return hasSecret(cluster, namespace, name) ? null : `secret "${name}" not found`;
  const found = cluster.configMaps.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  if (found === undefined) return `configmap "${name}" not found`;
  return key === null || key in found.data ? null : `couldn't find key ${key} in ConfigMap ${namespace}/${name}`;
}

function hasSecret({ others }: Cluster, namespace: string | null, name: string): boolean {
  return others.some(
    ({ originalKind, metadata }) => originalKind === 'Secret' && metadata.name === name && metadata.namespace === namespace,
  );
}
