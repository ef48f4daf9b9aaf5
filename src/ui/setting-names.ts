// Names of modes and networks as their projects write them, the same in every language; and the objects in which settings are kept.

import type { NetworkName, ProxyModeName, SettingChange } from '../engine/view';

export const MODES: readonly ProxyModeName[] = ['iptables', 'nftables', 'ipvs'];

export const MODE_NAMES: Readonly<Record<ProxyModeName, string>> = { iptables: 'iptables', nftables: 'nftables', ipvs: 'IPVS' };

/** What kube-proxy offers under `ipvs.scheduler`. */
export const SCHEDULERS = ['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'sh', 'dh', 'sed', 'nq', 'mh'] as const;

export const NETWORKS: readonly NetworkName[] = ['calico', 'calico-ipip', 'calico-vxlan', 'flannel', 'kindnet', 'bridge', 'none'];

/** Short, for the head of the page. */
export const NETWORK_NAMES: Readonly<Record<NetworkName, string>> = {
  calico: 'Calico',
  'calico-ipip': 'Calico IPIP',
  'calico-vxlan': 'Calico VXLAN',
  flannel: 'flannel',
  kindnet: 'kindnet',
  bridge: 'bridge',
  none: '—',
};

const OWN = 'ConfigMap kube-system/kubehop';
const NETWORK_PLACES: Readonly<Record<NetworkName, string>> = {
  calico: 'IPPool default-ipv4-ippool',
  'calico-ipip': 'IPPool default-ipv4-ippool',
  'calico-vxlan': 'IPPool default-ipv4-ippool',
  flannel: 'ConfigMap kube-flannel/kube-flannel-cfg',
  kindnet: OWN,
  bridge: OWN,
  none: OWN,
};

/** The object in which a cluster keeps a setting. */
export function placeOf({ setting, value }: Pick<SettingChange, 'setting' | 'value'>): string {
  switch (setting) {
    case 'proxyMode':
    case 'ipvsScheduler':
    case 'masqueradeAll':
    case 'localhostNodePorts':
      return 'ConfigMap kube-system/kube-proxy';
    case 'network':
      return NETWORK_PLACES[NETWORKS.find((network) => network === value) ?? 'calico'];
    case 'natOutgoing':
      return NETWORK_PLACES.calico;
    case 'loadBalancer':
      return value === 'metallb' ? 'IPAddressPool metallb-system/default' : OWN;
    case 'dnsDomain':
      return 'ConfigMap kube-system/coredns';
    default:
      return setting satisfies never;
  }
}
