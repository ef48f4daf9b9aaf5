// What the sentences call things, taken from the cluster: the only knowledge of it that reaches `explain`.

import type { Cluster, RunningPod } from './controlplane/cluster';
import { listening } from './controlplane/listening';
import type { AddressOwner, Names, PlaceName } from './explain/names';
import type { Labels } from './kube/meta';
import { compareText } from './kube/ref';
import type { Service } from './kube/service';
import { netnsOfNode, netnsOfPod } from './names';

// A cluster never changes once it has settled, and every sentence asks for its names.
const known = new WeakMap<Cluster, Names>();

export function namesOf(cluster: Cluster): Names {
  const names = known.get(cluster) ?? collect(cluster);
  known.set(cluster, names);
  return names;
}

function collect(cluster: Cluster): Names {
  return {
    netns: placesOf(cluster),
    addresses: addressesOf(cluster),
    nearby: nearbyOf(cluster),
    selectors: selectorsOf(cluster),
    listening: listeningOf(cluster),
  };
}

/** `production/web`: the owner of a program in that Pod. */
function keyOf({ metadata }: RunningPod | Service): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** A Pod on the host network has no namespace of its own: its place is the node. */
function placesOf({ nodes, pods }: Cluster): Names['netns'] {
  const own = pods.filter(({ spec }) => !spec.hostNetwork);
  return Object.fromEntries<PlaceName>([
    ...nodes.map(({ metadata }) => [netnsOfNode(metadata.name), { kind: 'node', name: metadata.name, namespace: null }] as const),
    ...own.map((pod) => [netnsOfPod(pod), { kind: 'pod', name: pod.metadata.name, namespace: pod.metadata.namespace }] as const),
  ]);
}

function addressesOf({ nodes, pods, services, gateways }: Cluster): Names['addresses'] {
  const own = pods.filter(({ spec }) => !spec.hostNetwork);
  return Object.fromEntries<AddressOwner>([
    ...nodes.flatMap(({ metadata, status }) =>
      status.internalIPs.map((ip) => [ip, { kind: 'Node', name: metadata.name, namespace: null }] as const),
    ),
    ...own.flatMap(({ metadata, status }) =>
      status.podIPs.map((ip) => [ip, { kind: 'Pod', name: metadata.name, namespace: metadata.namespace }] as const),
    ),
    ...gateways.flatMap(({ metadata, status }) =>
      status.addresses.map((ip) => [ip, { kind: 'Gateway', name: metadata.name, namespace: metadata.namespace }] as const),
    ),
    ...services.flatMap((service) =>
      virtualAddresses(service).map(
        (ip) => [ip, { kind: 'Service', name: service.metadata.name, namespace: service.metadata.namespace }] as const,
      ),
    ),
  ]);
}

/** Without a network that joins the nodes, two Pods may have one address: on a node, and in its Pods, the node's own Pod is meant. */
function nearbyOf({ nodes, pods }: Cluster): Names['nearby'] {
  const own = pods.filter(({ spec }) => !spec.hostNetwork);
  const count = new Map<string, number>();
  for (const address of own.flatMap(({ status }) => status.podIPs)) count.set(address, (count.get(address) ?? 0) + 1);
  return Object.fromEntries(
    nodes.flatMap((node) => {
      const here = own.filter(({ spec }) => spec.nodeName === node.metadata.name);
      const shared = here.flatMap(({ metadata, status }) =>
        status.podIPs.flatMap((ip) =>
          (count.get(ip) ?? 0) > 1 ? [[ip, { kind: 'Pod', name: metadata.name, namespace: metadata.namespace }] as const] : [],
        ),
      );
      if (shared.length === 0) return [];
      const owners = Object.fromEntries<AddressOwner>(shared);
      return [netnsOfNode(node.metadata.name), ...here.map(netnsOfPod)].map((netns) => [netns, owners] as const);
    }),
  );
}

function virtualAddresses({ spec, status }: Service): readonly string[] {
  const ingress = status.loadBalancer.flatMap(({ ip }) => ip ?? []);
  return [...(spec.clusterIPs === 'None' ? [] : spec.clusterIPs), ...spec.externalIPs, ...ingress];
}

function selectorsOf({ services }: Cluster): Names['selectors'] {
  return Object.fromEntries(
    services.flatMap((service) => (service.spec.selector === null ? [] : [[keyOf(service), formatLabels(service.spec.selector)] as const])),
  );
}

/** `app=web,tier=front`, in the order of the keys. */
function formatLabels(labels: Labels): string {
  return Object.entries(labels)
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

function listeningOf(cluster: Cluster): Names['listening'] {
  return Object.fromEntries(
    cluster.pods.map((pod) => [keyOf(pod), listening(pod, cluster).map(({ port, protocol }) => `${port}/${protocol}`)] as const),
  );
}
