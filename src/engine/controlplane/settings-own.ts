// What a cluster keeps in no object of its own: a network without a configuration object (kindnet, bridge, none), and who answers for
// load balancers. The ConfigMap kube-system/kubehop says it, under the keys network, clusterCIDR and loadBalancer.

import type { ConfigMap } from '../kube/config-map';
import type { Finding } from '../kube/finding';
import { isSetting } from '../kube/kinds';
import { type ApiObject, refOf } from '../kube/meta';
import { parseCidr } from '../net/cidr';
import type { NetworkName } from './cluster';
import { merged, type ReadSettings } from './read-settings';
import type { LoadBalancerName } from './setting-change';

export const OWN_SETTINGS = { namespace: 'kube-system', name: 'kubehop' } as const;

const NETWORKS: readonly NetworkName[] = ['calico', 'calico-ipip', 'calico-vxlan', 'flannel', 'kindnet', 'bridge', 'none'];
const BALANCERS: readonly LoadBalancerName[] = ['cloud', 'metallb', 'none'];

export function isOwnMap(object: ApiObject): object is ConfigMap {
  const { namespace, name } = object.metadata;
  return object.kind === 'ConfigMap' && namespace === OWN_SETTINGS.namespace && name === OWN_SETTINGS.name;
}

export function ownSettings(objects: readonly ApiObject[]): ReadSettings {
  const map = objects.find(isOwnMap);
  return map === undefined ? { settings: {}, findings: [] } : merged([network(map), clusterRange(map), loadBalancer(map)]);
}

/** MetalLB answers wherever it has a pool. */
export function metalLbSettings(objects: readonly ApiObject[]): ReadSettings {
  return { settings: objects.some(isAddressPool) ? { loadBalancer: 'metallb' } : {}, findings: [] };
}

export function isAddressPool(object: ApiObject): boolean {
  return object.kind === 'Other' && object.originalKind === 'IPAddressPool' && isSetting(object.apiVersion, object.originalKind);
}

const NOTHING: ReadSettings = { settings: {}, findings: [] };

function network(map: ConfigMap): ReadSettings {
  const said = map.data.network;
  const known = NETWORKS.find((name) => name === said);
  if (known !== undefined) return { settings: { network: known, crossSubnet: false }, findings: [] };
  return said === undefined ? NOTHING : unknown(map, { field: 'network', value: said, known: NETWORKS, used: 'calico' });
}

function loadBalancer(map: ConfigMap): ReadSettings {
  const said = map.data.loadBalancer;
  const known = BALANCERS.find((name) => name === said);
  if (known !== undefined) return { settings: { loadBalancer: known }, findings: [] };
  return said === undefined ? NOTHING : unknown(map, { field: 'loadBalancer', value: said, known: BALANCERS, used: 'cloud' });
}

function clusterRange(map: ConfigMap): ReadSettings {
  const said = map.data.clusterCIDR;
  const range = parseCidr(said ?? '');
  if (range !== null) return { settings: { clusterCIDR: range }, findings: [] };
  return said === undefined ? NOTHING : unknown(map, { field: 'clusterCIDR', value: said, known: [], used: '' });
}

function unknown(
  map: ConfigMap,
  said: { readonly field: string; readonly value: string; readonly known: readonly string[]; readonly used: string },
): ReadSettings {
  const finding: Finding = { object: refOf(map), path: ['data', said.field], severity: 'warning', code: 'setting-unknown', ...said };
  return { settings: {}, findings: [finding] };
}
