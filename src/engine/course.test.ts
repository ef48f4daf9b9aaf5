// The rows of the course that the playground was conceived from: each is set up from YAML, sent, and walked by the engine.

import { describe, expect, test } from 'vitest';
import {
  ask,
  backendsOf,
  cluster,
  requestSteps,
  routesTaken,
  rulesMatched,
  stepsOf,
  withKernel,
  withoutRules,
} from './course.test-support';
import { dispatch } from './dispatch';
import { stateOf } from './linux/effect';
import { ip } from './net/ip';
import { formatSocket } from './net/packet';
import { exchange } from './trace/exchange';
import { hops } from './trace/hops';
import { Journey } from './trace/journey';

const pod = (
  name: string,
  ip: string,
  over: { namespace?: string; labels?: string; port?: number; ready?: boolean; node?: string } = {},
): string => `
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: ${over.namespace ?? 'production'}
  labels: { ${over.labels ?? `app: ${name}`} }
spec:
${over.node === undefined ? '' : `  nodeName: ${over.node}\n`}  containers:
  - name: main
    image: example/app:1.0
    ports:
    - containerPort: ${over.port ?? 8080}
status:
  phase: Running
  podIP: ${ip}
  conditions:
  - { type: Ready, status: '${over.ready === false ? 'False' : 'True'}' }
---`;

const backendService = (spec = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: backend, namespace: production }
spec:
  clusterIP: 10.152.183.25
  selector: { app: backend }
  ports:
  - port: 80
    targetPort: 8080
