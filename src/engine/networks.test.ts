// The Pod networks from YAML to a walked packet: route tables word for word, and what each end sees of the other.

import { describe, expect, test } from 'vitest';
import type { Built } from './built';
import type { ClusterSettings, NetworkName } from './controlplane/cluster';
import { type Ask, ask, cluster, stepsOf, withKernel } from './course.test-support';
import { formatRoute, mainTable } from './linux/ip-route';
import { formatRule } from './linux/iptables-save';
import type { Kernel } from './linux/kernel';
import { formatForwarding, formatNeighbour } from './linux/tunnel';
import { cidr } from './net/cidr';
import { innermost, type Packet } from './net/packet';
import type { Trace } from './trace/step';

const node = (name: string, address: string, range: string): string => `
apiVersion: v1
kind: Node
metadata: { name: ${name} }
spec: { podCIDR: ${range}, podCIDRs: [${range}] }
status: { addresses: [{ type: InternalIP, address: ${address} }] }
---`;

const pod = (name: string, on: string, address: string, more = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: default, labels: { app: ${name} } }
spec:
  nodeName: ${on}
  containers: [{ name: main, image: example/app, ports: [{ containerPort: 8080${more} }] }]
status: { phase: Running, podIP: ${address}, conditions: [{ type: Ready, status: "True" }] }
---`;

const service = (name: string, selector: string, ip: string, more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: default }
spec: { clusterIP: ${ip}, selector: { app: ${selector} }, ports: [{ port: 80, targetPort: 8080${more} }] }
---`;

/** Two nodes; a and b on the first, c on the second. */
const twoNodes = (ranges: readonly [string, string], more = ''): string => {
  const [first, second] = ranges.map((range) => range.replace(/\.0\/\d+$/, ''));
  return (
    node('node-1', '192.168.1.10', ranges[0]) +
    node('node-2', '192.168.1.11', ranges[1]) +
    pod('a', 'node-1', `${first}.5`) +
    pod('b', 'node-1', `${first}.8`) +
    pod('c', 'node-2', `${second}.8`) +
    service('behind-b', 'b', '10.96.0.20') +
    service('behind-c', 'c', '10.96.0.30') +
    service('behind-a', 'a', '10.96.0.10') +
    more
  );
};

const CALICO_RANGES = ['10.1.1.0/24', '10.1.2.0/24'] as const;

const built = (network: NetworkName, ranges: readonly [string, string] = CALICO_RANGES): Built =>
  cluster(twoNodes(ranges), { network, conveniences: false });

function routes({ world }: Built, netns: string): readonly string[] {
  return mainTable(world.kernels[netns]?.routes ?? [], 4).map(formatRoute);
}

/** The packet as the program at the other end gets it. */
function seen(made: Trace): Packet | undefined {
  return stepsOf(made, 'delivered').at(-1)?.skb?.packet;
}

/** The packets that cross the nodes' own link, outermost header first. */
function onTheLink(made: Trace): readonly Packet[] {
  return stepsOf(made, 'device-left').flatMap(({ device, skb, at }) =>
    device === 'eth0' && skb !== null && at.purpose === 'request' ? [skb.packet] : [],
  );
}

function send(on: Built, from: string, to: string, more: Partial<Ask> = {}): Trace {
  return ask(on, { from, to, ...more });
}

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

function vxlanOf({ world }: Built, netns: string, name: string) {
  const attachment = world.kernels[netns]?.devices.find((device) => device.name === name)?.attachment;
  if (attachment?.kind !== 'tunnel' || attachment.tunnel.kind !== 'vxlan') throw new Error(`${netns} has no ${name}`);
  return attachment.tunnel;
}

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

const FLAT_RANGES = ['10.244.0.0/24', '10.244.1.0/24'] as const;

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

const NODE = '192.168.1.10';

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

