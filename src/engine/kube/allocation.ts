// What the API server hands out before it validates: cluster IPs and node ports. A request that cannot be met is refused alone,
// without a look at the rest of the Service (pkg/registry/core/service/storage/alloc.go: allocateCreate).

import { type Cidr, contains, formatCidr, offsetOf, size } from '../net/cidr';
import { family, type Ip, parseIp } from '../net/ip';
import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { isPresent, list, map, type Raw, strings, text, whole } from './fields';
import { clusterAddresses, clusterIpFaults, isHeadless } from './validate-cluster-ips';

/** The node ports that may be asked for (`--service-node-port-range`). */
export const NODE_PORTS: readonly [number, number] = [30000, 32767];

/** What other Services of the text have taken, by name of the owner. */
export class Allocations {
  private readonly addresses = new Map<string, string>();
  private readonly nodePorts = new Map<number, string>();
  private readonly range: Cidr | null;

  /** `range` null: every address may be asked for. */
  constructor(range: Cidr | null) {
    this.range = range;
  }

  /** What cannot be given to the Service; where nothing is refused, it is taken from now on. The first stage that refuses is the last to speak. */
  take(raw: Raw, owner: string): readonly Fault[] {
    const spec = map(raw.spec);
    if (spec.type === 'ExternalName') return [];
    const written = clusterIpFaults(spec);
    if (written.length > 0) return written;
    const families = this.range === null ? [] : familyFaults(spec, family(this.range.network));
    if (families.length > 0) return families;
    const addresses = isHeadless(spec) ? [] : clusterAddresses(spec).map((address) => parseIp(address) ?? address);
    const taken = addresses.flatMap((address) => this.addressFault(address, owner));
    if (taken.length > 0) return taken.slice(0, 1);
    const numbers = new Set<number>();
    const refused = this.nodePortFault(spec, owner, numbers) ?? this.healthCheckFault(spec, owner, numbers);
    if (refused !== null) return [refused];
    for (const address of addresses) this.addresses.set(address, owner);
    for (const number of numbers) this.nodePorts.set(number, owner);
    return [];
  }

  /** Forgets what the object had: the same Service comes again. */
  release(owner: string): void {
    for (const [key, by] of this.addresses) if (by === owner) this.addresses.delete(key);
    for (const [key, by] of this.nodePorts) if (by === owner) this.nodePorts.delete(key);
  }

  private addressFault(address: Ip | string, owner: string): readonly Fault[] {
    const path = ['spec', 'clusterIPs'];
    const ip = parseIp(address);
    if (this.range !== null && ip !== null && (family(ip) !== family(this.range.network) || !isUsable(this.range, ip)))
      return [fault(path, 'outside-service-range', address, [formatCidr(this.range)])];
    const other = this.addresses.get(address);
    return other === undefined || other === owner ? [] : [fault(path, 'address-taken', address, [other])];
  }

  /** Ports of one Service port number share a node port, whatever their protocols (initNodePorts). */
  private nodePortFault(spec: Raw, owner: string, numbers: Set<number>): Fault | null {
    if (spec.type !== 'NodePort' && spec.type !== 'LoadBalancer') return null;
    const ports = list(spec.ports).map(map);
    const byPort = new Map<number | null, number>();
    for (const [index, port] of ports.entries()) {
      const number = whole(port.port);
      const own = whole(port.nodePort) || null;
      if (own === null && spec.allocateLoadBalancerNodePorts === false) continue;
      const shared = byPort.get(number);
      const asked = shared === undefined ? firstAsked(ports, number) : own;
      if (asked === null || asked === shared) continue;
      const refused = this.numberFault(asked, { path: ['spec', 'ports', index, 'nodePort'], owner, numbers });
      if (refused !== null) return refused;
      if (shared === undefined) byPort.set(number, asked);
    }
    return null;
  }

  private healthCheckFault(spec: Raw, owner: string, numbers: Set<number>): Fault | null {
    const number = whole(spec.healthCheckNodePort) || null;
    if (number === null || spec.type !== 'LoadBalancer' || spec.externalTrafficPolicy !== 'Local') return null;
    return this.numberFault(number, { path: ['spec', 'healthCheckNodePort'], owner, numbers });
  }

  private numberFault(number: number, { path, owner, numbers }: { path: FieldPath; owner: string; numbers: Set<number> }): Fault | null {
    if (number < NODE_PORTS[0] || number > NODE_PORTS[1]) return fault(path, 'outside-node-port-range', number, NODE_PORTS.map(String));
    const other = this.nodePorts.get(number);
    if (numbers.has(number) || (other !== undefined && other !== owner)) return fault(path, 'node-port-taken', number, [other ?? owner]);
    numbers.add(number);
    return null;
  }
}

function firstAsked(ports: readonly Raw[], number: number | null): number | null {
  const asking = ports.find((port) => whole(port.port) === number && isPresent(port.nodePort) && port.nodePort !== 0);
  return whole(asking?.nodePort);
}

/** What asks for a family that the cluster lacks (initIPFamilyFields); `own` is the only one it has. */
function familyFaults(spec: Raw, own: 4 | 6): readonly Fault[] {
  const policy = text(spec.ipFamilyPolicy) ?? (isHeadless(spec) && !hasSelector(spec) ? 'RequireDualStack' : 'SingleStack');
  const families = strings(spec.ipFamilies);
  const addresses = isHeadless(spec) ? [] : clusterAddresses(spec);
  const path = ['spec', 'ipFamilyPolicy'];
  const single =
    policy === 'SingleStack' && (addresses.length === 2 || families.length === 2) ? [fault(path, 'dual-needs-policy', policy)] : [];
  const inferred = addresses.flatMap((address, index) => {
    const ip = parseIp(address);
    return ip === null || index < families.length || family(ip) === own
      ? []
      : [fault(['spec', 'clusterIPs', index], 'family-missing', address)];
  });
  if (single.length + inferred.length > 0) return [...single, ...inferred];
  if (isHeadless(spec) && !hasSelector(spec)) return [];
  return [
    ...(policy === 'RequireDualStack' ? [fault(path, 'single-stack-cluster', policy)] : []),
    ...families.flatMap((name, index) => (name === `IPv${own}` ? [] : [fault(['spec', 'ipFamilies', index], 'family-missing', name)])),
  ];
}

function hasSelector(spec: Raw): boolean {
  return Object.keys(map(spec.selector)).length > 0;
}

/** Whether the address may be given: neither the first one of the range nor, in IPv4, the last. */
export function isUsable(range: Cidr, ip: Ip): boolean {
  if (!contains(range, ip)) return false;
  const offset = offsetOf(range, ip);
  return offset > 0n && (family(ip) === 6 || offset < size(range) - 1n);
}