${spec}---`;

const threeBackends = ['10.1.1.10', '10.1.1.11', '10.1.1.12']
  .map((ip, index) => pod(`backend-${index + 1}`, ip, { labels: 'app: backend' }))
  .join('');
const b2 = pod('frontend', '10.1.1.5') + threeBackends + backendService();
const call = { from: 'pod/production/frontend', to: 'http://backend:80/api' };

describe('[B2] a request to a Service', () => {
  const built = cluster(b2);
  const made = ask(built, call);

  test('asks for its name along the search list and hears the ClusterIP', () => {
    const [plan] = stepsOf(made, 'search-planned');
    expect(plan?.resolv).toEqual({
      nameservers: ['10.152.183.10'],
      search: ['production.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
      options: ['ndots:5'],
    });
    expect(plan?.candidates[0]).toBe('backend.production.svc.cluster.local.');
    expect(stepsOf(made, 'name-answered')[0]?.records).toMatchObject([{ type: 'A', data: '10.152.183.25', ttl: 30 }]);
    expect(stepsOf(made, 'name-settled')[0]).toMatchObject({ ip: '10.152.183.25', rcode: 'NOERROR' });
  });

  test('is offered to each of the three back ends with equal odds', () => {
    expect(backendsOf(made)).toEqual({ '10.1.1.10:8080': 1 / 3, '10.1.1.11:8080': 1 / 3, '10.1.1.12:8080': 1 / 3 });
  });

  test('tries the rules as iptables-save prints them, the first with one chance in three', () => {
    const reads = requestSteps(made).flatMap((step) =>
      step.kind === 'hook-passed' && step.hook === 'PREROUTING' && step.at.direction === 'original' ? step.reads : [],
    );
    const matched = rulesMatched(made);
    expect(matched).toContainEqual(
      '-A KUBE-SERVICES -d 10.152.183.25/32 -p tcp -m comment --comment "production/backend cluster IP" -m tcp --dport 80 -j KUBE-SVC-ZPLWS4OQ5AOFTFV2',
    );
    expect(
      matched.some((text) =>
        text.endsWith(`-j DNAT --to-destination ${made.outcome.kind === 'delivered' ? formatSocket(made.outcome.backend) : ''}`),
      ),
    ).toBe(true);
    const draws = reads.filter(({ rule }) => rule.matches.some(({ kind }) => kind === 'statistic'));
    expect(draws).toHaveLength(2);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    '[seed %i] reaches the Pod with the source unchanged, and the answer comes from the Service',
    (seed) => {
      const one = ask(built, { ...call, seed });
      expect(one.outcome).toMatchObject({ kind: 'delivered', masqueraded: false, status: 200, seenSource: { ip: '10.1.1.5' } });
      const received = stepsOf(one, 'received').at(-1);
      expect(received?.skb?.packet.source).toEqual({ ip: '10.152.183.25', port: 80 });
      const reverse = stepsOf(one, 'hook-passed').find(
        (step) => step.at.purpose === 'request' && step.at.direction === 'reply' && step.translations.length > 0,
      );
      expect(reverse).toMatchObject({ hook: 'POSTROUTING', translations: [{ by: 'connection' }] });
    },
  );

  test('[C5] is remembered by connection tracking', () => {
    const entries = stateOf(made.world, 'node/node-1').connections.filter(({ protocol }) => protocol === 'TCP');
    expect(entries).toMatchObject([
      { destinationTranslated: true, sourceTranslated: false, replied: true, original: { destination: { ip: '10.152.183.25', port: 80 } } },
    ]);
  });

  test('[B12] spreads over the back ends when it is sent often', () => {
    const counts = new Map<string, number>();
    let world = built.world;
    for (let index = 0; index < 300; index += 1) {
      const one = ask(built, { from: call.from, to: '10.152.183.25:80', seed: world.seed }, world);
      world = one.world;
      if (one.outcome.kind === 'delivered') counts.set(one.outcome.backend.ip, (counts.get(one.outcome.backend.ip) ?? 0) + 1);
    }
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(300);
    for (const count of counts.values()) expect(count).toBeGreaterThan(60);
    expect(counts.size).toBe(3);
  });
});

describe('[A2, A3, A8] a request from Pod to Pod', () => {
  const built = cluster(pod('client', '10.1.1.5') + pod('near', '10.1.1.8') + pod('far', '10.1.2.8'));

  test('on one node goes by the veths, its addresses untouched', () => {
    const made = ask(built, { from: 'pod/production/client', to: '10.1.1.8:8080' });
    expect(made.outcome).toMatchObject({ kind: 'delivered', masqueraded: false, seenSource: { ip: '10.1.1.5' } });
    expect(hops(requestSteps(made)).map(({ at }) => at.netns)).toEqual([
      'pod/production/client',
      'node/node-1',
      'pod/production/near',
      'pod/production/near',
      'node/node-1',
      'pod/production/client',
    ]);
    expect(routesTaken(made)[1]).toMatch(/^node\/node-1: 10\.1\.1\.8 dev cali[0-9a-f]{11} scope link$/);
  });

  test('on two nodes takes the route that BGP learnt, without NAT and without a tunnel', () => {
    const made = ask(built, { from: 'pod/production/client', to: '10.1.2.8:8080' });
    expect(made.outcome).toMatchObject({ kind: 'delivered', masqueraded: false, seenSource: { ip: '10.1.1.5' } });
    expect(routesTaken(made)).toContain('node/node-1: 10.1.2.0/24 via 192.168.1.11 dev eth0 proto bird');
    expect(stepsOf(made, 'delivered').at(-1)?.skb?.packet.ttl).toBe(62);
    expect(stepsOf(made, 'hook-passed').flatMap(({ translations }) => translations)).toEqual([]);
  });

  test('is possible between all Pods and from all nodes, without NAT', () => {
    const sources = ['pod/production/client', 'pod/production/near', 'pod/production/far', 'node/node-1', 'node/node-2'];
    for (const from of sources) {
      for (const to of ['10.1.1.5:8080', '10.1.1.8:8080', '10.1.2.8:8080']) {
        const made = ask(built, { from, to });
        expect(made.outcome, `${from} to ${to}`).toMatchObject({ kind: 'delivered', masqueraded: false });
      }
    }
  });

  test('is lost where the route to the other node is gone', () => {
    const cut = withKernel(built.world, 'node/node-1', (kernel) => ({
      ...kernel,
      routes: kernel.routes.filter((route) => route.nextHop.kind !== 'gateway' || route.nextHop.ip !== '192.168.1.11'),
    }));
    expect(ask(built, { from: 'pod/production/client', to: '10.1.2.8:8080' }, cut).outcome).toMatchObject({
      kind: 'dropped',
      reason: 'no-such-host',
    });
  });

  test('times out in the blackhole of its node where the Pod is gone', () => {
    expect(ask(built, { from: 'pod/production/client', to: '10.1.1.99:8080' }).outcome).toMatchObject({
      kind: 'dropped',
      reason: 'blackhole',
    });
  });
});

describe('[B1, C2] a ClusterIP', () => {
  const built = cluster(b2);

  test('is on no interface of any namespace', () => {
    const addresses = Object.values(built.world.kernels).flatMap(({ devices }) =>
      devices.flatMap((device) => device.addresses.map(({ ip }) => ip)),
    );
    expect(addresses).toContain('10.1.1.10');
    expect(addresses).not.toContain('10.152.183.25');
  });

  test('is nowhere without the rules of kube-proxy', () => {
    const bare = withKernel(built.world, 'node/node-1', (kernel) =>
      withoutRules(kernel, 'nat', (rule) => rule.comment === 'production/backend cluster IP'),
    );
    const made = ask(built, { from: call.from, to: '10.152.183.25:80' }, bare);
    expect(made.outcome.kind).toBe('dropped');
    expect(made.backends).toEqual([]);
  });

  test('loses a back end with the DNAT rule of its chain', () => {
    const one = withKernel(built.world, 'node/node-1', (kernel) =>
      withoutRules(kernel, 'nat', (rule) => rule.target.kind === 'dnat' && rule.target.to.ip === '10.1.1.11'),
    );
    const made = ask(built, { from: call.from, to: '10.152.183.25:80' }, one);
    expect(Object.keys(backendsOf(made))).toEqual(['10.1.1.10:8080', '10.1.1.12:8080']);
  });

  test('hears nothing where the entry of its connection is forgotten: KUBE-FORWARD drops what belongs to none', () => {
    const ready = dispatch(built, built.world, { from: call.from, to: '10.152.183.25:80', protocol: 'TCP', via: null });
    if ('problem' in ready) throw new Error('no such request');
    const journey = new Journey(ready.world);
    const settled = exchange(journey, {
      at: { exchange: 0, purpose: 'request', direction: 'original', netns: ready.request.netns },
      by: ready.request.owner,
      packet: {
        protocol: 'TCP',
        source: { ip: ip('10.1.1.5'), port: 41874 },
        destination: { ip: ip('10.152.183.25'), port: 80 },
        ttl: 64,
        payload: { kind: 'segment', flags: 'SYN' },
      },
      answer: () => {
        journey.world = { ...journey.world, states: {} };
        return { kind: 'segment', flags: 'SYN-ACK' };
      },
      effects: [],
    });
    expect(settled).toMatchObject({ kind: 'dropped', reason: 'rule', netns: 'node/node-1', delivered: { destination: { port: 8080 } } });
  });

  test('is masqueraded for a Pod that reaches itself, and lost without KUBE-MARK-MASQ', () => {
    const alone = cluster(pod('backend-1', '10.1.1.10', { labels: 'app: backend' }) + backendService());
    const self = { from: 'pod/production/backend-1', to: '10.152.183.25:80' };
    expect(ask(alone, self).outcome).toMatchObject({ kind: 'delivered', masqueraded: true, seenSource: { ip: '192.168.1.10' } });
    const unmarked = withKernel(alone.world, 'node/node-1', (kernel) =>
      withoutRules(kernel, 'nat', (rule) => rule.target.kind === 'jump' && rule.target.chain === 'KUBE-MARK-MASQ'),
    );
    expect(ask(alone, self, unmarked).outcome).toMatchObject({ kind: 'dropped', reason: 'martian-source' });
  });

  test('is masqueraded for a client outside of the Pod range', () => {
    expect(ask(built, { from: 'external/203.0.113.9', via: 'node/node-2', to: '10.152.183.25:80' }).outcome).toMatchObject({
      kind: 'delivered',
      masqueraded: true,
      seenSource: { ip: '192.168.1.11' },
    });
  });

  test('balances over both nodes', () => {
    const both = cluster(
      pod('frontend', '10.1.1.5') +
        pod('backend-1', '10.1.1.10', { labels: 'app: backend' }) +
        pod('backend-2', '10.1.2.10', { labels: 'app: backend' }) +
        backendService(),
    );
    for (let seed = 1; seed < 12; seed += 1)
      expect(ask(both, { ...call, seed }).outcome).toMatchObject({ kind: 'delivered', masqueraded: false });
  });
});

describe('[B3, B4] the Pods behind a Service', () => {
  const deployment = (replicas: number, label = 'backend'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: backend, namespace: production }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${label} } }
  template:
    metadata: { labels: { app: ${label} } }
    spec:
      containers:
      - name: api
        image: example/api:1.4
        ports: [{ containerPort: 8080 }]
---`;
  const scaled = (replicas: number) => cluster(pod('frontend', '10.1.1.5') + deployment(replicas) + backendService());

  test.each([1, 2, 3, 6])('%i replicas are as many back ends', (replicas) => {
    const made = ask(scaled(replicas), call);
    expect(made.backends).toHaveLength(replicas);
    for (const { probability } of made.backends) expect(probability).toBeCloseTo(1 / replicas, 12);
  });

  test('keep their names and addresses when others come', () => {
    const own = (replicas: number) => scaled(replicas).cluster.pods.filter(({ metadata }) => metadata.namespace === 'production');
    const names = (replicas: number) => own(replicas).map(({ metadata, status }) => `${metadata.name} ${status.podIPs[0]}`);
    expect(names(2)).toHaveLength(3);
    expect(names(4)).toEqual(expect.arrayContaining(names(2)));
  });

  test('are written into EndpointSlices by their labels', () => {
    const slices = scaled(2).cluster.endpointSlices.filter(({ metadata }) => metadata.labels['kubernetes.io/service-name'] === 'backend');
    expect(slices.flatMap(({ endpoints }) => endpoints)).toHaveLength(2);
    expect(slices[0]?.ports).toMatchObject([{ port: 8080, protocol: 'TCP' }]);
  });

  test('are not counted while they are not ready', () => {
    const built = cluster(
      pod('frontend', '10.1.1.5') +
        pod('up', '10.1.1.10', { labels: 'app: backend' }) +
        pod('down', '10.1.1.11', { labels: 'app: backend', ready: false }) +
        backendService(),
    );
    expect(Object.keys(backendsOf(ask(built, call)))).toEqual(['10.1.1.10:8080']);
  });
});

