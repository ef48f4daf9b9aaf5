// Hand-written EndpointSlices and Endpoints (pkg/apis/discovery/validation, ValidateEndpoints).

import { family, parseIp } from '../net/ip';
import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { choiceFaults, duplicates, pointerChoice, requiredChoice } from './field-rules';
import { isPresent, list, map, type Raw, strings, text } from './fields';
import { isDnsLabel, isDnsSubdomain, isLabelKey, isPort, isSpecialAddress } from './lexical';

const MAX_ADDRESSES = 100;

export function endpointSliceFaults(raw: Raw): readonly Fault[] {
  const type = text(raw.addressType);
  const ports = list(raw.ports).map(map);
  return [
    ...requiredChoice(type, ['addressType'], ['IPv4', 'IPv6', 'FQDN']),
    ...(type === null ? [] : list(raw.endpoints).flatMap((endpoint, index) => endpointFaults(map(endpoint), ['endpoints', index], type))),
    ...ports.flatMap((port, index) => portFaults(port, ['ports', index])),
    ...duplicates(ports, (port) => text(port.name) ?? '').map(({ index, key }) => fault(['ports', index, 'name'], 'duplicate', key)),
  ];
}

function endpointFaults(endpoint: Raw, path: FieldPath, type: string): readonly Fault[] {
  const addresses = strings(endpoint.addresses);
  const { hostname } = endpoint;
  const node = text(endpoint.nodeName);
  return [
    ...(addresses.length === 0
      ? [fault([...path, 'addresses'], 'missing')]
      : addresses.length > MAX_ADDRESSES
        ? [fault([...path, 'addresses'], 'too-many', null, [String(MAX_ADDRESSES)])]
        : []),
    ...addresses.flatMap((address, index) => addressFaults(address, [...path, 'addresses', index], type)),
    ...(typeof hostname === 'string' && !isDnsLabel(hostname) ? [fault([...path, 'hostname'], 'not-dns-label', hostname)] : []),
    ...(node !== null && !isDnsSubdomain(node) ? [fault([...path, 'nodeName'], 'not-dns-subdomain', node)] : []),
  ];
}

function addressFaults(address: string, path: FieldPath, type: string): readonly Fault[] {
  if (type === 'FQDN') return fullNameFaults(address, path);
  if (type !== 'IPv4' && type !== 'IPv6') return [];
  const ip = parseIp(address);
  const fits = ip !== null && family(ip) === (type === 'IPv6' ? 6 : 4);
  if (!fits) return [fault(path, 'not-an-address', address, [type])];
  return isSpecialAddress(ip) ? [fault(path, 'special-address', address)] : [];
}

/** At least two labels; a dot at the end does no harm (IsFullyQualifiedDomainName). */
function fullNameFaults(name: string, path: FieldPath): readonly Fault[] {
  const bare = name.replace(/\.$/, '');
  const holds = isDnsSubdomain(bare) && bare.includes('.') && bare.split('.').every((label) => label.length <= 63);
  return name === '' ? [fault(path, 'missing')] : holds ? [] : [fault(path, 'not-dns-subdomain', name)];
}

function portFaults(port: Raw, path: FieldPath): readonly Fault[] {
  const name = text(port.name);
  return [
    ...(name !== null && !isDnsLabel(name) ? [fault([...path, 'name'], 'not-dns-label', name)] : []),
    ...pointerChoice(port.protocol, [...path, 'protocol'], ['TCP', 'UDP', 'SCTP']),
    ...(isPresent(port.port) && !isPort(port.port) ? [fault([...path, 'port'], 'not-a-port', port.port)] : []),
    ...(isPresent(port.appProtocol) && !isLabelKey(String(port.appProtocol))
      ? [fault([...path, 'appProtocol'], 'not-label-key', port.appProtocol)]
      : []),
  ];
}

export function endpointsFaults(raw: Raw): readonly Fault[] {
  return list(raw.subsets).flatMap((value, index) => {
    const subset = map(value);
    const path: FieldPath = ['subsets', index];
    const both = (['addresses', 'notReadyAddresses'] as const).flatMap((field) =>
      list(subset[field]).map((address, at) => ({ address: map(address), at: [...path, field, at] })),
    );
    return [
      ...(both.length === 0 ? [fault(path, 'missing')] : []),
      ...both.flatMap(({ address, at }) => subsetAddressFaults(address, at)),
      ...list(subset.ports).flatMap((port, at) => subsetPortFaults(map(port), [...path, 'ports', at], list(subset.ports).length > 1)),
    ];
  });
}

function subsetAddressFaults(address: Raw, path: FieldPath): readonly Fault[] {
  const ip = parseIp(text(address.ip) ?? '');
  if (ip === null) return [fault([...path, 'ip'], 'not-an-address', text(address.ip) ?? '')];
  return isSpecialAddress(ip) ? [fault([...path, 'ip'], 'special-address', ip)] : [];
}

function subsetPortFaults(port: Raw, path: FieldPath, several: boolean): readonly Fault[] {
  const name = text(port.name);
  return [
    ...(several && name === null ? [fault([...path, 'name'], 'port-name-needed')] : []),
    ...(name !== null && !isDnsLabel(name) ? [fault([...path, 'name'], 'not-dns-label', name)] : []),
    ...(isPort(port.port) ? [] : [fault([...path, 'port'], 'not-a-port', port.port ?? 0)]),
    ...choiceFaults(port.protocol, [...path, 'protocol'], ['TCP', 'UDP', 'SCTP']),
  ];
}