describe('[A7] two nodes without a network that joins them', () => {
  const on = cluster(
    node('node-1', '192.168.1.2', '10.244.0.0/24') +
      node('node-2', '192.168.1.3', '10.244.0.0/24') +
      pod('a', 'node-1', '10.244.0.2') +
      pod('b', 'node-1', '10.244.0.3') +
      pod('x', 'node-2', '10.244.0.2') +
      pod('w', 'node-2', '10.244.0.4') +
      pod('host', 'node-2', '192.168.1.3').replace('spec:', 'spec:\n  hostNetwork: true'),
    { network: 'none', conveniences: false },
  );

  test('give both nodes the table of one', () => {
    for (const [name, address] of [
      ['node-1', '192.168.1.2'],
      ['node-2', '192.168.1.3'],
    ])
      expect(routes(on, `node/${name}`)).toEqual([
        'default via 192.168.1.1 dev eth0',
        '10.244.0.0/24 dev cni0 proto kernel scope link src 10.244.0.1',
        `192.168.1.0/24 dev eth0 proto kernel scope link src ${address}`,
      ]);
  });

  test('each node’s Pods find their own node’s neighbours, never those of the other', () => {
    const own = send(on, 'pod/b', '10.244.0.2:8080');
    expect(own.outcome).toMatchObject({ kind: 'delivered', owner: 'default/a' });
    expect(seen(own)?.ttl).toBe(64);
    expect(send(on, 'pod/w', '10.244.0.2:8080').outcome).toMatchObject({ kind: 'delivered', owner: 'default/x' });
    expect(send(on, 'node/node-2', '10.244.0.2:8080').outcome).toMatchObject({ kind: 'delivered', owner: 'default/x' });
  });

  test('a Pod that asks for its own address talks to itself', () => {
    const made = send(on, 'pod/a', '10.244.0.2:8080');
    expect(made.outcome).toMatchObject({ kind: 'delivered', owner: 'default/a' });
    expect(new Set(made.steps.map(({ at }) => at.netns))).toEqual(new Set(['pod/default/a']));
  });

  test('an address that nobody on the own bridge has fails in the Pod itself', () => {
    expect(send(on, 'pod/a', '10.244.0.4:8080').outcome).toMatchObject({
      kind: 'rejected',
      reason: 'no-neighbour',
      netns: 'pod/default/a',
    });
  });

  test('the other node’s answer is delivered to its own Pod of that address, which knows nothing of it', () => {
    const made = send(on, 'pod/a', '192.168.1.3:8080');
    expect(made.outcome).toMatchObject({ kind: 'dropped', reason: 'not-ours', netns: 'pod/default/x', replyLost: true });
  });

  test('with masquerade it works', () => {
    const bridged = cluster(
      node('node-1', '192.168.1.2', '10.244.0.0/24') +
        node('node-2', '192.168.1.3', '10.244.0.0/24') +
        pod('a', 'node-1', '10.244.0.2') +
        pod('x', 'node-2', '10.244.0.3') +
        pod('host', 'node-2', '192.168.1.3').replace('spec:', 'spec:\n  hostNetwork: true'),
      { network: 'bridge', conveniences: false },
    );
    expect(send(bridged, 'pod/a', '192.168.1.3:8080').outcome).toMatchObject({ kind: 'delivered', seenSource: { ip: '192.168.1.2' } });
  });

  test('nodes that state no range give out equal addresses', () => {
    const plain = (name: string, on: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { nodeName: ${on}, containers: [{ name: main, image: example/app }] }\n---\n`;
    const { cluster: settled } = cluster(plain('p', 'node-1') + plain('q', 'node-2'), { network: 'none' });
    const addresses = settled.pods.filter(({ metadata }) => metadata.namespace === 'default').map(({ status }) => status.podIPs[0]);
    expect(addresses[0]).toMatch(/^10\.244\.0\./);
    expect(settled.nodes.map(({ spec }) => spec.podCIDRs)).toEqual([settled.nodes[0]?.spec.podCIDRs, settled.nodes[0]?.spec.podCIDRs]);
    expect(addresses[0]).toBe(addresses[1]);
  });
});

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

describe('an address that no Pod has', () => {
  const ending = (network: NetworkName, to: string, from = 'pod/a') => {
    const made = send(cluster(twoNodes(FLAT_RANGES), { network, conveniences: false }), from, to);
    const error = made.steps.findLast((step) => step.skb?.packet.payload.kind === 'icmp-error')?.skb?.packet.source.ip ?? null;
    const { outcome } = made;
    return { kind: outcome.kind, reason: 'reason' in outcome ? outcome.reason : null, error };
  };

  test('on the own node', () => {
    expect(ending('calico', '10.244.0.77:80')).toEqual({ kind: 'dropped', reason: 'blackhole', error: null });
    expect(ending('calico-vxlan', '10.244.0.77:80')).toEqual({ kind: 'dropped', reason: 'blackhole', error: null });
    expect(ending('flannel', '10.244.0.77:80')).toEqual({ kind: 'rejected', reason: 'no-neighbour', error: null });
    expect(ending('kindnet', '10.244.0.77:80')).toEqual({ kind: 'dropped', reason: 'no-such-host', error: null });
    expect(ending('bridge', '10.244.0.77:80')).toEqual({ kind: 'rejected', reason: 'no-neighbour', error: null });
  });

  test('on the other node: who sends the error, and from which address', () => {
    expect(ending('calico', '10.244.1.77:80')).toEqual({ kind: 'dropped', reason: 'blackhole', error: null });
    expect(ending('flannel', '10.244.1.77:80')).toEqual({ kind: 'rejected', reason: 'no-neighbour', error: '10.244.1.0' });
    expect(ending('kindnet', '10.244.1.77:80')).toEqual({ kind: 'dropped', reason: 'no-such-host', error: null });
    expect(ending('calico', '10.244.0.77:80', 'node/node-1')).toMatchObject({ kind: 'rejected', reason: 'unreachable-route' });
  });
});

describe('a tunnel with a fault', () => {
  const on = built('calico-vxlan', FLAT_RANGES);
  const without = (netns: string, change: (kernel: Kernel) => Kernel) =>
    ask(on, { from: 'pod/a', to: '10.244.1.8:8080' }, withKernel(on.world, netns, change));
  const retunnelled = (change: (tunnel: Vxlan) => Vxlan) => (kernel: Kernel) => ({
    ...kernel,
    devices: kernel.devices.map((device) =>
      device.attachment.kind === 'tunnel' && device.attachment.tunnel.kind === 'vxlan'
        ? { ...device, attachment: { ...device.attachment, tunnel: change(device.attachment.tunnel) } }
        : device,
    ),
  });

  test('without the route the packet leaves unwrapped by the default route, and is lost', () => {
    const made = without('node/node-1', (kernel) => ({
      ...kernel,
      routes: kernel.routes.filter((route) => formatRoute(route) !== '10.244.1.0/24 via 10.244.1.0 dev vxlan.calico onlink'),
    }));
    expect(made.outcome).toMatchObject({ kind: 'dropped', reason: 'no-such-host', destination: { ip: '10.244.1.8' } });
    expect(stepsOf(made, 'encapsulated')).toEqual([]);
  });

  test('without the neighbour the sender is told: host unreachable', () => {
    const made = without(
      'node/node-1',
      retunnelled((tunnel) => ({ ...tunnel, neighbours: [] })),
    );
    expect(made.outcome).toMatchObject({ kind: 'rejected', reason: 'no-neighbour' });
    expect(stepsOf(made, 'received').at(-1)?.skb?.packet.source.ip).toBe('192.168.1.10');
  });

  test('without the forwarding entry it vanishes', () => {
    const made = without(
      'node/node-1',
      retunnelled((tunnel) => ({ ...tunnel, forwarding: [] })),
    );
    expect(made.outcome).toMatchObject({ kind: 'dropped', reason: 'no-forwarding-entry', netns: 'node/node-1' });
  });

  test('a frame for another MAC address, and a tunnel of another number, are thrown away at the far end', () => {
    for (const change of [{ mac: '66:00:00:00:00:99' }, { vni: 1 }]) {
      const made = without(
        'node/node-2',
        retunnelled((tunnel) => ({ ...tunnel, ...change })),
      );
      expect(made.outcome).toMatchObject({
        kind: 'dropped',
        reason: 'no-such-tunnel',
        netns: 'node/node-2',
        destination: { ip: '10.244.1.8' },
      });
    }
  });

  test('a far node that does not answer stays silent to the Pod, whose packet is inside', () => {
    const { underlay, ...others } = on.world.segments;
    const { '192.168.1.11': _gone, ...left } = underlay ?? {};
    const made = ask(on, { from: 'pod/a', to: '10.244.1.8:8080' }, { ...on.world, segments: { ...others, underlay: left } });
    expect(made.outcome).toMatchObject({ kind: 'dropped', reason: 'tunnel-unreachable', destination: { ip: '10.244.1.8' } });
  });
});

type Vxlan = ReturnType<typeof vxlanOf>;

describe('bridge-nf-call-iptables', () => {
  const on = built('flannel', FLAT_RANGES);
  const off = withKernel(on.world, 'node/node-1', (kernel) => ({ ...kernel, sysctls: { ...kernel.sysctls, bridgeNetfilter: false } }));

  test('1: the answer of a Pod on the same bridge is translated back on its way through', () => {
    const made = send(on, 'pod/a', '10.96.0.20:80');
    expect(made.outcome.kind).toBe('delivered');
    expect(stepsOf(made, 'bridged').map(({ at, bridge }) => `${at.direction} ${bridge}`)).toEqual(['original cni0', 'reply cni0']);
  });

  test('0: the answer goes beside the rules, and the client does not know the sender; without a Service all is well', () => {
    expect(ask(on, { from: 'pod/a', to: '10.96.0.20:80' }, off).outcome).toMatchObject({
      kind: 'dropped',
      reason: 'not-ours',
      replyLost: true,
    });
    expect(ask(on, { from: 'pod/a', to: '10.244.0.8:8080' }, off).outcome.kind).toBe('delivered');
  });

  test('without hairpin mode a Pod cannot reach itself by a Service', () => {
    const flat = withKernel(on.world, 'node/node-1', (kernel) => ({
      ...kernel,
      devices: kernel.devices.map((device) =>
        device.attachment.kind === 'bridge' ? { ...device, attachment: { ...device.attachment, hairpin: false } } : device,
      ),
    }));
    expect(ask(on, { from: 'pod/a', to: '10.96.0.10:80' }, flat).outcome).toMatchObject({ kind: 'dropped', reason: 'no-hairpin' });
    expect(ask(on, { from: 'pod/a', to: '10.96.0.20:80' }, flat).outcome.kind).toBe('delivered');
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
      const kernel = on.world.kernels['node/node-1'];
      if (kernel === undefined) throw new Error('no node-1');
      const chains = kernel.iptables.nat?.chains ?? {};
      expect(Object.values(chains['POSTROUTING']?.rules ?? []).map((rule) => formatRule('POSTROUTING', rule))[0]).toMatch(
        /-j CNI-HOSTPORT-MASQ$/,
      );
      const own = Object.keys(chains).find((name) => /^CNI-DN-[0-9a-f]{21}$/.test(name)) ?? '';
      expect(chains[own]?.rules.map((rule) => formatRule('X', rule))).toEqual([
        `-A X -s ${net} -p tcp -m tcp --dport 8081 -j CNI-HOSTPORT-SETMARK`,
        '-A X -s 127.0.0.1/32 -p tcp -m tcp --dport 8081 -j CNI-HOSTPORT-SETMARK',
        '-A X -p tcp -m tcp --dport 8081 -j DNAT --to-destination 10.244.0.9:8080',
      ]);
    });
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
