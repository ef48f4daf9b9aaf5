// The EndpointSlice mirroring controller: Endpoints written by hand, for a Service without a selector, become EndpointSlices,
// which is all that kube-proxy and CoreDNS read (k8s.io pkg/controller/endpointslicemirroring).

import { type Endpoint, type EndpointAddress, type EndpointSlice, type Endpoints, SERVICE_NAME_LABEL } from '../kube/endpoints';
import type { Labels } from '../kube/meta';
import type { Service } from '../kube/service';
import { type Family, family } from '../net/ip';
import { MANAGED_BY_LABEL } from './endpoint-slices';
import { suffix } from './names';

export const MIRRORING_CONTROLLER = 'endpointslicemirroring-controller.k8s.io';
export const SKIP_LABEL = 'endpointslice.kubernetes.io/skip-mirror';
const LEADER_ANNOTATION = 'control-plane.alpha.kubernetes.io/leader';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** --mirroring-max-endpoints-per-subset of kube-controller-manager. */
const SUBSET_CAPACITY = 1000;

/** Slices that repeat what the Endpoints objects say. */
export function mirror(endpoints: readonly Endpoints[], services: readonly Service[]): readonly EndpointSlice[] {
  return endpoints.filter((each) => isMirrored(each, services)).flatMap(slicesOf);
}

/** Whether the controller copies this object: its Service exists, has no selector, and nobody opted out. */
export function isMirrored(endpoints: Endpoints, services: readonly Service[]): boolean {
  const { name, namespace, labels, annotations, deletionTimestamp } = endpoints.metadata;
  const service = services.find((each) => each.metadata.name === name && each.metadata.namespace === namespace);
  if (service === undefined || service.spec.selector !== null || deletionTimestamp !== null) return false;
  return labels[SKIP_LABEL] !== 'true' && !(LEADER_ANNOTATION in annotations);
}

/** What one object says, as slices, whoever wrote it. */
export function slicesOf(endpoints: Endpoints): readonly EndpointSlice[] {
  return endpoints.subsets.flatMap((subset, index) => ([4, 6] as const).flatMap((of) => sliceOf(endpoints, { subset, index, of })));
}

function sliceOf(
  endpoints: Endpoints,
  what: { subset: Endpoints['subsets'][number]; index: number; of: Family },
): readonly EndpointSlice[] {
  const { subset, index, of } = what;
  const all = [
    ...subset.addresses.map((address) => mirrored(address, true)),
    ...subset.notReadyAddresses.map((address) => mirrored(address, false)),
  ];
  const listed = all.filter(({ ip }) => family(ip) === of).slice(0, SUBSET_CAPACITY);
  if (listed.length === 0) return [];
  const { name, namespace, labels, annotations } = endpoints.metadata;
  return [
    {
      kind: 'EndpointSlice',
      metadata: {
        name: `${name}-${suffix(`${namespace}/${name}/mirror/${of}/${index}`, 5)}`,
        namespace,
        labels: { ...labels, [SERVICE_NAME_LABEL]: name, [MANAGED_BY_LABEL]: MIRRORING_CONTROLLER },
        annotations: withoutLastApplied(annotations),
        uid: null,
        creationTimestamp: null,
        deletionTimestamp: null,
        generation: null,
        ownerReferences: [{ kind: 'Endpoints', name, controller: true }],
      },
      addressType: of === 4 ? 'IPv4' : 'IPv6',
      endpoints: listed.map(({ endpoint }) => endpoint),
      ports: subset.ports,
    },
  ];
}

/** Serving and terminating stay unset, which counts as true and false. */
function mirrored(address: EndpointAddress, ready: boolean): { readonly ip: EndpointAddress['ip']; readonly endpoint: Endpoint } {
  const { ip, hostname, nodeName, targetRef } = address;
  const conditions = { ready, serving: true, terminating: false };
  return { ip, endpoint: { addresses: [ip], conditions, hostname, nodeName, zone: null, hints: null, targetRef } };
}

function withoutLastApplied(annotations: Labels): Labels {
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED));
}
