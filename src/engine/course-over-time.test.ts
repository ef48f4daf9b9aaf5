// Rows of the course that need a clock, of Pods and Services: what a student does to a cluster, what becomes of it, and what a request meets
// meanwhile.

import { describe, expect, test } from 'vitest';
import {
  addressOf,
  applied,
  at,
  backend,
  backends,
  begun,
  CALL,
  CLIENT,
  deleted,
  ends,
  fromNothing,
  ill,
  LIVENESS,
  later,
  list,
  namesOf,
  objects,
  outcome,
  READINESS,
  ready,
  restarts,
  SERVICE,
  SHOP,
} from './course-over-time.test-support';
import { known, type Live, liveServer, liveView, type ScenarioRequest, serviceVariables, withSent } from './index';

describe('[A1] the containers of one Pod', () => {
  const pod = (more = '') => `
apiVersion: v1
kind: Pod
metadata: { name: two, annotations: { ${more} } }
spec:
  nodeName: node-1
  containers:
  - { name: web, image: registry.example/web:1, ports: [{ containerPort: 8080 }] }
  - { name: cache, image: registry.example/cache:1, ports: [{ containerPort: 6379 }] }
`;
  const local = (port: number): ScenarioRequest => ({ from: 'pod/two', to: `http://localhost:${port}/`, protocol: 'TCP', via: null });

  test('live and die each by itself, in one network namespace that stays', () => {
    const live = begun(pod());
    const crashed = later(live, 1, { kind: 'set-fault', fault: { kind: 'crash', pod: 'default/two', container: 'cache', exitCode: 1 } });
    expect(outcome(live, local(6379)).kind).toBe('delivered');
    expect([outcome(crashed, local(6379)).kind, outcome(crashed, local(8080)).kind]).toEqual(['rejected', 'delivered']);
    expect(outcome(later(crashed, 15), local(6379))).toMatchObject({ kind: 'delivered', owner: 'default/two' });
    expect(addressOf(objects(later(crashed, 15), 'Pod').find(({ name }) => name === 'two')!)).toBe(
      addressOf(objects(live, 'Pod').find(({ name }) => name === 'two')!),
    );
  });
});

describe('[A1] two containers that want the same port', () => {
  const pod = `
apiVersion: v1
kind: Pod
metadata: { name: two }
spec:
  nodeName: node-1
  containers:
  - { name: first, image: registry.example/web:1, ports: [{ containerPort: 8080 }] }
  - { name: second, image: registry.example/web:2, ports: [{ containerPort: 8080 }] }
`;
  const local: ScenarioRequest = { from: 'pod/two', to: 'http://localhost:8080/', protocol: 'TCP', via: null };
  const found = (live: Live) => objects(live, 'Pod').find(({ name }) => name === 'two')?.json;
  const states = (live: Live) => list(found(live), 'status', 'containerStatuses').map(({ state }) => state);

  test('do not both get it: the second one finds it taken, ends, and is started later and later', () => {
    const live = later(fromNothing(pod), 60);
    expect(states(live)).toMatchObject([{ running: {} }, { waiting: { reason: 'CrashLoopBackOff' } }]);
    expect(outcome(live, local)).toMatchObject({ kind: 'delivered' });
    expect(list(found(live), 'status', 'conditions')).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'False' }));
  });

  test('are so in a cluster at rest, and stay so', () => {
    const live = begun(pod);
    expect(states(live)).toMatchObject([{ running: {} }, { waiting: { reason: 'CrashLoopBackOff' } }]);
    expect(states(later(live, 60))).toMatchObject([{ running: {} }, { waiting: { reason: 'CrashLoopBackOff' } }]);
    // Each try makes the Pod ready until the program finds the port: without a readiness probe whoever runs is ready.
    const { happenings } = liveView(live, 30_000);
    expect(happenings.filter(({ code }) => code === 'ready' || code === 'not-ready').map(({ code }) => code)).toEqual([
      'ready',
      'not-ready',
    ]);
  });

  test('change places when the first one crashes', () => {
    const live = later(begun(pod), 9.5, {
      kind: 'set-fault',
      fault: { kind: 'crash', pod: 'default/two', container: 'first', exitCode: 1 },
    });
    const after = later(live, 60);
    expect(states(after)).toHaveLength(2);
    expect(states(after).filter((state) => at(state, 'running') !== undefined)).toHaveLength(1);
    expect(outcome(after, local)).toMatchObject({ kind: 'delivered' });
  });
});

describe('[A5] a Pod that dies', () => {
  test('comes back with another address: who holds the old one fails, who calls the Service does not', () => {
    const live = begun();
    const [victim] = backends(live);
    const direct: ScenarioRequest = { ...CALL, to: `http://${addressOf(victim!)}:8080/` };
    expect(outcome(live, direct)).toMatchObject({ kind: 'delivered', owner: `default/${victim!.name}` });
    const after = later(later(live, 1, deleted('Pod', victim!.name)), 20);
    expect(backends(after).map(addressOf)).not.toContain(addressOf(victim!));
    expect(outcome(after, direct).kind).not.toBe('delivered');
    expect(ends(after)).toEqual(
      namesOf(backends(after))
        .map((name) => `default/${name} 200`)
        .sort(),
    );
  });
});

