// What a Pod network does when something is wrong or missing: no network at all, unused addresses, tunnels with a fault, bridges beside the rules.

import { describe, expect, test } from 'vitest';
import type { NetworkName } from './controlplane/cluster';
import { ask, cluster, stepsOf, withKernel } from './course.test-support';
import { formatRoute } from './linux/ip-route';
import type { Kernel } from './linux/kernel';
import { built, FLAT_RANGES, node, pod, routes, seen, send, twoNodes, type vxlanOf } from './networks.test-support';

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
