// The rows of the course in IPVS mode: set up from YAML, sent, walked, told in both languages; what is taken away changes what comes out.

import { describe, expect, test } from 'vitest';
import { ask, backendsOf, cluster, requestSteps, rulesMatched, stepsOf, withKernel, withoutRules } from './course.test-support';
import { tell } from './explain/tell';
import { namesOf } from './explained-names';
import { labCase } from './lab-case';
import { stateOf } from './linux/effect';
import type { Kernel, World } from './linux/kernel';
import { formatSocket } from './net/packet';
import type { Step, Trace } from './trace/step';

const pod = (name: string, ip: string, app = name): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: production, labels: { app: ${app} } }
spec: { containers: [{ name: main, image: example/app:1.0, ports: [{ containerPort: 8080 }] }] }
status: { phase: Running, podIP: '${ip}', conditions: [{ type: Ready, status: 'True' }] }
---`;

const service = (spec = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: backend, namespace: production }
spec:
  clusterIP: 10.152.183.25
  selector: { app: backend }
${spec}
---`;

const onePort = '  ports: [{ port: 80, targetPort: 8080 }]';
const backends = ['10.1.1.10', '10.1.1.11', '10.1.2.12'].map((ip, index) => pod(`backend-${index + 1}`, ip, 'backend')).join('');
const b2 = pod('frontend', '10.1.1.5') + backends + service(onePort);
const call = { from: 'pod/production/frontend', to: '10.152.183.25:80' };
const ipvs = { proxyMode: 'ipvs' } as const;

/** The way in namespaces of nodes: hook by hook. */
function hooksOf(made: Trace, direction: 'original' | 'reply'): readonly string[] {
  return requestSteps(made).flatMap((step) =>
    step.kind === 'hook-passed' && step.at.direction === direction ? [`${step.at.netns} ${step.hook}`] : [],
  );
}

/** The kind of reason that each step is told by, as evidence has it. */
function serverLines(built: ReturnType<typeof cluster>, made: Trace): readonly (readonly [string, boolean | null])[] {
  const { steps } = tell(made, namesOf(built.cluster));
  return steps.flatMap(({ evidence }) =>
    evidence.filter(({ kind }) => kind === 'ipvs').map(({ text, matched }) => [text.trim().replaceAll(/ +/g, ' '), matched] as const),
  );
}

/** Sends the request so often, one after the other in one world, and counts who answered. */
function counted(built: ReturnType<typeof cluster>, times: number, request = call): readonly (string | null)[] {
  let world: World = built.world;
  const picked: (string | null)[] = [];
  for (let count = 0; count < times; count += 1) {
    const made = ask(built, { ...request, seed: world.seed }, world);
    world = made.world;
    picked.push(made.outcome.kind === 'delivered' ? made.outcome.backend.ip : null);
  }
  return picked;
}

function tally(picked: readonly (string | null)[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...new Set(picked)].map((one) => [String(one), picked.filter((other) => other === one).length]));
}

