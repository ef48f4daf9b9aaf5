// [F5] NetworkPolicies from YAML to packet: what they isolate, what they let through, and who keeps them.

import { describe, expect, test } from 'vitest';
import type { Built } from './built';
import type { ClusterSettings } from './controlplane/cluster';
import { type Ask, ask, cluster, rulesMatched, stepsOf } from './course.test-support';
import { droppedFact } from './explain/end-fact';
import { hookFact } from './explain/hook-fact';
import { tell } from './explain/tell';
import { namesOf } from './explained-names';
import { formatRuleset } from './linux/iptables-save';
import { formatNftTable } from './linux/nft-list';
import type { Trace } from './trace/step';

const NODES = ['node-1', 'node-2']
  .map(
    (name, index) => `
apiVersion: v1
kind: Node
metadata: { name: ${name} }
spec: { podCIDR: 10.1.${index + 1}.0/24 }
status: { addresses: [{ type: InternalIP, address: 192.168.1.1${index + 1} }] }
---`,
  )
  .join('');

const NAMESPACES = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: shop } }
---
apiVersion: v1
kind: Namespace
metadata: { name: ops, labels: { team: ops } }
---`;

const pod = (name: string, at: string, over: { namespace?: string; app?: string; spec?: string } = {}): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${over.namespace ?? 'shop'}, labels: { app: ${over.app ?? name} } }
spec:
  nodeName: node-${at.split('.')[2]}
${over.spec ?? ''}
  containers:
  - name: main
    image: example/app:1
    ports: [{ name: http, containerPort: 8080 }, { name: admin, containerPort: 9090 }, { name: dns, containerPort: 53, protocol: UDP }]
status: { phase: Running, podIP: ${at}, conditions: [{ type: Ready, status: 'True' }] }
---`;

