// The Pod networks from YAML to a walked packet: route tables word for word, and what each end sees of the other.

import { describe, expect, test } from 'vitest';
import type { Built } from './built';
import type { NetworkName } from './controlplane/cluster';
import { cluster, stepsOf } from './course.test-support';
import { formatForwarding, formatNeighbour } from './linux/tunnel';
import { cidr } from './net/cidr';
import { innermost } from './net/packet';
import { built, FLAT_RANGES, NODE, node, onTheLink, pod, routes, seen, send, service, twoNodes, vxlanOf } from './networks.test-support';

describe('Calico through VXLAN', () => {
  const on = built('calico-vxlan');
  const { neighbours, forwarding, mac } = vxlanOf(on, 'node/node-1', 'vxlan.calico');

  test('routes by the other end’s tunnel address, and finds the other machine by two tables', () => {
    expect(routes(on, 'node/node-1')).toEqual([
      'default via 192.168.1.1 dev eth0',
      'blackhole 10.1.1.0/24 proto 80',
      expect.stringMatching(/^10\.1\.1\.5 dev cali[0-9a-f]{11} scope link$/),
      expect.stringMatching(/^10\.1\.1\.8 dev cali[0-9a-f]{11} scope link$/),
      '10.1.2.0/24 via 10.1.2.0 dev vxlan.calico onlink',
      '192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.10',
    ]);
    const far = vxlanOf(on, 'node/node-2', 'vxlan.calico').mac;
    expect(neighbours.map((entry) => formatNeighbour(entry, 'vxlan.calico'))).toEqual([
      `10.1.2.0 dev vxlan.calico lladdr ${far} PERMANENT`,
    ]);
    expect(forwarding.map((entry) => formatForwarding(entry, 'vxlan.calico'))).toEqual([
      `${far} dev vxlan.calico dst 192.168.1.11 self permanent`,
    ]);
    expect(mac).toMatch(/^66(:[0-9a-f]{2}){5}$/);
  });

  test('wraps the packet between the nodes, and costs it no hop', () => {
    const made = send(on, 'pod/a', '10.1.2.8:8080');
    expect(made.outcome).toMatchObject({ kind: 'delivered', masqueraded: false, seenSource: { ip: '10.1.1.5' } });
    expect(seen(made)?.ttl).toBe(62);
    const [there, back] = onTheLink(made);
    expect(there).toMatchObject({
      protocol: 'UDP',
      source: { ip: '192.168.1.10' },
      destination: { ip: '192.168.1.11', port: 4789 },
      ttl: 64,
      payload: { encapsulation: { kind: 'vxlan', vni: 4096 }, inner: { ttl: 63 } },
    });
    expect(back?.source).toEqual({ ip: '192.168.1.11', port: there?.source.port });
    expect(there === undefined ? null : innermost(there).destination.ip).toBe('10.1.2.8');
  });
});

describe('Calico through IPIP', () => {
  const on = built('calico-ipip');

  test('routes to the other machine by the tunnel, whose MTU the Pods have', () => {
    expect(routes(on, 'node/node-1')).toEqual([
      'default via 192.168.1.1 dev eth0',
      'blackhole 10.1.1.0/24 proto bird',
      expect.stringMatching(/^10\.1\.1\.5 dev cali/),
      expect.stringMatching(/^10\.1\.1\.8 dev cali/),
      '10.1.2.0/24 via 192.168.1.11 dev tunl0 proto bird onlink',
      '192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.10',
    ]);
    expect(mtuOf(on, 'pod/default/a')).toBe(1480);
    expect(mtuOf(built('calico-vxlan'), 'pod/default/a')).toBe(1450);
    expect(mtuOf(built('calico'), 'pod/default/a')).toBe(1500);
  });

  test('gives the outer packet the time to live of the inner one', () => {
    const made = send(on, 'pod/a', '10.1.2.8:8080');
    expect(seen(made)?.ttl).toBe(62);
    expect(onTheLink(made)[0]).toMatchObject({
      protocol: 'IPIP',
      source: { ip: '192.168.1.10' },
      destination: { ip: '192.168.1.11' },
      ttl: 63,
      payload: { encapsulation: { kind: 'ipip' }, inner: { source: { ip: '10.1.1.5' }, destination: { ip: '10.1.2.8' }, ttl: 63 } },
    });
  });
});

function mtuOf({ world }: Built, netns: string): number | undefined {
  return world.kernels[netns]?.devices.find(({ name }) => name === 'eth0')?.mtu;
}

