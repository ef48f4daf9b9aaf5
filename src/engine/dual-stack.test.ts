// A cluster of two families: nothing but the text of a Service asks for it.

import { describe, expect, test } from 'vitest';
import { ask, backendsOf, cluster, routesTaken, stepsOf } from './course.test-support';

const pod = (name: string, node: string, status = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${name.replace(/-.*/, '')} } }
spec: { nodeName: ${node}, containers: [{ name: web, image: web, ports: [{ containerPort: 8080 }] }] }
${status}
---
`;

const service = (spec: string): string => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }], ${spec} }
---
`;

const PODS = pod('client', 'node-1') + pod('web-1', 'node-1') + pod('web-2', 'node-2');
const BOTH = PODS + service('ipFamilyPolicy: PreferDualStack, clusterIP: 10.152.183.25');
const FROM = 'pod/default/client';

function clusterIPs(yaml: string): readonly string[] {
  const found = cluster(yaml).cluster.services.find(({ metadata }) => metadata.name === 'web')?.spec.clusterIPs ?? [];
  return found === 'None' ? [] : found;
}

describe('a text that asks for both families', () => {
  test('gives nodes, Pods and the Service an address of each', () => {
    const { nodes, pods, second } = cluster(BOTH).cluster;
    expect(nodes.map(({ status }) => status.internalIPs)).toEqual([
      ['192.168.1.10', 'fd00:1::10'],
      ['192.168.1.11', 'fd00:1::11'],
    ]);
    expect(pods.find(({ metadata }) => metadata.name === 'web-2')?.status.podIPs).toEqual(['10.1.2.2', 'fd00:10:1:2::2']);
    expect(second).toEqual({ serviceCIDR: { network: 'fd00:10:152::', length: 112 }, clusterCIDR: { network: 'fd00:10:1::', length: 48 } });
    expect(clusterIPs(BOTH)).toEqual(['10.152.183.25', expect.stringMatching(/^fd00:10:152::/)]);
  });

  test('has one EndpointSlice for each family', () => {
    const slices = cluster(BOTH).cluster.endpointSlices.filter(({ metadata }) => metadata.name.startsWith('web-'));
    expect(slices.map(({ addressType, endpoints }) => [addressType, endpoints.map(({ addresses }) => addresses[0])])).toEqual(
      expect.arrayContaining([
        ['IPv4', ['10.1.1.3', '10.1.2.2']],
        ['IPv6', ['fd00:10:1:1::3', 'fd00:10:1:2::2']],
      ]),
    );
  });

  test('delivers to the IPv6 address of the Service, on both nodes', () => {
    const built = cluster(BOTH);
    const [, six = ''] = clusterIPs(BOTH);
    const made = ask(built, { from: FROM, to: `http://[${six}]/` });
    expect(made.outcome.kind).toBe('delivered');
    expect(backendsOf(made)).toEqual({ '[fd00:10:1:1::3]:8080': 0.5, '[fd00:10:1:2::2]:8080': 0.5 });
  });

  test('routes between the nodes in IPv6', () => {
    const made = ask(cluster(BOTH), { from: FROM, to: '[fd00:10:1:2::2]:8080' });
    expect(made.outcome.kind).toBe('delivered');
    expect(routesTaken(made)).toContain('node/node-1: fd00:10:1:2::/64 via fd00:1::11 dev eth0 proto bird metric 1024');
  });

  test('asks A and AAAA for a name, and connects over IPv6', () => {
    const made = ask(cluster(BOTH), { from: FROM, to: 'http://web/' });
    expect(made.outcome.kind).toBe('delivered');
    expect(stepsOf(made, 'name-answered').map(({ type }) => type)).toEqual(['A', 'AAAA']);
    expect(stepsOf(made, 'name-settled').map(({ ip }) => ip)).toEqual([expect.stringMatching(/^fd00:10:152::/)]);
  });

  test('completes a Pod of which one address is written', () => {
    const yaml = BOTH + pod('fixed', 'node-1', 'status: { podIP: 10.1.1.77 }');
    const fixed = cluster(yaml).cluster.pods.find(({ metadata }) => metadata.name === 'fixed');
    expect(fixed?.status.podIPs).toEqual(['10.1.1.77', expect.stringMatching(/^fd00:10:1:1::/)]);
  });

  test('is reached from outside over IPv6 too', () => {
    const yaml =
      PODS + service('type: NodePort, ipFamilyPolicy: RequireDualStack').replace('targetPort: 8080', 'targetPort: 8080, nodePort: 30080');
    const made = ask(cluster(yaml), { from: 'external/2001:db8::7', to: '[fd00:1::11]:30080' });
    expect(made.outcome.kind).toBe('delivered');
  });

  test('gets an address of each family from a load balancer', () => {
    const { cluster: made } = cluster(PODS + service('type: LoadBalancer, ipFamilyPolicy: PreferDualStack'));
    const web = made.services.find(({ metadata }) => metadata.name === 'web');
    expect(web?.status.loadBalancer.map(({ ip }) => ip)).toEqual(['203.0.113.10', '2001:db8:113::10']);
  });
});

test('a Service of IPv6 alone has no IPv4 address, and its name leads there', () => {
  const yaml = PODS + service('ipFamilies: [IPv6]');
  expect(clusterIPs(yaml)).toEqual([expect.stringMatching(/^fd00:10:152::/)]);
  expect(ask(cluster(yaml), { from: FROM, to: 'http://web/' }).outcome.kind).toBe('delivered');
});

test('a Service that asks for nothing stays on IPv4 in a cluster of both', () => {
  expect(clusterIPs(`${PODS}${service('')}${service('ipFamilies: [IPv6]').replace('name: web', 'name: other')}`)).toHaveLength(1);
});

test('nodes of IPv6 alone make a cluster of IPv6 alone', () => {
  const node = (name: string, at: string): string =>
    `apiVersion: v1\nkind: Node\nmetadata: { name: ${name} }\nstatus: { addresses: [{ type: InternalIP, address: "${at}" }] }\n---\n`;
  const yaml = node('node-1', 'fd00:1::10') + node('node-2', 'fd00:1::11') + PODS + service('');
  const built = cluster(yaml);
  expect(built.cluster.pods.flatMap(({ status }) => status.podIPs).filter((ip) => !ip.includes(':'))).toEqual([]);
  const made = ask(built, { from: FROM, to: 'http://web/' });
  expect(made.outcome.kind).toBe('delivered');
  expect(Object.keys(backendsOf(made))).toHaveLength(2);
});

test('a text of IPv4 alone gets no IPv6 anywhere', () => {
  const { nodes, pods, second } = cluster(PODS + service('')).cluster;
  expect([...nodes.flatMap(({ status }) => status.internalIPs), ...pods.flatMap(({ status }) => status.podIPs)].join()).not.toContain(':');
  expect(second).toBeNull();
});
