// Cluster IPs and node ports, as the API server's allocators give them (pkg/registry/core/service: ipallocator, portallocator).
// Both keep a band of low values free for people who choose by hand: dynamic ones start at a random place above it, go round,
// and enter the band only when the rest is full. The random place is derived from the Service's name here.
// In a dual-stack cluster a Service has an address of each family that it asks for (initIPFamilyFields). Left out: releases over time.

import { NODE_PORTS } from '../kube/allocation';
import type { Service, ServicePort } from '../kube/service';
import { addressAt, type Cidr, size } from '../net/cidr';
import { type Family, family, type Ip } from '../net/ip';
import { draw } from './names';

const NODE_PORT_BAND = 86;

/** The Services with every address and port that the API server would have given them. Order is kept. One range for each family of the
 *  cluster, the primary one first. */
export function allocate(services: readonly Service[], ranges: readonly Cidr[], reserved: ReadonlySet<Ip>): readonly Service[] {
  const addresses = new Set<Ip>([...reserved, ...services.flatMap(clusterIPsOf)]);
  const ports = new Set<number>(services.flatMap(fixedPorts));
  return services.map((service) => withNodePorts(withClusterIPs(service, ranges, addresses), ports));
}

/** The cluster IPs that the Service has by now: none for a headless one. */
export function clusterIPsOf(service: Service): readonly Ip[] {
  return service.spec.clusterIPs === 'None' ? [] : service.spec.clusterIPs;
}

function fixedPorts(service: Service): readonly number[] {
  const all = [...service.spec.ports.map((port) => port.nodePort), service.spec.healthCheckNodePort];
  return all.filter((port) => port !== null);
}

function withClusterIPs(service: Service, ranges: readonly Cidr[], taken: Set<Ip>): Service {
  if (service.spec.type === 'ExternalName') return service;
  const families = familiesFor(service, ranges);
  const isExact = ranges.length === 1 && service.spec.ipFamilies.some((of) => families.includes(of));
  const spec = isExact ? service.spec : { ...service.spec, ipFamilies: families };
  if (spec.clusterIPs === 'None') return { ...service, spec };
  const own = spec.clusterIPs;
  const missing = own.length > 0 && families.length < 2 ? [] : families.filter((of) => !own.some((ip) => family(ip) === of));
  const given = ranges
    .filter(({ network }) => missing.includes(family(network)))
    .flatMap((range) => freeAddress(range, taken, nameOf(service)) ?? []);
  if (given.length === 0) return { ...service, spec };
  for (const ip of given) taken.add(ip);
  const all = [...own, ...given].sort((a, b) => families.indexOf(family(a)) - families.indexOf(family(b)));
  return { ...service, spec: { ...spec, clusterIPs: all } };
}

/** The families that the Service gets, in order: what it names as far as the cluster has it, and the other one where its policy asks for both. */
function familiesFor({ spec }: Service, ranges: readonly Cidr[]): readonly Family[] {
  const has = ranges.map(({ network }) => family(network));
  const named = spec.ipFamilies.filter((of) => has.includes(of));
  // A text that names none is read as IPv4, which a cluster of IPv6 alone takes for its own family.
  const first = named.length > 0 ? named : has.length === 1 && has[0] === 6 ? has : spec.ipFamilies;
  return spec.ipFamilyPolicy === 'SingleStack' ? first : [...first, ...has.filter((of) => !first.includes(of))];
}

function freeAddress(range: Cidr, taken: ReadonlySet<Ip>, seed: string): Ip | null {
  // Neither the first address of the range nor, with IPv4, the last one is given out.
  const count = Number(capped(size(range) - (family(range.network) === 4 ? 2n : 1n)));
  const band = staticBand(Number(capped(size(range))));
  const free = (offset: number): Ip | null => {
    const ip = addressAt(range, BigInt(offset + 1));
    return taken.has(ip) ? null : ip;
  };
  return firstOf(cycle(band, count, seed), free) ?? firstOf(cycle(0, band, seed), free);
}

/** How many of the lowest addresses are left to people (calculateRangeOffset). */
function staticBand(addresses: number): number {
  return addresses <= 16 ? 0 : Math.min(Math.max(16, Math.floor(addresses / 16)), 256);
}

function capped(count: bigint): bigint {
  return count > 2n ** 24n ? 2n ** 24n : count;
}

/** The numbers from `from` to `to - 1`, starting at a place that the seed decides. */
function* cycle(from: number, to: number, seed: string): Generator<number> {
  const count = to - from;
  const start = count > 0 ? draw(seed, count) : 0;
  for (let step = 0; step < count; step += 1) yield from + ((start + step) % count);
}

function firstOf<Found>(offsets: Iterable<number>, find: (offset: number) => Found | null): Found | null {
  for (const offset of offsets) {
    const found = find(offset);
    if (found !== null) return found;
  }
  return null;
}

function withNodePorts(service: Service, taken: Set<number>): Service {
  const { type, allocateLoadBalancerNodePorts, externalTrafficPolicy, healthCheckNodePort } = service.spec;
  const exposed = type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts);
  const checked = type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
  const ports = exposed ? numbered(service, taken) : service.spec.ports;
  const health = checked ? (healthCheckNodePort ?? freePort(taken, `${nameOf(service)} health`)) : healthCheckNodePort;
  return { ...service, spec: { ...service.spec, ports, healthCheckNodePort: health } };
}

/** Ports of one Service that share their number share the node port too (53/TCP and 53/UDP). */
function numbered(service: Service, taken: Set<number>): readonly ServicePort[] {
  const given = new Map<number, number>();
  for (const { port, nodePort } of service.spec.ports) if (nodePort !== null) given.set(port, nodePort);
  return service.spec.ports.map((port) => {
    const nodePort = port.nodePort ?? given.get(port.port) ?? freePort(taken, `${nameOf(service)} ${port.port}`);
    if (nodePort !== null) given.set(port.port, nodePort);
    return { ...port, nodePort };
  });
}

function freePort(taken: Set<number>, seed: string): number | null {
  const [first, last] = NODE_PORTS;
  const free = (offset: number): number | null => (taken.has(first + offset) ? null : first + offset);
  const count = last - first + 1;
  const port = firstOf(cycle(NODE_PORT_BAND, count, seed), free) ?? firstOf(cycle(0, NODE_PORT_BAND, seed), free);
  if (port !== null) taken.add(port);
  return port;
}

function nameOf(service: Service): string {
  return `${service.metadata.namespace}/${service.metadata.name}`;
}