describe('flannel', () => {
  const on = cluster(twoNodes(FLAT_RANGES), { network: 'flannel', conveniences: false, clusterCIDR: cidr('10.244.0.0/16') });

  test('has a bridge for its own range and a tunnel for the others', () => {
    expect(routes(on, 'node/node-1')).toEqual([
      'default via 192.168.1.1 dev eth0',
      '10.244.0.0/24 dev cni0 proto kernel scope link src 10.244.0.1',
      '10.244.1.0/24 via 10.244.1.0 dev flannel.1 onlink',
      '192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.10',
    ]);
    expect(routes(on, 'pod/default/a')).toEqual([
      'default via 10.244.0.1 dev eth0',
      '10.244.0.0/24 dev eth0 proto kernel scope link src 10.244.0.5',
      '10.244.0.0/16 via 10.244.0.1 dev eth0',
    ]);
    expect(mtuOf(on, 'pod/default/a')).toBe(1450);
    expect(onTheLink(send(on, 'pod/a', '10.244.1.8:8080'))[0]).toMatchObject({
      destination: { ip: '192.168.1.11', port: 8472 },
      ttl: 64,
      payload: { encapsulation: { vni: 1 } },
    });
  });
});

describe('kindnet', () => {
  const on = built('kindnet', FLAT_RANGES);

  test('has a route to every Pod and every other node, and the gateway on every cable', () => {
    expect(routes(on, 'node/node-1')).toEqual([
      'default via 192.168.1.1 dev eth0',
      expect.stringMatching(/^10\.244\.0\.5 dev veth[0-9a-f]{8} scope host$/),
      expect.stringMatching(/^10\.244\.0\.8 dev veth[0-9a-f]{8} scope host$/),
      '10.244.1.0/24 via 192.168.1.11 dev eth0',
      '192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.10',
    ]);
    expect(routes(on, 'pod/default/a')).toEqual([
      'default via 10.244.0.1 dev eth0',
      '10.244.0.0/24 via 10.244.0.1 dev eth0 src 10.244.0.5',
      '10.244.0.1 dev eth0 scope link src 10.244.0.5',
    ]);
  });
});

describe('a bridge alone', () => {
  test('[A6] knows its own Pods, and a node asks as the bridge', () => {
    const on = built('bridge', FLAT_RANGES);
    expect(routes(on, 'node/node-1')).toEqual([
      'default via 192.168.1.1 dev eth0',
      '10.244.0.0/24 dev cni0 proto kernel scope link src 10.244.0.1',
      '192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.10',
    ]);
    expect(routes(on, 'pod/default/a')).toEqual([
      'default via 10.244.0.1 dev eth0',
      '10.244.0.0/24 dev eth0 proto kernel scope link src 10.244.0.5',
    ]);
    expect(send(on, 'pod/a', '10.244.1.8:8080').outcome).toMatchObject({ kind: 'dropped', reason: 'no-such-host' });
  });
});

interface Seen {
  readonly network: NetworkName;
  /** TTL at the Pod: from the same node, from the other node. */
  readonly ttl: readonly [number, number];
  /** Source of node-1's own packets at its own Pod and at that of the other node. */
  readonly fromNode: readonly [string, string];
  /** Source of a NodePort client on node-1, at a back end there and at one on the other node. */
  readonly nodePort: readonly [string, string];
}

const JOINED: readonly Seen[] = [
  { network: 'calico', ttl: [63, 62], fromNode: [NODE, NODE], nodePort: [NODE, NODE] },
  { network: 'calico-ipip', ttl: [63, 62], fromNode: [NODE, '10.244.0.0'], nodePort: [NODE, '10.244.0.0'] },
  { network: 'calico-vxlan', ttl: [63, 62], fromNode: [NODE, '10.244.0.0'], nodePort: [NODE, '10.244.0.0'] },
  { network: 'flannel', ttl: [64, 62], fromNode: ['10.244.0.1', '10.244.0.0'], nodePort: ['10.244.0.1', '10.244.0.0'] },
  { network: 'kindnet', ttl: [63, 62], fromNode: ['10.244.0.1', NODE], nodePort: ['10.244.0.1', NODE] },
];

