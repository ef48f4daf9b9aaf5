// Whose address a packet bears: outgoing NAT of every Pod network, host ports, and kube-proxy's modes on each of them.

import { describe, expect, test } from 'vitest';
import type { ClusterSettings, NetworkName } from './controlplane/cluster';
import { cluster } from './course.test-support';
import { formatRule } from './linux/iptables-save';
import { FLAT_RANGES, NODE, pod, send, service, twoNodes } from './networks.test-support';

const hostPod = pod('host', 'node-1', '192.168.1.10').replace('spec:', 'spec:\n  hostNetwork: true');
const farHostPod = pod('far-host', 'node-2', '192.168.1.11').replace('spec:', 'spec:\n  hostNetwork: true');

describe('outgoing NAT: whose address a Pod of node-1 bears', () => {
  const OWN = '10.244.0.5';
  /** At its own node, at another node, outside, at a Pod of its node, at a Pod elsewhere (null: it does not get there). */
  const table: readonly [NetworkName, Partial<ClusterSettings>, readonly (string | null)[]][] = [
    ['calico', {}, [OWN, NODE, NODE, OWN, OWN]],
    ['calico', { natOutgoing: 'IPPoolsAndHostIPs' }, [OWN, OWN, NODE, OWN, OWN]],
    ['calico', { natOutgoing: 'none' }, [OWN, OWN, null, OWN, OWN]],
    ['calico-ipip', {}, [OWN, NODE, NODE, OWN, OWN]],
    ['calico-vxlan', {}, [OWN, NODE, NODE, OWN, OWN]],
    ['calico-vxlan', { natOutgoing: 'IPPoolsAndHostIPs' }, [OWN, OWN, NODE, OWN, OWN]],
    ['flannel', {}, [OWN, NODE, NODE, OWN, OWN]],
    ['kindnet', {}, [OWN, NODE, NODE, OWN, OWN]],
    ['bridge', {}, [OWN, NODE, NODE, OWN, null]],
    ['none', {}, [OWN, null, null, OWN, null]],
  ];

  test.each(table)('%s %j', (network, settings, expected) => {
    const on = cluster(twoNodes(FLAT_RANGES, hostPod + farHostPod), { network, conveniences: false, ...settings });
    const destinations = ['192.168.1.10:8080', '192.168.1.11:8080', '203.0.113.9:443', '10.244.0.8:8080', '10.244.1.8:8080'];
    const found = destinations.map((to) => {
      const { outcome } = send(on, 'pod/a', to);
      return outcome.kind === 'delivered' ? outcome.seenSource.ip : null;
    });
    expect(found).toEqual(expected);
  });

  test('[A8] an outside client keeps its address at a Pod, but for flannel’s tunnel', () => {
    const source = (network: NetworkName, to: string) => {
      const on = cluster(twoNodes(FLAT_RANGES), { network, conveniences: false });
      const { outcome } = send(on, 'external/203.0.113.9', to, { via: 'node-1' });
      return outcome.kind === 'delivered' ? outcome.seenSource.ip : outcome.kind;
    };
    expect(source('calico', '10.244.0.8:8080')).toBe('203.0.113.9');
    expect(source('kindnet', '10.244.0.8:8080')).toBe('203.0.113.9');
    expect(source('flannel', '10.244.0.8:8080')).toBe('203.0.113.9');
    expect(source('flannel', '10.244.1.8:8080')).toBe('10.244.0.0');
  });
});

describe('hostPort', () => {
  const networks: readonly [NetworkName, string][] = [
    ['calico', '10.244.0.9/32'],
    ['calico-vxlan', '10.244.0.9/32'],
    ['flannel', '10.244.0.0/24'],
    ['kindnet', '10.244.0.0/24'],
    ['bridge', '10.244.0.0/24'],
  ];

  describe.each(networks)('on %s', (network, net) => {
    const on = cluster(twoNodes(FLAT_RANGES, pod('port', 'node-1', '10.244.0.9', ', hostPort: 8081')), { network, conveniences: false });

    test('leads an outside client to the Pod under its own address, on that node alone', () => {
      const made = send(on, 'external/192.168.1.77', '192.168.1.10:8081');
      expect(made.outcome).toMatchObject({ kind: 'delivered', owner: 'default/port', seenSource: { ip: '192.168.1.77' } });
      expect(send(on, 'external/192.168.1.77', '192.168.1.11:8081').outcome).toMatchObject({ kind: 'rejected', reason: 'no-socket' });
    });

    test('works for the node itself and for the Pod’s neighbours', () => {
      for (const from of ['node/node-1', 'pod/a', 'pod/c', 'pod/port'])
        expect(send(on, from, '192.168.1.10:8081').outcome, from).toMatchObject({ kind: 'delivered', owner: 'default/port' });
      expect(send(on, 'node/node-1', '127.0.0.1:8081').outcome).toMatchObject({ kind: 'delivered', owner: 'default/port' });
    });

    test('is written as portmap writes it', () => {
      const chains = on.world.kernels['node/node-1']?.iptables.nat?.chains ?? {};
      const { POSTROUTING: posted } = chains;
      expect(posted?.rules.map((rule) => formatRule('POSTROUTING', rule))[0]).toMatch(/-j CNI-HOSTPORT-MASQ$/);
      const own = Object.keys(chains).find((name) => /^CNI-DN-[0-9a-f]{21}$/.test(name)) ?? '';
      expect(chains[own]?.rules.map((rule) => formatRule('X', rule))).toEqual([
        `-A X -s ${net} -p tcp -m tcp --dport 8081 -j CNI-HOSTPORT-SETMARK`,
        '-A X -s 127.0.0.1/32 -p tcp -m tcp --dport 8081 -j CNI-HOSTPORT-SETMARK',
        '-A X -p tcp -m tcp --dport 8081 -j DNAT --to-destination 10.244.0.9:8080',
      ]);
    });
  });
});

describe.each(['iptables', 'nftables', 'ipvs'] as const)('kube-proxy in mode %s', (proxyMode) => {
  const networks: readonly NetworkName[] = ['calico', 'calico-ipip', 'calico-vxlan', 'flannel', 'kindnet'];

  test.each(networks)('serves the Pods of %s: near, far, themselves, and clients outside', (network) => {
    const nodePort = service('to-c', 'c', '10.96.0.50', ', nodePort: 30050').replace('spec: {', 'spec: { type: NodePort,');
    const on = cluster(twoNodes(FLAT_RANGES, nodePort), { network, proxyMode, conveniences: false });
    const asked: readonly [string, string, string][] = [
      ['pod/a', '10.96.0.20:80', 'default/b'],
      ['pod/a', '10.96.0.30:80', 'default/c'],
      ['pod/a', '10.96.0.10:80', 'default/a'],
      ['node/node-1', '10.96.0.20:80', 'default/b'],
      ['node/node-1', '10.96.0.30:80', 'default/c'],
      ['external/203.0.113.9', '192.168.1.10:30050', 'default/c'],
      ['pod/c', '192.168.1.10:30050', 'default/c'],
    ];
    for (const [from, to, owner] of asked)
      expect(send(on, from, to).outcome, `${from} to ${to}`).toMatchObject({ kind: 'delivered', owner });
  });
});
