// NetworkPolicies that do something else than their author meant, or nothing: nobody enforces them, they select no Pod, they close the way to
// the name servers, or they speak of an address or a port that kube-proxy replaces before a policy sees the packet.

import type { FieldPath } from '../kube/field-path';
import type { Finding } from '../kube/finding';
import { refOf } from '../kube/meta';
import {
  type NetworkPolicy,
  POLICY_FIELDS,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRule,
  type PolicyType,
  rulesOf,
} from '../kube/network-policy';
import type { ObjectRef } from '../kube/ref';
import type { Service } from '../kube/service';
import { formatCidr, overlaps } from '../net/cidr';
import { family } from '../net/ip';
import { type Cluster, clusterRanges, type RunningPod } from './cluster';
import { isSelected } from './endpoint-slices';
import { allows, enforcesPolicies, isolating, podsOf, selectsPod } from './isolation';
import { isNameServer } from './listening';
import type { Reviewed } from './reviewed';
import { numberOf } from './target-port';

/** What the policies of the text are told. */
export function adviseOnPolicies(reviewed: Reviewed): readonly Finding[] {
  const { cluster, text } = reviewed;
  const { network } = cluster.settings;
  if (!enforcesPolicies(network))
    return text.networkPolicies.map((policy) => ({
      object: refOf(policy),
      path: ['kind'],
      severity: 'warning',
      code: 'policy-not-enforced',
      network,
    }));
  return text.networkPolicies.flatMap((policy) => [
    ...unselecting(policy, cluster),
    ...nameless(policy, cluster),
    ...TYPES.flatMap((type) => eachRule(policy, type, reviewed)),
  ]);
}

const TYPES: readonly PolicyType[] = ['Ingress', 'Egress'];

function unselecting(policy: NetworkPolicy, { pods }: Cluster): readonly Finding[] {
  if (pods.some((pod) => selectsPod(policy, pod))) return [];
  const hosted = pods.filter((pod) => selectsPod(policy, { ...pod, spec: { ...pod.spec, hostNetwork: false } }));
  return [
    {
      object: refOf(policy),
      path: ['spec', 'podSelector'],
      severity: 'warning',
      code: 'policy-selects-nothing',
      namespace: policy.metadata.namespace ?? '',
      onHostNetwork: hosted.map(({ metadata }) => metadata.name),
    },
  ];
}

/** The policy isolates a Pod that none of its policies lets ask for a name. */
function nameless(policy: NetworkPolicy, cluster: Cluster): readonly Finding[] {
  // kindnet lets every question to a name server pass before it looks at policies.
  if (!policy.spec.policyTypes.includes('Egress') || cluster.settings.network === 'kindnet') return [];
  const servers = cluster.pods.filter((pod) => isNameServer(pod, cluster) && pod.status.podIPs.length > 0);
  const deaf = cluster.pods.filter(
    (pod) => selectsPod(policy, pod) && servers.length > 0 && !servers.some((server) => reaches(pod, server, cluster)),
  );
  if (deaf.length === 0) return [];
  const about = { object: refOf(policy), path: ['spec', 'egress'] };
  return [{ ...about, severity: 'hint', code: 'policy-without-dns', pods: deaf.map(({ metadata }) => metadata.name) }];
}

/** Whether the Pod's egress rules let it ask this name server. */
function reaches(pod: RunningPod, server: RunningPod, cluster: Cluster): boolean {
  const port = cluster.services
    .filter((service) => isSelected(server, service))
    .flatMap(({ spec }) => spec.ports)
    .find((one) => one.port === 53 && one.protocol === 'UDP');
  const number = (port === undefined ? null : numberOf(port, server)) ?? 53;
  return isolating(cluster, pod, 'Egress').some((policy) =>
    allows({ policy, type: 'Egress' }, { other: server, server, protocol: 'UDP', port: number }, cluster),
  );
}

function eachRule(policy: NetworkPolicy, type: PolicyType, reviewed: Reviewed): readonly Finding[] {
  if (!policy.spec.policyTypes.includes(type)) return [];
  const { rules, peers } = POLICY_FIELDS[type];
  return rulesOf(policy, type).flatMap((rule, index) => {
    const path: FieldPath = ['spec', rules, index];
    return [
      ...rule.peers.flatMap((peer, at) => adviseOnBlock(policy, { peer, path: [...path, peers, at] }, reviewed.cluster)),
      ...rule.ports.flatMap((port, at) =>
        adviseOnPort(policy, { port, path: [...path, 'ports', at], servers: serversOf(policy, { type, rule }, reviewed) }, reviewed),
      ),
    ];
  });
}

/** A block that lies in the range of Services, or of Pods. */
function adviseOnBlock(
  policy: NetworkPolicy,
  { peer, path }: { readonly peer: PolicyPeer; readonly path: FieldPath },
  cluster: Cluster,
): readonly Finding[] {
  if (peer.kind === 'pods') return [];
  const isInside = clusterRanges(cluster).filter(
    (range) => family(range.network) === family(peer.cidr.network) && overlaps(range, peer.cidr) && range.length <= peer.cidr.length,
  );
  const of =
    isInside.includes(cluster.serviceCIDR) || (cluster.second !== null && isInside.includes(cluster.second.serviceCIDR))
      ? 'services'
      : 'pods';
  const about = { object: refOf(policy), path: [...path, 'ipBlock', 'cidr'] };
  return isInside.length === 0 ? [] : [{ ...about, severity: 'hint', code: 'policy-block-inside', block: formatCidr(peer.cidr), of }];
}

/** The Pods whose ports the rule speaks of. */
function serversOf(
  policy: NetworkPolicy,
  { type, rule }: { readonly type: PolicyType; readonly rule: PolicyRule },
  { cluster }: Reviewed,
): readonly RunningPod[] {
  if (type === 'Ingress') return cluster.pods.filter((pod) => selectsPod(policy, pod));
  const peers = rule.peers.filter((peer) => peer.kind === 'pods');
  return rule.peers.length === 0 ? cluster.pods : peers.flatMap((peer) => podsOf(peer, policy, cluster));
}

/** No server listens on the number, but a Service that leads to one of them is called on it. */
function adviseOnPort(
  policy: NetworkPolicy,
  { port, path, servers }: { readonly port: PolicyPort; readonly path: FieldPath; readonly servers: readonly RunningPod[] },
  { cluster, programs }: Reviewed,
): readonly Finding[] {
  const number = port.port;
  if (typeof number !== 'number' || port.endPort !== null) return [];
  if (servers.some((pod) => programs(pod).some((one) => one.port === number && one.protocol === port.protocol))) return [];
  const led = servers.flatMap((pod) =>
    cluster.services.flatMap((service) => ledElsewhere(service, pod, { number, protocol: port.protocol })),
  );
  const about = { object: refOf(policy), path: [...path, 'port'] };
  return led.slice(0, 1).map((one) => ({ ...about, severity: 'hint', code: 'policy-names-service-port', port: number, ...one }));
}

/** The Service that is called on this number and leads to another one of the Pod. */
function ledElsewhere(
  service: Service,
  pod: RunningPod,
  { number, protocol }: { readonly number: number; readonly protocol: PolicyPort['protocol'] },
): readonly { readonly service: ObjectRef; readonly target: number }[] {
  if (!isSelected(pod, service)) return [];
  const called = service.spec.ports.find((one) => one.port === number && one.protocol === protocol);
  const target = called === undefined ? null : numberOf(called, pod);
  return target === null || target === number ? [] : [{ service: refOf(service), target }];
}