describe('[B2] a request to a Service in IPVS mode', () => {
  const built = cluster(b2, ipvs);
  const made = ask(built, call);

  test('is taken in at INPUT and sent on from OUTPUT', () => {
    expect(hooksOf(made, 'original').slice(0, 4)).toEqual([
      'node/node-1 PREROUTING',
      'node/node-1 INPUT',
      'node/node-1 OUTPUT',
      'node/node-1 POSTROUTING',
    ]);
    expect(stepsOf(made, 'hook-passed').find(({ scheduled }) => scheduled !== null)).toMatchObject({
      hook: 'INPUT',
      translations: [{ which: 'destination', by: 'virtual-server' }],
    });
  });

  test('is offered to each of the three back ends with equal odds', () => {
    expect(backendsOf(made)).toEqual({ '10.1.1.10:8080': 1 / 3, '10.1.1.11:8080': 1 / 3, '10.1.2.12:8080': 1 / 3 });
  });

  test('begins with the real server that was added last, and shows the others as ipvsadm lists them', () => {
    expect(serverLines(built, made)).toEqual([
      ['TCP 10.152.183.25:80 rr', true],
      ['-> 10.1.1.10:8080 Masq 1 0 0', null],
      ['-> 10.1.1.11:8080 Masq 1 0 0', null],
      ['-> 10.1.2.12:8080 Masq 1 0 0', true],
    ]);
  });

  test('keeps its source, and its answer is given the virtual address at FORWARD', () => {
    expect(made.outcome).toMatchObject({ kind: 'delivered', masqueraded: false });
    const back = stepsOf(made, 'hook-passed').filter(
      ({ at, translations }) => at.direction === 'reply' && at.purpose === 'request' && translations.length > 0,
    );
    expect(back).toMatchObject([{ hook: 'FORWARD', translations: [{ which: 'source', to: { ip: '10.152.183.25', port: 80 } }] }]);
  });

  test('is remembered by connection tracking, which has rewritten nothing itself', () => {
    expect(stateOf(made.world, 'node/node-1').connections).toMatchObject([
      {
        virtual: true,
        destinationTranslated: false,
        original: { destination: { ip: '10.152.183.25' } },
        reply: { source: { ip: '10.1.2.12' } },
      },
    ]);
  });

  test('names the Service behind the virtual server, the Pod behind the real one, and the field behind the member of a set', () => {
    const labels = tell(made, namesOf(built.cluster)).steps.flatMap(({ evidence }) =>
      evidence.filter(({ kind, text }) => kind === 'ipvs' || text.startsWith('add KUBE-')).map(({ provenance }) => provenance),
    );
    expect(labels).toContain('["Service","production","backend","spec","ports",0,"port"]');
    expect(labels).toContain('["Pod","production","backend-3","metadata","name"]');
  });

  test('goes to the others where a real server is taken away, and is refused without any', () => {
    const less = (keep: number) =>
      withKernel(built.world, 'node/node-1', (kernel) => ({
        ...kernel,
        ipvs: kernel.ipvs.map((server) => ({ ...server, servers: server.servers.slice(0, keep) })),
      }));
    expect(backendsOf(ask(built, call, less(2)))).toEqual({ '10.1.1.10:8080': 0.5, '10.1.1.11:8080': 0.5 });
    expect(ask(built, call, less(0)).outcome).toMatchObject({ kind: 'rejected', reason: 'no-real-server' });
  });

  test('is refused as a port that is not served where its member is taken out of KUBE-CLUSTER-IP', () => {
    const world = withKernel(built.world, 'node/node-1', (kernel) => withoutMember(kernel, 'KUBE-CLUSTER-IP', '10.152.183.25,tcp:80'));
    const end = stepsOf(ask(built, call, world), 'rejected')[0];
    expect(end).toMatchObject({ reason: 'rule', hook: 'INPUT' });
    expect(end?.reads.at(-1)).toMatchObject({ chain: 'KUBE-IPVS-FILTER' });
  });

  test('leaves the cluster unheard where its address is not on kube-ipvs0', () => {
    const world = withKernel(built.world, 'node/node-1', (kernel) => ({
      ...kernel,
      routes: kernel.routes.filter(({ nextHop }) => nextHop.kind !== 'local' || nextHop.device !== 'kube-ipvs0'),
    }));
    expect(ask(built, call, world).outcome).toMatchObject({ kind: 'dropped', reason: 'no-such-host' });
  });
});

function withoutMember(kernel: Kernel, name: string, text: string): Kernel {
  const set = kernel.sets[name];
  if (set === undefined || !set.members.some((member) => member.text === text)) throw new Error(`${name} has no ${text}`);
  return { ...kernel, sets: { ...kernel.sets, [name]: { ...set, members: set.members.filter((member) => member.text !== text) } } };
}

/** The world in which every connection of the first node still waits. */
function unanswered(world: World): World {
  const state = stateOf(world, 'node/node-1');
  const connections = state.connections.map((connection) => ({ ...connection, replied: false }));
  return { ...world, states: { ...world.states, 'node/node-1': { ...state, connections } } };
}

