// Rows of the course that need a clock, of workloads and of faults: who makes whom, how a change comes in, and which check finds what broke.

import { describe, expect, test } from 'vitest';
import {
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
  later,
  list,
  namesOf,
  objects,
  outcome,
  ownerOf,
  READINESS,
  ready,
  SERVICE,
  SHOP,
} from './course-over-time.test-support';
import { diagnose, fixed, known, type Live, type LiveChange, liveLoaded, liveView, load, writeRemedy } from './index';

describe('[E5] who owns whom', () => {
  test('a Deployment owns ReplicaSets, a ReplicaSet Pods, and a Pod has containers', () => {
    const live = begun();
    const [set] = objects(live, 'ReplicaSet').filter(({ labels }) => labels.app === 'backend');
    expect(ownerOf(set!)).toBe('Deployment/backend');
    for (const pod of backends(live)) {
      expect(ownerOf(pod)).toBe(`ReplicaSet/${set!.name}`);
      expect(list(pod.json, 'status', 'containerStatuses').map(({ name }) => name)).toEqual(['api']);
    }
  });

  test.each(['ReplicaSet', 'ReplicationController'] as const)(
    'a %s takes in a Pod with its labels, makes the rest, and keeps to its number',
    (kind) => {
      const stray = `
apiVersion: v1
kind: Pod
metadata: { name: stray, labels: { app: backend } }
spec: { containers: [{ name: api, image: registry.example/api:1.4 }] }
---`;
      const live = later(fromNothing(stray), 10);
      const taken = later(later(live, 1, applied(stray + backend({ kind }))), 20);
      expect(backends(taken).map(ownerOf)).toEqual([`${kind}/backend`, `${kind}/backend`, `${kind}/backend`]);
      expect(namesOf(backends(taken))).toContain('stray');
      expect(backends(later(later(taken, 1, deleted('Pod', 'stray')), 20))).toHaveLength(3);
    },
  );

  test('goes with its owner', () => {
    const live = later(later(begun(), 1, applied(CLIENT + SERVICE)), 10);
    expect([objects(live, 'Deployment').some(({ name }) => name === 'backend'), backends(live).length]).toEqual([false, 0]);
  });
});

test('[E6] more Pods of one version come without a rollout, and fewer leave the others alone', () => {
  const live = begun();
  const six = later(later(live, 1, applied(SHOP.replace('replicas: 3', 'replicas: 6'))), 30);
  expect(namesOf(backends(six))).toEqual(expect.arrayContaining([...namesOf(backends(live))]));
  expect(objects(six, 'ReplicaSet').filter(({ labels }) => labels.app === 'backend')).toHaveLength(1);
  expect(ready(six)).toHaveLength(6);
  const two = later(later(six, 1, applied(SHOP.replace('replicas: 3', 'replicas: 2'))), 30);
  expect(namesOf(backends(six))).toEqual(expect.arrayContaining([...namesOf(backends(two))]));
  expect(ready(two)).toHaveLength(2);
});

describe('[E7] a rolling update', () => {
  const version = (tag: string, spec = '') => CLIENT + SERVICE + backend({ container: READINESS, spec }).replace(':1.4', `:${tag}`);
  const images = (live: Live) => new Set(backends(live).map(({ json }) => at(json, 'spec', 'containers', 0, 'image')));
  const revision = (live: Live) =>
    at(
      objects(live, 'Deployment').find(({ name }) => name === 'backend')?.json,
      'metadata',
      'annotations',
      'deployment.kubernetes.io/revision',
    );
  const revisions = (live: Live) =>
    objects(live, 'ReplicaSet')
      .filter(({ labels }) => labels.app === 'backend')
      .map(({ json }) => [at(json, 'metadata', 'annotations', 'deployment.kubernetes.io/revision'), at(json, 'spec', 'replicas')])
      .sort();

  test('leaves one empty ReplicaSet for each earlier revision, and going back raises it above the others', () => {
    const second = later(later(begun(version('1.4')), 1, applied(version('1.5'))), 60);
    expect([revision(second), revisions(second)]).toEqual([
      '2',
      [
        ['1', 0],
        ['2', 3],
      ],
    ]);
    const back = later(later(second, 1, applied(version('1.4'))), 60);
    expect([revision(back), revisions(back)]).toEqual([
      '3',
      [
        ['2', 0],
        ['3', 3],
      ],
    ]);
    expect(images(back)).toEqual(new Set(['registry.example/api:1.4']));
  });

  test('waits while it is paused, and goes on when it is resumed', () => {
    const paused = later(later(begun(version('1.4')), 1, applied(version('1.5', '  paused: true\n'))), 60);
    expect(images(paused)).toEqual(new Set(['registry.example/api:1.4']));
    const resumed = later(later(paused, 1, applied(version('1.5'))), 60);
    expect(images(resumed)).toEqual(new Set(['registry.example/api:1.5']));
  });
});

