// The Pod network as its plugin was told: Calico's IPPool (crd.projectcalico.org/v1, projectcalico.org/v3), or the net-conf.json
// of flannel's ConfigMap. The plugins that have no such object (kindnet, bridge) are named in `settings-own.ts`.

import { map, text, truth, whole } from '../kube/fields';
import type { Finding } from '../kube/finding';
import { isSetting } from '../kube/kinds';
import { type ApiObject, type OtherObject, refOf } from '../kube/meta';
import { type Cidr, parseCidr } from '../net/cidr';
import { family } from '../net/ip';
import type { NetworkName } from './cluster';
import type { ReadSettings } from './read-settings';
import { settingsText, unknownSetting } from './settings-text';

/** Calico's pool where there is one, else what flannel says. */
export function networkSettings(objects: readonly ApiObject[]): ReadSettings {
  const pools = objects.filter(isPool);
  return pools.length > 0 ? calicoSettings(pools) : flannelSettings(objects);
}

export function isPool(object: ApiObject): object is OtherObject {
  return object.kind === 'Other' && object.originalKind === 'IPPool' && isSetting(object.apiVersion, object.originalKind);
}

const ENCAPSULATIONS = ['Always', 'CrossSubnet', 'Never'] as const;

/** The first pool in use counts, that of IPv4 before others. */
export function usedPool<Pool extends OtherObject>(pools: readonly Pool[]): Pool | undefined {
  const open = pools.filter((pool) => !truth(map(pool.raw.spec).disabled, false));
  const ofFour = open.find((pool) => familyOf(rangeOf(pool)) === 4);
  return ofFour ?? open.find((each) => rangeOf(each) !== null) ?? open[0];
}

function calicoSettings(pools: readonly OtherObject[]): ReadSettings {
  const pool = usedPool(pools);
  if (pool === undefined) return { settings: {}, findings: [] };
  const spec = map(pool.raw.spec);
  const range = rangeOf(pool);
  const [ipip, vxlan] = (['ipipMode', 'vxlanMode'] as const).map((field) => encapsulation(pool, field));
  const used = ipip?.mode === 'Never' ? vxlan : ipip;
  const network: NetworkName = ipip?.mode !== 'Never' ? 'calico-ipip' : vxlan?.mode !== 'Never' ? 'calico-vxlan' : 'calico';
  const length = whole(spec.blockSize);
  return {
    settings: {
      network,
      crossSubnet: used?.mode === 'CrossSubnet',
      ...(truth(spec.natOutgoing, false) ? {} : { natOutgoing: 'none' }),
      ...(range === null ? {} : { clusterCIDR: range }),
      ...(length === null || range === null || length < range.length ? {} : { nodeRangeLength: length }),
    },
    findings: [
      ...(ipip?.findings ?? []),
      ...(vxlan?.findings ?? []),
      ...(range === null ? [unknown(pool, { field: 'cidr', value: String(spec.cidr ?? ''), known: [], used: '' })] : []),
      ...(ipip?.mode !== 'Never' && vxlan?.mode !== 'Never'
        ? [unknown(pool, { field: 'vxlanMode', value: String(spec.vxlanMode), known: ['Never'], used: 'Never' })]
        : []),
    ],
  };
}

function rangeOf(pool: OtherObject): Cidr | null {
  return parseCidr(text(map(pool.raw.spec).cidr) ?? '');
}

function familyOf(range: Cidr | null): 4 | 6 | null {
  return range === null ? null : family(range.network);
}

function encapsulation(
  pool: OtherObject,
  field: 'ipipMode' | 'vxlanMode',
): { readonly mode: (typeof ENCAPSULATIONS)[number]; readonly findings: readonly Finding[] } {
  const said = text(map(pool.raw.spec)[field]) ?? 'Never';
  const mode = ENCAPSULATIONS.find((known) => known === said);
  if (mode !== undefined) return { mode, findings: [] };
  return { mode: 'Never', findings: [unknown(pool, { field, value: said, known: ENCAPSULATIONS, used: 'Never' })] };
}

function unknown(
  pool: OtherObject,
  said: { readonly field: string; readonly value: string; readonly known: readonly string[]; readonly used: string },
): Finding {
  return { object: refOf(pool), path: ['spec', said.field], severity: 'warning', code: 'setting-unknown', ...said };
}

const BACKENDS: Readonly<Record<string, NetworkName>> = { vxlan: 'flannel', 'host-gw': 'kindnet' };

function flannelSettings(objects: readonly ApiObject[]): ReadSettings {
  const found = settingsText(objects, { namespaces: ['kube-flannel', 'kube-system'], name: 'kube-flannel-cfg', key: 'net-conf.json' });
  if (found === null) return { settings: {}, findings: [] };
  if ('code' in found) return { settings: {}, findings: [found] };
  const { Network, SubnetLen, Backend } = found.value;
  const type = text(map(Backend).Type) ?? 'vxlan';
  const network = BACKENDS[type];
  const range = parseCidr(text(Network) ?? '');
  const length = whole(SubnetLen);
  return {
    settings: {
      network: network ?? 'flannel',
      crossSubnet: truth(map(Backend).DirectRouting, false),
      ...(range === null ? {} : { clusterCIDR: range }),
      ...(length === null || range === null || length < range.length ? {} : { nodeRangeLength: length }),
    },
    findings: [
      ...(network === undefined
        ? [unknownSetting(found, { field: 'Backend.Type', value: type, known: Object.keys(BACKENDS), used: 'vxlan' })]
        : []),
      ...(range === null && Network !== undefined
        ? [unknownSetting(found, { field: 'Network', value: String(Network), known: [], used: '' })]
        : []),
    ],
  };
}
