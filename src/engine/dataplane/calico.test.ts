import { describe, expect, test } from 'vitest';
import { formatCidr } from '../net/cidr';
import { causeOf, compiled, kernelOf, node, pod, routesOf, saved } from './compiled.test-support';

const twoNodes = node('node-1', '192.168.1.10', '10.1.1.0/24') + node('node-2', '192.168.1.11', '10.1.2.0/24');
const course = compiled(
  twoNodes +
    pod('default/frontend', 'node-1', '10.1.1.5') +
    pod('default/backend', 'node-1', '10.1.1.8') +
    pod('default/other', 'node-2', '10.1.2.8'),
);

describe('a routed Pod network', () => {
  test('[A2, A3] gives a node a route to each of its Pods and to each other node', () => {
    expect(routesOf(kernelOf(course, 'node/node-1'))).toEqual([
      'default via 192.168.1.1 dev eth0',
      'blackhole 10.1.1.0/24 proto bird',
      '10.1.1.5 dev cali9b723216629 scope link',
      '10.1.1.8 dev cali1e9261921dc scope link',
      '10.1.2.0/24 via 192.168.1.11 dev eth0 proto bird',
      '192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.10',
    ]);
  });

  test('gives every Pod the same two routes, and the far end of its cable answers for the gateway', () => {
    const frontend = kernelOf(course, 'pod/default/frontend');
    expect(routesOf(frontend)).toEqual(['default via 169.254.1.1 dev eth0', '169.254.1.1 dev eth0 scope link']);
    const card = frontend.devices.find(({ name }) => name === 'eth0');
    expect(card?.attachment).toEqual({ kind: 'veth', peer: { netns: 'node/node-1', device: 'cali9b723216629' } });
    const far = kernelOf(course, 'node/node-1').devices.find(({ name }) => name === 'cali9b723216629');
    expect(far).toMatchObject({ proxyArp: true, addresses: [], attachment: { peer: { netns: 'pod/default/frontend', device: 'eth0' } } });
  });

  test('holds the Pod or the Node responsible for its routes', () => {
    const causes = kernelOf(course, 'node/node-1').routes.map((route) => [formatCidr(route.destination), causeOf(route.provenance)]);
    expect(causes.filter(([, cause]) => cause !== '')).toEqual([
      ['10.1.1.0/24', 'Node node-1 spec.podCIDR'],
      ['10.1.1.8/32', 'Pod default/backend metadata.name'],
      ['10.1.1.5/32', 'Pod default/frontend metadata.name'],
      ['10.1.2.0/24', 'Node node-2 spec.podCIDR'],
    ]);
  });

  test('announces an address that lies outside of its node’s range by itself', () => {
    const { world } = compiled(twoNodes + pod('default/borrower', 'node-2', '10.1.1.77'));
    expect(routesOf(kernelOf({ world }, 'node/node-1'))).toContain('10.1.1.77 via 192.168.1.11 dev eth0 proto bird');
  });

  test('says the same in the words of IPv6', () => {
    const nodes =
      node('node-1', '192.168.1.10', '10.1.1.0/24', { also: 'fd00:1::10', rangeAlso: 'fd00:10:1:1::/64' }) +
      node('node-2', '192.168.1.11', '10.1.2.0/24', { also: 'fd00:1::11', rangeAlso: 'fd00:10:1:2::/64' });
    const dual = compiled(nodes + pod('default/frontend', 'node-1', '10.1.1.5 fd00:10:1:1::5'));
    expect(routesOf(kernelOf(dual, 'node/node-1'), 6)).toEqual([
      'default via fd00:1::1 dev eth0 metric 1024',
      'fd00:1::/64 dev eth0 proto kernel metric 256',
      'blackhole fd00:10:1:1::/64 dev lo proto bird metric 1024',
      'fd00:10:1:1::5 dev cali9b723216629 metric 1024',
      'fd00:10:1:2::/64 via fd00:1::11 dev eth0 proto bird metric 1024',
    ]);
    expect(routesOf(kernelOf(dual, 'pod/default/frontend'), 6)).toEqual([
      'default via fe80::ecee:eeff:feee:eeee dev eth0 metric 1024',
      'fe80::/64 dev eth0 proto kernel metric 256',
    ]);
    expect(Object.keys(kernelOf(dual, 'node/node-1').sets)).toContain('cali60masq-ipam-pools');
  });
});

describe('outgoing NAT', () => {
  const rules = (natOutgoing: 'IPPoolsOnly' | 'IPPoolsAndHostIPs' | 'none') =>
    saved(kernelOf(compiled(twoNodes, { natOutgoing }), 'node/node-1'), 'nat', ['cali-POSTROUTING', 'cali-nat-outgoing']);
  const begin = '-A cali-nat-outgoing -m set --match-set cali40masq-ipam-pools src -m set ! --match-set cali40all-ipam-pools dst';

  test('spares other Pods, and nodes if told so', () => {
    expect(rules('IPPoolsOnly')).toEqual(['-A cali-POSTROUTING -j cali-nat-outgoing', `${begin} -j MASQUERADE --random-fully`]);
    expect(rules('IPPoolsAndHostIPs')[1]).toBe(`${begin} -m set ! --match-set cali40all-hosts-net dst -j MASQUERADE --random-fully`);
    expect(rules('none')).toEqual(['-A cali-POSTROUTING -j cali-nat-outgoing']);
  });

  test('knows the Pod range and the nodes by its sets', () => {
    const sets = Object.entries(kernelOf(course, 'node/node-1').sets).map(
      ([name, { members }]) => `${name} ${members.map(({ text }) => text).join(' ')}`,
    );
    expect(sets).toEqual([
      'cali40masq-ipam-pools 10.1.0.0/22',
      'cali40all-ipam-pools 10.1.0.0/22',
      'cali40all-hosts-net 192.168.1.10/32 192.168.1.11/32',
    ]);
  });
});