describe('[B9] a Service without a selector', () => {
  test('sends to the addresses that were written by hand', () => {
    const built = cluster(`${pod('client', '10.1.1.5')}
apiVersion: v1
kind: Service
metadata: { name: database, namespace: production }
spec:
  ports: [{ port: 80, targetPort: 9376 }]
---
apiVersion: v1
kind: Endpoints
metadata: { name: database, namespace: production }
subsets:
- addresses: [{ ip: 192.0.2.42 }]
  ports: [{ port: 9376 }]
`);
    const made = ask(built, { from: 'pod/production/client', to: 'http://database/' });
    expect(made.outcome).toMatchObject({ kind: 'delivered', backend: { ip: '192.0.2.42', port: 9376 } });
    expect(backendsOf(made)).toEqual({ '192.0.2.42:9376': 1 });
  });
});

describe('[B10] ports', () => {
  const service = (name: string, ports: string, selector = name): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: production }
spec: { selector: { app: ${selector} }, ports: ${ports} }
---`;

  test('default targetPort is the port itself', () => {
    const built = cluster(pod('client', '10.1.1.5') + pod('web', '10.1.1.6', { port: 80 }) + service('web', '[{ port: 80 }]'));
    expect(ask(built, { from: 'pod/production/client', to: 'http://web/' }).outcome).toMatchObject({
      kind: 'delivered',
      backend: { port: 80 },
    });
  });

  test('a name leads to the container port of that name', () => {
    const named = pod('web', '10.1.1.6', { port: 3000 }).replace('containerPort: 3000', 'containerPort: 3000\n      name: http');
    const built = cluster(pod('client', '10.1.1.5') + named + service('web', '[{ port: 80, targetPort: http }]'));
    expect(ask(built, { from: 'pod/production/client', to: 'http://web/' }).outcome).toMatchObject({
      kind: 'delivered',
      backend: { port: 3000 },
    });
  });

  test('many Services share port 80 in front of other ports', () => {
    const ports = { users: 3000, orders: 8080, payments: 5000 };
    const yaml = Object.entries(ports).map(
      ([name, port], index) => pod(name, `10.1.1.${20 + index}`, { port }) + service(name, `[{ port: 80, targetPort: ${port} }]`),
    );
    const built = cluster(pod('client', '10.1.1.5') + yaml.join(''));
    for (const [name, port] of Object.entries(ports))
      expect(ask(built, { from: 'pod/production/client', to: `http://${name}/` }).outcome).toMatchObject({
        kind: 'delivered',
        backend: { port },
      });
  });
});

