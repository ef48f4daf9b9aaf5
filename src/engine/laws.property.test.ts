// The laws of a trace over generated clusters and requests: whatever a user writes, every trace obeys them and every step is told.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ask, cluster } from './course.test-support';

const label = fc.constantFrom('web', 'api', 'db');
const port = fc.constantFrom(80, 3000, 8080);

const pod = fc.record({ label, port, ready: fc.boolean(), node: fc.constantFrom('node-1', 'node-2'), hostNetwork: fc.boolean() });

const service = fc.record({
  selects: label,
  port,
  targetPort: port,
  kind: fc.constantFrom('ClusterIP', 'NodePort', 'Headless', 'NoSelector'),
  protocol: fc.constantFrom('TCP', 'UDP'),
  local: fc.boolean(),
});

const world = fc.record({
  pods: fc.array(pod, { minLength: 1, maxLength: 6 }),
  services: fc.array(service, { minLength: 1, maxLength: 4 }),
});

const request = fc.record({
  from: fc.constantFrom('pod', 'node', 'external'),
  to: fc.constantFrom('service', 'service-ip', 'pod', 'node-port', 'nowhere', 'outside'),
  which: fc.nat(10),
  port: fc.constantFrom(80, 3000, 8080, 9),
  protocol: fc.constantFrom('TCP', 'UDP', 'ICMP'),
  seed: fc.nat(1000),
});

type World = typeof world extends fc.Arbitrary<infer Of> ? Of : never;

function yamlOf({ pods, services }: World): string {
  const written = pods.map(
    ({ label: app, port: listens, ready, node, hostNetwork }, index) => `
apiVersion: v1
kind: Pod
metadata: { name: pod-${index}, labels: { app: ${app} } }
spec:
  nodeName: ${node}
  hostNetwork: ${hostNetwork}
  containers: [{ name: main, image: example/app, ports: [{ containerPort: ${hostNetwork ? 20000 + index : listens} }] }]
${ready ? '' : `status: { phase: Running, podIP: 10.1.7.${index + 1}, conditions: [{ type: Ready, status: "False" }] }`}`,
  );
  const fronts = services.map(
    ({ selects, port: asks, targetPort, kind, protocol, local }, index) => `
apiVersion: v1
kind: Service
metadata: { name: svc-${index} }
spec:
  ${kind === 'NodePort' ? `type: NodePort\n  externalTrafficPolicy: ${local ? 'Local' : 'Cluster'}` : ''}
  ${kind === 'Headless' ? 'clusterIP: None' : ''}
  ${kind === 'NoSelector' ? '' : `selector: { app: ${selects} }`}
  internalTrafficPolicy: ${local ? 'Local' : 'Cluster'}
  ports: [{ port: ${asks}, targetPort: ${targetPort}, protocol: ${protocol} ${kind === 'NodePort' ? `, nodePort: ${30000 + index}` : ''} }]`,
  );
  return [...written, ...fronts].join('\n---');
}

const setup = fc.record({
  proxyMode: fc.constantFrom('iptables', 'nftables', 'ipvs'),
  network: fc.constantFrom('calico', 'calico-ipip', 'calico-vxlan', 'flannel', 'kindnet', 'bridge', 'none'),
});

test('every trace of every generated cluster obeys the laws and is told', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(world, request, setup, (drawn, asked, settings) => {
      const built = cluster(yamlOf(drawn), settings);
      const errors = built.findings.filter(({ finding }) => finding.severity === 'error');
      expect(errors.map(({ finding }) => finding.code)).not.toContain('required');
      const pick = <Of>(list: readonly Of[]): Of | undefined => list[asked.which % list.length];
      const running = built.cluster.pods.filter(({ status }) => status.podIPs.length > 0);
      const service = pick(
        built.cluster.services.filter(({ metadata }) => metadata.namespace === 'default' && metadata.name !== 'kubernetes'),
      );
      const ip = service?.spec.clusterIPs === 'None' ? undefined : service?.spec.clusterIPs[0];
      const hosts: Readonly<Record<typeof asked.to, string | undefined>> = {
        service: service?.metadata.name,
        'service-ip': ip,
        pod: pick(running)?.status.podIPs[0],
        'node-port': pick(built.cluster.nodes)?.status.internalIPs[0],
        nowhere: 'nobody',
        outside: '203.0.113.77',
      };
      const sources = {
        pod: `pod/${pick(running)?.metadata.namespace}/${pick(running)?.metadata.name}`,
        node: 'node/node-1',
        external: 'external/203.0.113.9',
      };
      const host = hosts[asked.to];
      if (host === undefined) return;
      const at = asked.to === 'node-port' ? 30000 + (asked.which % 4) : asked.port;
      const to = asked.protocol === 'ICMP' ? `ping:${host}` : `${host}:${at}`;
      const made = ask(built, { from: sources[asked.from], to, protocol: asked.protocol, seed: asked.seed });
      seen.set(made.outcome.kind, (seen.get(made.outcome.kind) ?? 0) + 1);
    }),
    { numRuns: 300, seed: 20261121 },
  );
  // A generator that meets one outcome only would prove little.
  for (const outcome of ['delivered', 'rejected', 'dropped', 'unresolved']) expect(seen.get(outcome), outcome).toBeGreaterThan(5);
});
