// What Felix programs into iptables so that a node keeps NetworkPolicies (felix/rules: static.go, endpoints.go, dispatch.go):
//
//   FORWARD -> cali-FORWARD -> cali-from-wl-dispatch -> cali-fw-<veth of the sender>   -> cali-po-<policy> …  then DROP
//                           -> cali-to-wl-dispatch   -> cali-tw-<veth of the receiver> -> cali-pi-<policy> …  then DROP
//
// A policy sees the packet behind DNAT and before SNAT. Calico has these chains on every node; here they stand only where the cluster has a
// NetworkPolicy at all: without one they let everything pass, and would be read for every packet.
// Simplified: the dispatch is a list and no tree; a packet from a Pod to its own node always passes, as the API promises, where Felix would hold
// the Pod's egress policies against it. Left out: host endpoints, tiers, the check of the source address in table raw,
// what stops tunnels that begin inside of a Pod.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { isolating } from '../controlplane/isolation';
import { refOf } from '../kube/meta';
import { POLICY_FIELDS, type PolicyType } from '../kube/network-policy';
import { compareText, provenance } from '../kube/ref';
import type { Match, Rule } from '../linux/netfilter';
import { type Family, family } from '../net/ip';
import { caliName } from './calico';
import { markForwarded } from './calico-policy-ipvs';
import { ACCEPTED, CALI_MARK, chainName, clears, isClear, policyChain, policyChainName, sets } from './calico-policy-rules';
import { type NodeDraft, type OnNode, podsHere } from './node-draft';
import { jump, MATCH, rule, type TableDraft } from './rules';

/** To be called before all others write: Felix puts its own chains first. */
export function programPolicies(draft: NodeDraft, on: OnNode): void {
  if (on.cluster.networkPolicies.length === 0) return;
  for (const of of on.families) writeFamily(draft, on, of);
}

function writeFamily(draft: NodeDraft, on: OnNode, of: Family): void {
  const filter = draft.table(of, 'filter');
  const pods = podsHere(on).filter(({ status }) => status.podIPs.some((address) => family(address) === of));
  writeStatic(filter);
  if (on.cluster.settings.proxyMode === 'ipvs') markForwarded(draft, on, { of, devices: pods.map(caliName).sort(compareText) });
  writeToHost(filter);
  for (const type of TYPES) {
    writeDispatch(filter, pods, type);
    for (const pod of pods) writeEndpoint(filter, pod, { cluster: on.cluster, type });
    writePolicies(draft, on.cluster, { pods, type, of });
  }
  // Behind kube-proxy's rules: what the policies let through passes, even where the policy of FORWARD is DROP.
  draft.onceWired.push(() =>
    filter.add(
      'FORWARD',
      rule({ matches: [MATCH.mark(CALI_MARK.accept)], comment: ACCEPTED, target: { kind: 'accept' } }),
      rule({ target: sets(CALI_MARK.accept) }),
    ),
  );
}

const TYPES: readonly PolicyType[] = ['Egress', 'Ingress'];

/** Each direction with the chains that hold it: `fw`, from the workload; `tw`, to it. */
const WORKLOAD = {
  Egress: { dispatch: 'cali-from-wl-dispatch', endpoint: 'cali-fw-', profile: 'cali-pro-' },
  Ingress: { dispatch: 'cali-to-wl-dispatch', endpoint: 'cali-tw-', profile: 'cali-pri-' },
} as const;

const ANY_POD: Match = { kind: 'input', negated: false, device: 'cali+' };
const TO_ANY_POD: Match = { kind: 'output', negated: false, device: 'cali+' };

function writeStatic(filter: TableDraft): void {
  for (const hook of ['INPUT', 'FORWARD', 'OUTPUT']) filter.add(hook, rule({ target: jump(`cali-${hook}`) }));
  filter.add(
    'cali-FORWARD',
    rule({ target: clears(CALI_MARK.accept | CALI_MARK.pass | CALI_MARK.allBlocks | CALI_MARK.thisBlock) }),
    rule({ matches: [ANY_POD], target: jump(WORKLOAD.Egress.dispatch) }),
    rule({ matches: [TO_ANY_POD], target: jump(WORKLOAD.Ingress.dispatch) }),
  );
  filter.add('cali-INPUT');
  filter.add('cali-OUTPUT');
}

