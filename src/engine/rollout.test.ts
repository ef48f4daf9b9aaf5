// Workloads over time: what a change of the manifest does to Pods, and what requests meet meanwhile.

import { expect, test } from 'vitest';
import { beginLive, change, known, type Live, liveLoaded, liveView, seek } from './live';
import { load } from './loaded';
import type { ScenarioRequest } from './view';

const web = ({ replicas = 3, image = 'nginx:1.27', more = '', annotations = '{}', spec = '' } = {}): string => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: 10.152.183.20, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
${spec}  template:
    metadata: { labels: { app: web }, annotations: ${annotations} }
    spec:
      containers:
        - name: main
          image: ${image}
          ports: [{ containerPort: 80 }]
${more}---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { nodeName: node-1, containers: [{ name: main, image: busybox, command: [sleep, "36000"] }] }
`;

const READINESS = '          readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 2 }\n';
const PRE_STOP = '          lifecycle: { preStop: { sleep: { seconds: 5 } } }\n';
const REQUEST: ScenarioRequest = { from: 'pod/client', to: 'http://10.152.183.20/', protocol: 'TCP', via: null };

const begun = (text: string): Live => seek(beginLive(load(text), text), 1000);
const applied = (live: Live, text: string): Live => change(live, { kind: 'manifest', text });
const later = (live: Live, milliseconds: number): Live => seek(live, live.at + milliseconds);
const cluster = (live: Live) => liveLoaded(live).built.cluster;
const webPods = (live: Live) => cluster(live).pods.filter(({ metadata }) => metadata.labels.app === 'web');
const images = (live: Live): readonly string[] =>
  webPods(live)
    .filter(({ status, metadata }) => status.ready && metadata.deletionTimestamp === null)
    .map(({ spec }) => spec.containers[0]?.image ?? '');
const failures = (live: Live, seconds: number): number => {
  const flowing = change(live, { kind: 'stream', stream: { request: REQUEST, every: 100 }, length: seconds * 1000 });
  const done = known(flowing, live.at + seconds * 1000);
  return liveView(done, live.at + seconds * 1000).sent.filter(({ well }) => !well).length;
};

test('[E7] a new image comes in step by step, with as many Pods ready as the strategy grants', () => {
  let live = applied(begun(web()), web({ image: 'nginx:1.28', more: '' }));
  let least = 3;
  for (let step = 0; step < 60; step += 1) {
    live = later(live, 250);
    least = Math.min(least, images(live).length);
  }
  expect(least).toBe(3);
  expect(images(live)).toEqual(['nginx:1.28', 'nginx:1.28', 'nginx:1.28']);
  const sets = cluster(live).replicaSets.filter(({ metadata }) => metadata.name.startsWith('web-'));
  expect(sets.map(({ spec }) => spec.replicas).sort()).toEqual([0, 3]);
});

test('[E7] a rollout with readiness probe and preStop loses no request; one without either does', () => {
  const careful = { more: READINESS + PRE_STOP, annotations: '{ kubehop.dev/startup: 3s }' };
  expect(failures(applied(begun(web(careful)), web({ ...careful, image: 'nginx:1.28' })), 30)).toBe(0);
  const careless = { annotations: '{ kubehop.dev/startup: 3s }' };
  expect(failures(applied(begun(web(careless)), web({ ...careless, image: 'nginx:1.28' })), 30)).toBeGreaterThan(5);
});

test('[E7] a version that never gets ready stops the rollout, and the old one goes on', () => {
  const good = web({ more: READINESS });
  const bad = web({ more: READINESS, image: 'nginx:broken', annotations: '{ kubehop.dev/health: "500" }' });
  const live = later(applied(begun(good), bad), 60_000);
  expect(images(live)).toEqual(['nginx:1.27', 'nginx:1.27', 'nginx:1.27']);
  const back = later(applied(live, good), 20_000);
  expect(images(back)).toEqual(['nginx:1.27', 'nginx:1.27', 'nginx:1.27']);
  expect(webPods(back)).toHaveLength(3);
});

test('[E6] scaling makes and ends Pods, and the Service follows by itself', () => {
  const more = later(applied(begun(web()), web({ replicas: 6 })), 10_000);
  expect(images(more)).toHaveLength(6);
  const endpoints = (live: Live) =>
    cluster(live)
      .endpointSlices.filter(({ metadata }) => metadata.name.startsWith('web-'))
      .flatMap((slice) => slice.endpoints);
  expect(endpoints(more)).toHaveLength(6);
  const fewer = later(applied(more, web({ replicas: 2 })), 10_000);
  expect(endpoints(fewer)).toHaveLength(2);
});

test('[E4] [A5] a deleted Pod is replaced by another one, with another name and address', () => {
  const before = begun(web());
  const [victim] = webPods(before);
  const object = { kind: 'Pod', namespace: 'default', name: victim!.metadata.name };
  const live = later(change(before, { kind: 'delete', object, gracePeriodSeconds: null, cascade: true }), 10_000);
  const after = webPods(live);
  expect(after).toHaveLength(3);
  expect(after.map(({ metadata }) => metadata.name)).not.toContain(object.name);
  const addresses = after.flatMap(({ status }) => status.podIPs);
  expect(addresses).not.toContain(victim!.status.podIPs[0]);
});

test('[E5] a ReplicaSet adopts a Pod that bears its labels, and ends one too many', () => {
  const set = `
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: main, image: nginx }] } }
`;
  const stray = `${set}---
