// Requests into a cluster that changes: what a client meets in the gaps between what is stored, what is programmed and what runs.

import { expect, test } from 'vitest';
import { diagnosed } from './diagnosis/diagnose';
import { beginLive, change, known, type Live, liveLoaded, liveView, openSent, redo, seek, sendNow, undo } from './live';
import { liveServer } from './live-server';
import { load } from './loaded';
import type { Fault } from './timeline/fault';
import type { ScenarioRequest } from './view';

const WEB = (name: string, node: string, annotations = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: web }, annotations: { ${annotations} } }
spec:
  nodeName: ${node}
  containers:
    - name: main
      image: nginx
      ports: [{ containerPort: 80 }]
      readinessProbe: { httpGet: { path: /healthz, port: 80 }, periodSeconds: 5 }
---`;

const TEXT = `${WEB('web-1', 'node-1')}${WEB('web-2', 'node-2')}
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: 10.152.183.20, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { nodeName: node-1, containers: [{ name: main, image: busybox, command: [sleep, "36000"] }] }
`;

const REQUEST: ScenarioRequest = { from: 'pod/client', to: 'http://web/', protocol: 'TCP', via: null };

const begun = (text = TEXT): Live => beginLive(load(text), text);
const later = (live: Live, milliseconds: number): Live => seek(live, live.at + milliseconds);
const broken = (live: Live, fault: Fault): Live => change(live, { kind: 'set-fault', fault });
const mended = (live: Live, fault: Fault): Live => change(live, { kind: 'mend-fault', fault });
const withTraffic = (live: Live, seconds: number): Live =>
  change(live, { kind: 'stream', stream: { request: REQUEST, every: 200 }, length: seconds * 1000 });
const tally = (live: Live): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { outcome, status, well } of liveView(live, live.at).sent) {
    const key = well ? 'well' : `${outcome}${status === null ? '' : ` ${status}`}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
};
const deleted = (live: Live, name: string): Live =>
  change(live, { kind: 'delete', object: { kind: 'Pod', namespace: 'default', name }, gracePeriodSeconds: null, cascade: true });
const outcome = (live: Live, seed = 1, request = REQUEST) => {
  const sent = sendNow(live, request, seed);
  if (sent.kind === 'refused') throw new Error(sent.problem.code);
  return sent.sent.told.trace.outcome;
};

test('a cluster at rest answers every request, and nothing happens in it', () => {
  const live = later(known(withTraffic(begun(), 10), 12_000), 12_000);
  expect(tally(live)).toEqual({ well: 51 });
  expect(liveView(live, 60_000).happenings.filter(({ weight }) => weight !== 'routine')).toEqual([]);
});

test('a deleted Pod ends before every kube-proxy has heard of it: requests of this moment are refused, unless it waits a little', () => {
  const failing = (live: Live, wait: number): number =>
    Array.from({ length: 30 }, (_, index) => outcome(later(live, wait), index)).filter(({ kind }) => kind !== 'delivered').length;
  const hasty = deleted(later(begun(), 1000), 'web-1');
  expect([failing(hasty, 100), failing(hasty, 3000)]).toEqual([0, 0]);
  expect(failing(hasty, 150)).toBeGreaterThan(5);
  const patient = TEXT.replaceAll('      image: nginx\n', '      image: nginx\n      lifecycle: { preStop: { sleep: { seconds: 5 } } }\n');
  const waiting = deleted(later(begun(patient), 1000), 'web-1');
  expect([100, 150, 1000, 6000].map((wait) => failing(waiting, wait))).toEqual([0, 0, 0, 0]);
});

test('a node whose kube-proxy is stopped goes on calling a Pod that is gone', () => {
  const stopped = deleted(broken(later(begun(), 1000), { kind: 'proxy-stopped', node: 'node-1' }), 'web-1');
  const failing = Array.from({ length: 40 }, (_, index) => outcome(later(stopped, 20_000), index)).filter(
    ({ kind }) => kind !== 'delivered',
  );
  expect(failing.length).toBeGreaterThan(5);
  const back = mended(later(stopped, 20_000), { kind: 'proxy-stopped', node: 'node-1' });
  expect(Array.from({ length: 20 }, (_, index) => outcome(later(back, 3000), index)).every(({ kind }) => kind === 'delivered')).toBe(true);
});