const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { clusterIP: 10.152.183.25, selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
---`;

const WORLD =
  NODES +
  NAMESPACES +
  pod('client', '10.1.1.5') +
  pod('web', '10.1.2.8') +
  pod('near', '10.1.1.9') +
  pod('probe', '10.1.1.6', { namespace: 'ops' }) +
  SERVICE;

const policy = (spec: string, name = 'p', namespace = 'shop'): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
---`;

const onWeb = (rest: string): string => policy(`{ podSelector: { matchLabels: { app: web } }, ${rest} }`);
const onClient = (rest: string): string =>
  policy(`{ podSelector: { matchLabels: { app: client } }, policyTypes: [Egress], ${rest} }`, 'out');

const CALL: Ask = { from: 'pod/shop/client', to: '10.1.2.8:8080' };
const from = (who: string, to = CALL.to): Ask => ({ from: who, to });

const end = (policies: string, request: Ask = CALL, settings: Partial<ClusterSettings> = {}): string =>
  ask(cluster(WORLD + policies, settings), request).outcome.kind;

function dropOf(built: Built, made: Trace) {
  const step = stepsOf(made, 'dropped').at(-1);
  if (step === undefined) throw new Error('nothing was dropped');
  return droppedFact(step, { names: namesOf(built.cluster), trace: made, index: made.steps.indexOf(step) });
}

describe('[F5] a policy without rules', () => {
  const built = cluster(WORLD + onWeb('ingress: []'));
  const made = ask(built, CALL);

  test('closes the Pod in silence, on its own node, behind the translation of the Service', () => {
    expect(made.outcome).toMatchObject({ kind: 'dropped', reason: 'rule', netns: 'node/node-2' });
    expect(ask(built, { ...CALL, to: 'web:80' }).outcome).toMatchObject({ kind: 'dropped', destination: { ip: '10.1.2.8', port: 8080 } });
  });

  test('is named as what isolates the Pod, and leads to the object', () => {
    expect(dropOf(built, made)).toMatchObject({
      code: 'dropped-by-network-policy',
      direction: 'Ingress',
      pod: 'web',
      policies: ['p'],
      tried: [],
    });
    const told = tell(made, namesOf(built.cluster));
    const decisive = told.steps
      .flatMap(({ evidence }) => evidence)
      .findLast(({ text, matched }) => matched === true && text.endsWith('-j DROP'));
    expect(decisive?.provenance).toBe('["NetworkPolicy","shop","p","spec","ingress"]');
    expect(told.proofs.map(({ command }) => command)).toContain('kubectl describe networkpolicy -n shop p');
  });

  test('taken away lets everything pass again', () => {
    expect(end('')).toBe('delivered');
  });

  test('leaves other Pods, and what the Pod sends itself, alone', () => {
    expect(ask(built, { from: 'pod/shop/client', to: '10.1.1.9:8080' }).outcome.kind).toBe('delivered');
    expect(ask(built, { from: 'pod/shop/web', to: '10.1.1.5:8080' }).outcome.kind).toBe('delivered');
  });

  test('bars other nodes and the world outside, and never the own node nor the Pod itself', () => {
    expect(ask(built, from('node/node-1')).outcome.kind).toBe('dropped');
    expect(ask(built, from('node/node-2')).outcome.kind).toBe('delivered');
    expect(ask(built, from('pod/shop/web')).outcome.kind).toBe('delivered');
  });
});

describe('[F5] what a rule of ingress lets in', () => {
  test.each([
    ['a label of the same namespace', '[{ podSelector: { matchLabels: { app: client } } }]', { client: true, near: false, probe: false }],
    ['every Pod of the same namespace', '[{ podSelector: {} }]', { client: true, near: true, probe: false }],
    [
      'an expression',
      '[{ podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [near] }] } }]',
      { client: true, near: false, probe: false },
    ],
    ['a namespace', '[{ namespaceSelector: { matchLabels: { team: ops } } }]', { client: false, near: false, probe: true }],
    [
      'both in one item: AND',
      '[{ namespaceSelector: { matchLabels: { team: ops } }, podSelector: { matchLabels: { app: client } } }]',
      { client: false, near: false, probe: false },
    ],
    [
      'both in two items: OR',
      '[{ namespaceSelector: { matchLabels: { team: ops } } }, { podSelector: { matchLabels: { app: client } } }]',
      { client: true, near: false, probe: true },
    ],
    ['a block', '[{ ipBlock: { cidr: 10.1.1.0/24 } }]', { client: true, near: true, probe: true }],
    [
      'a block with exceptions',
      '[{ ipBlock: { cidr: 10.1.1.0/24, except: [10.1.1.5/32, 10.1.1.6/32] } }]',
      { client: false, near: true, probe: false },
    ],
    ['no peer at all: everybody', '[]', { client: true, near: true, probe: true }],
  ])('is %s', (_, peers, expected) => {
    const built = cluster(WORLD + onWeb(`ingress: [{ from: ${peers} }]`));
    const reached = (who: string): boolean => ask(built, from(who)).outcome.kind === 'delivered';
    expect({ client: reached('pod/shop/client'), near: reached('pod/shop/near'), probe: reached('pod/ops/probe') }).toEqual(expected);
  });

  test.each([
    ['a number', '{ port: 8080 }', [8080]],
    ['a name of the server', '{ port: admin }', [9090]],
    ['a range', '{ port: 8000, endPort: 9090 }', [8080, 9090]],
    ['a protocol alone', '{ protocol: UDP }', []],
  ])('is a port given as %s', (_, port, open) => {
    const built = cluster(WORLD + onWeb(`ingress: [{ ports: [${port}] }]`));
    expect([8080, 9090].filter((number) => ask(built, { ...CALL, to: `10.1.2.8:${number}` }).outcome.kind === 'delivered')).toEqual(open);
  });

  test('is not the number of the Service but that of the Pod', () => {
    const viaService: Ask = { ...CALL, to: '10.152.183.25:80' };
    expect(end(onWeb('ingress: [{ ports: [{ port: 80 }] }]'), viaService)).toBe('dropped');
    expect(end(onWeb('ingress: [{ ports: [{ port: 8080 }] }]'), viaService)).toBe('delivered');
  });

  test('adds up over policies, and peers of one rule do not join ports of another', () => {
    const two = onWeb('ingress: [{ from: [{ podSelector: { matchLabels: { app: near } } }] }, { ports: [{ port: 9090 }] }]');
    expect(end(two)).toBe('dropped');
    expect(end(two + policy('{ podSelector: {}, ingress: [{}] }', 'open'))).toBe('delivered');
  });
});

describe('[F5] egress', () => {
  test('that allows an address but no name server leaves names unresolved, and is hinted at', () => {
    const built = cluster(WORLD + onClient('egress: [{ to: [{ podSelector: { matchLabels: { app: web } } }] }]'));
    expect(ask(built, CALL).outcome.kind).toBe('delivered');
    expect(ask(built, { ...CALL, to: 'web:80' }).outcome.kind).toBe('unresolved');
    expect(built.findings.map(({ finding }) => finding.code)).toContain('policy-without-dns');
  });

  test('has its port names looked up in the Pod that is called', () => {
    const named = onClient('egress: [{ to: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: admin }] }]');
    expect(end(named)).toBe('dropped');
    expect(end(named, { ...CALL, to: '10.1.2.8:9090' })).toBe('delivered');
  });

  test('and ingress must both agree, and the answer needs no rule', () => {
    const out = onClient('egress: [{ to: [{ podSelector: {} }] }]');
    const into = onWeb('policyTypes: [Ingress, Egress], ingress: [{ from: [{ podSelector: {} }] }]');
    expect(end(out + into)).toBe('delivered');
    expect(end(out + onWeb('ingress: []'))).toBe('dropped');
    expect(end(onClient('egress: []') + into)).toBe('dropped');
  });

  test('does not reach the own node', () => {
    const built = cluster(
      WORLD + onClient('egress: []') + pod('agent', '10.1.2.70', { spec: '  hostNetwork: true' }).replaceAll('10.1.2.70', '192.168.1.12'),
    );
    expect(ask(built, { from: 'pod/shop/client', to: '192.168.1.11:10250' }).outcome.kind).not.toBe('dropped');
    expect(ask(built, { from: 'pod/shop/client', to: '192.168.1.12:8080' }).outcome.kind).toBe('dropped');
  });

  test('without policyTypes closes ingress as well', () => {
    const built = cluster(WORLD + policy('{ podSelector: { matchLabels: { app: web } }, egress: [{}] }'));
    expect(ask(built, CALL).outcome.kind).toBe('dropped');
  });
});

describe('[F5] the explanation', () => {
  test('of a drop lists the rules that were tried, each with the first condition that failed', () => {
    const built = cluster(
      WORLD +
        onWeb(`ingress: [
          { from: [{ podSelector: { matchLabels: { app: near } } }] },
          { from: [{ podSelector: {} }], ports: [{ port: 9090 }, { port: 53, protocol: UDP }] },
          { from: [{ podSelector: {} }], ports: [{ protocol: SCTP }] },
          { from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.1.0/24] } }] },
          { ports: [{ port: admin }] }
        ]`),
    );
    expect(dropOf(built, ask(built, CALL))).toMatchObject({
      policies: ['p'],
      tried: [
        { path: 'spec.ingress[0].from[0]', failed: 'peer' },
        { path: 'spec.ingress[1].from[0]', failed: 'port' },
        { path: 'spec.ingress[2].from[0]', failed: 'protocol' },
        { path: 'spec.ingress[3].from[0]', failed: 'except' },
        { path: 'spec.ingress[4].ports[0]', failed: 'port' },
      ],
    });
  });

  test('of a packet that passes names the policy and the rule of each direction', () => {
    const built = cluster(
      WORLD +
        onClient('egress: [{ ports: [{ port: 8080 }] }]') +
        onWeb('ingress: [{ from: [{ podSelector: { matchLabels: { app: client } } }] }]'),
    );
    const made = ask(built, CALL);
    const facts = stepsOf(made, 'hook-passed')
      .filter(({ hook, at }) => hook === 'FORWARD' && at.direction === 'original')
      .map((step) => hookFact(step, { names: namesOf(built.cluster), trace: made, index: made.steps.indexOf(step) }));
    expect(facts).toMatchObject([
      { code: 'accepted-by-network-policy', leaves: [{ direction: 'Egress', policy: 'out', path: 'spec.egress[0].ports[0]' }] },
      { code: 'accepted-by-network-policy', leaves: [{ direction: 'Ingress', policy: 'p', path: 'spec.ingress[0].from[0]' }] },
    ]);
  });

  test('of a cluster whose policies concern neither Pod says that nobody isolates them', () => {
    const built = cluster(WORLD + policy('{ podSelector: { matchLabels: { app: near } } }'));
    const made = ask(built, CALL);
    const step = stepsOf(made, 'hook-passed').find(({ hook }) => hook === 'FORWARD');
    expect(step && hookFact(step, { names: namesOf(built.cluster), trace: made, index: made.steps.indexOf(step) }).code).toBe(
      'accepted-unpoliced',
    );
  });
});

describe('[F5] in a cluster of two address families', () => {
  const alsoSix = (text: string): string =>
    text
      .replaceAll(/podCIDR: (10\.1\.(\d)\.0\/24)/g, "podCIDRs: [$1, 'fd00:10:1:$2::/64']")
      .replaceAll(/address: 192\.168\.1\.(\d+) \}/g, "address: 192.168.1.$1 }, { type: InternalIP, address: 'fd00:192:168:1::$1' }")
      .replaceAll(/podIP: (10\.1\.(\d)\.(\d+))/g, "podIP: $1, podIPs: [{ ip: $1 }, { ip: 'fd00:10:1:$2::$3' }]");
  const world = alsoSix(NODES + NAMESPACES + pod('client', '10.1.1.5') + pod('web', '10.1.2.8'));

  test.each([
    ['a label', '{ podSelector: { matchLabels: { app: client } } }', ['delivered', 'delivered']],
    ['an IPv6 block', "{ ipBlock: { cidr: 'fd00:10:1:1::/64' } }", ['dropped', 'delivered']],
    ['an IPv4 block', '{ ipBlock: { cidr: 10.1.1.0/24 } }', ['delivered', 'dropped']],
  ])('%s opens what it means', (_, peer, expected) => {
    const built = cluster(world + onWeb(`ingress: [{ from: [${peer}] }]`));
    expect(['10.1.2.8:8080', '[fd00:10:1:2::8]:8080'].map((to) => ask(built, { ...CALL, to }).outcome.kind)).toEqual(expected);
  });
});

