import { expect, test } from 'vitest';
import { ask, cluster } from '../course.test-support';

const text = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: 10.152.183.25, ports: [{ port: 80 }] }`;

test('a packet that goes to and fro until its lives are used up is refused: the client is told that its time was exceeded', () => {
  const made = ask(cluster(text), { from: 'external/198.51.100.7', to: '10.152.183.25:81', via: 'node/node-1' });
  expect(made.outcome).toMatchObject({ kind: 'rejected', reason: 'ttl-expired' });
  const heard = made.steps.find((step) => step.kind === 'received');
  expect(heard?.skb?.packet.payload).toMatchObject({ kind: 'icmp-error', error: 'time-exceeded' });
});

test('a router that can choose takes the same way each time that the packet comes by', () => {
  const balanced = text.replace('spec: {', 'spec: { type: LoadBalancer, loadBalancerIP: 203.0.113.20,');
  const made = ask(cluster(balanced), { from: 'external/198.51.100.7', to: '203.0.113.20:81' });
  const taken = made.steps.flatMap((step) =>
    step.kind === 'route-chosen' && step.at.netns.startsWith('router/') && step.route.nextHop.kind === 'multipath'
      ? (step.route.nextHop.taken?.ip ?? [])
      : [],
  );
  expect(taken.length).toBeGreaterThan(10);
  expect(new Set(taken).size).toBe(1);
});

const nodes = [1, 2].map(
  (number) => `---
apiVersion: v1
kind: Node
metadata: { name: node-${number} }
spec: { podCIDRs: [10.1.${number}.0/24, "fd00:10:1:${number}::/64"] }
status: { addresses: [{ type: InternalIP, address: 192.168.1.1${number} }, { type: InternalIP, address: "fd00:192::1${number}" }] }
`,
);

test('only IPv4 disbelieves a packet that comes back to the node that sent it', () => {
  const service = `---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: LoadBalancer
  ipFamilyPolicy: RequireDualStack
  clusterIP: 10.152.183.25
  clusterIPs: [10.152.183.25, "fd00:10:152::25"]
  ports: [{ port: 80 }]
status: { loadBalancer: { ingress: [{ ip: 203.0.113.20 }, { ip: "2001:db8:113::20" }] } }
`;
  const built = cluster(nodes.join('') + service);
  const reasons = (to: string): ReadonlySet<string> =>
    new Set(
      [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
        const { outcome } = ask(built, { from: 'node/node-1', to, seed });
        return 'reason' in outcome ? outcome.reason : outcome.kind;
      }),
    );
  expect(reasons('203.0.113.20:81')).toEqual(new Set(['martian-source', 'ttl-expired']));
  expect(reasons('[2001:db8:113::20]:81')).toEqual(new Set(['ttl-expired']));
});