describe('[B12, C3] schedulers', () => {
  const scheduled = (ipvsScheduler: string) => cluster(b2, { ...ipvs, ipvsScheduler });

  test.each(['rr', 'wrr'])('%s takes turns, last added first', (scheduler) => {
    const picked = counted(scheduled(scheduler), 50);
    expect(picked.slice(0, 4)).toEqual(['10.1.2.12', '10.1.1.11', '10.1.1.10', '10.1.2.12']);
    expect(tally(picked)).toEqual({ '10.1.2.12': 17, '10.1.1.11': 17, '10.1.1.10': 16 });
  });

  test.each(['lc', 'wlc'])('%s looks for the fewest connections', (scheduler) => {
    const built = scheduled(scheduler);
    expect(tally(counted(built, 6))).toEqual({ '10.1.2.12': 2, '10.1.1.11': 2, '10.1.1.10': 2 });
    const first = ask(built, call);
    const second = serverLines(built, ask(built, call, first.world)).find(([text]) => text.includes('10.1.2.12'));
    expect(second).toEqual(['-> 10.1.2.12:8080 Masq 1 0 1', null]);
  });

  test.each(['sed', 'nq', 'lblc', 'lblcr'])(
    '%s counts open connections alone: where the others are over, it sends all to one',
    (scheduler) => {
      expect(tally(counted(scheduled(scheduler), 6))).toEqual({ '10.1.2.12': 6 });
    },
  );

  test.each(['sed', 'nq', 'lblc'])('%s turns to another real server where the first leaves connections unanswered', (scheduler) => {
    const built = scheduled(scheduler);
    const twice = ask(built, call, ask(built, call).world).world;
    expect(ask(built, call, unanswered(twice)).outcome).toMatchObject({ backend: { ip: '10.1.1.11' } });
  });

  test('sh keeps a client with one real server, by its address alone', () => {
    const built = scheduled('sh');
    expect(new Set(counted(built, 5)).size).toBe(1);
    expect(ask(built, call).backends).toHaveLength(1);
    const many = [5, 6, 7, 8].map((last) => pod(`client-${last}`, `10.1.1.${last}`)).join('');
    const crowd = cluster(many + backends + service(onePort), { ...ipvs, ipvsScheduler: 'sh' });
    const chosen = [5, 6, 7, 8].map((last) => ask(crowd, { ...call, from: `pod/production/client-${last}` }).backends[0]?.address.ip);
    expect(new Set(chosen).size).toBeGreaterThan(1);
  });

  test('dh keeps a virtual address with one real server, whoever calls', () => {
    expect(ask(scheduled('dh'), call).backends).toHaveLength(1);
  });

  test('mh may end at any of them, since the port of the client counts', () => {
    expect(backendsOf(ask(scheduled('mh'), call))).toEqual({ '10.1.1.10:8080': 1 / 3, '10.1.1.11:8080': 1 / 3, '10.1.2.12:8080': 1 / 3 });
  });

  test('reads as many rules with a thousand Services as with ten', () => {
    const others = (count: number): string =>
      Array.from(
        { length: count },
        (_, index) => `
apiVersion: v1
kind: Service
metadata: { name: other-${index}, namespace: production }
spec: { clusterIP: 10.152.${200 + (index >> 8)}.${index & 255}, selector: { app: nobody }, ports: [{ port: 80 }] }
---`,
      ).join('');
    const readBy = (count: number): number => {
      const made = ask(cluster(b2 + others(count), ipvs), call);
      expect(made.outcome.kind).toBe('delivered');
      return requestSteps(made).reduce((sum, step) => sum + ('rulesRead' in step ? step.rulesRead : 0), 0);
    };
    expect(readBy(1000)).toBe(readBy(10));
  });
});

