// kindnet: every Pod has a cable of its own to its node (CNI plugin `ptp`), which bears the gateway's address on each of them, and every node a route
// to the ranges of the others, which are on the same link (kind: images/kindnetd; aojea/kindnet). Its NetworkPolicies are `kindnet-policy.ts`.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import { provenance } from '../kube/ref';
import type { Device } from '../linux/device';
import type { Route } from '../linux/route';
import { hostPrefix } from '../net/cidr';
import { family, type Ip } from '../net/ip';
import { gatewayOf, podCard, rangeAround, rangeFor, vethName } from './bridged-pods';
import { DEFAULT_ROUTE, ETHERNET_MTU, firstOf, localRoute, route, viaGateway } from './network';
import { type NodeDraft, type OnNode, podsHere } from './node-draft';
import { nodeCard, nodeLinkRoutes, rangesElsewhere } from './node-link';
import type { PodNetwork } from './pod-network';
import { poolOf } from './pod-range';
import { jump, MATCH, rule } from './rules';

export const KINDNET: PodNetwork = {
  podDevices: (pod, cluster) => [podCard(pod, cluster, ETHERNET_MTU)],
  podRoutes: (pod, cluster) => pod.status.podIPs.flatMap((address) => routesOfPod(address, pod, cluster)),
  program: (draft, on) => {
    draft.devices.push(nodeCard(on), ...podsHere(on).map((pod) => ownEnd(pod, on.cluster)));
    draft.routes.push(...nodeLinkRoutes(on), ...gatewayRoutes(on), ...podsHere(on).flatMap(ownPodRoutes), ...routesToOthers(on));
    for (const of of on.families) {
      const nat = draft.table(of, 'nat');
      nat.add('POSTROUTING', rule({ matches: [{ ...MATCH.toLocal, negated: true }], comment: ENTRY, target: jump('KIND-MASQ-AGENT') }));
      writeAgent(draft, on, of);
    }
  },
};

const ENTRY = 'kind-masq-agent: ensure nat POSTROUTING directs all non-LOCAL destination traffic to our custom KIND-MASQ-AGENT chain';

/** The gateway is told by itself, and even the Pod's own range lies behind it. */
function routesOfPod(address: Ip, pod: RunningPod, cluster: Cluster): readonly Route[] {
  const own = rangeAround(address, pod, cluster);
  const range = own ?? rangeFor(address, pod, cluster);
  const local = localRoute(address, 'eth0');
  if (range === null) return [local];
  const gateway = gatewayOf(range);
  return [
    local,
    route({ to: DEFAULT_ROUTE[family(address)], nextHop: viaGateway(gateway, 'eth0') }),
    ...(own === null ? [] : [route({ to: own, nextHop: viaGateway(gateway, 'eth0'), source: address })]),
    route({ to: hostPrefix(gateway), nextHop: { kind: 'link', device: 'eth0' }, scope: 'link', source: address }),
  ];
}

function ownEnd(pod: RunningPod, cluster: Cluster): Device {
  const gateways = pod.status.podIPs.flatMap((address) => {
    const range = rangeFor(address, pod, cluster);
    return range === null ? [] : [gatewayOf(range)];
  });
  return {
    name: vethName(pod),
    addresses: gateways.map((ip) => ({ ip, prefix: hostPrefix(ip) })),
    attachment: { kind: 'veth', peer: { netns: `pod/${pod.metadata.namespace}/${pod.metadata.name}`, device: 'eth0' } },
    mtu: ETHERNET_MTU,
    proxyArp: false,
  };
}

/** One address on many cables is one entry of the table `local` for each of them; the first decides. */
function gatewayRoutes(on: OnNode): readonly Route[] {
  const [first] = podsHere(on);
  return first === undefined ? [] : on.node.spec.podCIDRs.map((range) => localRoute(gatewayOf(range), vethName(first)));
}

function ownPodRoutes(pod: RunningPod): readonly Route[] {
  const because = provenance(refOf(pod), ['metadata', 'name']);
  return pod.status.podIPs.map((address) =>
    route({ to: hostPrefix(address), nextHop: { kind: 'link', device: vethName(pod) }, scope: 'host', because }),
  );
}

function routesToOthers(on: OnNode): readonly Route[] {
  return rangesElsewhere(on).flatMap(({ other, range, because }) => {
    const gateway = firstOf(other.status.internalIPs, family(range.network));
    return gateway === undefined ? [] : [route({ to: range, nextHop: viaGateway(gateway, 'eth0'), because })];
  });
}

/** What leaves the Pod network takes the node's address. */
function writeAgent(draft: NodeDraft, { cluster }: OnNode, of: 4 | 6): void {
  const nat = draft.table(of, 'nat');
  const pool = poolOf(cluster, of);
  if (pool !== null)
    nat.add(
      'KIND-MASQ-AGENT',
      rule({
        matches: [MATCH.destination(pool)],
        comment: 'kind-masq-agent: local traffic is not subject to MASQUERADE',
        target: { kind: 'return' },
      }),
    );
  nat.add(
    'KIND-MASQ-AGENT',
    rule({
      comment: 'kind-masq-agent: outbound traffic is subject to MASQUERADE (must be last in chain)',
      target: { kind: 'masquerade', keepsPort: true },
    }),
  );
}
