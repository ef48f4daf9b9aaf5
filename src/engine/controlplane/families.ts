// Which address families a cluster speaks. Nobody says so in an object: nodes, ranges and Services show it. A text that asks for
// IPv6 anywhere gets a dual-stack cluster; one whose nodes have nothing but IPv6 gets a cluster of IPv6 alone.

import type { Service } from '../kube/service';
import type { Cidr } from '../net/cidr';
import { type Family, family, type Ip } from '../net/ip';
import type { ClusterSettings } from './cluster';
import { type Inventory, serviceAddresses } from './inventory';

/** The families that every node is to have, the primary one first; empty where the cluster is exactly what is written. */
export function clusterFamilies(text: Inventory, settings: ClusterSettings): readonly Family[] {
  if (!settings.conveniences) return [];
  const ofNodes = text.nodes.flatMap(({ status, spec }) => [...status.internalIPs, ...spec.podCIDRs.map(networkOf)]).map(family);
  if (ofNodes.length > 0 && ofNodes.every((of) => of === 6)) return [6];
  return ofNodes.includes(6) || asksForSix(text, settings) ? [4, 6] : [4];
}

function networkOf({ network }: Cidr): Ip {
  return network;
}

function asksForSix({ pods, services }: Inventory, { clusterCIDR, secondClusterCIDR, serviceCIDR }: ClusterSettings): boolean {
  const ranges = [clusterCIDR, secondClusterCIDR, serviceCIDR].flatMap((range) => range?.network ?? []);
  const addresses = [...ranges, ...pods.flatMap(({ status }) => status?.podIPs ?? []), ...services.flatMap(serviceAddresses)];
  return addresses.some((ip) => family(ip) === 6) || services.some(wantsSix);
}

function wantsSix({ spec }: Service): boolean {
  return spec.type !== 'ExternalName' && (spec.ipFamilies.includes(6) || spec.ipFamilyPolicy !== 'SingleStack');
}
