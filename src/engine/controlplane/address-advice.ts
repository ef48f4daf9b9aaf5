// Addresses in the wrong place: outside of their range, given twice, ranges that overlap or lie far apart, namespaces that only
// exist because something is in them. All is kept as written, and runs as far as it can.

import { isUsable } from '../kube/allocation';
import type { Finding } from '../kube/finding';
import { isStored, refOf } from '../kube/meta';
import { BUILT_IN_NAMESPACES } from '../kube/namespace';
import type { Node } from '../kube/node';
import type { ObjectRef } from '../kube/ref';
import { contains, formatCidr, overlaps } from '../net/cidr';
import { family } from '../net/ip';
import type { RunningPod } from './cluster';
import { templatesOf } from './inventory';
import { DEFAULT_CLUSTER_RANGE } from './nodes';
import type { Reviewed } from './reviewed';
import { clusterIPsOf } from './services';

export function adviseOnAddresses(reviewed: Reviewed): readonly Finding[] {
  return [
    ...nodeRanges(reviewed),
    ...clusterIPs(reviewed),
    ...podIPs(reviewed),
    ...takenTwice(reviewed),
    ...usedUp(reviewed),
    ...namespaces(reviewed),
  ];
}

function nodeRanges({ text, cluster }: Reviewed): readonly Finding[] {
  const overlapping = text.nodes.flatMap((node, index) => text.nodes.slice(0, index).flatMap((other) => overlap(node, other)));
  const [first] = text.nodes;
  const isFar =
    cluster.settings.clusterCIDR === null &&
    cluster.clusterCIDR.length < DEFAULT_CLUSTER_RANGE.length &&
    family(cluster.clusterCIDR.network) === 4;
  if (first === undefined || overlapping.length > 0 || !isFar) return overlapping;
  return [
    {
      object: refOf(first),
      path: ['spec', 'podCIDR'],
      severity: 'hint',
      code: 'pod-ranges-far-apart',
      range: formatCidr(cluster.clusterCIDR),
    },
  ];
}

function overlap(node: Node, other: Node): readonly Finding[] {
  const pairs = node.spec.podCIDRs.flatMap((range) => other.spec.podCIDRs.map((otherRange) => ({ range, otherRange })));
  const clash = pairs.find(({ range, otherRange }) => overlaps(range, otherRange));
  if (clash === undefined) return [];
  const [range, otherRange] = [formatCidr(clash.range), formatCidr(clash.otherRange)];
  return [
    {
      object: refOf(node),
      path: ['spec', 'podCIDR'],
      severity: 'warning',
      code: 'pod-ranges-overlap',
      range,
      other: other.metadata.name,
      otherRange,
    },
  ];
}

function clusterIPs({ text, cluster }: Reviewed): readonly Finding[] {
  const range = cluster.serviceCIDR;
  return text.services.flatMap((service) => {
    const ip = clusterIPsOf(service).find((each) => family(each) === family(range.network) && !isUsable(range, each));
    return ip === undefined
      ? []
      : [
          {
            object: refOf(service),
            path: ['spec', 'clusterIP'],
            severity: 'warning',
            code: 'cluster-ip-outside-range',
            ip,
            range: formatCidr(range),
          },
        ];
  });
}

function podIPs({ cluster, origin }: Reviewed): readonly Finding[] {
  return cluster.pods.flatMap((pod) => {
    const node = cluster.nodes.find(({ metadata }) => metadata.name === pod.spec.nodeName);
    const place = origin(pod);
    if (node === undefined || place === null || pod.spec.hostNetwork || hasEnded(pod)) return [];
    const ranges = node.spec.podCIDRs;
    const ip = pod.status.podIPs.find(
      (each) => ranges.some(({ network }) => family(network) === family(each)) && !ranges.some((range) => contains(range, each)),
    );
    if (ip === undefined) return [];
    const where = { object: place.object, path: ['status', 'podIP'] };
    return [
      { ...where, severity: 'warning', code: 'pod-ip-outside-node-range', ip, node: node.metadata.name, ranges: ranges.map(formatCidr) },
    ];
  });
}

interface Holder {
  readonly ip: string;
  readonly object: ObjectRef;
  readonly path: readonly string[];
  /** Pods on the host network hold their node's address together with it. */
  readonly shares: boolean;
}

/** Both sides are told: each names the other. */
function takenTwice({ text, cluster, origin }: Reviewed): readonly Finding[] {
  const holders = [
    ...text.nodes.flatMap((node) =>
      node.status.internalIPs.map((ip): Holder => ({ ip, object: refOf(node), path: ['status', 'addresses'], shares: false })),
    ),
    ...text.services.flatMap((service) =>
      clusterIPsOf(service).map((ip): Holder => ({ ip, object: refOf(service), path: ['spec', 'clusterIP'], shares: false })),
    ),
    ...cluster.pods.filter((pod) => !hasEnded(pod) && origin(pod)?.prefix.length === 0).flatMap(heldBy),
  ];
  const byAddress = new Map<string, readonly Holder[]>();
  for (const holder of holders) byAddress.set(holder.ip, [...(byAddress.get(holder.ip) ?? []), holder]);
  return holders.flatMap((holder) => {
    const rival = byAddress.get(holder.ip)?.find((other) => other !== holder && !other.shares);
    if (rival === undefined || holder.shares) return [];
    return [{ object: holder.object, path: holder.path, severity: 'warning', code: 'address-taken', ip: holder.ip, other: rival.object }];
  });
}

function heldBy(pod: RunningPod): readonly Holder[] {
  return pod.status.podIPs.map((ip) => ({ ip, object: refOf(pod), path: ['status', 'podIP'], shares: pod.spec.hostNetwork }));
}

function hasEnded(pod: RunningPod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}

function usedUp({ exhausted, origin }: Reviewed): readonly Finding[] {
  return exhausted.flatMap(({ pod, node, ranges }) => {
    const place = origin(pod);
    return place === null
      ? []
      : [
          {
            object: place.object,
            path: place.prefix,
            severity: 'warning',
            code: 'pod-range-used-up',
            node,
            ranges: ranges.map(formatCidr),
          },
        ];
  });
}

/** `kubectl apply` would be refused until the namespace is there. */
function namespaces({ text }: Reviewed): readonly Finding[] {
  const known = new Set<string>([...BUILT_IN_NAMESPACES, ...text.namespaces.map(({ metadata }) => metadata.name)]);
  const objects = [
    ...text.pods,
    ...text.services,
    ...templatesOf(text),
    ...text.jobs,
    ...text.cronJobs,
    ...text.endpoints,
    ...text.endpointSlices,
    ...text.configMaps,
    ...text.others,
  ];
  return objects.flatMap((object) => {
    const { namespace } = object.metadata;
    if (namespace === null || known.has(namespace) || isStored(object.metadata)) return [];
    known.add(namespace);
    return [{ object: refOf(object), path: ['metadata', 'namespace'], severity: 'hint', code: 'namespace-not-written', namespace }];
  });
}
