// The Pod network, written where its plugin reads it. A cluster has one network: the objects of another plugin go, and the Pod range
// that they named is kept. Facts: projectcalico.org/v3 IPPool, flannel's net-conf.json.

import type { ConfigMap } from '../kube/config-map';
import { map, text as textOf } from '../kube/fields';
import type { ApiObject } from '../kube/meta';
import { ALONE, withDocument, withField, withinField } from '../manifest/edit';
import { type Cidr, formatCidr } from '../net/cidr';
import type { NetworkName } from './cluster';
import { isPool, usedPool } from './settings-network';
import { ownSettings } from './settings-own';
import { settingsText } from './settings-text';
import { withOwn, withoutOwn } from './write-own';
import { type Written, withoutAll, writtenIn } from './written';

/** What holds now, for objects that are new. */
export interface NetworkInForce {
  readonly clusterCIDR: Cidr;
  readonly natOutgoing: boolean;
  readonly network: NetworkName;
}

export function withNetwork(text: string, network: NetworkName, now: NetworkInForce): string | null {
  switch (network) {
    case 'calico':
    case 'calico-ipip':
    case 'calico-vxlan':
      return withCalico(text, network, now);
    case 'flannel':
      return withFlannel(text, now);
    case 'kindnet':
    case 'bridge':
    case 'none':
      return withPlainNetwork(text, network, now);
    default:
      return network satisfies never;
  }
}

/** Whether Calico gives Pods the node's address towards the outside. Without a pool one is written. */
export function withNatOutgoing(text: string, value: boolean, now: NetworkInForce): string | null {
  if (!isCalico(now.network)) return null;
  const pool = poolIn(text);
  if (pool === undefined) return withDocument(text, poolText(now.network, { ...now, natOutgoing: value }));
  return withField(text, { place: pool.raw, path: ['spec', 'natOutgoing'], value });
}

type CalicoName = Extract<NetworkName, `calico${string}`>;

function isCalico(network: NetworkName): network is CalicoName {
  return network.startsWith('calico');
}

/** Whether the text names the Pod range outside of kube-proxy's ConfigMap. */
function saysRange(text: string): boolean {
  const objects = writtenIn(text, isAny).map(({ object }) => object);
  return objects.some((object) => isPool(object) || isFlannel(object)) || ownSettings(objects).settings.clusterCIDR !== undefined;
}

function isAny(object: ApiObject): object is ApiObject {
  return object.kind !== undefined;
}

function withCalico(text: string, network: CalicoName, now: NetworkInForce): string | null {
  const bare = step(
    step(text, (own) => withoutOwn(own, 'network')),
    (other) => withoutAll(other, isFlannel),
  );
  if (bare === null) return null;
  const pool = poolIn(bare);
  if (pool !== undefined) return withModes(bare, pool, network);
  if (network === 'calico' && !saysRange(text) && (now.natOutgoing || !isCalico(now.network))) return bare;
  return step(withoutOwn(bare, 'clusterCIDR'), (own) => withDocument(own, poolText(network, now)));
}

const MODES: Readonly<Record<CalicoName, { readonly ipipMode: string; readonly vxlanMode: string }>> = {
  calico: { ipipMode: 'Never', vxlanMode: 'Never' },
  'calico-ipip': { ipipMode: 'Always', vxlanMode: 'Never' },
  'calico-vxlan': { ipipMode: 'Never', vxlanMode: 'Always' },
};

function withModes(text: string, { object, raw }: Written<Extract<ApiObject, { kind: 'Other' }>>, network: CalicoName): string | null {
  const spec = map(object.raw.spec);
  return (['ipipMode', 'vxlanMode'] as const).reduce<string | null>((written, field) => {
    const wanted = MODES[network][field];
    const said = textOf(spec[field]) ?? 'Never';
    if (said === wanted || (wanted === 'Always' && said === 'CrossSubnet')) return written;
    return step(written, (present) => withField(present, { place: raw, path: ['spec', field], value: wanted }));
  }, text);
}

function poolIn(text: string): Written<Extract<ApiObject, { kind: 'Other' }>> | undefined {
  const pools = writtenIn(text, isPool);
  const used = usedPool(pools.map(({ object }) => object));
  return pools.find(({ object }) => object === used);
}

function poolText(network: CalicoName, { clusterCIDR, natOutgoing }: NetworkInForce): string {
  const { ipipMode, vxlanMode } = MODES[network];
  const range = formatCidr(clusterCIDR);
  return `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: default-ipv${range.includes(':') ? 6 : 4}-ippool
spec:
  cidr: ${range}
  ipipMode: ${ipipMode}
  vxlanMode: ${vxlanMode}
  natOutgoing: ${natOutgoing}
`;
}

const FLANNEL_MAP = { namespaces: ['kube-flannel', 'kube-system'], name: 'kube-flannel-cfg', key: 'net-conf.json' } as const;

function isFlannel(object: ApiObject): object is ConfigMap {
  const { namespace, name } = object.metadata;
  return object.kind === 'ConfigMap' && name === FLANNEL_MAP.name && FLANNEL_MAP.namespaces.some((each) => each === namespace);
}

function withFlannel(text: string, now: NetworkInForce): string | null {
  const bare = step(
    step(text, (own) => withoutOwn(own, 'network')),
    (other) => withoutAll(other, isPool),
  );
  if (bare === null) return null;
  const maps = writtenIn(bare, isFlannel);
  const found = settingsText(
    maps.map(({ object }) => object),
    FLANNEL_MAP,
  );
  if (found === null) return step(withoutOwn(bare, 'clusterCIDR'), (own) => withDocument(own, flannelText(now)));
  const place = 'code' in found ? undefined : maps.find(({ object }) => object === found.map)?.raw;
  if (place === undefined) return null;
  const change = (json: string): string | null => withField(json, { place: ALONE, path: ['Backend', 'Type'], value: 'vxlan' });
  return withinField(bare, { place, path: ['data', FLANNEL_MAP.key], change });
}

function flannelText({ clusterCIDR }: NetworkInForce): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-flannel-cfg
  namespace: kube-flannel
data:
  net-conf.json: |
    {
      "Network": "${formatCidr(clusterCIDR)}",
      "Backend": {
        "Type": "vxlan"
      }
    }
`;
}

function withPlainNetwork(text: string, network: NetworkName, { clusterCIDR }: NetworkInForce): string | null {
  const bare = withoutAll(text, (object) => isPool(object) || isFlannel(object));
  const named = step(bare, (present) => withOwn(present, 'network', network));
  return bare === text ? named : step(named, (present) => withOwn(present, 'clusterCIDR', formatCidr(clusterCIDR)));
}

/** The next change, where the one before could be written. */
function step(text: string | null, next: (text: string) => string | null): string | null {
  return text === null ? null : next(text);
}
