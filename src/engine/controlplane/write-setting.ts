// One setting written into the text, where a cluster keeps it; null where that place cannot be written alone. Only the lines that say
// it change. The counterpart of `settings-objects.ts`: what is written here is read there.

import type { ConfigMap } from '../kube/config-map';
import type { ApiObject } from '../kube/meta';
import { ALONE, withDocument, withField, withinField } from '../manifest/edit';
import type { Plain } from '../manifest/spell';
import type { Cluster } from './cluster';
import type { LoadBalancerName, SettingChange } from './setting-change';
import { kubeProxySettings } from './settings-kube-proxy';
import { isAddressPool } from './settings-own';
import { withNatOutgoing, withNetwork } from './write-network';
import { withOwn, withoutOwn } from './write-own';
import { withoutAll, writtenIn } from './written';

export function withSetting(text: string, change: SettingChange, { settings, clusterCIDR }: Cluster): string | null {
  const now = { clusterCIDR, natOutgoing: settings.natOutgoing !== 'none', network: settings.network };
  switch (change.setting) {
    case 'proxyMode':
      return withMode(text, change.value, settings.masqueradeAll);
    case 'ipvsScheduler':
      return withKubeProxy(text, ['ipvs', 'scheduler'], change.value);
    case 'masqueradeAll':
      return withKubeProxy(text, [settings.proxyMode === 'nftables' ? 'nftables' : 'iptables', 'masqueradeAll'], change.value);
    case 'localhostNodePorts':
      return withKubeProxy(text, ['iptables', 'localhostNodePorts'], change.value);
    case 'network':
      return withNetwork(text, change.value, now);
    case 'natOutgoing':
      return withNatOutgoing(text, change.value, now);
    case 'loadBalancer':
      return withLoadBalancer(text, change.value);
    case 'dnsDomain':
      return withDomain(text, change.value);
    default:
      return change satisfies never;
  }
}

/** Each mode reads masqueradeAll in its own section: what held before is written for the new one too. */
function withMode(text: string, mode: string, masqueradeAll: boolean): string | null {
  const written = withKubeProxy(text, ['mode'], mode);
  if (written === null) return null;
  const { settings } = kubeProxySettings(writtenIn(written, isConfigMap).map(({ object }) => object));
  if ((settings.masqueradeAll ?? false) === masqueradeAll) return written;
  return withKubeProxy(written, [mode === 'nftables' ? 'nftables' : 'iptables', 'masqueradeAll'], masqueradeAll);
}

function isConfigMap(object: ApiObject): object is ConfigMap {
  return object.kind === 'ConfigMap';
}

const KUBE_PROXY = { name: 'kube-proxy', key: 'config.conf' } as const;
const CONFIGURATION = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n';

function withKubeProxy(text: string, path: readonly string[], value: Plain): string | null {
  const change = (inner: string): string | null => withField(inner.trim() === '' ? CONFIGURATION : inner, { place: ALONE, path, value });
  return withinMap(text, KUBE_PROXY, { change, initial: CONFIGURATION });
}

/** A key of a ConfigMap in kube-system changed; written where it is missing, the ConfigMap too. */
function withinMap(
  text: string,
  { name, key }: { readonly name: string; readonly key: string },
  { change, initial }: { readonly change: (inner: string) => string | null; readonly initial: string },
): string | null {
  const maps = writtenIn(text, isConfigMap).filter(
    ({ object: { metadata } }) => metadata.namespace === 'kube-system' && metadata.name === name,
  );
  const map = maps.find(({ object }) => object.data[key] !== undefined) ?? maps[0];
  const path = ['data', key];
  if (map !== undefined && map.object.data[key] !== undefined) return withinField(text, { place: map.raw, path, change });
  const value = change(initial);
  if (value === null) return null;
  if (map !== undefined) return withField(text, { place: map.raw, path, value });
  const lines = value
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`));
  return withDocument(
    text,
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: kube-system\ndata:\n  ${key}: |\n${lines.join('\n')}\n`,
  );
}

const ADDRESS_POOL = `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: default
  namespace: metallb-system
spec:
  addresses:
  - 192.168.1.240-192.168.1.250
`;

function withLoadBalancer(text: string, value: LoadBalancerName): string | null {
  if (value === 'metallb') {
    const bare = withoutOwn(text, 'loadBalancer');
    return bare === null ? null : withDocument(bare, ADDRESS_POOL);
  }
  const bare = withoutAll(text, isAddressPool);
  if (bare === null) return null;
  return value === 'none' ? withOwn(bare, 'loadBalancer', value) : withoutOwn(bare, 'loadBalancer');
}

/** kubeadm's own Corefile (cmd/kubeadm/app/phases/addons/dns/manifests.go). */
const COREFILE = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`;

const ZONES = /^([^\S\n]*kubernetes)((?:[^\S\n]+[^\s{#]+)*)/m;

function withDomain(text: string, domain: string): string | null {
  const change = (corefile: string): string | null => {
    const [line, word, zones] = ZONES.exec(corefile) ?? [];
    if (line === undefined || word === undefined) return null;
    const first = (zones ?? '').split(/\s+/).find((zone) => zone !== '' && !/\.arpa\.?$/i.test(zone));
    const written =
      first === undefined ? `${word} ${domain}${zones === '' ? ' in-addr.arpa ip6.arpa' : zones}` : line.replace(first, domain);
    return corefile.replace(line, () => written);
  };
  return withinMap(text, { name: 'coredns', key: 'Corefile' }, { change, initial: COREFILE });
}