describe('[B13] session affinity in IPVS mode', () => {
  const spec = `${onePort}\n  sessionAffinity: ClientIP\n  sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } }`;
  const built = cluster(pod('frontend', '10.1.1.5') + backends + service(spec), ipvs);

  test('keeps a client with its real server', () => {
    expect(new Set(counted(built, 10)).size).toBe(1);
  });

  test('is forgotten after its time, and the turn goes on', () => {
    const first = ask(built, call);
    const within = ask(built, call, { ...first.world, now: first.world.now + 60 });
    const after = ask(built, call, { ...first.world, now: first.world.now + 61 });
    expect(first.outcome).toMatchObject({ backend: { ip: '10.1.2.12' } });
    expect(within.outcome).toMatchObject({ backend: { ip: '10.1.2.12' } });
    expect(within.backends).toHaveLength(1);
    expect(stepsOf(within, 'hook-passed').find(({ scheduled }) => scheduled !== null)?.scheduled?.how).toEqual({
      kind: 'remembered',
      seconds: 60,
    });
    expect(after.outcome).toMatchObject({ backend: { ip: '10.1.1.11' } });
  });
});

describe('[B5, B14] node ports and policies in IPVS mode', () => {
  const nodePort = (policy: string) => `  type: NodePort\n  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]\n${policy}`;
  const only = (policy: string) => pod('frontend', '10.1.1.5') + pod('backend-1', '10.1.1.10', 'backend') + service(nodePort(policy));
  const outside = { from: 'external/203.0.113.9' };

  test('every node serves them, and masquerades what comes from outside', () => {
    const built = cluster(only(''), ipvs);
    const made = ask(built, { ...outside, to: '192.168.1.11:30080' });
    expect(made.outcome).toMatchObject({ kind: 'delivered', masqueraded: true, seenSource: { ip: '192.168.1.11' } });
    expect(rulesMatched(made)).toContain(
      '-A KUBE-NODE-PORT -p tcp -m comment --comment "Kubernetes nodeport TCP port for masquerade purpose" -m set --match-set KUBE-NODE-PORT-TCP dst -m tcp -j KUBE-MARK-MASQ',
    );
  });

  test('without their member in KUBE-NODE-PORT-TCP the answer goes past the node that was asked', () => {
    const built = cluster(only(''), ipvs);
    const world = withKernel(built.world, 'node/node-2', (kernel) => withoutMember(kernel, 'KUBE-NODE-PORT-TCP', '30080'));
    expect(ask(built, { ...outside, to: '192.168.1.11:30080' }, world).outcome).toMatchObject({ kind: 'dropped', replyLost: true });
  });

  test('do not answer on 127.0.0.1', () => {
    const made = ask(cluster(only(''), ipvs), { from: 'node/node-1', to: '127.0.0.1:30080' });
    expect(made.outcome).toMatchObject({ kind: 'rejected', reason: 'no-socket' });
  });

  test('externalTrafficPolicy Local keeps the source on the node that has an endpoint', () => {
    const made = ask(cluster(only('  externalTrafficPolicy: Local'), ipvs), { ...outside, to: '192.168.1.10:30080' });
    expect(made.outcome).toMatchObject({ kind: 'delivered', masqueraded: false, seenSource: { ip: '203.0.113.9' } });
  });

  test('externalTrafficPolicy Local on a node without one sends on all the same, and the answer finds no way back', () => {
    const made = ask(cluster(only('  externalTrafficPolicy: Local'), ipvs), { ...outside, to: '192.168.1.11:30080' });
    expect(made.outcome).toMatchObject({ kind: 'dropped', replyLost: true });
  });

  test('internalTrafficPolicy Local without an endpoint of the node is refused, not dropped', () => {
    const spec = `${onePort}\n  internalTrafficPolicy: Local`;
    const far = cluster(pod('frontend', '10.1.1.5') + pod('backend-1', '10.1.2.10', 'backend') + service(spec), ipvs);
    expect(ask(far, call).outcome).toMatchObject({ kind: 'rejected', reason: 'no-real-server' });
  });
});

describe('[hairpin] a Pod that is its own back end', () => {
  const built = cluster(pod('backend-1', '10.1.1.10', 'backend') + service(onePort), ipvs);
  const self = { from: 'pod/production/backend-1', to: '10.152.183.25:80' };

  test('is masqueraded for the set KUBE-LOOP-BACK', () => {
    expect(ask(built, self).outcome).toMatchObject({ kind: 'delivered', masqueraded: true, seenSource: { ip: '192.168.1.10' } });
  });

  test('throws its own packet away without', () => {
    const world = withKernel(built.world, 'node/node-1', (kernel) =>
      withoutMember(kernel, 'KUBE-LOOP-BACK', '10.1.1.10,tcp:8080,10.1.1.10'),
    );
    expect(ask(built, self, world).outcome).toMatchObject({ kind: 'dropped' });
  });
});

