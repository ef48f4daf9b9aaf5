// How often a wish was written, and which one its controller has seen: what `rollout status` and `wait` wait for.

import { expect, test } from 'vitest';
import { applied, at, backend, begun, CLIENT, later, objects, SERVICE, SHOP } from './course-over-time.test-support';
import { change, type Live, load, objectsOf } from './index';

function counted(live: Live, kind = 'Deployment', name = 'backend'): readonly unknown[] {
  const json = objects(live, kind).find((one) => one.name === name)?.json;
  return [at(json, 'metadata', 'generation'), at(json, 'status', 'observedGeneration')];
}

const scaled = SHOP.replace('replicas: 3', 'replicas: 4');

test('a changed spec is a new generation at once, and its controller has seen it a moment later', () => {
  const live = begun();
  expect(counted(live)).toEqual([1, 1]);
  const written = change(live, applied(scaled));
  expect(counted(written)).toEqual([2, 1]);
  expect(counted(later(written, 1))).toEqual([2, 2]);
});

test('a status, a label, and what the controller itself writes are no new generation', () => {
  const live = later(
    change(
      begun(),
      applied(
        SHOP.replace('kind: Deployment\nmetadata: { name: backend }', 'kind: Deployment\nmetadata: { name: backend, labels: { team: a } }'),
      ),
    ),
    30,
  );
  expect(counted(live)).toEqual([1, 1]);
  const fresh = later(change(begun(CLIENT + SERVICE), applied(SHOP)), 30);
  expect(counted(fresh)).toEqual([1, 1]);
});

test('an annotation of a Deployment is a new generation, since its ReplicaSet has to have it too', () => {
  const object = { kind: 'Deployment', namespace: 'default', name: 'backend' };
  const live = later(
    change(begun(), { kind: 'patch', object, patch: { metadata: { annotations: { 'kubernetes.io/change-cause': 'news' } } } }),
    1,
  );
  expect(counted(live)).toEqual([2, 2]);
  const [set] = objects(live, 'ReplicaSet').filter(({ labels }) => labels.app === 'backend');
  expect(at(set?.json, 'metadata', 'annotations', 'kubernetes.io/change-cause')).toBe('news');
  expect(counted(live, 'ReplicaSet', set?.name)).toEqual([1, 1]);
});

test('a Deployment that was just made has been seen by nobody', () => {
  const live = change(begun(CLIENT), applied(CLIENT + backend()));
  expect(counted(live)).toEqual([1, undefined]);
});

test('Services, Nodes and Pods show none, and a paste keeps its own', () => {
  const live = begun();
  for (const [kind, name] of [
    ['Service', 'backend'],
    ['Node', 'node-1'],
    ['Pod', 'client'],
  ])
    expect(counted(live, kind, name)).toEqual([undefined, undefined]);
  const paste = backend().replace(
    'metadata: { name: backend }',
    'metadata: { name: backend, generation: 7, creationTimestamp: "2026-01-01T00:00:00Z" }',
  );
  expect(objectsOf(load(paste)).find(({ kind }) => kind === 'Deployment')?.json).toMatchObject({
    metadata: { generation: 7 },
    status: { observedGeneration: 7 },
  });
  expect(counted(later(change(begun(paste), applied(paste.replace('replicas: 3', 'replicas: 4'))), 1))).toEqual([8, 8]);
});
