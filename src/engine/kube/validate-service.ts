// A Service as the API server checks it (ValidateService, pkg/apis/core/validation/validation.go), behind defaulting and allocation.
// Paths are spelt as it spells them, `LoadBalancerSourceRanges` included.

import { parseCidr } from '../net/cidr';
import { parseIp } from '../net/ip';
import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { boundsFaults, choiceFaults, duplicates, pointerChoice, portOrNameFaults } from './field-rules';
import { isPresent, list, map, type Raw, strings, text, whole } from './fields';
import { isDnsLabel, isDnsSubdomain, isLabelKey, isPort, isSpecialAddress } from './lexical';
import { clusterAddresses, isHeadless } from './validate-cluster-ips';
import { labelFaults } from './validate-meta';

const TYPES = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const POLICIES = ['Cluster', 'Local'];
/** A day, in seconds. */
const LONGEST_AFFINITY = 86400;

interface Checked {
  readonly spec: Raw;
  readonly type: string;
  readonly annotations: Raw;
  readonly headless: boolean;
  /** Reachable from outside: by type or by externalIPs. */
  readonly outside: boolean;
}

export function serviceFaults(raw: Raw): readonly Fault[] {
  const spec = map(raw.spec);
  const type = text(spec.type) ?? 'ClusterIP';
  const checked: Checked = {
    spec,
    type,
    annotations: map(map(raw.metadata).annotations),
    headless: isHeadless(spec),
    outside: type === 'NodePort' || type === 'LoadBalancer' || (type === 'ClusterIP' && strings(spec.externalIPs).length > 0),
  };
  return [
    ...choiceFaults(spec.type, ['spec', 'type'], TYPES),
    ...portsFaults(checked),
    ...labelFaults(spec.selector, ['spec', 'selector']),
    ...affinityFaults(spec),
    ...addressFaults(checked),
    ...externalFaults(checked),
    ...policyFaults(checked),
    ...loadBalancerFaults(checked),
    ...pointerChoice(spec.trafficDistribution, ['spec', 'trafficDistribution'], ['PreferClose', 'PreferSameZone', 'PreferSameNode']),
  ];
}

function portsFaults({ spec, type, headless }: Checked): readonly Fault[] {
  const ports = list(spec.ports).map(map);
  const path: FieldPath = ['spec', 'ports'];
  if (ports.length === 0) return type === 'ExternalName' || headless ? [] : [fault(path, 'missing')];
  const repeated = duplicates(ports, (port) => `${whole(port.port)}/${text(port.protocol) ?? 'TCP'}`);
  const nodePorts = ports.map((port) => whole(port.nodePort) || null);
  const repeatedNodePorts = duplicates(ports, (port, index) => {
    const number = nodePorts[index] ?? null;
    return number === null ? null : `${number}/${text(port.protocol) ?? 'TCP'}`;
  });
  return [
    ...ports.flatMap((port, index) => portFaults(port, [...path, index], ports.length > 1)),
    ...nodePorts.flatMap((number, index) =>
      number === null || type !== 'ClusterIP' ? [] : [fault([...path, index, 'nodePort'], 'node-port-needs-type', number)],
    ),
    ...repeatedNodePorts.map(({ index, key }) => fault([...path, index, 'nodePort'], 'duplicate', key)),
    ...duplicates(ports, (port) => text(port.name)).map(({ index, key }) => fault([...path, index, 'name'], 'duplicate', key)),
    ...repeated.map(({ index, key }) => fault([...path, index], 'duplicate', key)),
  ];
}

