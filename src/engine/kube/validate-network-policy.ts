// A NetworkPolicy: peers, ports and ranges (ValidateNetworkPolicySpec, pkg/apis/networking/validation).

import { type Cidr, contains, parseCidr } from '../net/cidr';
import { family } from '../net/ip';
import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { pointerChoice, portOrNameFaults } from './field-rules';
import { isPresent, list, map, type Raw, strings, text, whole } from './fields';
import { isPort } from './lexical';
import { selectorFaults } from './validate-meta';

export function networkPolicyFaults(raw: Raw): readonly Fault[] {
  const spec = map(raw.spec);
  const types = list(spec.policyTypes);
  return [
    ...selectorFaults(spec.podSelector, ['spec', 'podSelector']),
    ...list(spec.ingress).flatMap((rule, index) => ruleFaults(map(rule), ['spec', 'ingress', index], 'from')),
    ...list(spec.egress).flatMap((rule, index) => ruleFaults(map(rule), ['spec', 'egress', index], 'to')),
    ...(types.length > 2
      ? [fault(['spec', 'policyTypes'], 'too-many-policy-types', types.join(', '), ['Ingress', 'Egress'])]
      : types.flatMap((type, index) => pointerChoice(type ?? '', ['spec', 'policyTypes', index], ['Egress', 'Ingress']))),
  ];
}

function ruleFaults(rule: Raw, path: FieldPath, side: 'from' | 'to'): readonly Fault[] {
  return [
    ...list(rule.ports).flatMap((port, index) => portFaults(map(port), [...path, 'ports', index])),
    ...list(rule[side]).flatMap((peer, index) => peerFaults(map(peer), [...path, side, index])),
  ];
}

function portFaults({ port, endPort, protocol }: Raw, path: FieldPath): readonly Fault[] {
  const end = [...path, 'endPort'];
  return [
    ...pointerChoice(protocol, [...path, 'protocol'], ['TCP', 'UDP', 'SCTP']),
    ...(isPresent(port) ? portOrNameFaults(port, [...path, 'port']) : []),
    ...(isPresent(endPort) && !(typeof port === 'number' && isPort(endPort) && (whole(endPort) ?? 0) >= port)
      ? [fault(end, 'end-port-wrong', endPort, isPresent(port) ? [String(port)] : [])]
      : []),
  ];
}

function peerFaults(peer: Raw, path: FieldPath): readonly Fault[] {
  const selectors = ['podSelector', 'namespaceSelector'].filter((field) => isPresent(peer[field]));
  const block = isPresent(peer.ipBlock);
  if (!block && selectors.length === 0) return [fault(path, 'no-peer', null, ['podSelector', 'namespaceSelector', 'ipBlock'])];
  return [
    ...(block && selectors.length > 0 ? [fault(path, 'excludes-selectors', 'ipBlock', selectors)] : []),
    ...selectors.flatMap((field) => selectorFaults(peer[field], [...path, field])),
    ...(block ? blockFaults(map(peer.ipBlock), [...path, 'ipBlock']) : []),
  ];
}

function blockFaults(block: Raw, path: FieldPath): readonly Fault[] {
  const written = text(block.cidr);
  const range = written === null ? null : parseCidr(written);
  if (written === null) return [fault([...path, 'cidr'], 'missing')];
  if (range === null) return [fault([...path, 'cidr'], 'not-a-range', written)];
  return strings(block.except).flatMap((except, index) => exceptFaults(except, [...path, 'except', index], range));
}

/** A strict part of the range. */
function exceptFaults(written: string, path: FieldPath, range: Cidr): readonly Fault[] {
  const except = parseCidr(written);
  if (except === null) return [fault(path, 'not-a-range', written)];
  const inside = family(except.network) === family(range.network) && contains(range, except.network) && except.length > range.length;
  return inside ? [] : [fault(path, 'except-outside', written, [`${range.network}/${range.length}`])];
}
