// A Service as the API server checks it (ValidateService, pkg/apis/core/validation/validation.go), behind defaulting.
// Paths are spelt as it spells them, `LoadBalancerSourceRanges` included.

import { parseCidr } from '../net/cidr';
import { parseIp } from '../net/ip';
import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { boundsFaults, choiceFaults, duplicates, portOrNameFaults } from './field-rules';
import { isPresent, list, map, type Raw, text, texts, whole } from './fields';
import { isDnsLabel, isDnsSubdomain, isLabelKey, isPort, isSpecialAddress } from './lexical';
import { labelFaults } from './validate-meta';

const TYPES = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const POLICIES = ['Cluster', 'Local'];
/** A day, in seconds. */
const LONGEST_AFFINITY = 86400;

interface Checked {
  readonly spec: Raw;
  readonly type: string;
  readonly headless: boolean;
  /** Reachable from outside: by type or by externalIPs. */
  readonly outside: boolean;
}

export function serviceFaults(raw: Raw): readonly Fault[] {
  const spec = map(raw.spec);
  const type = text(spec.type) ?? 'ClusterIP';
  const addresses = clusterAddresses(spec);
  const checked: Checked = {
    spec,
    type,
    headless: addresses[0] === 'None',
    outside: type === 'NodePort' || type === 'LoadBalancer' || (type === 'ClusterIP' && texts(spec.externalIPs).length > 0),
  };
  return [
    ...choiceFaults(spec.type, ['spec', 'type'], TYPES),
    ...portsFaults(checked),
    ...labelFaults(spec.selector, ['spec', 'selector']),
    ...affinityFaults(spec),
    ...addressFaults(checked, addresses),
    ...externalFaults(checked),
    ...policyFaults(checked),
    ...loadBalancerFaults(checked),
    ...choiceFaults(spec.trafficDistribution, ['spec', 'trafficDistribution'], ['PreferClose', 'PreferSameZone', 'PreferSameNode']),
  ];
}

/** clusterIP stands for clusterIPs[0] where the list is not written. */
function clusterAddresses(spec: Raw): readonly string[] {
  return isPresent(spec.clusterIPs) ? texts(spec.clusterIPs) : texts([spec.clusterIP]);
}

function portsFaults({ spec, type, headless }: Checked): readonly Fault[] {
  const ports = list(spec.ports).map(map);
  const path: FieldPath = ['spec', 'ports'];
  if (ports.length === 0) return type === 'ExternalName' || headless ? [] : [fault(path, 'missing')];
  const repeated = duplicates(ports, (port) => `${whole(port.port)}/${text(port.protocol) ?? 'TCP'}`);
  return [
    ...ports.flatMap((port, index) => portFaults(port, [...path, index], ports.length > 1)),
    ...duplicates(ports, (port) => text(port.name)).map(({ index, key }) => fault([...path, index, 'name'], 'duplicate', key)),
    ...repeated.map(({ index, key }) => fault([...path, index], 'duplicate', key)),
  ];
}

function portFaults(port: Raw, path: FieldPath, several: boolean): readonly Fault[] {
  const name = text(port.name);
  const target = port.targetPort;
  return [
    ...(name === null && several ? [fault([...path, 'name'], 'port-name-needed')] : []),
    ...(name !== null && !isDnsLabel(name) ? [fault([...path, 'name'], 'not-dns-label', name)] : []),
    ...(isPort(port.port) ? [] : [fault([...path, 'port'], 'not-a-port', port.port ?? 0)]),
    ...choiceFaults(port.protocol, [...path, 'protocol'], PROTOCOLS),
    ...(!isPresent(target) || target === 0 || target === '' ? [] : portOrNameFaults(target, [...path, 'targetPort'])),
    ...(text(port.appProtocol) !== null && !isLabelKey(String(port.appProtocol))
      ? [fault([...path, 'appProtocol'], 'not-label-key', port.appProtocol)]
      : []),
  ];
}

