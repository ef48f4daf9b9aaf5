// Do NetworkPolicies let the call through? Which of them isolate the client or the back ends is read off the objects; that they dropped
// the packet, off the rules that it met.

import type { RunningPod } from '../controlplane/cluster';
import { enforcesPolicies, isolating } from '../controlplane/isolation';
import { ownerOf } from '../dataplane/sockets';
import { type PolicyDrop, policyDrop } from '../explain/policy-fact';
import { refOf } from '../kube/meta';
import { compareText, formatRef, type ObjectRef, readProvenance } from '../kube/ref';
import type { Packet } from '../net/packet';
import { type Call, finalDestination } from './call';
import type { About, Cause } from './diagnosis';
import { type Given, labelOf, podAt } from './given';
import { firstLines, NOTHING } from './output';
import { cause, kubectl, type Look, type Stage } from './stage';

/** The check; none where nobody is isolated and nothing was dropped for a policy. `servers`: the Pods that the call may reach. */
export function policyStages(
  given: Given,
  call: Call,
  { about, servers }: { about: About; servers: readonly RunningPod[] },
): readonly Stage[] {
  const policies = policiesFor(given, call, servers);
  const dropped = dropOf(given, call);
  if (policies.length === 0 && dropped === null) return [];
  return [{ code: 'policies-allow', about, look: () => allowed(given, call, { policies, dropped }) }];
}

function policiesFor(given: Given, { by }: Call, servers: readonly RunningPod[]): readonly ObjectRef[] {
  const { cluster } = given;
  if (!enforcesPolicies(cluster.settings.network)) return [];
  const client = cluster.pods.find((pod) => ownerOf(pod) === by);
  const found = [
    ...(client === undefined ? [] : isolating(cluster, client, 'Egress')),
    ...servers.flatMap((pod) => isolating(cluster, pod, 'Ingress')),
  ].map(refOf);
  const distinct = new Map(found.map((ref) => [formatRef(ref), ref]));
  return [...distinct].sort(([a], [b]) => compareText(a, b)).map(([, ref]) => ref);
}

interface Dropped {
  readonly drop: PolicyDrop;
  readonly packet: Packet;
  readonly object: ObjectRef | null;
}

/** What the rule that dropped the packet says of policies; null where it was none of theirs. */
function dropOf({ names }: Given, { end, steps }: Call): Dropped | null {
  if (end?.kind !== 'dropped' || end.skb === null) return null;
  const { packet } = end.skb;
  const outcome = { kind: 'unresolved', name: '', rcode: 'NOERROR' } as const;
  const around = { names, trace: { steps, outcome, backends: [] }, index: steps.indexOf(end) };
  const drop = policyDrop(end.reads, packet, around);
  if (drop === null) return null;
  const last = end.reads.findLast(({ result }) => result.kind === 'matched');
  const object = last === undefined ? null : (readProvenance(last.rule.provenance)?.ref ?? null);
  return { drop, packet, object };
}

function allowed(
  given: Given,
  call: Call,
  { policies, dropped }: { readonly policies: readonly ObjectRef[]; readonly dropped: Dropped | null },
): Look {
  const spaces = [...new Set([...policies, ...(dropped?.object == null ? [] : [dropped.object])].map(({ namespace }) => namespace ?? ''))];
  const [only] = spaces;
  return {
    fact: { code: 'policies-allow', policies: policies.map((ref) => labelOf(given, ref)) },
    command: kubectl(`get networkpolicies ${spaces.length === 1 && only !== undefined ? `-n ${only}` : '-A'}`),
    output:
      policies.length === 0
        ? NOTHING
        : firstLines(policies.map(({ name, namespace }) => (spaces.length === 1 ? name : `${namespace}   ${name}`))),
    complaint: dropped === null ? null : forbidden(given, call, dropped),
  };
}

function forbidden(given: Given, call: Call, { drop, packet, object }: Dropped): Cause {
  const { direction } = drop;
  const [own, far] = direction === 'Egress' ? [packet.source.ip, packet.destination.ip] : [packet.destination.ip, packet.source.ip];
  const [isolated, other] = [podAt(given, own), podAt(given, far)];
  const policies = isolated === null ? [] : isolating(given.cluster, isolated, direction).map(({ metadata }) => labelOf(given, metadata));
  const to = finalDestination(call);
  const fact = {
    code: 'policy-drops',
    direction,
    pod: isolated === null ? drop.pod : labelOf(given, isolated.metadata),
    // Where the objects have moved on and the rules have not, the rules know.
    policies: policies.length === 0 ? drop.policies : policies,
    other: other === null ? far : labelOf(given, other.metadata),
    port: `${to.port}/${call.protocol}`,
    dns: call.about === 'name-server',
  } as const;
  const path = ['spec', direction === 'Egress' ? 'egress' : 'ingress'];
  return cause(fact, object === null ? null : { object, path });
}