apiVersion: v1
kind: Pod
metadata: { name: stray, labels: { app: web } }
spec: { containers: [{ name: main, image: nginx }] }
`;
  const live = later(applied(begun(set), stray), 15_000);
  expect(webPods(live)).toHaveLength(2);
});

test('[E8] a Pod that fits nowhere waits, and is bound as soon as a node comes that takes it', () => {
  const text = (nodes: string): string => `${nodes}
apiVersion: v1
kind: Pod
metadata: { name: picky, labels: { app: web } }
spec: { nodeSelector: { disk: ssd }, containers: [{ name: main, image: nginx }] }
`;
  const node = (name: string, address: string, labels: string): string =>
    `apiVersion: v1\nkind: Node\nmetadata: { name: ${name}, labels: { ${labels} } }\nspec: { podCIDR: 10.1.${address}.0/24 }\nstatus: { addresses: [{ type: InternalIP, address: 192.168.1.${address} }] }\n---`;
  const before = later(begun(text(node('node-1', '11', ''))), 10_000);
  expect(webPods(before)[0]?.spec.nodeName).toBeNull();
  const after = later(applied(before, text(`${node('node-1', '11', '')}\n${node('node-2', '12', 'disk: ssd')}`)), 10_000);
  expect(webPods(after)[0]).toMatchObject({ spec: { nodeName: 'node-2' }, status: { ready: true } });
});

test('[E9] a manifest applied to an empty cluster goes through every part of it, and comes to rest where the settled cluster is', () => {
  const loaded = load(web());
  const live = seek(known(beginLive(loaded, web(), 'nothing'), 30_000), 30_000);
  const parts = new Set(liveView(live, 30_000).happenings.map(({ part }) => part));
  for (const part of [
    'user',
    'deployment-controller',
    'replicaset-controller',
    'scheduler',
    'kubelet',
    'endpointslice-controller',
    'kube-proxy',
    'coredns',
  ])
    expect(parts).toContain(part);
  const settled = loaded.built.cluster;
  const names = (pods: typeof settled.pods) => pods.map(({ metadata }) => metadata.name);
  expect(names(cluster(live).pods)).toHaveLength(settled.pods.length);
  expect(cluster(live).services).toEqual(expect.arrayContaining(settled.services.map(({ spec }) => expect.objectContaining({ spec }))));
});