test('a new Pod refuses connections until its program listens, and gets none through the Service before', () => {
  const text = TEXT.replace(
    /---\napiVersion: v1\nkind: Service/,
    `---${WEB('web-3', 'node-1', 'kubehop.dev/startup: 4s')}\napiVersion: v1\nkind: Service`,
  );
  const live = change(later(begun(), 1000), { kind: 'manifest', text });
  const pod = (at: Live) => liveLoaded(at).built.cluster.pods.find(({ metadata }) => metadata.name === 'web-3');
  const address = pod(later(live, 2000))?.status.podIPs[0];
  const direct: ScenarioRequest = { ...REQUEST, to: `http://${address}/` };
  const asked = (at: Live) => {
    const sent = sendNow(at, direct, 1);
    return sent.kind === 'sent' ? sent.sent.told.trace.outcome.kind : sent.kind;
  };
  expect([2000, 4000, 8000].map((wait) => asked(later(live, wait)))).toEqual(['rejected', 'rejected', 'delivered']);
  const through = Array.from({ length: 30 }, (_, index) => outcome(later(live, 4000), index));
  expect(through.every((one) => one.kind === 'delivered' && one.owner !== 'default/web-3')).toBe(true);
  const reached = Array.from({ length: 40 }, (_, index) => outcome(later(live, 20_000), index));
  expect(reached.some((one) => one.kind === 'delivered' && one.owner === 'default/web-3')).toBe(true);
});

test('a program that answers nothing is waited for in vain, and leaves the endpoints', () => {
  const ill = broken(later(begun(), 1000), { kind: 'ill', pod: 'default/web-1', answers: 'hang' });
  const kinds = Array.from({ length: 30 }, (_, index) => outcome(later(ill, 100), index)).map((one) =>
    'reason' in one ? one.reason : one.kind,
  );
  expect(new Set(kinds)).toEqual(new Set(['delivered', 'application-silent']));
  expect(Array.from({ length: 30 }, (_, index) => outcome(later(ill, 30_000), index)).every(({ kind }) => kind === 'delivered')).toBe(true);
});

test('a cut cable is felt by those who cross it alone', () => {
  const cut = broken(begun(), { kind: 'link-cut', nodes: ['node-1', 'node-2'] });
  const owners = Array.from({ length: 30 }, (_, index) => outcome(cut, index, { ...REQUEST, to: 'http://10.152.183.20/' })).map((one) =>
    one.kind === 'delivered' ? one.owner : one.kind,
  );
  expect(new Set(owners)).toEqual(new Set(['default/web-1', 'rejected']));
});

test('what was done can be undone and done again', () => {
  const live = deleted(later(begun(), 1000), 'web-1');
  const names = (at: Live): readonly string[] => liveLoaded(at).built.cluster.pods.map(({ metadata }) => metadata.name);
  expect(names(later(live, 5000))).not.toContain('web-1');
  expect(names(later(undo(live), 5000))).toContain('web-1');
  expect(names(later(redo(undo(live)), 5000))).not.toContain('web-1');
});

test('a request of the past can be opened again, as it was', () => {
  const live = known(withTraffic(deleted(later(begun(), 1000), 'web-1'), 4), 6000);
  for (const [index, { outcome: was, pod }] of liveView(live, 6000).sent.entries()) {
    const sent = openSent(live, index);
    expect(sent?.kind === 'sent' ? sent.sent.told.trace.outcome : null).toMatchObject(
      pod === null ? { kind: was } : { kind: was, owner: pod },
    );
  }
});

