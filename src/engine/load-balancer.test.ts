// [B6] A client outside, an address that a load balancer gave, and the node that its packet reaches first.

import { describe, expect, test } from 'vitest';
import { ask, backendsOf, cluster, routesTaken, stepsOf } from './course.test-support';
import { stepFact } from './explain/step-fact';
import { namesOf } from './explained-names';

const pod = (name: string, node: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: web } }
spec: { nodeName: ${node}, containers: [{ name: web, image: web, ports: [{ containerPort: 8080 }] }] }
---
`;

const service = (spec = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }], ${spec} }
---
`;

const CLIENT = 'external/198.51.100.7';
const pods = pod('a', 'node-1') + pod('b', 'node-2');
const request = { from: CLIENT, to: 'http://203.0.113.10/' };

describe('[B6] a request to a load balancer’s address', () => {
  test('enters at any node, and the odds of nodes and of back ends multiply', () => {
    const made = ask(cluster(pods + service()), request);
    expect(made.outcome.kind).toBe('delivered');
    expect(backendsOf(made)).toEqual({ '10.1.1.2:8080': 0.5, '10.1.2.2:8080': 0.5 });
    expect(routesTaken(made).find((text) => text.startsWith('router/'))).toBe(
      'router/192.168.1.1: 203.0.113.10 nexthop via 192.168.1.10 dev eth0 weight 1 onlink nexthop via 192.168.1.11 dev eth0 weight 1 onlink',
    );
  });

  test('enters at one node or the other as the dice fall', () => {
    const built = cluster(pods + service());
    const first = (seed: number) => stepsOf(ask(built, { ...request, seed }), 'device-entered')[0]?.at.netns;
    const entered = new Set(Array.from({ length: 20 }, (_, seed) => first(seed)));
    expect([...entered].sort()).toEqual(['node/node-1', 'node/node-2']);
  });

  test('enters only at nodes whose health check answers 200, and the client’s address is kept', () => {
    const built = cluster(
      pod('a', 'node-2') +
        pod('b', 'node-2') +
        pod('c', 'node-1').replace('app: web', 'app: other') +
        service('externalTrafficPolicy: Local'),
    );
    const made = ask(built, request);
    expect(Object.values(backendsOf(made))).toEqual([0.5, 0.5]);
    expect(made.outcome).toMatchObject({ kind: 'delivered', masqueraded: false });
    expect(stepsOf(made, 'device-entered')[0]?.at.netns).toBe('node/node-2');
  });

  test('reaches nobody where no node has a ready endpoint of its own', () => {
    const built = cluster(pods.replaceAll('app: web', 'app: other') + service('externalTrafficPolicy: Local'));
    expect(ask(built, request).outcome).toMatchObject({ kind: 'dropped', netns: 'router/192.168.1.1' });
  });

  test('is told by where it enters, and the route is explained as the balancer’s', () => {
    const fact = (built: ReturnType<typeof cluster>, via?: string) => {
      const made = ask(built, via === undefined ? request : { ...request, via });
      const index = made.steps.findIndex(({ kind, at }) => kind === 'route-chosen' && at.netns.startsWith('router/'));
      const step = made.steps[index];
      if (step === undefined) throw new Error('no routing on the router');
      return stepFact(step, { names: namesOf(built.cluster), trace: made, index });
    };
    expect(fact(cluster(pods + service()))).toMatchObject({ code: 'route-to-one-of-nodes', nodes: 2 });
    const local = pod('a', 'node-2') + service('externalTrafficPolicy: Local');
    expect(fact(cluster(local))).toMatchObject({ code: 'route-to-only-node', gateway: { owner: { label: 'node-2' } } });
    expect(fact(cluster(pods + service()), 'node/node-1')).toMatchObject({ code: 'route-to-entry-node' });
  });

  test('enters where it is told to', () => {
    const made = ask(cluster(pods + service()), { ...request, via: 'node/node-2' });
    expect(stepsOf(made, 'device-entered')[0]?.at.netns).toBe('node/node-2');
  });

  test('weighs three nodes and one back end', () => {
    const third = 'apiVersion: v1\nkind: Node\nmetadata: { name: NAME }\n---\n';
    const nodes = ['node-1', 'node-2', 'node-3'].map((name) => third.replace('NAME', name)).join('');
    expect(Object.values(backendsOf(ask(cluster(nodes + pod('a', 'node-3') + service()), request)))).toEqual([1]);
  });

  test('answers a neighbour on the nodes’ own link too', () => {
    const built = cluster(pods + service(), { loadBalancer: 'metallb' });
    const made = ask(built, { from: 'external/192.168.1.99', to: '192.168.1.240:80' });
    expect(made.outcome.kind).toBe('delivered');
    expect(Object.values(backendsOf(made))).toEqual([0.5, 0.5]);
  });

  test('is answered inside of the cluster without any balancer', () => {
    const made = ask(cluster(pods + service()), { from: 'pod/default/a', to: '203.0.113.10:80' });
    expect(made.outcome.kind).toBe('delivered');
    expect(made.steps.some(({ at }) => at.netns.startsWith('router/'))).toBe(false);
  });
});
