import { describe, expect, test } from 'vitest';
import { parseManifest } from '../manifest/parse';
import { readObjects } from '../manifest/read';
import { formatCidr } from '../net/cidr';
import { PLAYGROUND } from '../settings';
import type { ClusterSettings } from './cluster';
import { settingsOf } from './settings-objects';

function read(text: string, chosen: Partial<ClusterSettings> = {}) {
  const { objects, findings } = readObjects(parseManifest(text));
  const made = settingsOf(
    objects.map(({ object }) => object),
    PLAYGROUND,
    chosen,
  );
  return { ...made, refused: findings.map(({ finding }) => finding.code) };
}

const kubeProxy = (config: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: kube-proxy, namespace: kube-system }
data:
  config.conf: |
    apiVersion: kubeproxy.config.k8s.io/v1alpha1
    kind: KubeProxyConfiguration
${config.replace(/^/gm, '    ')}
---
`;

const ipPool = (spec: string, name = 'default-ipv4-ippool'): string => `
apiVersion: crd.projectcalico.org/v1
kind: IPPool
metadata: { name: ${name} }
spec: { ${spec} }
---
`;

const flannel = (json: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: kube-flannel-cfg, namespace: kube-flannel }
data:
  net-conf.json: '${json}'
---
`;

describe('kube-proxy’s ConfigMap', () => {
  test('says the mode, the scheduler and what is masqueraded', () => {
    const config =
      'mode: ipvs\nipvs: { scheduler: wlc }\niptables: { masqueradeAll: true, localhostNodePorts: false }\nnodePortAddresses: [192.168.0.0/16]';
    const { settings, findings } = read(kubeProxy(config));
    expect(settings).toMatchObject({ proxyMode: 'ipvs', ipvsScheduler: 'wlc', masqueradeAll: true, localhostNodePorts: false });
    expect(settings.nodePortAddresses.map(formatCidr)).toEqual(['192.168.0.0/16']);
    expect(findings).toEqual([]);
  });

  test('with an empty mode means iptables, with an empty range no notion of what is local', () => {
    expect(read(kubeProxy('mode: ""\nclusterCIDR: ""')).settings).toMatchObject({ proxyMode: 'iptables', detectLocal: false });
    expect(read(kubeProxy('clusterCIDR: fd00::/48,10.5.0.0/16')).settings.clusterCIDR).toEqual({ network: '10.5.0.0', length: 16 });
  });

  test('[C4] that asks for userspace gets iptables, and a word why', () => {
    const { settings, findings } = read(kubeProxy('mode: userspace'));
    expect(settings.proxyMode).toBe('iptables');
    expect(findings).toMatchObject([{ code: 'proxy-mode-removed', path: ['data', 'config.conf'] }]);
  });

  test.each([
    ['mode: ebpf', 'mode'],
    ['ipvs: { scheduler: best }', 'ipvs.scheduler'],
    ['detectLocalMode: BridgeInterface', 'detectLocalMode'],
    ['clusterCIDR: everything', 'clusterCIDR'],
    ['nodePortAddresses: [eth0]', 'nodePortAddresses'],
  ])('that says `%s` is told so', (config, field) => {
    expect(read(kubeProxy(config)).findings).toMatchObject([{ code: 'setting-unknown', field }]);
  });

  test('that is no YAML changes nothing', () => {
    const { settings, findings } = read(kubeProxy('mode: [ipvs'));
    expect(settings).toEqual(PLAYGROUND);
    expect(findings).toMatchObject([{ code: 'setting-unreadable' }]);
  });

  test('gives way to what the command asks for', () => {
    expect(read(kubeProxy('mode: ipvs'), { proxyMode: 'nftables' }).settings.proxyMode).toBe('nftables');
  });
});

describe('Calico’s IPPool', () => {
  test.each([
    ['ipipMode: Always, natOutgoing: true', 'calico-ipip', false],
    ['ipipMode: CrossSubnet, natOutgoing: true', 'calico-ipip', true],
    ['vxlanMode: CrossSubnet, ipipMode: Never', 'calico-vxlan', true],
    ['vxlanMode: Never', 'calico', false],
  ])('with { %s } makes the network %s', (spec, network, crossSubnet) => {
    const { settings, findings, refused } = read(ipPool(`cidr: 10.7.0.0/16, ${spec}`));
    expect(settings).toMatchObject({ network, crossSubnet, clusterCIDR: { network: '10.7.0.0', length: 16 } });
    expect([...findings, ...refused]).toEqual([]);
  });

  test('says whether Pods are masqueraded, and how long the blocks are', () => {
    expect(read(ipPool('cidr: 10.7.0.0/16, blockSize: 26')).settings).toMatchObject({ natOutgoing: 'none', nodeRangeLength: 26 });
    expect(read(ipPool('cidr: 10.7.0.0/16, natOutgoing: true')).settings.natOutgoing).toBe('IPPoolsOnly');
  });

  test('that is disabled has no say', () => {
    const text = ipPool('cidr: 10.8.0.0/16, disabled: true, ipipMode: Always', 'old') + ipPool('cidr: 10.9.0.0/16');
    expect(read(text).settings).toMatchObject({ network: 'calico', clusterCIDR: { network: '10.9.0.0' } });
  });

  test('that asks for the impossible is told so', () => {
    expect(read(ipPool('cidr: everywhere')).findings).toMatchObject([{ code: 'setting-unknown', field: 'cidr' }]);
    expect(read(ipPool('cidr: 10.7.0.0/16, ipipMode: Sometimes')).findings).toMatchObject([{ field: 'ipipMode', used: 'Never' }]);
    expect(read(ipPool('cidr: 10.7.0.0/16, ipipMode: Always, vxlanMode: Always')).findings).toMatchObject([{ field: 'vxlanMode' }]);
  });
});

describe('flannel’s ConfigMap', () => {
  test.each([
    ['{"Network": "10.244.0.0/16", "Backend": {"Type": "vxlan"}}', 'flannel'],
    ['{"Network": "10.244.0.0/16", "Backend": {"Type": "host-gw"}}', 'kindnet'],
    ['{"Network": "10.244.0.0/16"}', 'flannel'],
  ])('%s makes the network %s', (json, network) => {
    expect(read(flannel(json)).settings).toMatchObject({ network, clusterCIDR: { network: '10.244.0.0', length: 16 } });
  });

  test('with a back end that is not simulated is told so', () => {
    expect(read(flannel('{"Network": "10.244.0.0/16", "Backend": {"Type": "wireguard"}}')).findings).toMatchObject([
      { code: 'setting-unknown', field: 'Backend.Type', used: 'vxlan' },
    ]);
  });
});
