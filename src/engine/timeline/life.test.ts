// The life of a Pod behind a Service, from the manifest to the rules and back: in which order the parts of a cluster act, and what each waits for.

import { expect, test } from 'vitest';
import { build } from '../built';
import { PLAYGROUND } from '../settings';
import type { Action } from './action';
import { advance, interfere } from './advance';
import { beginLife } from './begin';
import type { Fault } from './fault';
import type { Life } from './life';

const pod = (more = '') => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web-1, labels: { app: web } }
spec:
  containers:
    - name: main
      image: nginx
      ports: [{ containerPort: 80 }]
${more}`;

const READINESS = '      readinessProbe: { httpGet: { port: 80 }, periodSeconds: 5 }\n';
const LIVENESS = '      livenessProbe: { httpGet: { path: /healthz, port: 80 }, periodSeconds: 10, failureThreshold: 3 }\n';

function applied(text: string): Life {
  const [empty, full] = [build('', PLAYGROUND), build(text, PLAYGROUND)];
  const life = beginLife({ cluster: empty.cluster, written: [], epoch: 1_767_603_600_000 });
  return interfere(advance(life, 1000), { kind: 'apply', manifest: { written: full.objects, target: full.cluster } });
}

function atRest(text: string): Life {
  const { cluster, objects } = build(text, PLAYGROUND);
  return beginLife({ cluster, written: objects, epoch: 1_767_603_600_000 });
}

const after = (life: Life, milliseconds: number, ...actions: readonly Action[]): Life =>
  actions.reduce(interfere, advance(life, life.now + milliseconds));
const codes = (life: Life): readonly string[] => life.happenings.map(({ code }) => code);
const web = (life: Life) => life.cluster.pods.find(({ metadata }) => metadata.name === 'web-1');
const broken = (fault: Fault): Action => ({ kind: 'set-fault', fault });

test('a Pod is stored, bound, given an address, started, found well, listed, and called', () => {
  const life = after(applied(pod(READINESS)), 20_000);
  const order = [
    'created',
    'scheduled',
    'sandbox-ready',
    'image-pulled',
    'container-started',
    'program-listens',
    'probe-succeeded',
    'ready',
  ];
  expect(codes(life).filter((code, index, all) => order.includes(code) && all.indexOf(code) === index)).toEqual(order);
  const ready = life.happenings.find(({ code }) => code === 'ready')?.at ?? 0;
  const rules = life.happenings.filter(({ at, code }) => code === 'rules-written' && at > ready);
  expect(rules.map(({ by }) => by.node)).toEqual(['node-1', 'node-2']);
  expect(web(life)?.status).toMatchObject({ phase: 'Running', ready: true, podIPs: ['10.1.1.3'] });
});

test('every happening is the answer to an earlier one, but for actions and clocks', () => {
  const life = after(applied(pod(READINESS)), 20_000);
  const alone = life.happenings.filter(({ cause }) => cause === null).map(({ code }) => code);
  expect(new Set(alone)).toEqual(new Set(['created', 'probe-failed', 'probe-succeeded']));
  for (const [index, { cause }] of life.happenings.entries()) expect(cause ?? -1).toBeLessThan(index);
});

test('a Pod that fails its readiness probe leaves the endpoints after three tries, and is not restarted', () => {
  const life = after(after(atRest(pod(READINESS)), 20_000, broken({ kind: 'ill', pod: 'default/web-1', answers: 500 })), 30_000);
  expect(web(life)?.status).toMatchObject({ ready: false, phase: 'Running' });
  expect(web(life)?.status.containers[0]).toMatchObject({ restartCount: 0, ready: false, started: true });
  expect(codes(life).filter((code) => code === 'probe-failed').length).toBeGreaterThanOrEqual(3);
  expect(life.happenings.findLast(({ code }) => code === 'endpoints-written')).toMatchObject({
    ready: [],
    removed: web(life)?.status.podIPs,
  });
  const mended = after(life, 0, { kind: 'mend-fault', fault: { kind: 'ill', pod: 'default/web-1', answers: 500 } });
  expect(web(after(mended, 6000))?.status.ready).toBe(true);
});

test('a Pod that fails its liveness probe is restarted, and keeps its address', () => {
  const life = after(after(atRest(pod(LIVENESS)), 20_000, broken({ kind: 'ill', pod: 'default/web-1', answers: 'hang' })), 35_000);
  expect(web(life)?.status.containers[0]?.restartCount).toBe(1);
  expect(web(life)?.status.podIPs).toEqual(web(atRest(pod(LIVENESS)))?.status.podIPs);
});

test('a program that crashes again and again is started later and later', () => {
  const text = pod().replace('name: web-1,', 'name: web-1, annotations: { kubehop.dev/exit: "1@1s" },');
  const life = after(applied(text), 120_000);
  const waits = life.happenings.flatMap((each) => (each.code === 'backing-off' ? [each.seconds] : []));
  expect(waits).toEqual([10, 20, 40, 80]);
  expect(web(life)?.status.containers[0]).toMatchObject({ state: { kind: 'waiting', reason: 'CrashLoopBackOff' }, last: { exitCode: 1 } });
});

test('a deleted Pod leaves the endpoints and is told to end at the same time', () => {
  const gone: Action = {
    kind: 'delete',
    object: { kind: 'Pod', namespace: 'default', name: 'web-1' },
    gracePeriodSeconds: null,
    cascade: true,
  };
  const life = after(after(atRest(pod(READINESS)), 20_000, gone), 10_000);
  const told = life.happenings.filter(({ at }) => at >= 20_000).map(({ code }) => code);
  expect(told.slice(0, 3)).toEqual(['deletion-begun', 'endpoints-written', 'container-told-to-end']);
  expect(web(life)).toBeUndefined();
});

test('the same text and actions give the same life', () => {
  const live = (): string => JSON.stringify(after(applied(pod(READINESS)), 20_000, broken({ kind: 'node-lost', node: 'node-1' })));
  expect(live()).toBe(live());
});

test('a node that is lost is noticed after fifty seconds, and its Pods are evicted after five minutes more', () => {
  const life = after(after(atRest(pod()), 1000, broken({ kind: 'node-lost', node: 'node-1' })), 51_000);
  expect(life.cluster.nodes[0]?.status.ready).toBe(false);
  expect(web(life)?.status.ready).toBe(false);
  const later = after(life, 300_000);
  expect(web(later)?.metadata.deletionTimestamp).not.toBeNull();
});
