// The addresses and families that a Service asks for (ValidateServiceClusterIPsRelatedFields, pkg/apis/core/validation). The API server
// looks at them before it allocates anything, and says nothing else while they are wrong.

import { family, parseIp } from '../net/ip';
import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { duplicates } from './field-rules';
import { isPresent, type Raw, strings, text } from './fields';

const PATH: FieldPath = ['spec', 'clusterIPs'];
const FAMILIES = ['IPv4', 'IPv6'];
const FAMILY_POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/** What is asked for: clusterIP stands for clusterIPs[0] where the list is not written. */
export function clusterAddresses(spec: Raw): readonly string[] {
  if (isPresent(spec.clusterIPs)) return strings(spec.clusterIPs);
  const single = text(spec.clusterIP);
  return single === null ? [] : [single];
}

export function isHeadless(spec: Raw): boolean {
  const addresses = clusterAddresses(spec);
  return addresses.length === 1 && addresses[0] === 'None';
}

/** Not for ExternalName Services, which may have none of these fields. */
export function clusterIpFaults(spec: Raw): readonly Fault[] {
  const addresses = clusterAddresses(spec);
  const wrong = addresses.flatMap((address, index) => wrongAddress(address, index, addresses));
  return [
    ...agreement(spec, addresses),
    ...familyFaults(spec),
    ...wrong,
    ...(addresses.length > 2 ? [fault(PATH, 'two-cluster-ips', addresses.join(', '))] : []),
    ...(wrong.length > 0 ? [] : pairFaults(addresses, strings(spec.ipFamilies))),
  ];
}

function agreement(spec: Raw, addresses: readonly string[]): readonly Fault[] {
  const single = text(spec.clusterIP) ?? '';
  const agree = single === (addresses[0] ?? '') && (single !== '' || addresses.length === 0);
  return agree ? [] : [fault(PATH, 'addresses-disagree', addresses[0] ?? '', single === '' ? [] : [single])];
}

function familyFaults(spec: Raw): readonly Fault[] {
  const families = strings(spec.ipFamilies);
  const policy = spec.ipFamilyPolicy;
  return [
    ...families.flatMap((name, index) =>
      FAMILIES.includes(name) ? [] : [fault(['spec', 'ipFamilies', index], 'not-a-choice', name, FAMILIES)],
    ),
    ...duplicates(families, (name) => name).map(({ index, key }) => fault(['spec', 'ipFamilies', index], 'duplicate', key)),
    ...(isPresent(policy) && !FAMILY_POLICIES.includes(String(policy))
      ? [fault(['spec', 'ipFamilyPolicy'], 'not-a-choice', policy, FAMILY_POLICIES)]
      : []),
  ];
}

function wrongAddress(address: string, index: number, addresses: readonly string[]): readonly Fault[] {
  if (index === 0 && address === 'None') return addresses.length > 1 ? [fault(PATH, 'none-stands-alone', addresses.join(', '))] : [];
  return parseIp(address) === null ? [fault([...PATH, index], 'not-an-address', address)] : [];
}

/** At most one address of each family, in the order of ipFamilies. */
function pairFaults(addresses: readonly string[], families: readonly string[]): readonly Fault[] {
  const own = addresses.map((address) => {
    const ip = parseIp(address);
    return ip === null ? null : `IPv${family(ip)}`;
  });
  const twice = new Set(own).size < own.length;
  return [
    ...(twice ? [fault(PATH, 'same-family-twice', addresses.join(', '))] : []),
    ...own.flatMap((name, index) => {
      const wanted = families[index];
      return name === null || wanted === undefined || wanted === name
        ? []
        : [fault([...PATH, index], 'family-disagrees', addresses[index], [wanted])];
    }),
  ];
}
