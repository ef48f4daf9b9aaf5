// What the panel writes is what the engine reads, whatever text it was written into; and it leaves the rest of the text alone.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GALLERY } from '../gallery/gallery';
import { load, type SettingChange, writeSetting } from './index';

function written(text: string, ...changes: readonly SettingChange[]): string {
  return changes.reduce((before, change) => {
    const made = writeSetting(load(before), before, change);
    if (made === null) throw new Error(`${JSON.stringify(change)} cannot be written into\n${before}`);
    return made.text;
  }, text);
}

const inForce = (text: string) => load(text).snapshot.view.settings;
const linesOnlyIn = (text: string, other: string) => text.split('\n').filter((line) => !other.split('\n').includes(line));

const change: fc.Arbitrary<SettingChange> = fc.oneof(
  fc.record({
    setting: fc.constant('proxyMode' as const),
    value: fc.constantFrom('iptables' as const, 'nftables' as const, 'ipvs' as const),
  }),
  fc.record({ setting: fc.constant('ipvsScheduler' as const), value: fc.constantFrom('rr', 'lc', 'sh', 'mh') }),
  fc.record({ setting: fc.constantFrom('masqueradeAll' as const, 'localhostNodePorts' as const), value: fc.boolean() }),
  fc.record({
    setting: fc.constant('network' as const),
    value: fc.constantFrom('calico', 'calico-ipip', 'calico-vxlan', 'flannel', 'kindnet', 'bridge', 'none'),
  }),
  fc.record({
    setting: fc.constant('loadBalancer' as const),
    value: fc.constantFrom('cloud' as const, 'metallb' as const, 'none' as const),
  }),
  fc.record({ setting: fc.constant('dnsDomain' as const), value: fc.constantFrom('cluster.local', 'shop.example', 'k8s') }),
);

const KUBE_PROXY = `# a cluster
apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-proxy # of kubeadm
  namespace: kube-system
data:
  config.conf: |
    # how this cluster balances
    apiVersion: kubeproxy.config.k8s.io/v1alpha1
    kind: KubeProxyConfiguration
    mode: iptables # the default
    iptables: { masqueradeAll: true }
---
apiVersion: v1
kind:   Service   # written oddly, and left so
metadata: {name: web}
spec: {ports: [{port: 80}]}
`;

const POOL = 'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: { name: a }\nspec: { cidr: 10.7.0.0/16, natOutgoing: true }\n';
const LIST = JSON.stringify({
  apiVersion: 'v1',
  kind: 'List',
  items: [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    { apiVersion: 'projectcalico.org/v3', kind: 'IPPool', metadata: { name: 'a' }, spec: { cidr: '10.7.0.0/16', ipipMode: 'CrossSubnet' } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'kube-proxy', namespace: 'kube-system' },
      data: { 'config.conf': 'mode: ipvs' },
    },
  ],
});

describe('settings written into a text', () => {
  test('are those that are read from it, whatever was written before, and no other changes with them', () => {
    const texts = [...GALLERY.map(({ text }) => text), KUBE_PROXY, POOL, LIST, ''];
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 4 }), (text, changes) => {
        let [now, settings] = [text, inForce(text)];
        for (const one of changes) {
          now = written(now, one);
          const { natOutgoing, ...before } = settings;
          settings = inForce(now);
          expect(settings).toMatchObject({ ...before, [one.setting]: one.value });
        }
        expect(load(now).snapshot.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  test('change only the lines that say them', () => {
    const text = written(KUBE_PROXY, { setting: 'proxyMode', value: 'ipvs' });
    expect(linesOnlyIn(KUBE_PROXY, text)).toEqual(['    mode: iptables # the default']);
    expect(linesOnlyIn(text, KUBE_PROXY)).toEqual(['    mode: ipvs # the default']);
  });

  test('bring along what another mode would read elsewhere', () => {
    const text = written(KUBE_PROXY, { setting: 'proxyMode', value: 'nftables' });
    expect(linesOnlyIn(text, KUBE_PROXY)).toEqual(['    mode: nftables # the default', '    nftables:', '      masqueradeAll: true']);
  });

  test('stand behind the rest where no object says them yet', () => {
    expect(written('apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }', { setting: 'proxyMode', value: 'nftables' })).toBe(
      `apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-proxy
  namespace: kube-system
data:
  config.conf: |
    apiVersion: kubeproxy.config.k8s.io/v1alpha1
    kind: KubeProxyConfiguration
    mode: nftables
`,
    );
  });

  test('that are in force are not written again', () => {
    expect(written(KUBE_PROXY, { setting: 'network', value: 'calico' })).toBe(KUBE_PROXY);
  });

  test('are not written over what cannot be changed alone', () => {
    const shared = KUBE_PROXY.replace('config.conf: |', 'config.conf: &conf |');
    expect(writeSetting(load(shared), shared, { setting: 'proxyMode', value: 'ipvs' })).toBeNull();
  });
});

describe('the Pod network', () => {
  test('takes the Pod range along from one plugin to the next', () => {
    const flannel = written(POOL, { setting: 'network', value: 'flannel' });
    expect(flannel).not.toContain('IPPool');
    expect(flannel).toContain('"Network": "10.7.0.0/16"');
    const kindnet = written(flannel, { setting: 'network', value: 'kindnet' });
    expect(kindnet).not.toContain('flannel');
    const vxlan = written(kindnet, { setting: 'network', value: 'calico-vxlan' });
    expect(vxlan).not.toContain('kubehop');
    for (const text of [flannel, kindnet, vxlan]) expect(load(text).snapshot.view.clusterCIDR).toBe('10.7.0.0/16');
  });

  test('of Calico is two words in its pool', () => {
    const ipip = written(POOL, { setting: 'network', value: 'calico-ipip' });
    expect(ipip).toBe(POOL.replace('natOutgoing: true', 'natOutgoing: true, ipipMode: Always'));
    const vxlan = written(ipip, { setting: 'network', value: 'calico-vxlan' });
    expect(vxlan).toBe(POOL.replace('natOutgoing: true', 'natOutgoing: true, ipipMode: Never, vxlanMode: Always'));
  });

  test('says whether Pods leave under their node’s address', () => {
    for (const text of ['', POOL, LIST]) {
      expect(inForce(written(text, { setting: 'natOutgoing', value: false })).natOutgoing).toBe(false);
      expect(inForce(written(text, { setting: 'natOutgoing', value: false }, { setting: 'natOutgoing', value: true })).natOutgoing).toBe(
        true,
      );
    }
  });
});

test('a load balancer from nobody leaves nothing of MetalLB, and a cloud nothing of either', () => {
  const metalLb = written('', { setting: 'loadBalancer', value: 'metallb' });
  expect(metalLb).toContain('IPAddressPool');
  const none = written(metalLb, { setting: 'loadBalancer', value: 'none' });
  expect(none).not.toContain('metallb');
  expect(written(none, { setting: 'loadBalancer', value: 'cloud' })).toBe('');
});

test('the DNS domain is the first zone of the Corefile’s plugin', () => {
  const corefile =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: coredns, namespace: kube-system }\ndata:\n  Corefile: |\n    .:53 {\n      # kubernetes here\n      kubernetes in-addr.arpa old.example ip6.arpa {\n        pods verified\n      }\n    }\n';
  expect(written(corefile, { setting: 'dnsDomain', value: 'new.example' })).toBe(corefile.replace('old.example', 'new.example'));
});