test('a client of the API sees objects change one instant after the other', () => {
  let server = liveServer(begun()).change({
    kind: 'delete',
    object: { kind: 'Pod', namespace: 'default', name: 'web-1' },
    gracePeriodSeconds: null,
    cascade: true,
  });
  const has = (): boolean => server.objects.some(({ kind, name }) => kind === 'Pod' && name === 'web-1');
  expect(has()).toBe(true);
  for (let next = server.next(); next !== null && has(); next = server.next()) server = next;
  expect(has()).toBe(false);
  expect(server.objects.filter(({ kind }) => kind === 'Event').map(({ json }) => json.reason)).toContain('Killing');
});

test('a patch changes an object that no manifest holds', () => {
  const node = { kind: 'Node', namespace: null, name: 'node-1' };
  const server = liveServer(begun()).change({ kind: 'patch', object: node, patch: { spec: { unschedulable: true } } });
  expect(server.loaded.built.cluster.nodes[0]?.spec.unschedulable).toBe(true);
  expect(server.loaded.built.cluster.nodes[0]?.status.ready).toBe(true);
});

test('on a machine that is switched off nothing runs that could send a request, not even to its neighbour', () => {
  const off: Fault = { kind: 'node-lost', node: 'node-1' };
  const live = broken(begun(), off);
  expect(sendNow(live, REQUEST, 1)).toMatchObject({ kind: 'refused', problem: { code: 'source-not-running', from: 'pod/client' } });
  const diagnosis = diagnosed(liveLoaded(live).built, REQUEST, 1);
  expect(diagnosis).toMatchObject({ kind: 'diagnosed', diagnosis: { cause: { fact: { code: 'pod-node-not-ready', node: 'node-1' } } } });
  expect(outcome(later(known(mended(live, off), 60_000), 60_000)).kind).toBe('delivered');
});

test('a client outside takes another port for each of its requests, whatever their dice', () => {
  const text = TEXT.replace('clusterIP: 10.152.183.20,', 'type: NodePort, clusterIP: 10.152.183.20,').replace(
    'port: 80 }]',
    'port: 80, nodePort: 30080 }]',
  );
  const request: ScenarioRequest = { from: 'external/203.0.113.9', to: 'http://192.168.1.10:30080/', protocol: 'TCP', via: null };
  const stream = change(begun(text), { kind: 'stream', stream: { request, every: 200 }, length: 1000 });
  const live = later(known(stream, 2000), 2000);
  const portOf = (sent: ReturnType<typeof sendNow>): number | undefined =>
    sent.kind === 'sent' ? sent.sent.told.trace.steps.find(({ skb }) => skb !== null)?.skb?.packet.source.port : undefined;
  const ports = [...live.sent.map((_each, index) => openSent(live, index)), sendNow(live, request, 1)].map((sent) => sent && portOf(sent));
  expect(ports).toHaveLength(7);
  expect(new Set(ports).size).toBe(7);
});

test('a Pod sends nothing before its container runs, nor while it waits to be started again', () => {
  const text = TEXT.replace(
    'metadata: { name: client }',
    "metadata: { name: client, annotations: { kubehop.dev/pull: '3s', kubehop.dev/exit: '1@5s' } }",
  );
  const live = known(beginLive(load(text), text, 'nothing'), 60_000);
  const at = (instant: number): string => {
    const sent = sendNow(seek(live, instant), REQUEST, 1);
    return sent.kind === 'refused' ? sent.problem.code : sent.kind;
  };
  const codes = liveView(live, 60_000).happenings.filter(({ object }) => object?.name === 'client');
  const instant = (code: string): number => codes.find((each) => each.code === code)?.at ?? Number.NaN;
  expect([at(instant('image-pulled') - 100), at(instant('container-started') + 100), at(instant('backing-off') + 100)]).toEqual([
    'source-not-running',
    'sent',
    'source-not-running',
  ]);
  const diagnosis = diagnosed(liveLoaded(seek(live, instant('backing-off') + 100)).built, REQUEST, 1);
  expect(diagnosis).toMatchObject({ kind: 'diagnosed', diagnosis: { cause: { fact: { code: 'pod-container-waiting', pod: 'client' } } } });
});
