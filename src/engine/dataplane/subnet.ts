// The link that joins the nodes, in one address family: the prefixes that are at home on it, and the router's address.
// Nobody writes this down in a manifest; it is read off the nodes' addresses, as short as need be and no shorter than a campus.

import type { Cluster } from '../controlplane/cluster';
import { addressAt, type Cidr, contains, coveringPrefix, prefixOf, size } from '../net/cidr';
import { type Family, family, type Ip } from '../net/ip';

export interface Subnet {
  /** Prefixes whose addresses answer on the link; that of the first node first. */
  readonly links: readonly Cidr[];
  /** The router's address in the first of them. */
  readonly gateway: Ip;
  /** The router's addresses: that one, or one in each prefix where the links are apart and the router alone joins them. */
  readonly gateways: readonly Ip[];
}

/** The usual length of a link's prefix, and the shortest that is believed. */
const LENGTHS: Readonly<Record<Family, { readonly usual: number; readonly shortest: number }>> = {
  4: { usual: 24, shortest: 16 },
  6: { usual: 64, shortest: 48 },
};

/** The nodes' link; null where no node has an address of the family. Who sets up a tunnel between links alone (CrossSubnet) has several of
 *  them: then nodes of different usual prefixes are apart. */
export function subnetOf({ nodes, settings }: Cluster, of: Family): Subnet | null {
  const addresses = nodes.flatMap(({ status }) => status.internalIPs).filter((address) => family(address) === of);
  const links = neighbourhoods(addresses, of, settings.crossSubnet ? LENGTHS[of].usual : LENGTHS[of].shortest);
  const [first] = links;
  if (first === undefined) return null;
  const gateway = routerOn(first, addresses);
  return { links, gateway, gateways: settings.crossSubnet ? links.map((link) => routerOn(link, addresses)) : [gateway] };
}

function routerOn(link: Cidr, taken: readonly Ip[]): Ip {
  const candidates = [1n, 254n, 253n, 252n].filter((offset) => offset < size(link)).map((offset) => addressAt(link, offset));
  return candidates.find((address) => !taken.includes(address)) ?? link.network;
}

/** Addresses that share the shortest believable prefix live on one link prefix; those too far apart get one each. */
function neighbourhoods(addresses: readonly Ip[], of: Family, shortest: number): readonly Cidr[] {
  const { usual } = LENGTHS[of];
  const groups = new Map<Ip, Ip[]>();
  for (const address of addresses) {
    const key = prefixOf(address, shortest).network;
    groups.set(key, [...(groups.get(key) ?? []), address]);
  }
  return [...groups.values()].flatMap((near) => {
    const covering = coveringPrefix(near);
    return covering === null ? [] : [prefixOf(covering.network, Math.min(covering.length, usual))];
  });
}

/** The link prefix that holds the address; undefined where it is elsewhere. */
export function linkOf(subnets: readonly Subnet[], address: Ip): Cidr | undefined {
  return subnets.flatMap(({ links }) => links).find((link) => contains(link, address));
}
