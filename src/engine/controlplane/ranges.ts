// The two ranges that no object states: Service addresses (--service-cluster-ip-range of the API server) and Pod addresses
// (--cluster-cidr of kube-proxy). A setting wins; else they are read off the addresses that the manifest fixes.

import { isStored } from '../kube/meta';
import type { Node } from '../kube/node';
import type { Service } from '../kube/service';
import { addressAt, type Cidr, cidr, contains, coveringPrefix, prefixOf, size } from '../net/cidr';
import { type Family, family, formatIp, type Ip, ipBits } from '../net/ip';
import { DEFAULT_CLUSTER_RANGE } from './nodes';
import { clusterIPsOf } from './services';

/** The range of MicroK8s, and of the nodes that we add. */
export const MICROK8S_RANGE = cidr('10.152.183.0/24');

const KUBEADM_RANGE = cidr('10.96.0.0/12');

/** The defaults of MicroK8s, kubeadm, k3s and OpenShift. */
const KNOWN_RANGES: readonly Cidr[] = [MICROK8S_RANGE, KUBEADM_RANGE, cidr('10.43.0.0/16'), cidr('172.30.0.0/16')];

/** What clouds give: GKE, EKS in both its ways, AKS, DigitalOcean. */
const CLOUD_RANGES: readonly Cidr[] = ['34.118.224.0/20', '172.20.0.0/16', '10.100.0.0/16', '10.0.0.0/16', '10.245.0.0/16'].map(cidr);

/** The range that the Services of a paste show: `kubernetes` has its first address and `kube-dns` the tenth; else what holds all of them.
 *  null where nothing was pasted. */
export function shownServiceRange(services: readonly Service[]): Cidr | null {
  const stored = services.filter(({ metadata }) => isStored(metadata));
  const all = tellingAddresses(stored).filter((ip) => family(ip) === 4);
  const [first] = all;
  if (first === undefined) return null;
  const holdsAll = (range: Cidr): boolean => all.every((ip) => contains(range, ip));
  const start = firstAddress(stored);
  const known = [...KNOWN_RANGES, ...CLOUD_RANGES].filter(holdsAll);
  if (start === null) return known[0] ?? prefixOf(first, Math.min(16, lengthOver(all)));
  return known.find(({ network }) => network === start) ?? prefixOf(start, Math.min(24, lengthOver([start, ...all])));
}

function lengthOver(addresses: readonly Ip[]): number {
  return coveringPrefix(addresses)?.length ?? 32;
}

/** Where the range begins, by the two Services whose place in it is fixed. */
function firstAddress(services: readonly Service[]): Ip | null {
  for (const [namespace, name, offset] of PLACES) {
    const ip = services.filter((service) => isNamed(service, namespace, name)).flatMap(clusterIPsOf)[0];
    if (ip === undefined || family(ip) !== 4) continue;
    const before = ipBits(ip) - offset;
    if (before >= 0n && before % 256n === 0n) return formatIp(before, 4);
  }
  return null;
}

const PLACES = [
  ['default', 'kubernetes', 1n],
  ['kube-system', 'kube-dns', 10n],
] as const;

/** The known default that holds the address of `kubernetes`, of `kube-dns` or of a Service in order of the text; null where none does. */
export function recognisedServiceRange(services: readonly Service[]): Cidr | null {
  for (const ip of tellingAddresses(services)) {
    const range = KNOWN_RANGES.find((known) => contains(known, ip));
    if (range !== undefined) return range;
  }
  return null;
}

/** Where nothing in the text tells: the range of the course for the nodes that we add, that of kubeadm for nodes that the text names. */
export function fallbackServiceRange(hasOwnNodes: boolean): Cidr {
  return hasOwnNodes ? KUBEADM_RANGE : MICROK8S_RANGE;
}

function tellingAddresses(services: readonly Service[]): readonly Ip[] {
  const api = services.filter((service) => isNamed(service, 'default', 'kubernetes'));
  const dns = services.filter((service) => isNamed(service, 'kube-system', 'kube-dns'));
  return [...api, ...dns, ...services].flatMap(clusterIPsOf);
}

function isNamed(service: Service, namespace: string, name: string): boolean {
  return service.metadata.namespace === namespace && service.metadata.name === name;
}

/** The Service range of IPv6, where the text fixes no address of it. */
const IPV6_SERVICE_RANGE = cidr('fd00:10:152::/112');

/** The usual range of IPv6, else the one of its length that holds the first such address of the text. */
export function serviceRangeOfSix(services: readonly Service[]): Cidr {
  const first = tellingAddresses(services).find((ip) => family(ip) === 6);
  return first === undefined ? IPV6_SERVICE_RANGE : prefixOf(first, IPV6_SERVICE_RANGE.length);
}

/** The longest prefix that holds every podCIDR of the Nodes; it is shorter than /16 only where no /16 holds them all. */
export function coveringPodRange(nodes: readonly Node[]): Cidr {
  const [first] = nodes.flatMap((node) => node.spec.podCIDRs);
  return (first === undefined ? null : podRangeOf(nodes, family(first.network))) ?? DEFAULT_CLUSTER_RANGE;
}

/** The same of one family; null where no Node has a range of it. */
export function podRangeOf(nodes: readonly Node[], of: Family): Cidr | null {
  const ranges = nodes.flatMap((node) => node.spec.podCIDRs).filter(({ network }) => family(network) === of);
  return coveringPrefix(ranges.flatMap((range) => [range.network, addressAt(range, size(range) - 1n)]));
}
