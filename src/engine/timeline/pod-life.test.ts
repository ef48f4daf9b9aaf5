// The containers of one Pod over time: in which order they start and end, what hooks hold up, who comes back, and who opens readiness gates.

import { describe, expect, test } from 'vitest';
import { build } from '../built';
import { PLAYGROUND } from '../settings';
import { advance, interfere } from './advance';
import { beginLife } from './begin';
import type { Life } from './life';

interface Wish {
  readonly annotations?: string;
  readonly spec?: string;
  /** Of the container `main`. */
  readonly container?: string;
  readonly more?: string;
}

const pod = ({ annotations = '', spec = '', container = '', more = '' }: Wish = {}): string => `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web }, annotations: { ${annotations} } }
spec:
  nodeName: node-1
${spec}  containers:
    - name: main
      image: nginx
      ports: [{ containerPort: 80 }]
${container}${more}`;

function applied(text: string): Life {
  const [empty, full] = [build('', PLAYGROUND), build(text, PLAYGROUND)];
  const life = beginLife({ cluster: empty.cluster, written: [], epoch: 1_767_603_600_000 });
  return interfere(life, { kind: 'apply', manifest: { written: full.objects, target: full.cluster } });
}

const onward = (life: Life, seconds: number): Life => advance(life, life.now + seconds * 1000);
const web = (life: Life) => life.cluster.pods.find(({ metadata }) => metadata.name === 'web');
const container = (life: Life, name = 'main') => web(life)?.status.containers.find((one) => one.name === name);
const deleted = (life: Life): Life =>
  interfere(life, { kind: 'delete', object: { kind: 'Pod', namespace: 'default', name: 'web' }, gracePeriodSeconds: null, cascade: true });

/** What happened to whom, in order. */
const story = (life: Life, ...codes: readonly string[]): readonly string[] =>
  life.happenings.flatMap((each) =>
    codes.includes(each.code) && 'container' in each && each.object?.name === 'web' ? [`${each.container} ${each.code}`] : [],
  );

/** When something first happened to a container, in whole seconds after another thing did. */
const between = (life: Life, first: string, second: string): number => {
  const at = (code: string): number => life.happenings.find((each) => each.code === code)?.at ?? Number.NaN;
  return Math.floor((at(second) - at(first)) / 1000);
};

describe('postStart', () => {
  const hook = (what: string): string => `      lifecycle: { postStart: ${what} }\n`;

  test('keeps the container from counting as running until it has ended, whatever its program does meanwhile', () => {
    const life = applied(pod({ container: hook('{ exec: { command: [sh, -c, sleep 8] } }') }));
    expect(container(onward(life, 6))).toMatchObject({
      state: { kind: 'waiting', reason: 'ContainerCreating' },
      ready: false,
      started: false,
    });
    expect(web(onward(life, 6))?.status.phase).toBe('Pending');
    const later = onward(life, 14);
    expect(container(later)).toMatchObject({ state: { kind: 'running' }, ready: true });
    expect(story(later, 'container-started', 'program-listens', 'post-start-done')).toEqual([
      'main container-started',
      'main program-listens',
      'main post-start-done',
    ]);
    expect(between(later, 'container-started', 'post-start-done')).toBe(8);
  });

  test('holds up the containers behind it', () => {
    const life = onward(applied(pod({ container: hook('{ sleep: { seconds: 5 } }'), more: '    - { name: second, image: nginx }\n' })), 15);
    expect(story(life, 'container-started', 'post-start-done')).toEqual([
      'main container-started',
      'main post-start-done',
      'second container-started',
    ]);
  });

  test('is not probed until then', () => {
    const probe = '      livenessProbe: { tcpSocket: { port: 9 }, periodSeconds: 1, failureThreshold: 1 }\n';
    const life = onward(applied(pod({ container: hook('{ sleep: { seconds: 6 } }') + probe })), 20);
    const order = life.happenings.filter(({ code }) => code === 'post-start-done' || code === 'probe-failed').map(({ code }) => code);
    expect(order[0]).toBe('post-start-done');
  });

  test.each([
    ['a command that says so', '{ exec: { command: [sh, -c, "echo no; exit 1"] } }'],
    ['a request that comes before the program listens', '{ httpGet: { path: /, port: 80 } }'],
  ])('that fails has the container killed and started again, later and later: %s', (_, what) => {
    const life = onward(applied(pod({ container: hook(what) })), 60);
    expect(story(life, 'post-start-failed').length).toBeGreaterThan(2);
    expect(container(life)).toMatchObject({ ready: false });
    expect(container(life)?.restartCount).toBeGreaterThanOrEqual(2);
    expect(story(life, 'backing-off').length).toBeGreaterThan(0);
  });
});

