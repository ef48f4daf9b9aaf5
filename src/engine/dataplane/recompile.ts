// The next cluster compiled by its difference, as kube-proxy syncs: where one Service and its endpoints changed, only its rules and names
// are written anew. Anything else is compiled whole. The outcome is that of `compile`, in every byte but the order of keys.

import type { Cluster } from '../controlplane/cluster';
import { DNS_SERVICE } from '../controlplane/listening';
import type { EndpointSlice } from '../kube/endpoints';
import type { Service } from '../kube/service';
import type { World } from '../linux/kernel';
import { compile } from './compile';
import { rewriteNames } from './recompile-names';
import { rewriteRules } from './recompile-rules';
import { type ServiceChange, serviceChange } from './service-change';

/** A cluster and the world that was compiled from it. */
export interface Compiled {
  readonly cluster: Cluster;
  readonly world: World;
}

/** The world of the cluster, with as much of the earlier one as is still true. */
export function recompile(before: Compiled, cluster: Cluster): World {
  if (before.cluster === cluster) return before.world;
  // A proxy that reads Ingresses or routes has the endpoints of Services in its own configuration.
  const isProxied = cluster.ingresses.length + cluster.gateways.length > 0;
  const change = cluster.settings.proxyMode === 'iptables' && !isProxied ? serviceChange(before.cluster, cluster) : null;
  if (change === null || !isPlain(cluster, change)) return compile(cluster);
  return rewriteNames(rewriteRules(before.world, cluster, change), { before: before.cluster, cluster, change });
}

/** Whether nothing but its own rules and names depends on the Service: no host outside, no balancer, no health check, no proxy. */
function isPlain(cluster: Cluster, { key, before, after }: ServiceChange): boolean {
  if (key === `${DNS_SERVICE.namespace}/${DNS_SERVICE.name}` || key === 'default/kubernetes') return false;
  if (!cluster.namespaces.some(({ metadata }) => key.startsWith(`${metadata.name}/`))) return false;
  return [before, after].every(({ service, slices }) => isOrdinary(service) && slices.every(leadsToPods));
}

function isOrdinary(service: Service | null): boolean {
  return service === null || service.spec.type !== 'LoadBalancer';
}

function leadsToPods({ endpoints }: EndpointSlice): boolean {
  return endpoints.every(({ targetRef }) => targetRef?.kind === 'Pod');
}