describe('[B3, B4] a Service and its selector', () => {
  test('follows the number of Pods up and down, in slices and in Endpoints', () => {
    const counts = [3, 6, 2].map((replicas) => {
      const live = later(later(begun(), 1, applied(CLIENT + SERVICE + backend({ replicas, container: READINESS }))), 30);
      const [endpoints] = objects(live, 'Endpoints').filter(({ name }) => name === 'backend');
      expect(
        list(endpoints?.json, 'subsets', 0, 'addresses')
          .map(({ ip }) => ip)
          .sort(),
      ).toEqual([...ready(live)]);
      expect(ends(live, CALL, 80)).toHaveLength(replicas);
      return ready(live).length;
    });
    expect(counts).toEqual([3, 6, 2]);
  });

  test('loses a Pod whose label is changed, and its ReplicaSet makes another in its place', () => {
    const live = begun();
    const [odd] = backends(live);
    const object = { kind: 'Pod', namespace: 'default', name: odd!.name };
    const after = later(later(live, 1, { kind: 'patch', object, patch: { metadata: { labels: { app: 'debug' } } } }), 30);
    expect(ready(after)).toHaveLength(3);
    expect(ready(after)).not.toContain(addressOf(odd!));
    expect(at(objects(after, 'Pod').find(({ name }) => name === odd!.name)?.json, 'status', 'phase')).toBe('Running');
  });

  test('lists a Pod that is not ready without calling it, and has one empty slice where nothing matches', () => {
    const live = begun();
    const [sick] = backends(live);
    const after = later(later(live, 1, ill(sick!.name, 500)), 30);
    const [endpoints] = objects(after, 'Endpoints').filter(({ name }) => name === 'backend');
    expect(list(endpoints?.json, 'subsets', 0, 'notReadyAddresses').map(({ ip }) => ip)).toEqual([addressOf(sick!)]);
    const nobody = later(later(live, 1, applied(CLIENT + SERVICE.replace('app: backend', 'app: back') + backend())), 30);
    const slices = objects(nobody, 'EndpointSlice').filter(({ labels }) => labels['kubernetes.io/service-name'] === 'backend');
    expect(slices.map(({ json }) => list(json, 'endpoints'))).toEqual([[]]);
    expect(outcome(nobody).kind).toBe('rejected');
  });
});

describe('[B13] session affinity', () => {
  const sticky = (seconds: number) =>
    CLIENT +
    SERVICE.replace('spec: {', `spec: { sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: ${seconds} } },`) +
    backend();

  /** Who answers calls that come so many seconds one after the other. */
  function answerers(text: string, every: number, times = 12): readonly string[] {
    let live = begun(text);
    return Array.from({ length: times }, (_, seed) => {
      live = withSent(later(live, every), CALL, seed + 1);
      return live.sent.at(-1)?.pod ?? '';
    });
  }

  test('keeps a client with one Pod as long as it comes back in time', () => {
    expect(new Set(answerers(sticky(60), 30)).size).toBe(1);
  });

  test('forgets a client that stayed away for longer', () => {
    expect(new Set(answerers(sticky(60), 90)).size).toBeGreaterThan(1);
  });

  test('gives the client another Pod when its own is gone', () => {
    const live = withSent(begun(sticky(10800)), CALL, 1);
    const [, name = ''] = live.sent[0]?.pod?.split('/') ?? [];
    const after = later(later(live, 1, deleted('Pod', name)), 20);
    const other = withSent(after, CALL, 2).sent.at(-1)?.pod;
    expect(other).toMatch(/^default\/backend-/);
    expect(other).not.toBe(`default/${name}`);
    expect(new Set([3, 4, 5, 6].map((seed) => withSent(later(withSent(after, CALL, 2), 5), CALL, seed).sent.at(-1)?.pod))).toEqual(
      new Set([other]),
    );
  });
});

test('[C1] every node has a kube-proxy of its own, which writes its rules when endpoints change, and not when nothing does', () => {
  const live = begun();
  const told = (of: Live) => liveView(of, of.at).happenings.filter(({ code }) => code === 'rules-written');
  expect(told(later(live, 60))).toEqual([]);
  const after = later(later(live, 1, applied(SHOP.replace('replicas: 3', 'replicas: 4'))), 30);
  expect(new Set(told(after).map(({ part, node }) => `${part} ${node}`))).toEqual(new Set(['kube-proxy node-1', 'kube-proxy node-2']));
  const stopped = later(
    later(live, 1, { kind: 'set-fault', fault: { kind: 'proxy-stopped', node: 'node-1' } }),
    1,
    applied(SHOP.replace('replicas: 3', 'replicas: 4')),
  );
  expect(ends(later(stopped, 30), CALL, 80)).toHaveLength(3);
  expect(
    ends(
      later(stopped, 30),
      {
        ...CALL,
        from: 'node/node-2',
        to: `http://${at(objects(live, 'Service').find(({ name }) => name === 'backend')?.json, 'spec', 'clusterIP')}/`,
      },
      80,
    ),
  ).toHaveLength(4);
});