describe('a program of the node', () => {
  const built = cluster(b2, ipvs);
  const own = { from: 'node/node-1', to: '10.152.183.25:80' };
  const made = ask(built, own);

  test('calls from the virtual address itself, and is served at OUTPUT', () => {
    expect(stepsOf(made, 'sent')[0]?.skb?.packet.source.ip).toBe('10.152.183.25');
    expect(stepsOf(made, 'hook-passed').find(({ scheduled }) => scheduled !== null)?.hook).toBe('OUTPUT');
  });

  test('is masqueraded, else no answer would find it', () => {
    expect(made.outcome).toMatchObject({ kind: 'delivered', seenSource: { ip: '192.168.1.10' } });
    const world = withKernel(built.world, 'node/node-1', (kernel) =>
      withoutRules(kernel, 'nat', ({ target }) => target.kind === 'jump' && target.chain === 'KUBE-MARK-MASQ'),
    );
    expect(ask(built, own, world).outcome.kind).toBe('dropped');
  });

  test('is masqueraded where kube-proxy does not know the Pod range too', () => {
    expect(ask(cluster(b2, { ...ipvs, detectLocal: false }), own).outcome).toMatchObject({ seenSource: { ip: '192.168.1.10' } });
  });

  test('reaches an endpoint on its own address without leaving the node', () => {
    const host = `
apiVersion: v1
kind: Pod
metadata: { name: host, namespace: production, labels: { app: backend } }
spec: { nodeName: node-1, hostNetwork: true, containers: [{ name: main, image: example/app:1.0, ports: [{ containerPort: 8080 }] }] }
---`;
    const here = cluster(pod('frontend', '10.1.1.5') + host + service(onePort), ipvs);
    expect(ask(here, own).outcome).toMatchObject({ kind: 'delivered', backend: { ip: '192.168.1.10' } });
    const fromPod = ask(here, call);
    expect(fromPod.outcome).toMatchObject({ kind: 'delivered', masqueraded: false, seenSource: { ip: '10.1.1.5' } });
    expect(hooksOf(fromPod, 'original')).toEqual(['node/node-1 PREROUTING', 'node/node-1 INPUT']);
  });
});

describe('what is refused in IPVS mode', () => {
  const built = cluster(b2, ipvs);
  const ends = (made: Trace): Step | undefined => stepsOf(made, 'rejected').at(-1);

  test('a Service without endpoints has a virtual server and no real one; the refusal bears its address', () => {
    const empty = cluster(pod('frontend', '10.1.1.5') + service(onePort), ipvs);
    const made = ask(empty, call);
    expect(ends(made)).toMatchObject({ reason: 'no-real-server', with: 'port-unreachable', hook: 'INPUT' });
    expect(serverLines(empty, made)).toEqual([['TCP 10.152.183.25:80 rr', true]]);
    expect(stepsOf(made, 'received').at(-1)?.skb?.packet.source.ip).toBe('10.152.183.25');
    expect(ask(empty, { ...call, from: 'node/node-1' }).outcome).toMatchObject({ kind: 'rejected', reason: 'no-real-server' });
  });

  test.each(['pod/production/frontend', 'node/node-1'])('a port that is not served, from %s', (from) => {
    expect(ends(ask(built, { from, to: '10.152.183.25:81' }))).toMatchObject({ reason: 'rule', hook: 'INPUT' });
  });

  test('[A4] a ping: the node could answer it, and KUBE-IPVS-FILTER does not let it', () => {
    const ping = { from: call.from, to: 'ping:10.152.183.25' };
    expect(ends(ask(built, ping))).toMatchObject({ reason: 'rule', hook: 'INPUT' });
    const open = withKernel(built.world, 'node/node-1', (kernel) =>
      withoutRules(kernel, 'filter', ({ target }, chain) => chain === 'KUBE-IPVS-FILTER' && target.kind === 'reject'),
    );
    expect(ask(built, ping, open).outcome).toMatchObject({ kind: 'delivered', owner: 'node/node-1' });
  });
});