function portFaults(port: Raw, path: FieldPath, several: boolean): readonly Fault[] {
  const name = text(port.name);
  // The default is the port itself, with all that is wrong with it.
  const target = port.targetPort || (port.port ?? 0);
  return [
    ...(name === null && several ? [fault([...path, 'name'], 'port-name-needed')] : []),
    ...(name !== null && !isDnsLabel(name) ? [fault([...path, 'name'], 'not-dns-label', name)] : []),
    ...(isPort(port.port) ? [] : [fault([...path, 'port'], 'not-a-port', port.port ?? 0)]),
    ...choiceFaults(port.protocol, [...path, 'protocol'], PROTOCOLS),
    ...portOrNameFaults(target, [...path, 'targetPort']),
    ...(isPresent(port.appProtocol) && !isLabelKey(String(port.appProtocol))
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

/** What `clusterIpFaults` leaves over: it does not look at the type. */
function addressFaults({ spec, type, headless }: Checked): readonly Fault[] {
  const path: FieldPath = ['spec', 'clusterIPs'];
  const [first] = clusterAddresses(spec);
  if (type === 'ExternalName')
    return [...(first === undefined ? [] : [fault(path, 'not-for-external-name', first)]), ...familyOnExternalName(spec)];
  return headless && (type === 'NodePort' || type === 'LoadBalancer')
    ? [fault([...path, 0], 'headless-needs-plain-type', 'None', [type])]
    : [];
}

function familyOnExternalName(spec: Raw): readonly Fault[] {
  return (['ipFamilies', 'ipFamilyPolicy'] as const).flatMap((field) =>
    isPresent(spec[field]) ? [fault(['spec', field], 'not-for-external-name', spec[field])] : [],
  );
}

function externalFaults({ spec, type }: Checked): readonly Fault[] {
  const listed = strings(spec.externalIPs).flatMap((address, index): readonly Fault[] => {
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
  const internal = pointerChoice(spec.internalTrafficPolicy, ['spec', 'internalTrafficPolicy'], POLICIES);
  const health = spec.healthCheckNodePort;
  const useless = isPresent(health) && health !== 0 && !(type === 'LoadBalancer' && external === 'Local');
  return [...wrong, ...internal, ...(useless ? [fault(['spec', 'healthCheckNodePort'], 'health-check-needs-local', health)] : [])];
}

function loadBalancerFaults(checked: Checked): readonly Fault[] {
  const { spec, type } = checked;
  const balancer = type === 'LoadBalancer';
  const ranges = strings(spec.loadBalancerSourceRanges);
  const forbidden = (field: string, path: FieldPath = ['spec', field]): readonly Fault[] =>
    !balancer && isPresent(spec[field]) ? [fault(path, 'only-for-type', null, ['LoadBalancer'])] : [];
  const shaped = ranges.flatMap((range, index) =>
    parseCidr(range.trim()) === null ? [fault(['spec', 'LoadBalancerSourceRanges', index], 'not-a-range', range)] : [],
  );
  return [
    ...(ranges.length > 0 && !balancer ? [fault(['spec', 'LoadBalancerSourceRanges'], 'only-for-type', null, ['LoadBalancer'])] : []),
    ...shaped,
    ...(ranges.length > 0 ? [] : annotatedRanges(checked)),
    ...forbidden('allocateLoadBalancerNodePorts'),
    ...forbidden('loadBalancerClass'),
    ...(balancer && isPresent(spec.loadBalancerClass) && !isLabelKey(String(spec.loadBalancerClass))
      ? [fault(['spec', 'loadBalancerClass'], 'not-label-key', spec.loadBalancerClass)]
      : []),
  ];
}

const RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** The older form of loadBalancerSourceRanges. */
function annotatedRanges({ annotations, type }: Checked): readonly Fault[] {
  const written = annotations[RANGES_ANNOTATION];
  if (typeof written !== 'string') return [];
  const path: FieldPath = ['metadata', 'annotations', RANGES_ANNOTATION];
  const ranges = written.trim() === '' ? [] : written.trim().split(',');
  return [
    ...(type === 'LoadBalancer' ? [] : [fault(path, 'only-for-type', null, ['LoadBalancer'])]),
    ...ranges.flatMap((range) => (parseCidr(range.trim()) === null ? [fault(path, 'not-a-range', range.trim())] : [])),
  ];
}
