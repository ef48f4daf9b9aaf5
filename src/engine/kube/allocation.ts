// What the API server hands out before it validates: cluster IPs and node ports. A request that cannot be met is refused alone,
// without a look at the rest of the Service (pkg/registry/core/service/storage/alloc.go).

import { type Cidr, contains, formatCidr, offsetOf, size } from '../net/cidr';
import { family, type Ip, parseIp } from '../net/ip';
import { type Fault, fault } from './field-error';
import { isPresent, list, map, type Raw, text, texts, whole } from './fields';

/** The node ports that may be asked for (`--service-node-port-range`). */
export const NODE_PORTS: readonly [number, number] = [30000, 32767];

/** What other Services of the text have taken, by name of the owner. */
export class Allocations {
  private readonly addresses = new Map<string, string>();
  private readonly nodePorts = new Map<string, string>();
  private readonly range: Cidr | null;

  /** `range` null: every address may be asked for. */
  constructor(range: Cidr | null) {
    this.range = range;
  }

  /** What cannot be given to the Service; what can is taken from now on. */
  take(raw: Raw, owner: string): readonly Fault[] {
    const spec = map(raw.spec);
    if (spec.type === 'ExternalName') return [];
    const faults = [...this.familyFaults(spec), ...this.addressFaults(spec, owner), ...this.nodePortFaults(spec, owner)];
    if (faults.length > 0) return faults;
    for (const address of asked(spec)) this.addresses.set(address, owner);
    for (const port of list(spec.ports).map(map)) if (wantsNodePort(spec, port)) this.nodePorts.set(String(port.nodePort), owner);
    return [];
  }

  /** Forgets what the object had: the same Service comes again. */
  release(owner: string): void {
    for (const taken of [this.addresses, this.nodePorts]) for (const [key, by] of taken) if (by === owner) taken.delete(key);
  }

  private familyFaults(spec: Raw): readonly Fault[] {
    const own = this.range === null ? 4 : family(this.range.network);
    if (spec.ipFamilyPolicy === 'RequireDualStack' && text(spec.clusterIP) !== 'None' && this.range !== null)
      return [fault(['spec', 'ipFamilyPolicy'], 'single-stack-cluster', spec.ipFamilyPolicy)];
    const lacking = own === 4 ? 'IPv6' : 'IPv4';
    return this.range === null
      ? []
      : texts(spec.ipFamilies).flatMap((name, index) =>
          name === lacking && text(spec.clusterIP) !== 'None' ? [fault(['spec', 'ipFamilies', index], 'family-missing', name)] : [],
        );
  }

  private addressFaults(spec: Raw, owner: string): readonly Fault[] {
    const path = ['spec', 'clusterIPs'];
    return asked(spec).flatMap((address): readonly Fault[] => {
      const ip = parseIp(address);
      if (ip === null) return [];
      if (this.range !== null && family(ip) === family(this.range.network) && !isUsable(this.range, ip))
        return [fault(path, 'outside-service-range', address, [formatCidr(this.range)])];
      const other = this.addresses.get(ip);
      return other === undefined || other === owner ? [] : [fault(path, 'address-taken', address, [other])];
    });
  }

  private nodePortFaults(spec: Raw, owner: string): readonly Fault[] {
    const own = new Map<number, number>();
    return list(spec.ports).flatMap((value, index): readonly Fault[] => {
      const port = map(value);
      const number = whole(port.nodePort);
      if (number === null || !wantsNodePort(spec, port)) return [];
      const path = ['spec', 'ports', index, 'nodePort'];
      if (number < NODE_PORTS[0] || number > NODE_PORTS[1]) return [fault(path, 'outside-node-port-range', number, NODE_PORTS.map(String))];
      const other = this.nodePorts.get(String(number));
      if (other !== undefined && other !== owner) return [fault(path, 'node-port-taken', number, [other])];
      const sameService = own.get(number);
      own.set(number, whole(port.port) ?? 0);
      // One number serves several protocols of one Service port, and never two ports of the same protocol.
      const clash = sameService !== undefined && (sameService !== whole(port.port) || sameProtocolBefore(spec, index));
      return clash ? [fault(path, 'node-port-taken', number, [owner])] : [];
    });
  }
}

function sameProtocolBefore(spec: Raw, index: number): boolean {
  const ports = list(spec.ports).map(map);
  const protocolOf = (port: Raw | undefined): string => text(port?.protocol) ?? 'TCP';
  return ports.slice(0, index).some((other) => other.nodePort === ports[index]?.nodePort && protocolOf(other) === protocolOf(ports[index]));
}

function wantsNodePort(spec: Raw, port: Raw): boolean {
  return (spec.type === 'NodePort' || spec.type === 'LoadBalancer') && isPresent(port.nodePort) && port.nodePort !== 0;
}

function asked(spec: Raw): readonly string[] {
  const written = isPresent(spec.clusterIPs) ? texts(spec.clusterIPs) : texts([spec.clusterIP]);
  // Where the two fields disagree, validation says so.
  if (isPresent(spec.clusterIPs) && (text(spec.clusterIP) ?? '') !== (written[0] ?? '')) return [];
  return written.filter((address) => address !== 'None');
}

/** Whether the address may be given: neither the first one of the range nor, in IPv4, the last. */
export function isUsable(range: Cidr, ip: Ip): boolean {
  if (!contains(range, ip)) return false;
  const offset = offsetOf(range, ip);
  return offset > 0n && (family(ip) === 6 || offset < size(range) - 1n);
}
