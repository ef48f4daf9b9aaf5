// A request that makes sense in a cluster which the present one does not fit: a text was pasted, and its Pods have other names.

import type { ClusterView, PodView, ScenarioRequest, ServiceView } from '../engine/index';

/** From a Pod that serves nobody, if there is one, to a Service with endpoints, if there is one; null where nothing can be sent. Not from
 *  one that cannot send (`pod/shop/web-1`), nor from its neighbours on the same node, which may be off. */
export function suggestedRequest({ pods, services }: ClusterView, unable: string | null = null): ScenarioRequest | null {
  const mute = pods.find((pod) => `pod/${nameOf(pod)}` === unable || (pod.namespace === 'default' && `pod/${pod.name}` === unable));
  const served = new Set(services.flatMap(({ endpoints }) => endpoints.map(({ pod }) => pod)));
  const running = pods
    .filter((pod) => !pod.added && pod.node !== null && pod.phase === 'Running' && pod.addresses.length > 0)
    .filter((pod) => mute === undefined || (pod !== mute && pod.node !== mute.node));
  const own = running.filter(isOwn);
  const idle = (pod: PodView): boolean => !served.has(nameOf(pod)) && !pod.hostNetwork;
  const client = own.find(idle) ?? own[0] ?? running.find(idle) ?? running[0];
  if (client === undefined) return null;
  const to = addressOfService(services, client) ?? addressOfPod(running, client);
  return to === null ? null : { from: `pod/${nameOf(client)}`, to, protocol: 'TCP', via: null };
}

/** Whether it belongs to whoever works in the cluster, not to the cluster itself. */
function isOwn({ namespace, name }: { readonly namespace: string; readonly name: string }): boolean {
  return namespace !== 'kube-system' && !(namespace === 'default' && name === 'kubernetes');
}

function nameOf({ namespace, name }: PodView): string {
  return `${namespace}/${name}`;
}

function addressOfService(services: readonly ServiceView[], client: PodView): string | null {
  const named = services.filter(({ added, type }) => !added && type !== 'ExternalName');
  const ordered = [...named.filter(isOwn), ...named];
  const service = ordered.find(({ endpoints }) => endpoints.length > 0) ?? ordered[0];
  const port = service?.ports.find(({ protocol }) => protocol === 'TCP');
  if (service === undefined || port === undefined) return null;
  // In a Pod that bears the Service's name, the short name is its own: /etc/hosts says so before any name server.
  const isShort = service.namespace === client.namespace && service.name !== client.name;
  const host = isShort ? service.name : `${service.name}.${service.namespace}`;
  return `http://${host}${port.port === 80 ? '' : `:${port.port}`}/`;
}

function addressOfPod(pods: readonly PodView[], client: PodView): string | null {
  for (const pod of pods) {
    const port = pod.ports.find(({ protocol }) => protocol === 'TCP');
    if (pod !== client && port !== undefined)
      return `http://${pod.addresses[0]?.includes(':') === true ? `[${pod.addresses[0]}]` : pod.addresses[0]}:${port.port}/`;
  }
  return null;
}
