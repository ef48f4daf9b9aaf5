// kube-proxy in nftables mode: rows of the course in this mode, beside iptables where both should agree, and alone where they differ.

import { describe, expect, test } from 'vitest';
import type { Built } from './built';
import type { ProxyModeName } from './controlplane/cluster';
import { type Ask, ask, backendsOf, cluster, stepsOf, withKernel } from './course.test-support';
import { type StepFact, stepFact } from './explain/step-fact';
import { tell } from './explain/tell';
import { namesOf } from './explained-names';
import { stateOf } from './linux/effect';
import type { Kernel, World } from './linux/kernel';
import { formatNftRule } from './linux/nft-rule';
import type { NftTable } from './linux/nftables';
import { ip } from './net/ip';
import type { Trace } from './trace/step';

const pod = (name: string, address: string, app = name): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${app} } }
spec: { containers: [{ name: main, image: example/app:1.0, ports: [{ containerPort: 8080 }] }] }
status: { phase: Running, podIP: ${address}, conditions: [{ type: Ready, status: 'True' }] }
---`;

const service = (spec = '', status = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { clusterIP: 10.152.183.25, selector: { app: web }, ports: [{ port: 80, targetPort: 8080${spec.includes('NodePort') ? ', nodePort: 30080' : ''} }]${spec} }
${status}---`;

const PODS =
  pod('client', '10.1.1.5') + pod('web-1', '10.1.1.10', 'web') + pod('web-2', '10.1.1.11', 'web') + pod('web-3', '10.1.2.12', 'web');

const inMode = (yaml: string, proxyMode: ProxyModeName): Built => cluster(yaml, { proxyMode });
const nft = (yaml: string): Built => inMode(yaml, 'nftables');

/** The reasons of the request's steps. */
function reasons(built: Built, { steps, outcome, backends }: Trace): readonly StepFact[] {
  const trace = { steps, outcome, backends };
  return steps.flatMap((step, index) =>
    step.at.purpose === 'request' ? [stepFact(step, { names: namesOf(built.cluster), trace, index })] : [],
  );
}

function reason<Code extends StepFact['code']>(built: Built, made: Trace, code: Code): StepFact & { readonly code: Code } {
  const found = reasons(built, made).find((fact): fact is StepFact & { readonly code: Code } => fact.code === code);
  if (found === undefined) throw new Error(`${code} is not among ${reasons(built, made).map((fact) => fact.code)}`);
  return found;
}

/** Every rule that matched on the way, as nft prints it. */
const rulesMatched = ({ steps }: Trace): readonly string[] =>
  steps.flatMap((step) =>
    'reads' in step && step.at.purpose === 'request'
      ? step.reads
          .filter(({ result }) => result.kind === 'matched')
          .map(({ chain, rule, family }) => `${chain}: ${formatNftRule(rule, family)}`)
      : [],
  );

const changed = (world: World, netns: string, change: (table: NftTable) => NftTable): World =>
  withKernel(world, netns, (kernel: Kernel) => ({ ...kernel, nftables: kernel.nftables.map(change) }));

const withoutElements = (table: NftTable, map: string): NftTable => {
  const old = table.maps[map];
  return old === undefined ? table : { ...table, maps: { ...table.maps, [map]: { ...old, elements: [] } } };
};

const CALL: Ask = { from: 'pod/shop/client', to: '10.152.183.25:80' };

describe('the same request in both modes', () => {
  const outside: Ask = { from: 'external/203.0.113.9', to: '192.168.1.10:30080', via: 'node/node-1' };
  const rows: readonly (readonly [string, string, Ask])[] = [
    ['[B2] a Pod and a ClusterIP', service(), CALL],
    ['[B3] one back end', service().replace('app: web }', 'app: web-1 }') + pod('lone', '10.1.1.20', 'web-1'), CALL],
    ['a node and a ClusterIP', service(), { ...CALL, from: 'node/node-1' }],
    ['a back end and its own Service', service(), { ...CALL, from: 'pod/shop/web-1' }],
    ['a client outside and a ClusterIP', service(), { ...CALL, from: 'external/203.0.113.9', via: 'node/node-1' }],
    ['a client outside and a node port', service(', type: NodePort'), outside],
    ['[B14] a node port that keeps the source', service(', type: NodePort, externalTrafficPolicy: Local'), outside],
    ['[B14] the same from a Pod', service(', type: NodePort, externalTrafficPolicy: Local'), { from: CALL.from, to: outside.to }],
    ['[B14] a ClusterIP of this node only', service(', internalTrafficPolicy: Local'), CALL],
  ];

  test.each(rows)('%s', (_, spec, request) => {
    const one = ask(inMode(PODS + spec, 'iptables'), request);
    const other = ask(inMode(PODS + spec, 'nftables'), request);
    expect(one.backends.length).toBeGreaterThan(0);
    expect(backendsOf(other)).toEqual(backendsOf(one));
    expect(other.outcome).toMatchObject({
      kind: 'delivered',
      seenSource: { ip: one.outcome.kind === 'delivered' ? one.outcome.seenSource.ip : '' },
    });
  });
});

