// What the page does to Pods and nodes, tried on a cluster that lives.

import { expect, test } from 'vitest';
import { beginLive, change, known, type Live, liveLoaded, load, seek } from '../engine/index';
import { cordonOf, cutBetween, deletionOf, drainOf, faultAt, toggled } from './deeds';

const TEXT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 4
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: main, image: nginx }] }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec: { containers: [{ name: main, image: agent }] }
`;

const begun = (): Live => beginLive(load(TEXT), TEXT);
const view = (live: Live) => liveLoaded(live).snapshot.view;
const later = (live: Live, by: number): Live => seek(known(live, live.at + by), live.at + by);
const node = (live: Live, name: string) => view(live).nodes.find((each) => each.name === name)!;
const on = (live: Live, name: string) =>
  view(live)
    .pods.filter((pod) => pod.node === name && pod.namespace === 'default')
    .map(({ owner }) => owner);

test('a drained node keeps its daemons alone, and its other Pods come up elsewhere', () => {
  const live = begun();
  expect(on(live, 'node-1')).toContain('web');
  const drained = later(change(live, drainOf(node(live, 'node-1'), view(live))), 60_000);
  expect(on(drained, 'node-1')).toEqual(['agent']);
  expect(on(drained, 'node-2').filter((owner) => owner === 'web')).toHaveLength(4);
  expect(node(drained, 'node-1').schedulable).toBe(false);
});

test('a cordoned node is opened again', () => {
  const live = begun();
  const closed = change(live, cordonOf(node(live, 'node-1')));
  expect(node(closed, 'node-1').schedulable).toBe(false);
  expect(node(change(closed, cordonOf(node(closed, 'node-1'))), 'node-1').schedulable).toBe(true);
});

test('a deleted Pod ends, and its controller makes another', () => {
  const live = begun();
  const victim = view(live).pods.find(({ owner }) => owner === 'web')!;
  const after = change(live, deletionOf(victim));
  expect(view(later(after, 300)).pods.find(({ name }) => name === victim.name)?.condition).toBe('terminating');
  const names = view(later(after, 60_000)).pods.flatMap(({ owner, name }) => (owner === 'web' ? [name] : []));
  expect(names).toHaveLength(4);
  expect(names).not.toContain(victim.name);
});

test('what is broken is found again and mended', () => {
  const cut = { kind: 'link-cut', nodes: ['node-1', 'node-2'] } as const;
  const off = { kind: 'proxy-stopped', node: 'node-1' } as const;
  expect(toggled(cut, false)).toEqual({ kind: 'set-fault', fault: cut });
  expect(toggled(cut, true)).toEqual({ kind: 'mend-fault', fault: cut });
  expect(cutBetween([off, cut], 'node-2', 'node-1')).toBe(cut);
  expect(cutBetween([cut], 'node-1', 'node-3')).toBeNull();
  expect(faultAt([cut, off], 'node-1', 'proxy-stopped')).toBe(off);
  expect(faultAt([cut, off], 'node-2', 'proxy-stopped')).toBeNull();
});