describe('a readiness gate', () => {
  const gated = (annotations = '') => pod({ annotations, spec: '  readinessGates: [{ conditionType: example.com/balancer }]\n' });

  test('keeps a Pod whose containers are ready from being ready, for as long as nobody opens it', () => {
    const life = onward(applied(gated()), 60);
    expect(container(life)?.ready).toBe(true);
    expect(web(life)?.status).toMatchObject({ phase: 'Running', ready: false, gates: [] });
  });

  test('is opened by somebody else some time after the Pod has its address', () => {
    const life = applied(gated('kubehop.dev/gates: example.com/balancer@20s'));
    expect(web(onward(life, 15))?.status.ready).toBe(false);
    const later = onward(life, 25);
    expect(web(later)?.status).toMatchObject({ ready: true, gates: ['example.com/balancer'] });
    expect(between(later, 'sandbox-ready', 'ready')).toBe(20);
  });

  test('is open or shut for good in a cluster at rest', () => {
    const ready = (text: string) => build(text, PLAYGROUND).cluster.pods.find(({ metadata }) => metadata.name === 'web')?.status.ready;
    expect([ready(gated()), ready(gated('kubehop.dev/gates: example.com/balancer@20s'))]).toEqual([false, true]);
  });
});

describe('init containers and sidecars', () => {
  const spec = `  terminationGracePeriodSeconds: 30
  initContainers:
    - { name: first, image: busybox }
    - { name: proxy, image: envoy, restartPolicy: Always, startupProbe: { tcpSocket: { port: 15001 }, periodSeconds: 1, failureThreshold: 30 }, ports: [{ containerPort: 15001 }] }
    - { name: second, image: busybox }
    - { name: logs, image: fluent, restartPolicy: Always }
`;
  const annotations =
    'kubehop.dev/exit.first: 0@3s, kubehop.dev/exit.second: 0@1s, kubehop.dev/startup.proxy: 4s, kubehop.dev/shutdown.main: 6s';

  test('start one after the other, a sidecar being past its startup probe before the next one comes', () => {
    const life = onward(applied(pod({ spec, annotations })), 40);
    expect(story(life, 'container-started', 'container-exited')).toEqual([
      'first container-started',
      'first container-exited',
      'proxy container-started',
      'second container-started',
      'second container-exited',
      'logs container-started',
      'main container-started',
    ]);
    const [proxy, second] = ['proxy', 'second'].map(
      (name) => life.happenings.find((each) => each.code === 'container-started' && each.container === name)?.at ?? 0,
    );
    expect(second! - proxy!).toBeGreaterThanOrEqual(4000);
  });

  test('end behind the others: sidecars once the ordinary containers are gone, the last one first', () => {
    const life = onward(deleted(onward(applied(pod({ spec, annotations })), 40)), 20);
    expect(story(life, 'container-told-to-end', 'container-exited').slice(-6)).toEqual([
      'main container-told-to-end',
      'main container-exited',
      'logs container-told-to-end',
      'logs container-exited',
      'proxy container-told-to-end',
      'proxy container-exited',
    ]);
    expect(web(life)).toBeUndefined();
  });

  test('of a Pod whose work is done, a sidecar is ended too, and only then has the Pod succeeded', () => {
    const text = pod({
      annotations: 'kubehop.dev/exit.main: 0@5s, kubehop.dev/shutdown.proxy: 4s',
      spec: '  restartPolicy: Never\n  initContainers: [{ name: proxy, image: envoy, restartPolicy: Always }]\n',
    });
    const life = applied(text);
    expect(web(onward(life, 11))?.status.phase).toBe('Running');
    const later = onward(life, 30);
    expect(web(later)?.status.phase).toBe('Succeeded');
    expect(container(later, 'proxy')).toMatchObject({ restartCount: 0, state: { kind: 'terminated' } });
  });

  test('a sidecar that crashes comes back, whatever the restartPolicy of the Pod', () => {
    const text = pod({
      annotations: 'kubehop.dev/exit.proxy: 1@5s',
      spec: '  restartPolicy: Never\n  initContainers: [{ name: proxy, image: envoy, restartPolicy: Always }]\n',
    });
    const life = onward(applied(text), 30);
    expect(container(life, 'proxy')?.restartCount).toBeGreaterThanOrEqual(1);
    expect(container(life)).toMatchObject({ restartCount: 0, state: { kind: 'running' } });
  });

  test('a sidecar that was never started holds up those behind it, however often it comes back', () => {
    const probe = 'startupProbe: { tcpSocket: { port: 24224 }, periodSeconds: 2, failureThreshold: 5 }';
    const text = pod({
      annotations: 'kubehop.dev/exit.logs: 1@500ms',
      spec: `  initContainers:\n    - { name: logs, image: fluent, restartPolicy: Always, ${probe} }\n    - { name: second, image: busybox }\n`,
    });
    const life = onward(applied(text), 120);
    expect(container(life, 'logs')?.restartCount).toBeGreaterThanOrEqual(3);
    expect(new Set(story(life, 'container-started'))).toEqual(new Set(['logs container-started']));
    expect(web(life)?.status.phase).toBe('Pending');
  });

  test('a sidecar that dies once those behind it have begun holds nobody up', () => {
    const text = pod({
      annotations: 'kubehop.dev/exit.logs: 1@3s, kubehop.dev/exit.second: 0@20s',
      spec: '  initContainers:\n    - { name: logs, image: fluent, restartPolicy: Always }\n    - { name: second, image: busybox }\n',
    });
    const life = onward(applied(text), 30);
    expect(container(life, 'logs')?.restartCount).toBeGreaterThanOrEqual(2);
    expect(story(life, 'container-started')).toContain('main container-started');
  });

  test('a last sidecar that is down when its turn has come is waited for by the ordinary containers', () => {
    const text = pod({
      annotations: 'kubehop.dev/exit.logs: 1@100ms',
      spec: '  initContainers:\n    - { name: logs, image: fluent, restartPolicy: Always, startupProbe: { exec: { command: [ok] }, initialDelaySeconds: 1 } }\n',
    });
    expect(story(onward(applied(text), 90), 'container-started')).not.toContain('main container-started');
  });

  test('an init container that fails is tried again, and the Pod waits; where nothing is restarted the Pod has failed', () => {
    const failing = (policy: string) =>
      onward(
        applied(
          pod({
            annotations: 'kubehop.dev/exit.first: 1@1s',
            spec: `  restartPolicy: ${policy}\n  initContainers: [{ name: first, image: busybox }]\n`,
          }),
        ),
        40,
      );
    expect(web(failing('Always'))?.status.phase).toBe('Pending');
    expect(container(failing('Always'), 'first')).toMatchObject({ state: { kind: 'waiting', reason: 'CrashLoopBackOff' } });
    expect(web(failing('Never'))?.status.phase).toBe('Failed');
    expect(story(failing('Never'), 'container-started')).toEqual(['first container-started']);
  });
});

