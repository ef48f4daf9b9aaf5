// A Node as JSON.

import type { Node } from './kube/node';
import { formatCidr } from './net/cidr';
import type { Json, JsonMap } from './objects';
import { jsonMap, mapIn, present, some } from './stored-json';

export function nodeParts(node: Node, written: JsonMap): JsonMap {
  const { podCIDRs, unschedulable, taints } = node.spec;
  const { internalIPs, externalIPs } = node.status;
  const ranges = podCIDRs.map(formatCidr);
  const status = mapIn(written, 'status');
  return {
    spec: {
      podCIDR: ranges[0] ?? null,
      podCIDRs: some(ranges),
      unschedulable: unschedulable ? true : null,
      taints: some(taints.map(({ key, value, effect }) => present({ effect, key, value: value === '' ? null : value }))),
    },
    status: {
      addresses: [
        ...internalIPs.map((address) => ({ type: 'InternalIP', address })),
        ...externalIPs.map((address) => ({ type: 'ExternalIP', address })),
        { type: 'Hostname', address: node.metadata.name },
      ],
      conditions: conditions(node, status),
      nodeInfo: { kubeletVersion: 'v1.36.0', ...mapIn(status, 'nodeInfo') },
    },
  };
}

/** Those of a paste, with the word of the present on whether the node is ready. */
function conditions({ status: { ready } }: Node, { conditions: written }: JsonMap): Json {
  const listed = Array.isArray(written) ? written.map(jsonMap) : [];
  const before = listed.find(({ type }) => type === 'Ready');
  if (before !== undefined && (before.status === 'True') === ready) return listed;
  return [
    ...listed.filter((one) => one !== before),
    { status: ready ? 'True' : 'Unknown', type: 'Ready', ...WHY[ready ? 'ready' : 'silent'] },
  ];
}

const WHY = {
  ready: { message: 'kubelet is posting ready status', reason: 'KubeletReady' },
  silent: { message: 'Kubelet stopped posting node status.', reason: 'NodeStatusUnknown' },
} as const;