function affinityFaults(spec: Raw): readonly Fault[] {
  const wrong = choiceFaults(spec.sessionAffinity, ['spec', 'sessionAffinity'], ['ClientIP', 'None']);
  if (spec.sessionAffinity !== 'ClientIP') return wrong;
  const { timeoutSeconds } = map(map(spec.sessionAffinityConfig).clientIP);
  return [
    ...wrong,
    ...boundsFaults(timeoutSeconds, ['spec', 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds'], [1, LONGEST_AFFINITY]),
  ];
}

function addressFaults({ spec, type }: Checked, addresses: readonly string[]): readonly Fault[] {
  const path: FieldPath = ['spec', 'clusterIPs'];
  if (type === 'ExternalName')
    return [...(addresses.length > 0 ? [fault(path, 'not-for-external-name', addresses[0])] : []), ...familyOnExternalName(spec)];
  const single = text(spec.clusterIP);
  if (isPresent(spec.clusterIPs) && (single ?? '') !== (addresses[0] ?? ''))
    return [fault(path, 'addresses-disagree', addresses[0] ?? '', texts([single]))];
  if (addresses[0] === 'None') return addresses.length > 1 ? [fault(path, 'must-be-one', addresses.join(', '), ['None'])] : [];
  const wrong = addresses.flatMap((address, index) =>
    parseIp(address) === null ? [fault([...path, index], 'not-an-address', address)] : [],
  );
  return [...wrong, ...(addresses.length > 2 ? [fault(path, 'too-many', null, ['2'])] : [])];
}

function familyOnExternalName(spec: Raw): readonly Fault[] {
  return (['ipFamilies', 'ipFamilyPolicy'] as const).flatMap((field) =>
    isPresent(spec[field]) ? [fault(['spec', field], 'not-for-external-name', spec[field])] : [],
  );
}

function externalFaults({ spec, type }: Checked): readonly Fault[] {
  const listed = texts(spec.externalIPs).flatMap((address, index): readonly Fault[] => {
    const ip = parseIp(address);
    const path = ['spec', 'externalIPs', index];
    if (ip === null) return [fault(path, 'not-an-address', address)];
    return isSpecialAddress(ip) ? [fault(path, 'special-address', address)] : [];
  });
  if (type !== 'ExternalName') return listed;
  const name = text(spec.externalName);
  if (name === null) return [...listed, fault(['spec', 'externalName'], 'missing')];
  return isDnsSubdomain(name.replace(/\.$/, '')) ? listed : [...listed, fault(['spec', 'externalName'], 'not-dns-subdomain', name)];
}

function policyFaults({ spec, type, outside }: Checked): readonly Fault[] {
  const external = spec.externalTrafficPolicy;
  const path: FieldPath = ['spec', 'externalTrafficPolicy'];
  const wrong = outside
    ? choiceFaults(external, path, POLICIES)
    : isPresent(external) && external !== ''
      ? [fault(path, 'policy-needs-outside', external)]
      : [];
  const internal = choiceFaults(spec.internalTrafficPolicy, ['spec', 'internalTrafficPolicy'], POLICIES);
  const health = spec.healthCheckNodePort;
  const useless = isPresent(health) && health !== 0 && !(type === 'LoadBalancer' && external === 'Local');
  return [...wrong, ...internal, ...(useless ? [fault(['spec', 'healthCheckNodePort'], 'health-check-needs-local', health)] : [])];
}

function loadBalancerFaults({ spec, type }: Checked): readonly Fault[] {
  const balancer = type === 'LoadBalancer';
  const ranges = texts(spec.loadBalancerSourceRanges);
  const forbidden = (field: string, path: FieldPath = ['spec', field]): readonly Fault[] =>
    !balancer && isPresent(spec[field]) ? [fault(path, 'only-for-type', null, ['LoadBalancer'])] : [];
  const shaped = ranges.flatMap((range, index) =>
    parseCidr(range.trim()) === null ? [fault(['spec', 'LoadBalancerSourceRanges', index], 'not-a-range', range)] : [],
  );
  return [
    ...(ranges.length > 0 && !balancer ? [fault(['spec', 'LoadBalancerSourceRanges'], 'only-for-type', null, ['LoadBalancer'])] : shaped),
    ...forbidden('allocateLoadBalancerNodePorts'),
    ...forbidden('loadBalancerClass'),
    ...(balancer && text(spec.loadBalancerClass) !== null && !isLabelKey(String(spec.loadBalancerClass))
      ? [fault(['spec', 'loadBalancerClass'], 'not-label-key', spec.loadBalancerClass)]
      : []),
  ];
}