describe('source ranges of a load balancer in IPVS mode', () => {
  const spec = `  type: LoadBalancer\n  loadBalancerSourceRanges: [198.51.100.0/24]\n${onePort}`;
  const built = cluster(pod('frontend', '10.1.1.5') + backends + service(spec), ipvs);
  const [ingress] = built.cluster.services.flatMap(({ status }) => status.loadBalancer.map(({ ip }) => ip));
  const to = `${ingress}:80`;

  test('let in whom they name', () => {
    expect(ask(built, { from: 'external/198.51.100.7', to }).outcome).toMatchObject({ kind: 'delivered', masqueraded: true });
  });

  test.each(['external/203.0.113.9', 'pod/production/frontend'])('stop %s in KUBE-SOURCE-RANGES-FIREWALL', (from) => {
    const made = ask(built, { from, to });
    expect(stepsOf(made, 'dropped').at(-1)?.reads.at(-1)).toMatchObject({ chain: 'KUBE-SOURCE-RANGES-FIREWALL' });
  });

  test('stop the node itself at OUTPUT, where only IPVS knows which virtual server was asked', () => {
    const made = ask(built, { from: 'node/node-1', to });
    const end = stepsOf(made, 'dropped').at(-1);
    expect(end).toMatchObject({ hook: 'OUTPUT', reason: 'rule' });
    expect(end?.reads.at(-1)).toMatchObject({ chain: 'KUBE-IPVS-OUT-FILTER' });
  });
});

describe('what the node was programmed with', () => {
  const spec = `  type: LoadBalancer\n  externalIPs: [198.51.100.80]\n  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]`;
  const built = cluster(pod('frontend', '10.1.1.5') + backends + service(spec), ipvs);
  const node = labCase({ built }).nodes[0];

  test('is text for ipvsadm', () => {
    expect(node?.ipvs?.split('\n').filter((line) => line.includes('10.152.183.25:80'))).toEqual([
      '-A -t 10.152.183.25:80 -s rr',
      '-a -t 10.152.183.25:80 -r 10.1.1.10:8080 -m -w 1',
      '-a -t 10.152.183.25:80 -r 10.1.1.11:8080 -m -w 1',
      '-a -t 10.152.183.25:80 -r 10.1.2.12:8080 -m -w 1',
    ]);
    expect(node?.ipvs).toContain('-A -t 192.168.1.10:30080 -s rr\n');
    expect(node?.ipvs).not.toContain('127.0.0.1');
    expect(node?.ipvsIPs).toContain('198.51.100.80');
  });

  test('is text for ipset, every set with the type that kube-proxy gives it', () => {
    const created = node?.ipset?.split('\n').filter((line) => line.startsWith('create KUBE-'));
    expect(created).toHaveLength(17);
    expect(created).toContain('create KUBE-LOOP-BACK hash:ip,port,ip family inet');
    expect(created).toContain('create KUBE-NODE-PORT-TCP bitmap:port range 0-65535');
    expect(node?.ipset).toContain('add KUBE-EXTERNAL-IP 198.51.100.80,tcp:80\n');
  });

  test('is kube-proxy’s chain of Services, rule by rule in its order', () => {
    const rules = node?.rules.split('\n').filter((line) => line.startsWith('-A KUBE-SERVICES'));
    expect(rules?.map((line) => line.replace(/^-A KUBE-SERVICES /, '').replace(/-m comment --comment "[^"]*" /, ''))).toEqual([
      '-s 127.0.0.0/8 -j RETURN',
      '-m set --match-set KUBE-LOAD-BALANCER dst,dst -j KUBE-LOAD-BALANCER',
      '! -s 10.1.0.0/16 -m set --match-set KUBE-CLUSTER-IP dst,dst -j KUBE-MARK-MASQ',
      '-m set --match-set KUBE-EXTERNAL-IP dst,dst -j KUBE-MARK-MASQ',
      '-m set --match-set KUBE-EXTERNAL-IP dst,dst -m physdev ! --physdev-is-in -m addrtype ! --src-type LOCAL -j ACCEPT',
      '-m set --match-set KUBE-EXTERNAL-IP dst,dst -m addrtype --dst-type LOCAL -j ACCEPT',
      '-m addrtype --dst-type LOCAL -j KUBE-NODE-PORT',
      '-m set --match-set KUBE-CLUSTER-IP dst,dst -j ACCEPT',
      '-m set --match-set KUBE-LOAD-BALANCER dst,dst -j ACCEPT',
    ]);
  });

  test('has a virtual server for each address by which the Service is reached', () => {
    const kernel = built.world.kernels['node/node-1'];
    const mine = kernel?.ipvs.filter(({ provenance }) => provenance.includes('"backend"')).map(({ address }) => formatSocket(address));
    const balanced = built.cluster.services.find(({ metadata }) => metadata.name === 'backend')?.status.loadBalancer[0]?.ip;
    expect(mine).toEqual(['10.152.183.25:80', '198.51.100.80:80', `${balanced}:80`, '192.168.1.10:30080']);
  });
});

