// Who answers for `type: LoadBalancer`: a cloud's controller, or MetalLB, which hands out the addresses of its pools in order.
// Facts: k8s.io/cloud-provider service controller (a set loadBalancerClass is not its business), MetalLB's allocator (the whole
// of loadBalancerIPs or nothing; pools with autoAssign false are left to those who name them).
// Left out: sharing one address between Services (metallb.io/allow-shared-ip), pools bound to namespaces, BGP and ARP speakers.

import type { WaitingReason } from '../kube/advice';
import { map, texts, truth } from '../kube/fields';
import { isSetting } from '../kube/kinds';
import type { OtherObject } from '../kube/meta';
import type { Service } from '../kube/service';
import { addressAt, parseCidr, size } from '../net/cidr';
import { type Family, family, formatIp, type Ip, ip, ipBits, parseIp } from '../net/ip';
import type { ClusterSettings } from './cluster';

/** A run of addresses, both ends included. */
interface Span {
  readonly first: Ip;
  readonly last: Ip;
}

interface Pool {
  readonly name: string;
  readonly spans: readonly Span[];
  /** Whether a Service that names no pool may have an address of it. */
  readonly automatic: boolean;
}

/** A Service that is still waiting for its address, and what for. */
export interface Waiting {
  readonly service: Service;
  readonly reason: WaitingReason;
  /** The loadBalancerClass, the pools that are used up, or the address that nobody has to give. */
  readonly detail: string;
}

/** All Services, and those that are left without an address. */
export interface Balanced {
  readonly services: readonly Service[];
  readonly waiting: readonly Waiting[];
}

/** A cloud's addresses are those that RFC 5737 and RFC 3849 keep for examples; the lowest are left to clients. */
const CLOUD: readonly Pool[] = [
  {
    name: 'cloud',
    spans: [
      { first: ip('203.0.113.10'), last: ip('203.0.113.254') },
      { first: ip('2001:db8:113::10'), last: ip('2001:db8:113::ffff') },
    ],
    automatic: true,
  },
];

const METALLB: readonly Pool[] = [
  {
    name: 'default',
    spans: [
      { first: ip('192.168.1.240'), last: ip('192.168.1.250') },
      { first: ip('fd00:1::240'), last: ip('fd00:1::250') },
    ],
    automatic: true,
  },
];

const WANTED_ADDRESSES = 'metallb.io/loadBalancerIPs';
const WANTED_POOL = 'metallb.io/address-pool';

/** The Services as their load balancers leave them: a written status stays, the others get an address or wait. */
export function balance(
  services: readonly Service[],
  around: { readonly settings: ClusterSettings; readonly others: readonly OtherObject[]; readonly taken: ReadonlySet<Ip> },
): Balanced {
  const { settings, others } = around;
  if (!settings.conveniences) return { services, waiting: [] };
  const taken = new Set(around.taken);
  const waiting: Waiting[] = [];
  const provider = providerOf(settings, others);
  const balanced = services.map((service) => {
    if (!isUnanswered(service)) return service;
    const given = provider === null ? ({ reason: 'no-provider', detail: '' } as const) : addressesFor(service, provider, taken);
    if ('reason' in given) {
      waiting.push({ service, ...given });
      return service;
    }
    for (const address of given.addresses) taken.add(address);
    const loadBalancer = given.addresses.map((address) => ({ ip: address, hostname: null, ipMode: 'VIP' as const }));
    return { ...service, status: { ...service.status, loadBalancer } };
  });
  return { services: balanced, waiting };
}

/** Whether a Service of this type has no address in its status yet. */
export function isUnanswered({ spec, status }: Service): boolean {
  return spec.type === 'LoadBalancer' && status.loadBalancer.length === 0;
}

/** The pools that addresses come from: MetalLB's where the text has one; null where nobody gives any. */
function providerOf({ loadBalancer }: ClusterSettings, others: readonly OtherObject[]): readonly Pool[] | null {
  const pools = others.filter(({ apiVersion, originalKind: kind }) => kind === 'IPAddressPool' && isSetting(apiVersion, kind)).map(poolOf);
  if (pools.length > 0) return pools;
  if (loadBalancer === 'none') return null;
  return loadBalancer === 'metallb' ? METALLB : CLOUD;
}

function poolOf({ metadata, raw }: OtherObject): Pool {
  const spec = map(raw.spec);
  return { name: metadata.name, spans: texts(spec.addresses).flatMap(spansOf), automatic: truth(spec.autoAssign, true) };
}

/** `192.168.1.240-192.168.1.250` or `192.168.10.0/24`; what is neither gives nothing. */
function spansOf(written: string): readonly Span[] {
  const [from, to, ...more] = written.split('-').map((part) => parseIp(part.trim()));
  if (from && to && more.length === 0 && family(from) === family(to) && ipBits(from) <= ipBits(to)) return [{ first: from, last: to }];
  const range = parseCidr(written.trim());
  return range === null ? [] : [{ first: range.network, last: addressAt(range, size(range) - 1n) }];
}

type Given = { readonly addresses: readonly Ip[] } | { readonly reason: WaitingReason; readonly detail: string };

function addressesFor(service: Service, pools: readonly Pool[], taken: ReadonlySet<Ip>): Given {
  const { loadBalancerClass } = service.spec;
  if (loadBalancerClass !== null) return { reason: 'class-unserved', detail: loadBalancerClass };
  const asked = askedAddresses(service);
  if (asked.length > 0) {
    const refused = asked.find((address) => taken.has(address) || !pools.some((pool) => holds(pool, address)));
    return refused === undefined ? { addresses: asked } : { reason: 'address-refused', detail: refused };
  }
  const wanted = service.metadata.annotations[WANTED_POOL];
  const open = pools.filter(({ name, automatic }) => (wanted === undefined ? automatic : name === wanted));
  const addresses = familiesOf(service).flatMap((of) => firstFree(open, of, taken) ?? []);
  return addresses.length > 0 ? { addresses } : { reason: 'pool-used-up', detail: wanted ?? open.map(({ name }) => name).join(', ') };
}

/** MetalLB's annotation, else the older field, which clouds know too. */
function askedAddresses({ metadata, spec }: Service): readonly Ip[] {
  const annotated = (metadata.annotations[WANTED_ADDRESSES] ?? '').split(',').flatMap((part) => parseIp(part.trim()) ?? []);
  return annotated.length > 0 ? annotated : spec.loadBalancerIP === null ? [] : [spec.loadBalancerIP];
}

/** The families of its cluster IPs: a load balancer speaks no other. */
function familiesOf({ spec }: Service): readonly Family[] {
  const own = spec.clusterIPs === 'None' ? [] : spec.clusterIPs.map(family);
  return own.length > 0 ? own : spec.ipFamilies;
}

function holds({ spans }: Pool, address: Ip): boolean {
  const bits = ipBits(address);
  return spans.some(({ first, last }) => family(first) === family(address) && ipBits(first) <= bits && bits <= ipBits(last));
}

function firstFree(pools: readonly Pool[], of: Family, taken: ReadonlySet<Ip>): Ip | null {
  for (const { first, last } of pools.flatMap(({ spans }) => spans)) {
    if (family(first) !== of) continue;
    for (let bits = ipBits(first); bits <= ipBits(last); bits += 1n) {
      const address = formatIp(bits, of);
      if (!taken.has(address)) return address;
    }
  }
  return null;
}