describe('[F5] the rules on a node', () => {
  const text = (built: Built, node: string): string => formatRuleset(built.world.kernels[`node/${node}`]?.iptables ?? {});

  test('are those of Felix', () => {
    const lines = text(
      cluster(WORLD + onWeb('ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.1.0/24] } }], ports: [{ port: 8080 }] }]')),
      'node-2',
    ).split('\n');
    expect(lines.filter((line) => line.startsWith('-A FORWARD'))[0]).toBe('-A FORWARD -j cali-FORWARD');
    expect(lines.filter((line) => line.includes('-A cali-pi-knp/shop/p '))).toEqual([
      '-A cali-pi-knp/shop/p -m comment --comment "NetworkPolicy shop/p ingress" -j MARK --set-xmark 0x40000/0xc0000',
      '-A cali-pi-knp/shop/p -s 10.1.1.0/24 -j MARK --set-xmark 0x0/0x40000',
      '-A cali-pi-knp/shop/p -s 10.0.0.0/8 -p tcp -m multiport --dports 8080 -m mark --mark 0x40000/0x40000 -j MARK --set-xmark 0x10000/0x10000',
    ]);
  });

  test('have chains with a name that iptables takes, however long the policy’s', () => {
    const lines = text(cluster(WORLD + policy('{ podSelector: {} }', 'a-name-that-is-far-too-long-for-a-chain')), 'node-2').split('\n');
    const names = lines.flatMap((line) => /^:(\S+)/.exec(line)?.[1] ?? []);
    expect(names.filter((name) => name.startsWith('cali-pi-'))).toEqual([expect.stringMatching(/^cali-pi-_[\w-]{19}$/)]);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(28);
  });

  test('are none at all without a policy', () => {
    expect(text(cluster(WORLD), 'node-2')).not.toMatch(/cali-(?:FORWARD|fw|tw)/);
  });
});