describe('IPVS mode in a cluster of two families', () => {
  const yaml = b2.replace('  clusterIP: 10.152.183.25', '  ipFamilyPolicy: RequireDualStack').replaceAll(/status: \{ phase.*\n/g, '');
  const built = cluster(yaml, ipvs);
  const spec = built.cluster.services.find(({ metadata }) => metadata.name === 'backend')?.spec;
  const [four, six] = spec?.clusterIPs === 'None' ? [] : (spec?.clusterIPs ?? []);

  test('serves the addresses of both, each with endpoints of its own', () => {
    expect(backendsOf(ask(built, { ...call, to: `${four}:80` }))).toMatchObject({ '10.1.1.3:8080': 1 / 3 });
    const made = ask(built, { ...call, to: `[${six}]:80` });
    expect(made.outcome.kind).toBe('delivered');
    expect(made.backends).toHaveLength(3);
    expect(serverLines(built, made)[0]).toEqual([`TCP [${six}]:80 rr`, true]);
  });

  test('tells their sets apart, in names of at most 31 letters', () => {
    const names = Object.keys(built.world.kernels['node/node-1']?.sets ?? {}).filter((name) => name.startsWith('KUBE-6-'));
    expect(names).toContain('KUBE-6-CLUSTER-IP');
    expect(names).toContain('KUBE-6-LOAD-BALANCER-SOURCE-CID');
    expect(names).toHaveLength(17);
  });

  test('refuses with the errors of ICMPv6', () => {
    const made = ask(built, { ...call, to: `[${six}]:81` });
    expect(stepsOf(made, 'rejected').at(-1)).toMatchObject({ reason: 'rule', hook: 'INPUT' });
    expect(rulesMatched(made)).toContain(
      '-A KUBE-IPVS-FILTER -m conntrack --ctstate NEW -m set --match-set KUBE-6-IPVS-IPS dst -j REJECT --reject-with icmp6-port-unreachable',
    );
  });
});

test.each(['kindnet', 'flannel', 'calico-vxlan'] as const)('IPVS mode works on the network %s', (network) => {
  const built = cluster(b2, { ...ipvs, network });
  expect(backendsOf(ask(built, call))).toEqual({ '10.1.1.10:8080': 1 / 3, '10.1.1.11:8080': 1 / 3, '10.1.2.12:8080': 1 / 3 });
  expect(ask(built, { from: 'node/node-1', to: '10.152.183.25:80' }).outcome.kind).toBe('delivered');
});

test('IPVS mode works behind a bridge, whose frames for a virtual address are for the node', () => {
  const near = pod('frontend', '10.1.1.5') + pod('backend-1', '10.1.1.10', 'backend') + service(onePort);
  const made = ask(cluster(near, { ...ipvs, network: 'bridge' }), call);
  expect(made.outcome).toMatchObject({ kind: 'delivered', masqueraded: false, backend: { ip: '10.1.1.10' } });
});