describe('[D1, D2, D4] names', () => {
  const built = cluster(`${b2}${pod('monitoring', '10.1.2.20', { namespace: 'shared', port: 9090 })}
apiVersion: v1
kind: Service
metadata: { name: monitoring, namespace: shared }
spec: { selector: { app: monitoring }, ports: [{ port: 9090 }] }
`);

  test.each([
    'backend',
    'backend.production',
    'backend.production.svc',
    'backend.production.svc.cluster.local',
    'backend.production.svc.cluster.local.',
    'BACKEND',
  ])('%s is the Service of the own namespace', (host) => {
    expect(ask(built, { ...call, to: `http://${host}/` }).outcome).toMatchObject({ kind: 'delivered', status: 200 });
  });

  test('reach into another namespace when they name it', () => {
    expect(ask(built, { ...call, to: 'http://monitoring.shared.svc.cluster.local:9090/' }).outcome).toMatchObject({
      kind: 'delivered',
      backend: { port: 9090 },
    });
    expect(ask(built, { ...call, to: 'http://monitoring:9090/' }).outcome).toEqual({
      kind: 'unresolved',
      name: 'monitoring',
      rcode: 'NXDOMAIN',
    });
  });

  test('are answered by CoreDNS behind a Service of its own', () => {
    const dns = built.cluster.services.find(({ metadata }) => metadata.namespace === 'kube-system' && metadata.name === 'kube-dns');
    expect(dns?.spec.clusterIPs).toEqual(['10.152.183.10']);
    const asked = ask(built, call).steps.filter((step) => step.at.purpose === 'dns');
    expect(
      asked.some(
        (step) => step.kind === 'hook-passed' && step.translations.some(({ from, to }) => from.ip === '10.152.183.10' && to.port === 53),
      ),
    ).toBe(true);
  });

  test('fail at once while CoreDNS has no Pod', () => {
    const deaf = cluster(`${b2}
apiVersion: v1
kind: Service
metadata: { name: kube-dns, namespace: kube-system }
spec: { clusterIP: 10.152.183.10, selector: { k8s-app: nobody }, ports: [{ name: dns, port: 53, protocol: UDP }] }
`);
    expect(ask(deaf, call).outcome.kind).toBe('unresolved');
  });
});

