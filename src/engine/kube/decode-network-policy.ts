// A NetworkPolicy with its defaults (SetDefaults_NetworkPolicy, SetDefaults_NetworkPolicyPort; pkg/apis/networking/v1/defaults.go).

import { parseCidr } from '../net/cidr';
import { decodeMeta } from './decode-meta';
import { PROTOCOLS } from './decode-pod';
import { decodeSelector } from './decode-selector';
import { isPresent, list, map, type Raw, text, texts, whole, word } from './fields';
import type { NetworkPolicy, PolicyPeer, PolicyPort, PolicyRule, PolicyType } from './network-policy';

export function decodeNetworkPolicy(raw: Raw): NetworkPolicy {
  const spec = map(raw.spec);
  const egress = list(spec.egress).map((rule) => decodeRule(map(rule), 'to'));
  return {
    kind: 'NetworkPolicy',
    metadata: decodeMeta(raw, true),
    spec: {
      podSelector: decodeSelector(map(spec.podSelector)),
      policyTypes: typesOf(texts(spec.policyTypes), egress),
      ingress: list(spec.ingress).map((rule) => decodeRule(map(rule), 'from')),
      egress,
    },
  };
}

/** Without the field a policy is one of ingress, even where it says nothing of it; and one of egress only where it has such rules. */
function typesOf(written: readonly string[], egress: readonly PolicyRule[]): readonly PolicyType[] {
  if (written.length === 0) return egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  return (['Ingress', 'Egress'] as const).filter((type) => written.includes(type));
}

function decodeRule(rule: Raw, side: 'from' | 'to'): PolicyRule {
  return {
    peers: list(rule[side]).flatMap((peer) => decodePeer(map(peer)) ?? []),
    ports: list(rule.ports).map((port) => decodePort(map(port))),
  };
}

function decodePeer({ ipBlock, podSelector, namespaceSelector }: Raw): PolicyPeer | null {
  const selector = (value: unknown) => (isPresent(value) ? decodeSelector(map(value)) : null);
  if (!isPresent(ipBlock)) return { kind: 'pods', podSelector: selector(podSelector), namespaceSelector: selector(namespaceSelector) };
  const { cidr, except } = map(ipBlock);
  const range = parseCidr(text(cidr) ?? '');
  return range === null ? null : { kind: 'block', cidr: range, except: texts(except).flatMap((part) => parseCidr(part) ?? []) };
}

function decodePort({ port, endPort, protocol }: Raw): PolicyPort {
  return { protocol: word(protocol, PROTOCOLS, 'TCP'), port: whole(port) ?? text(port), endPort: whole(endPort) };
}