/** What a Pod sends to its node is accepted; what the node sends to its Pods is not policed (cali-OUTPUT). */
function writeToHost(filter: TableDraft): void {
  filter.add('cali-INPUT', rule({ matches: [ANY_POD], target: { kind: 'goto', chain: 'cali-wl-to-host' } }));
  filter.add('cali-wl-to-host', rule({ comment: 'Configured DefaultEndpointToHostAction', target: { kind: 'accept' } }));
  filter.add('cali-OUTPUT', rule({ matches: [TO_ANY_POD], target: { kind: 'return' } }));
}

function writeDispatch(filter: TableDraft, pods: readonly RunningPod[], type: PolicyType): void {
  const { dispatch, endpoint } = WORKLOAD[type];
  const devices = pods.map(caliName).sort(compareText);
  filter.add(
    dispatch,
    ...devices.map((device) =>
      rule({
        matches: [{ kind: type === 'Egress' ? 'input' : 'output', negated: false, device }],
        target: { kind: 'goto', chain: endpoint + device },
      }),
    ),
    rule({ comment: 'Unknown interface', target: { kind: 'drop' } }),
  );
}

/** What the Pod sends, or what is sent to it. */
function writeEndpoint(
  filter: TableDraft,
  pod: RunningPod,
  { cluster, type }: { readonly cluster: Cluster; readonly type: PolicyType },
): void {
  const { endpoint, profile } = WORKLOAD[type];
  const known = (states: readonly ('RELATED' | 'ESTABLISHED' | 'INVALID')[]): Match => ({
    kind: 'connection-state',
    negated: false,
    states,
  });
  const namespace = `kns.${pod.metadata.namespace}`;
  const name = chainName(profile, namespace);
  filter.add(
    endpoint + caliName(pod),
    rule({ matches: [known(['RELATED', 'ESTABLISHED'])], target: { kind: 'accept' } }),
    rule({ matches: [known(['INVALID'])], target: { kind: 'drop' } }),
    rule({ target: clears(CALI_MARK.accept | CALI_MARK.pass) }),
    ...tier(pod, { cluster, type }),
    ...profileRules(name),
  );
  if (filter.lines(name).length === 0)
    filter.add(name, rule({ comment: `Profile ${namespace} ${POLICY_FIELDS[type].rules}`, target: sets(CALI_MARK.accept) }));
}

/** The policies that isolate the Pod, one after the other, and the end of all packets that none of them let through. */
function tier(pod: RunningPod, { cluster, type }: { readonly cluster: Cluster; readonly type: PolicyType }): readonly Rule[] {
  const policies = isolating(cluster, pod, type);
  const [first] = policies;
  if (first === undefined) return [];
  const accepted = rule({ matches: [MATCH.mark(CALI_MARK.accept)], comment: 'Return if policy accepted', target: { kind: 'return' } });
  return [
    rule({ comment: 'Start of tier default', target: clears(CALI_MARK.pass) }),
    ...policies.flatMap((policy) => [
      rule({
        matches: [isClear(CALI_MARK.pass)],
        target: jump(policyChainName(policy, type)),
        because: provenance(refOf(policy), ['spec', 'podSelector']),
      }),
      accepted,
    ]),
    rule({
      matches: [isClear(CALI_MARK.pass)],
      comment: 'End of tier default. Drop if no policies passed packet',
      target: { kind: 'drop' },
      because: provenance(refOf(first), ['spec', POLICY_FIELDS[type].rules]),
    }),
  ];
}

/** Where no policy isolates the Pod, the profile of its namespace allows everything. */
function profileRules(chain: string): readonly Rule[] {
  return [
    rule({ target: jump(chain) }),
    rule({ matches: [MATCH.mark(CALI_MARK.accept)], comment: 'Return if profile accepted', target: { kind: 'return' } }),
    rule({ comment: 'Drop if no profiles matched', target: { kind: 'drop' } }),
  ];
}

/** The chains of the policies that isolate a Pod of this node, each once. */
function writePolicies(
  draft: NodeDraft,
  cluster: Cluster,
  { pods, type, of }: { readonly pods: readonly RunningPod[]; readonly type: PolicyType; readonly of: Family },
): void {
  const here = new Set(pods.flatMap((pod) => isolating(cluster, pod, type)));
  for (const policy of cluster.networkPolicies.filter((one) => here.has(one))) {
    const chain = policyChain(policy, type, { cluster, of });
    draft.table(of, 'filter').add(policyChainName(policy, type), ...chain.rules);
    for (const { name, set } of chain.sets) draft.sets[name] = set;
  }
}
