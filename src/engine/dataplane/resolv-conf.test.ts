import { expect, test } from 'vitest';
import { ip } from '../net/ip';
import { BARE } from '../settings';
import { cluster, pod, service } from './dns-cluster.test-support';
import { resolvConf } from './resolv-conf';

const NODE = { nameservers: ['192.168.10.1'], search: ['cluster.local.', 'corp.example.'], options: ['timeout:1'] };
const CLUSTER = cluster({
  settings: { ...BARE, nodeResolv: NODE },
  services: [service('kube-system/kube-dns', { clusterIPs: ['10.96.0.10'], ports: ['dns 53/UDP'] })],
});
const OF_NODE = { nameservers: ['192.168.10.1'], search: ['cluster.local', 'corp.example'], options: ['timeout:1'] };

test('ClusterFirst: the address of kube-dns, the three domains of the cluster before those of the node, and ndots:5', () => {
  expect(resolvConf(pod('shop/web', '10.244.1.5'), CLUSTER)).toEqual({
    nameservers: ['10.96.0.10'],
    search: ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local', 'corp.example'],
    options: ['ndots:5'],
  });
});

test('Default, and ClusterFirst on the network of the host, get what the node has', () => {
  expect(resolvConf(pod('shop/web', '10.244.1.5', { dnsPolicy: 'Default' }), CLUSTER)).toEqual(OF_NODE);
  expect(resolvConf(pod('shop/web', '192.168.10.11', { hostNetwork: true }), CLUSTER)).toEqual(OF_NODE);
});

test('ClusterFirstWithHostNet keeps the DNS of the cluster on the network of the host', () => {
  expect(
    resolvConf(pod('shop/web', '192.168.10.11', { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }), CLUSTER).nameservers,
  ).toEqual(['10.96.0.10']);
});

test('without a DNS Service ClusterFirst falls back to what the node has', () => {
  expect(resolvConf(pod('shop/web', '10.244.1.5'), { ...CLUSTER, services: [] })).toEqual(OF_NODE);
});

test('the address that the kubelet was told wins over the Service', () => {
  const told = { ...CLUSTER, settings: { ...CLUSTER.settings, clusterDNS: ip('169.254.20.10') } };
  expect(resolvConf(pod('shop/web', '10.244.1.5'), told).nameservers).toEqual(['169.254.20.10']);
});

const DNS_CONFIG = {
  nameservers: ['10.96.0.10', '192.0.2.53'],
  searches: ['cluster.local', 'shop.example'],
  options: [
    { name: 'ndots', value: '1' },
    { name: 'edns0', value: null },
  ],
};

test('dnsConfig is appended without repetition, and its options win by name', () => {
  expect(resolvConf(pod('shop/web', '10.244.1.5', { dnsConfig: DNS_CONFIG }), CLUSTER)).toEqual({
    nameservers: ['10.96.0.10', '192.0.2.53'],
    search: ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local', 'corp.example', 'shop.example'],
    options: ['ndots:1', 'edns0'],
  });
});

test('None: dnsConfig alone', () => {
  expect(resolvConf(pod('shop/web', '10.244.1.5', { dnsPolicy: 'None', dnsConfig: DNS_CONFIG }), CLUSTER)).toEqual({
    nameservers: DNS_CONFIG.nameservers,
    search: DNS_CONFIG.searches,
    options: ['ndots:1', 'edns0'],
  });
});

test('three servers, 32 search domains and 2048 characters are the most that is written', () => {
  const spec = (searches: readonly string[]) => ({
    dnsPolicy: 'None' as const,
    dnsConfig: { nameservers: ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'], searches, options: [] },
  });
  const many = resolvConf(pod('shop/web', '10.244.1.5', spec(Array.from({ length: 40 }, (_, index) => `d${index}`))), CLUSTER);
  expect(many.nameservers).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3']);
  expect(many.search).toHaveLength(32);
  const long = resolvConf(
    pod('shop/web', '10.244.1.5', spec(Array.from({ length: 20 }, (_, index) => `${index}`.padEnd(200, 'x')))),
    CLUSTER,
  );
  expect(long.search).toHaveLength(10);
});