describe('[F5] the same policies', () => {
  const all =
    onWeb('ingress: [{ from: [{ podSelector: { matchLabels: { app: client } } }], ports: [{ port: http }] }]') +
    onClient('egress: [{ to: [{ namespaceSelector: {} }] }]');
  const requests: readonly Ask[] = ['pod/shop/client', 'pod/shop/near', 'pod/ops/probe', 'node/node-1', 'node/node-2'].flatMap((who) =>
    ['10.1.2.8:8080', '10.1.2.8:9090', '10.152.183.25:80'].map((to) => ({ from: who, to })),
  );
  const outcomes = (settings: Partial<ClusterSettings>): readonly string[] => {
    const built = cluster(WORLD + all, settings);
    return requests.map((one) => `${one.from} ${one.to} ${ask(built, one).outcome.kind}`);
  };
  const expected = outcomes({});

  test('open some ways and close others', () => {
    expect(expected.filter((line) => line.endsWith('delivered'))).toEqual([
      'pod/shop/client 10.1.2.8:8080 delivered',
      'pod/shop/client 10.152.183.25:80 delivered',
      'node/node-2 10.1.2.8:8080 delivered',
      'node/node-2 10.1.2.8:9090 delivered',
      'node/node-2 10.152.183.25:80 delivered',
    ]);
  });

  test.each(['nftables', 'ipvs'] as const)('come to the same in kube-proxy’s mode %s', (proxyMode) => {
    expect(outcomes({ proxyMode })).toEqual(expected);
  });

  test.each(['calico-ipip', 'calico-vxlan', 'kindnet'] as const)('come to the same in the network %s, in every mode', (network) => {
    for (const proxyMode of ['iptables', 'nftables', 'ipvs'] as const)
      expect(outcomes({ network, proxyMode }), proxyMode).toEqual(expected);
  });

  test('are text that nft can load where kindnet judges them: no empty set, no rule without a statement', () => {
    const built = cluster(WORLD + onWeb('ingress: [{ from: [{ podSelector: { matchLabels: { app: nobody } } }] }]'), {
      network: 'kindnet',
    });
    const tables = built.world.kernels['node/node-2']?.nftables ?? [];
    const lines = tables.flatMap((table) => formatNftTable(table).split('\n')).map((line) => line.trim());
    expect(lines).toContain('ip saddr @shop-p-ingress-0-0 return');
    expect(lines).toContain('counter packets 0 bytes 0 comment "NetworkPolicy shop/p"');
    expect(lines.some((line) => /^comment|\{\s+\}/.test(line))).toBe(false);
    expect(dropOf(built, ask(built, CALL))).toMatchObject({
      pod: 'web',
      policies: ['p'],
      tried: [{ path: 'spec.ingress[0].from[0]', failed: 'peer' }],
    });
  });

  test.each(['flannel', 'bridge', 'none'] as const)('are kept by nobody in the network %s, which is said', (network) => {
    const closed = policy('{ podSelector: { matchLabels: { app: near } }, ingress: [] }');
    const built = cluster(WORLD + closed, { network });
    const warnings = built.findings.map(({ finding }) => finding).filter(({ severity }) => severity === 'warning');
    expect(warnings).toMatchObject([{ code: 'policy-not-enforced', network, object: { kind: 'NetworkPolicy', name: 'p' } }]);
    const toNeighbour: Ask = { from: 'pod/shop/client', to: '10.1.1.9:8080' };
    expect(ask(built, toNeighbour).outcome.kind).toBe('delivered');
    expect(end(closed, toNeighbour)).toBe('dropped');
  });

  test('are asked by mark where IPVS sends the packet on: at OUTPUT, with the chain of the sender', () => {
    const built = cluster(WORLD + onClient('egress: []'), { proxyMode: 'ipvs' });
    const made = ask(built, { ...CALL, to: '10.152.183.25:80' });
    expect(made.outcome).toMatchObject({ kind: 'dropped', netns: 'node/node-1' });
    expect(stepsOf(made, 'dropped')[0]?.hook).toBe('OUTPUT');
    expect(rulesMatched(made)).toContain('-A cali-OUTPUT -m mark ! --mark 0x0/0xfff00000 -g cali-forward-endpoint-mark');
    expect(dropOf(built, made)).toMatchObject({ code: 'dropped-by-network-policy', direction: 'Egress', pod: 'client' });
  });
});

