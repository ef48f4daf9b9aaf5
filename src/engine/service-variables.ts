// The variables that the kubelet made from Services when a container started: those of that moment, however old they are by now.

import type { ApiServer } from './api-server';
import { lifeAt } from './axis';
import { type Environment, serviceEnvironment } from './controlplane/service-environment';
import { parseTimestamp } from './kube/timestamp';

export type { Environment } from './controlplane/service-environment';

/** What the Pod's container of that name was told; null where there is no such Pod. */
export function serviceVariables(
  { loaded, live }: ApiServer,
  { namespace, name, container }: { readonly namespace: string; readonly name: string; readonly container: string },
): Environment | null {
  const { cluster } = loaded.built;
  const pod = cluster.pods.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  if (pod === undefined) return null;
  const state = pod.status.containers.find((one) => one.name === container)?.state;
  const started = state?.kind === 'running' ? parseTimestamp(state.startedAt ?? '') : null;
  if (live === null || started === null) return serviceEnvironment(pod, cluster.services);
  const { axis } = live;
  const at = started - lifeAt(axis, 0).epoch;
  // What ran when the axis began had started before anything was done on it.
  const services = at > 0 ? lifeAt(axis, at).cluster.services : axis.manifests[0].loaded.built.cluster.services;
  return serviceEnvironment(pod, services);
}