describe.each(JOINED)('on $network', ({ network, ttl, fromNode, nodePort }) => {
  const on = cluster(
    twoNodes(
      FLAT_RANGES,
      service('to-b', 'b', '10.96.0.40', ', nodePort: 30040').replace('spec: {', 'spec: { type: NodePort,') +
        service('to-c', 'c', '10.96.0.50', ', nodePort: 30050').replace('spec: {', 'spec: { type: NodePort,'),
    ),
    { network, conveniences: false },
  );
  const arrives = (from: string, to: string) => {
    const made = send(on, from, to);
    expect(made.outcome.kind).toBe('delivered');
    return { source: seen(made)?.source.ip, ttl: seen(made)?.ttl };
  };

  test('[A8] Pods reach Pods under their own address', () => {
    expect(arrives('pod/a', '10.244.0.8:8080')).toEqual({ source: '10.244.0.5', ttl: ttl[0] });
    expect(arrives('pod/a', '10.244.1.8:8080')).toEqual({ source: '10.244.0.5', ttl: ttl[1] });
    expect(arrives('pod/c', '10.244.0.8:8080')).toEqual({ source: '10.244.1.8', ttl: ttl[1] });
  });

  test('[A8] nodes reach Pods, by the address of the device that they leave by', () => {
    expect(arrives('node/node-1', '10.244.0.8:8080')).toEqual({ source: fromNode[0], ttl: 64 });
    expect(arrives('node/node-1', '10.244.1.8:8080')).toEqual({ source: fromNode[1], ttl: 63 });
  });

  test('a Service leads to Pods of either node, and to the caller itself', () => {
    expect(arrives('pod/a', '10.96.0.20:80')).toEqual({ source: '10.244.0.5', ttl: ttl[0] });
    expect(arrives('pod/a', '10.96.0.30:80')).toEqual({ source: '10.244.0.5', ttl: ttl[1] });
    expect(arrives('pod/a', '10.96.0.10:80').source).toBe(fromNode[0]);
    expect(arrives('node/node-1', '10.96.0.30:80').source).toBe(fromNode[1]);
  });

  test('a NodePort masquerades as the device that leads to the back end', () => {
    expect(arrives('external/203.0.113.9', '192.168.1.10:30040').source).toBe(nodePort[0]);
    expect(arrives('external/203.0.113.9', '192.168.1.10:30050').source).toBe(nodePort[1]);
  });

  test('what leaves the cluster bears the node’s address, as does what goes to another node', () => {
    expect(arrives('pod/a', '203.0.113.9:443').source).toBe(NODE);
    expect(arrives('pod/c', '203.0.113.9:443').source).toBe('192.168.1.11');
  });
});

describe('CrossSubnet', () => {
  const three = (network: NetworkName) =>
    cluster(
      node('node-1', '192.168.1.10', '10.1.1.0/24') +
        node('node-2', '192.168.1.11', '10.1.2.0/24') +
        node('node-3', '192.168.2.10', '10.1.3.0/24') +
        pod('a', 'node-1', '10.1.1.5') +
        pod('c', 'node-2', '10.1.2.8') +
        pod('d', 'node-3', '10.1.3.8'),
      { network, crossSubnet: true, conveniences: false },
    );
  const toOthers: readonly [NetworkName, string, string][] = [
    ['calico-ipip', '10.1.2.0/24 via 192.168.1.11 dev eth0 proto bird', '10.1.3.0/24 via 192.168.2.10 dev tunl0 proto bird onlink'],
    ['calico-vxlan', '10.1.2.0/24 via 192.168.1.11 dev eth0 proto 80', '10.1.3.0/24 via 10.1.3.0 dev vxlan.calico onlink'],
    ['flannel', '10.1.2.0/24 via 192.168.1.11 dev eth0', '10.1.3.0/24 via 10.1.3.0 dev flannel.1 onlink'],
  ];

  test.each(toOthers)('on %s wraps for the node behind the router alone', (network, near, far) => {
    const on = three(network);
    expect(routes(on, 'node/node-1')).toEqual(expect.arrayContaining([near, far]));
    const [beside, apart] = [send(on, 'pod/a', '10.1.2.8:8080'), send(on, 'pod/a', '10.1.3.8:8080')];
    expect([beside, apart].map(({ outcome }) => outcome.kind)).toEqual(['delivered', 'delivered']);
    expect(stepsOf(beside, 'encapsulated')).toEqual([]);
    expect(stepsOf(apart, 'encapsulated')).toHaveLength(2);
    expect(seen(apart)?.ttl).toBe(62);
    expect(apart.steps.map(({ at }) => at.netns)).toContain('router/192.168.1.1');
  });
});

describe('two families', () => {
  const both = (name: string, at: number): string => `
apiVersion: v1
kind: Node
metadata: { name: ${name} }
spec: { podCIDR: 10.244.${at}.0/24, podCIDRs: [10.244.${at}.0/24, "fd00:10:244:${at}::/64"] }
status: { addresses: [{ type: InternalIP, address: 192.168.1.1${at} }, { type: InternalIP, address: "fd00:1::1${at}" }] }
---`;
  const plain = (name: string, on: string, at: number): string =>
    pod(name, on, `10.244.${at}.5`).replace(
      'phase: Running, ',
      `phase: Running, podIPs: [{ ip: 10.244.${at}.5 }, { ip: "fd00:10:244:${at}::5" }], `,
    );

  test.each(['calico', 'calico-ipip', 'calico-vxlan', 'flannel', 'kindnet'] as const)('are both carried by %s', (network) => {
    const on = cluster(both('node-1', 0) + both('node-2', 1) + plain('a', 'node-1', 0) + plain('c', 'node-2', 1), {
      network,
      conveniences: false,
    });
    for (const to of ['10.244.1.5:8080', '[fd00:10:244:1::5]:8080'])
      expect(send(on, 'pod/a', to).outcome, to).toMatchObject({ kind: 'delivered', owner: 'default/c', masqueraded: false });
  });
});