describe('[F5] what the control plane remarks of a policy', () => {
  const remarks = (policies: string) =>
    cluster(WORLD + policies)
      .findings.map(({ finding }) => finding)
      .filter(({ object }) => object.kind === 'NetworkPolicy');

  test.each([
    ['selects no Pod', policy('{ podSelector: { matchLabels: { app: wbe } } }'), ['policy-selects-nothing', 'spec.podSelector']],
    [
      'names the port of a Service',
      onWeb('ingress: [{ ports: [{ port: 80 }] }]'),
      ['policy-names-service-port', 'spec.ingress.0.ports.0.port'],
    ],
    [
      'names the address of a Service',
      onWeb('ingress: [{ from: [{ ipBlock: { cidr: 10.152.183.25/32 } }] }]'),
      ['policy-block-inside', 'spec.ingress.0.from.0.ipBlock.cidr'],
    ],
    [
      'names the addresses of Pods',
      onWeb('ingress: [{ from: [{ ipBlock: { cidr: 10.1.1.5/32 } }] }]'),
      ['policy-block-inside', 'spec.ingress.0.from.0.ipBlock.cidr'],
    ],
    ['closes the way to the name servers', onClient('egress: []'), ['policy-without-dns', 'spec.egress']],
  ])('is that it %s', (_, text, remark) => {
    expect(remarks(text).map(({ code, path }) => [code, path.join('.')])).toEqual([remark]);
  });

  test('is nothing where names may be asked for and ports are right', () => {
    const ports = '{ port: 53, protocol: UDP }, { port: 8080 }';
    expect(remarks(onClient(`egress: [{ ports: [${ports}] }]`) + onWeb('ingress: [{ ports: [{ port: http }] }]'))).toEqual([]);
  });
});
