// What stands behind a Service: the Pods that its selector chooses, and the endpoints of one of its ports as the API server lists them.

import type { RunningPod } from '../controlplane/cluster';
import { isSelected } from '../controlplane/endpoint-slices';
import { slicesByService } from '../dataplane/endpoints';
import type { EndpointSlice } from '../kube/endpoints';
import type { Labels } from '../kube/meta';
import { compareText } from '../kube/ref';
import type { Service, ServicePort } from '../kube/service';
import { type Family, family, parseIp } from '../net/ip';
import { formatSocket, type SocketAddress } from '../net/packet';
import { type Given, podAt, podNamed } from './given';

export interface EndpointBehind {
  readonly address: SocketAddress;
  readonly ready: boolean;
  /** Ready; or the last resort of kube-proxy: it terminates, and still serves. */
  readonly usable: boolean;
  readonly node: string | null;
  /** null: an address that somebody wrote by hand and that is no Pod's. */
  readonly pod: RunningPod | null;
  /** The Pod's name as the slice has it, whether there is such a Pod any more or not; null where it names none. */
  readonly podName: string | null;
  readonly slice: EndpointSlice;
}

export function slicesOfService({ cluster }: Given, { metadata }: Service): readonly EndpointSlice[] {
  return slicesByService(cluster).get(`${metadata.namespace}/${metadata.name}`) ?? [];
}

/** The endpoints of the port, each address once, sorted; of one family of addresses where the client called one. */
export function endpointsBehind(
  given: Given,
  service: Service,
  { port, family: of }: { readonly port: ServicePort | null; readonly family: Family | null },
): readonly EndpointBehind[] {
  const found = new Map<string, EndpointBehind>();
  for (const slice of slicesOfService(given, service))
    for (const listed of slice.ports) {
      if (port !== null && (listed.name !== (port.name ?? '') || listed.protocol !== port.protocol)) continue;
      for (const endpoint of slice.endpoints) {
        const ip = parseIp(endpoint.addresses[0] ?? '');
        if (ip === null || listed.port === null || (of !== null && family(ip) !== of)) continue;
        const address = { ip, port: listed.port };
        const { targetRef, conditions, nodeName: node } = endpoint;
        const named = targetRef?.kind === 'Pod' ? targetRef : null;
        const pod = named === null ? podAt(given, ip) : podNamed(given, named.namespace, named.name);
        const key = formatSocket(address);
        const podName = named === null ? null : `${named.namespace}/${named.name}`;
        if (found.get(key)?.ready !== true) {
          const usable = conditions.ready || (conditions.serving && conditions.terminating);
          found.set(key, { address, ready: conditions.ready, usable, node, pod, podName, slice });
        }
      }
    }
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, endpoint]) => endpoint);
}

/** The Pods that the selector chooses and that have not ended. */
export function podsBehind({ cluster }: Given, service: Service): readonly RunningPod[] {
  return cluster.pods.filter((pod) => isSelected(pod, service) && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed');
}

/** `app=web,tier=front`, as kubectl takes it. */
export function selectorText(selector: Labels): string {
  return Object.entries(selector)
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