test('[E8] Pods that ask for more than the nodes have wait for another node, and are placed when it comes', () => {
  const node = (name: string, address: number) => `
apiVersion: v1
kind: Node
metadata: { name: ${name} }
spec: { podCIDR: 10.1.${address}.0/24 }
status: { addresses: [{ type: InternalIP, address: 192.168.1.${address} }], allocatable: { cpu: "1", memory: 2Gi, pods: "110" } }
---`;
  const hungry = (replicas: number) => backend({ replicas, container: '        resources: { requests: { cpu: 400m } }\n' });
  const full = later(later(begun(node('node-1', 11) + hungry(2)), 1, applied(node('node-1', 11) + hungry(4))), 20);
  const pending = (live: Live) => backends(live).filter(({ json }) => at(json, 'status', 'phase') === 'Pending');
  expect(pending(full)).toHaveLength(2);
  expect(
    objects(full, 'Event').some(({ json }) => json.reason === 'FailedScheduling' && String(json.message).includes('Insufficient cpu')),
  ).toBe(true);
  const grown = later(later(full, 1, applied(node('node-1', 11) + node('node-2', 12) + hungry(4))), 20);
  expect(pending(grown)).toEqual([]);
  expect(backends(grown).filter(({ json }) => at(json, 'spec', 'nodeName') === 'node-2')).toHaveLength(2);
});

test('[E9] each part says in both languages what it did and because of what, from the manifest to the rules', () => {
  const live = known(fromNothing(SHOP), 30_000);
  const { happenings } = liveView(live, 30_000);
  const ready = happenings.findLast(({ code, part }) => code === 'rules-written' && part === 'kube-proxy');
  const chain: string[] = [];
  for (let one = ready; one !== undefined; one = one.cause === null ? undefined : happenings[one.cause]) chain.push(one.part);
  expect(chain.slice(0, 3)).toEqual(['kube-proxy', 'endpointslice-controller', 'kubelet']);
  for (const { told } of happenings) {
    expect(told.en.length).toBeGreaterThan(10);
    expect(told.fr.length).toBeGreaterThan(10);
    expect(told.fr).not.toBe(told.en);
  }
});

describe('faults as they happen', () => {
  const causeOf = (live: Live, request = CALL) => {
    const found = diagnose(liveLoaded(live), request, 1);
    if (found.kind === 'refused') throw new Error(JSON.stringify(found.problem));
    return found.diagnosis;
  };

  test('[F6] a Service that nobody made, a selector that meets nobody, Pods that are not ready: each is named by the check that finds it', () => {
    const live = begun();
    const wrong = (text: string) => causeOf(later(later(live, 1, applied(text)), 30));
    expect(wrong(CLIENT + backend()).cause?.code).toBe('service-missing');
    expect(wrong(CLIENT + SERVICE.replace('app: backend', 'app: back-end') + backend()).cause?.code).toBe('selector-matches-nothing');
    const sick = backends(live).map(({ name }) => ill(name, 500));
    expect(causeOf(later(later(live, 1, ...sick), 40)).cause?.code).toBe('pod-not-ready');
  });

  test('[F7] a name that nobody answers is found to be CoreDNS that does not run', () => {
    const live = begun();
    const dead = (['node-1', 'node-2'] as const).map((node): LiveChange => ({ kind: 'set-fault', fault: { kind: 'dns-stopped', node } }));
    const broken = later(later(live, 1, ...dead), 5);
    expect(outcome(broken).kind).toBe('unresolved');
    expect(causeOf(broken).cause).toMatchObject({ code: 'program-not-up', object: expect.stringMatching(/^Pod kube-system\/coredns-/) });
    const mended = dead.map((one) => ({ ...one, kind: 'mend-fault' }) as LiveChange);
    expect(causeOf(later(later(broken, 1, ...mended), 5))).toMatchObject({ failing: 0, cause: null });
  });

  test('[F8] a targetPort on which nobody listens is refused by the Pod, and its one-line remedy is right', () => {
    const text = CLIENT + SERVICE.replace('targetPort: 8080', 'targetPort: 3000') + backend();
    const live = later(later(begun(), 1, applied(text)), 30);
    expect(outcome(live)).toMatchObject({ kind: 'rejected' });
    const { cause } = causeOf(live);
    expect(cause?.code).toBe('nobody-listens');
    const mended = cause?.remedy == null ? null : writeRemedy(liveLoaded(live), text, cause.remedy);
    expect(mended).toContain('targetPort: 8080');
    expect(ends(later(later(live, 1, applied(mended ?? '')), 5))).toHaveLength(3);
  });

  test('[F9] one bad Pod of three fails a third of the calls, and a readiness probe cures that', () => {
    const share = (container: string): number => {
      const text = CLIENT + SERVICE + backend({ container });
      const live = begun(text);
      const [sick] = backends(live);
      const flowing = later(later(live, 1, ill(sick!.name, 500)), 30, {
        kind: 'stream',
        stream: { request: CALL, every: 100 },
        length: 30_000,
      });
      const { sent } = liveView(known(flowing, flowing.at + 30_000), flowing.at + 30_000);
      return sent.filter(({ well }) => !well).length / sent.length;
    };
    expect(share('')).toBeGreaterThan(0.25);
    expect(share('')).toBeLessThan(0.42);
    expect(share(READINESS)).toBe(0);
  });
});

test('[F10] good practice comes as hints with a reason in both languages, and every quick fix leaves one hint less', () => {
  const text = CLIENT + SERVICE + backend({ container: '        env: [{ name: PEER, value: "http://10.96.0.20:80/" }]\n' });
  const hintsOf = (of: string) =>
    load(of).snapshot.diagnostics.flatMap((one, index) => (one.severity === 'hint' ? [{ ...one, index }] : []));
  const hints = hintsOf(text);
  expect(hints.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['no-readiness-probe', 'no-resources', 'port-unnamed']));
  for (const { message, index } of hints) {
    expect(message.en).not.toBe(message.fr);
    const fix = fixed(load(text), text, index);
    if (fix !== null) expect(hintsOf(fix.text).length).toBeLessThan(hints.length);
  }
});