test('[D3] variables of a Service are those of the start of the container: one made later is missing until the container starts anew', () => {
  const second = SERVICE.replace('name: backend', 'name: billing-api');
  const live = later(later(begun(), 1, applied(SHOP + second)), 10);
  const variables = (of: Live, name: string) =>
    Object.keys(serviceVariables(liveServer(of), { namespace: 'default', name, container: 'api' }) ?? {});
  const [pod] = backends(live);
  expect(variables(live, pod!.name)).toEqual(expect.arrayContaining(['BACKEND_SERVICE_HOST', 'BACKEND_SERVICE_PORT']));
  expect(variables(live, pod!.name)).not.toContain('BILLING_API_SERVICE_HOST');
  const crashed = later(
    later(live, 1, { kind: 'set-fault', fault: { kind: 'crash', pod: `default/${pod!.name}`, container: null, exitCode: 1 } }),
    20,
  );
  expect(variables(crashed, pod!.name)).toContain('BILLING_API_SERVICE_HOST');
});

describe('[E1] a readiness probe', () => {
  test('takes a Pod that answers 500 out of the endpoints, leaves it running, and lets it in again at 200', () => {
    const live = begun();
    const [sick] = backends(live);
    const out = later(later(live, 1, ill(sick!.name, 500)), 25);
    expect(ready(out)).not.toContain(addressOf(sick!));
    expect(ends(out)).not.toContain(`default/${sick!.name} 500`);
    expect(restarts(out)).toEqual([0, 0, 0]);
    const back = later(later(out, 0, { kind: 'mend-fault', fault: { kind: 'ill', pod: `default/${sick!.name}`, answers: 500 } }), 10);
    expect(ready(back)).toContain(addressOf(sick!));
  });

  test('asks nothing before initialDelaySeconds, so a Pod that is up after one second is in the endpoints after five', () => {
    const live = fromNothing(SHOP);
    const started = liveView(known(live, 30_000), 30_000).happenings.find(
      ({ code, object }) => code === 'container-started' && object?.name.startsWith('backend-'),
    );
    const first = liveView(known(live, 30_000), 30_000).happenings.find(
      ({ code, object }) => code === 'ready' && object?.name.startsWith('backend-'),
    );
    expect((first?.at ?? 0) - (started?.at ?? 0)).toBeGreaterThanOrEqual(5000);
    expect((first?.at ?? 0) - (started?.at ?? 0)).toBeLessThan(11_000);
  });
});

describe('[E2] a liveness probe', () => {
  test('has the container of a program that hangs restarted, in the same Pod with the same address', () => {
    const live = begun(CLIENT + SERVICE + backend({ container: LIVENESS }));
    const [sick] = backends(live);
    const after = later(later(live, 1, ill(sick!.name, 'hang')), 60);
    const same = backends(after).find(({ name }) => name === sick!.name);
    expect(Number(at(same?.json, 'status', 'containerStatuses', 0, 'restartCount'))).toBeGreaterThanOrEqual(1);
    expect(addressOf(same!)).toBe(addressOf(sick!));
    expect(namesOf(backends(after))).toEqual(namesOf(backends(live)));
  });

  test('does not take a Pod out of the endpoints, as a readiness probe would', () => {
    const live = begun(CLIENT + SERVICE + backend({ container: LIVENESS }));
    const [sick] = backends(live);
    const soon = later(later(live, 1, ill(sick!.name, 500)), 8);
    expect(ready(soon)).toContain(addressOf(sick!));
    expect(ends(soon)).toContain(`default/${sick!.name} 500`);
  });
});

test('[E3] back ends that start refuse connections, and then all of them answer', () => {
  const slow = CLIENT + SERVICE + backend({ annotations: 'kubehop.dev/startup: 6s' });
  const live = fromNothing(slow);
  expect(ends(later(live, 5.5))).toEqual(['rejected']);
  expect(ends(later(live, 20))).toHaveLength(3);
  const [pod] = backends(later(live, 5.5));
  expect(at(pod?.json, 'status', 'containerStatuses', 0, 'state')).toHaveProperty('running');
});

test('[E4] while a killed Pod is replaced, the others answer every call', () => {
  const live = begun(CLIENT + SERVICE + backend({ container: `${READINESS}        lifecycle: { preStop: { sleep: { seconds: 5 } } }\n` }));
  const [victim] = backends(live);
  const dying = later(live, 1, deleted('Pod', victim!.name), { kind: 'stream', stream: { request: CALL, every: 100 }, length: 30_000 });
  const { sent } = liveView(known(dying, dying.at + 30_000), dying.at + 30_000);
  expect(sent.filter(({ well }) => !well)).toEqual([]);
  const answered = new Set(sent.filter(({ at: when }) => when > dying.at + 15_000).map(({ pod }) => pod));
  const living = namesOf(backends(later(dying, 20)));
  expect(living).not.toContain(victim!.name);
  expect(answered).toEqual(new Set(living.map((name) => `default/${name}`)));
});