test.each([
  ['Always', 0, 'comes back', 'Running'],
  ['Always', 1, 'comes back', 'Running'],
  ['OnFailure', 0, 'stays away', 'Succeeded'],
  ['OnFailure', 1, 'comes back', 'Running'],
  ['Never', 0, 'stays away', 'Succeeded'],
  ['Never', 1, 'stays away', 'Failed'],
])('restartPolicy %s: a program that ends with %i %s, and the Pod is %s', (policy, code, what, phase) => {
  const life = onward(applied(pod({ spec: `  restartPolicy: ${policy}\n`, annotations: `kubehop.dev/exit: ${code}@5s` })), 20);
  expect((container(life)?.restartCount ?? 0) > 0).toBe(what === 'comes back');
  expect(web(life)?.status.phase).toBe(phase);
});

test('a machine that starts again has its Pods begin anew, init containers too', () => {
  const text = pod({ spec: '  initContainers: [{ name: first, image: busybox }]\n' });
  const fault = { kind: 'node-lost', node: 'node-1' } as const;
  const lost = onward(interfere(onward(applied(text), 20), { kind: 'set-fault', fault }), 10);
  const back = onward(interfere(lost, { kind: 'mend-fault', fault }), 40);
  expect(story(back, 'container-started')).toEqual(['first', 'main', 'first', 'main'].map((name) => `${name} container-started`));
  expect(web(back)?.status).toMatchObject({ phase: 'Running', ready: true });
});