describe('a node', () => {
  test('asks its own name server, which knows no Service', () => {
    const made = ask(cluster(b2), { from: 'node/node-1', to: 'http://backend.production.svc.cluster.local/' });
    expect(made.outcome).toMatchObject({ kind: 'unresolved', rcode: 'NXDOMAIN' });
    expect(stepsOf(made, 'name-answered')[0]?.at.netns).toBe('router/192.168.1.1');
  });
});

describe('[F6, F8] faults', () => {
  test('a selector that matches nothing is refused by the node', () => {
    const built = cluster(pod('frontend', '10.1.1.5') + threeBackends + backendService().replace('app: backend', 'app: back-end'));
    const made = ask(built, call);
    expect(made.outcome).toMatchObject({ kind: 'rejected', reason: 'rule', netns: 'node/node-1' });
    expect(
      rulesMatched(made).some(
        (text) => text.includes('production/backend has no endpoints') && text.endsWith('-j REJECT --reject-with icmp-port-unreachable'),
      ),
    ).toBe(true);
    expect(built.findings.some(({ finding }) => finding.code === 'selector-matches-nothing')).toBe(true);
  });

  test('a targetPort on which nobody listens is refused by the Pod', () => {
    const built = cluster(
      pod('frontend', '10.1.1.5') + pod('backend-1', '10.1.1.10', { labels: 'app: backend', port: 3000 }) + backendService(),
    );
    const made = ask(built, call);
    expect(made.outcome).toMatchObject({
      kind: 'rejected',
      reason: 'no-socket',
      netns: 'pod/production/backend-1',
      destination: { port: 8080 },
    });
    expect(stepsOf(made, 'received').at(-1)?.skb?.packet.source).toEqual({ ip: '10.152.183.25', port: 80 });
  });

  test('a Service that does not exist is no name', () => {
    expect(ask(cluster(pod('frontend', '10.1.1.5')), call).outcome).toMatchObject({ kind: 'unresolved', rcode: 'NXDOMAIN' });
  });
});

describe('the same text and seed', () => {
  test('give the same bytes', () => {
    const once = () => JSON.stringify(ask(cluster(b2), { ...call, seed: 7 }));
    expect(once()).toBe(once());
  });
});