describe('[B2] a request to a Service', () => {
  const built = nft(PODS + service());
  const made = ask(built, CALL);

  test('finds its Service in a map and draws a number', () => {
    expect(backendsOf(made)).toEqual({ '10.1.1.10:8080': 1 / 3, '10.1.1.11:8080': 1 / 3, '10.1.2.12:8080': 1 / 3 });
    const chain = /: goto (service-[A-Z2-7]{8}-shop\/web\/tcp\/)$/;
    const element = built.world.kernels['node/node-1']?.nftables[0]?.maps['service-ips']?.elements.find(({ key }) =>
      key.startsWith('10.152.183.25'),
    );
    expect(`${element?.key} : goto ${element?.target.kind === 'goto' ? element.target.chain : ''}`).toMatch(chain);
    expect(rulesMatched(made)).toEqual(
      expect.arrayContaining([
        'filter-prerouting-pre-dnat: ct state new jump firewall-check',
        'nat-prerouting: jump services',
        'services: ip daddr . meta l4proto . th dport vmap @service-ips',
        expect.stringMatching(/^service-[A-Z2-7]{8}-shop\/web\/tcp\/: numgen random mod 3 vmap \{ 0 : goto endpoint-/),
        expect.stringMatching(/__10\.1\.[12]\.1[012]\/8080: meta l4proto tcp dnat to 10\.1\.[12]\.1[012]:8080$/),
      ]),
    );
  });

  test('is told which Service it was, and among how many was drawn', () => {
    expect(reason(built, made, 'service-address-replaced')).toMatchObject({
      service: 'web',
      choice: { kind: 'drawn', among: 3 },
      marked: null,
    });
    const alone = nft(pod('client', '10.1.1.5') + pod('web-1', '10.1.1.10', 'web') + service());
    expect(reason(alone, ask(alone, CALL), 'service-address-replaced')).toMatchObject({ choice: { kind: 'only' } });
  });

  test('shows the entry of the map that was found, and the numbers that were not drawn', () => {
    const index = made.steps.findIndex(
      (step) => step.kind === 'hook-passed' && step.translations.length > 0 && step.at.purpose === 'request',
    );
    const lines = tell(made, namesOf(built.cluster)).steps[index]?.evidence ?? [];
    const found = lines.filter(({ group }) => group === 'kube-proxy @service-ips');
    expect(found).toMatchObject([
      { kind: 'nft-rule', matched: true, text: expect.stringMatching(/^10\.152\.183\.25 \. tcp \. 80 : goto service-/) },
    ]);
    const numbers = lines.filter(({ text }) => /^\d : goto endpoint-/.test(text));
    expect(numbers.map(({ matched }) => matched).sort()).toEqual([null, null, true].sort());
    expect(numbers.filter(({ matched }) => matched === null).map(({ note }) => note?.en)).toEqual(['1 chance in 3', '1 chance in 3']);
    expect(new Set(numbers.map(({ provenance }) => provenance)).size).toBe(3);
  });

  test('[B12] spreads over the back ends when it is sent often', () => {
    const counts = new Map<string, number>();
    let world = built.world;
    for (let sent = 0; sent < 150; sent += 1) {
      const one = ask(built, { ...CALL, seed: world.seed }, world);
      world = one.world;
      if (one.outcome.kind === 'delivered') counts.set(one.outcome.backend.ip, (counts.get(one.outcome.backend.ip) ?? 0) + 1);
    }
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(150);
    for (const count of counts.values()) expect(count).toBeGreaterThan(25);
    expect(counts.size).toBe(3);
  });
});

describe('what is taken out of the table', () => {
  const built = nft(PODS + service());

  test('an entry of service-ips: the port is undefined from then on, and refused', () => {
    const less = changed(built.world, 'node/node-1', (table) => withoutElements(table, 'service-ips'));
    const made = ask(built, CALL, less);
    expect(made.outcome).toMatchObject({ kind: 'rejected', reason: 'rule', netns: 'node/node-1' });
    expect(made.backends).toEqual([]);
    expect(rulesMatched(made).at(-1)).toBe(
      'cluster-ips-check: ip daddr @cluster-ips reject comment "Reject traffic to invalid ports of ClusterIPs"',
    );
  });

  test('the mark of a back end that reaches itself: it does not believe its own address', () => {
    const alone = nft(pod('web-1', '10.1.1.10', 'web') + service());
    const self = { ...CALL, from: 'pod/shop/web-1' };
    const whole = ask(alone, self);
    expect(whole.outcome).toMatchObject({ kind: 'delivered', masqueraded: true, seenSource: { ip: '192.168.1.10' } });
    expect(reason(alone, whole, 'source-masqueraded').why).toEqual({ kind: 'hairpin' });
    const unmarked = changed(alone.world, 'node/node-1', (table) => ({
      ...table,
      chains: { ...table.chains, 'mark-for-masquerade': { name: 'mark-for-masquerade', policy: null, base: null, rules: [] } },
    }));
    expect(ask(alone, self, unmarked).outcome).toMatchObject({ kind: 'dropped', reason: 'martian-source' });
  });
});

describe('what the mode refuses and iptables does not', () => {
  const yaml = PODS + service();
  const built = nft(yaml);
  const outcomeIn = (mode: ProxyModeName, request: Ask) => ask(inMode(yaml, mode), request).outcome;

  test('[A4] a ping to a ClusterIP', () => {
    const ping: Ask = { from: CALL.from, to: 'ping:10.152.183.25' };
    const made = ask(built, ping);
    expect(made.outcome).toMatchObject({ kind: 'rejected', reason: 'rule', netns: 'node/node-1' });
    expect(reason(built, made, 'rejected-service-ping')).toMatchObject({ service: 'web', mode: 'nftables', hook: 'FORWARD' });
    expect(outcomeIn('iptables', ping)).toMatchObject({ kind: 'dropped', reason: 'no-such-host' });
  });

  test('a port that the Service does not have, from a Pod and from the node', () => {
    for (const [from, hook] of [
      [CALL.from, 'FORWARD'],
      ['node/node-1', 'OUTPUT'],
    ] as const) {
      const made = ask(built, { from, to: '10.152.183.25:81' });
      expect(reason(built, made, 'rejected-service-port')).toMatchObject({ service: 'web', mode: 'nftables', hook });
    }
    expect(outcomeIn('iptables', { ...CALL, to: '10.152.183.25:81' })).toMatchObject({ kind: 'dropped', reason: 'no-such-host' });
  });

  test('an address of the Service range that nobody has is dropped on the node', () => {
    const made = ask(built, { ...CALL, to: '10.152.183.77:80' });
    expect(made.outcome).toMatchObject({ kind: 'dropped', reason: 'rule', netns: 'node/node-1' });
    expect(reason(built, made, 'dropped-unowned-service-address')).toMatchObject({ prefix: '10.152.183.0/24' });
    expect(outcomeIn('iptables', { ...CALL, to: '10.152.183.77:80' })).toMatchObject({ kind: 'dropped', reason: 'no-such-host' });
  });

  test('a node port on 127.0.0.1: nothing leads away from there', () => {
    const both = (mode: ProxyModeName) =>
      ask(inMode(PODS + service(', type: NodePort'), mode), { from: 'node/node-1', to: '127.0.0.1:30080' });
    expect(both('iptables').outcome.kind).toBe('delivered');
    expect(both('nftables').outcome).toMatchObject({ kind: 'rejected', reason: 'no-socket' });
  });
});

describe('what ends in both modes', () => {
  test('a Service without endpoints is refused by name', () => {
    const built = nft(pod('client', '10.1.1.5') + service());
    const made = ask(built, CALL);
    expect(made.outcome).toMatchObject({ kind: 'rejected', reason: 'rule' });
    expect(reason(built, made, 'rejected-no-endpoint')).toMatchObject({ service: 'web', selector: 'app=web', chain: 'reject-chain' });
  });

  test('[B14] a node port without an endpoint on this node is dropped', () => {
    const built = nft(pod('web-3', '10.1.2.12', 'web') + service(', type: NodePort, externalTrafficPolicy: Local'));
    const made = ask(built, { from: 'external/203.0.113.9', to: '192.168.1.10:30080', via: 'node/node-1' });
    expect(made.outcome).toMatchObject({ kind: 'dropped', reason: 'rule' });
    expect(reason(built, made, 'dropped-no-local-endpoint')).toMatchObject({ service: 'shop/web', hook: 'INPUT' });
  });

  test('a source that is not listed is dropped before any address is rewritten', () => {
    const balanced = service(
      ', type: LoadBalancer, loadBalancerSourceRanges: [198.51.100.0/24]',
      'status: { loadBalancer: { ingress: [{ ip: 203.0.113.80 }] } }\n',
    );
    const built = nft(PODS + balanced);
    const from = (external: string) => ask(built, { from: `external/${external}`, to: '203.0.113.80:80', via: 'node/node-1' });
    expect(from('198.51.100.7').outcome).toMatchObject({ kind: 'delivered', masqueraded: true });
    const made = from('192.0.2.7');
    expect(reason(built, made, 'dropped-by-source-range')).toMatchObject({ service: 'web', hook: 'PREROUTING' });
    expect(stepsOf(made, 'hook-passed').flatMap(({ translations }) => translations)).toEqual([]);
  });
});

describe('[B13] session affinity', () => {
  const built = nft(PODS + service(', sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: 100 } }'));
  const first = ask(built, { ...CALL, seed: 3 });
  const address = first.outcome.kind === 'delivered' ? first.outcome.backend.ip : '';

  test('writes the client into the set of its endpoint and follows it', () => {
    const seen = Object.entries(stateOf(first.world, 'node/node-1').recent).filter(([, clients]) => clients[ip('10.1.1.5')] !== undefined);
    expect(seen.map(([list]) => list)).toEqual([
      expect.stringMatching(new RegExp(`^affinity-[A-Z2-7]{8}-shop/web/tcp/__${address}/8080$`)),
    ]);
    let world = first.world;
    for (let seed = 1; seed < 8; seed += 1) {
      const again = ask(built, { ...CALL, seed }, world);
      world = again.world;
      expect(backendsOf(again)).toEqual({ [`${address}:8080`]: 1 });
      expect(reason(built, again, 'service-address-replaced').choice).toEqual({ kind: 'remembered', seconds: 100 });
    }
  });

  test('forgets the client after its time', () => {
    expect(ask(built, CALL, { ...first.world, now: first.world.now + 99 }).backends).toHaveLength(1);
    expect(ask(built, CALL, { ...first.world, now: first.world.now + 101 }).backends).toHaveLength(3);
  });
});

describe('why a source is masqueraded', () => {
  const marked = (yaml: string, request: Ask) => {
    const built = nft(PODS + yaml);
    return reasons(built, ask(built, request)).find(({ code }) => code === 'source-masqueraded' || code === 'source-masqueraded-in-place');
  };

  test.each([
    ['a client outside of the Pod range', service(), { ...CALL, from: 'external/203.0.113.9', via: 'node/node-1' }, 'outside'],
    [
      'a client of a node port',
      service(', type: NodePort'),
      { from: 'external/203.0.113.9', to: '192.168.1.10:30080', via: 'node/node-1' },
      'entrance',
    ],
    [
      'the node itself at its own node port',
      service(', type: NodePort, externalTrafficPolicy: Local'),
      { from: 'node/node-1', to: '192.168.1.10:30080' },
      'own-node',
    ],
  ] as const)('%s', (_, yaml, request, kind) => {
    expect(marked(yaml, request)).toMatchObject({ why: { kind } });
  });
});

describe('[IPv6] a Service of both families', () => {
  const yaml = PODS.replaceAll(/^status: .*$/gm, '') + service(', ipFamilyPolicy: PreferDualStack');
  const built = nft(yaml);
  const six = built.cluster.services.find(({ metadata }) => metadata.name === 'web')?.spec.clusterIPs[1] ?? '';

  test('has an entry in the table of each family', () => {
    const keys = built.world.kernels['node/node-1']?.nftables.map(({ family, maps }) => [
      family,
      maps['service-ips']?.elements.some(({ key }) => key === `${family === 4 ? '10.152.183.25' : six} . tcp . 80`),
    ]);
    expect(keys).toEqual([
      [4, true],
      [6, true],
    ]);
  });

  test('is reached by its IPv6 address, and refuses there what it has no port for', () => {
    const made = ask(built, { from: CALL.from, to: `[${six}]:80` });
    expect(made.outcome.kind).toBe('delivered');
    expect(made.backends).toHaveLength(3);
    const other = ask(built, { from: CALL.from, to: `[${six}]:81` });
    expect(reason(built, other, 'rejected-service-port')).toMatchObject({ service: 'web', hook: 'FORWARD' });
  });
});
