// Row E5: Pods are kept at their number, taken in by their labels, let go by them; and which go first.

import { describe, expect, test } from 'vitest';
import type { ObjectMeta } from '../kube/meta';
import type { ContainerStatus, PodStatus } from '../kube/pod';
import { BARE } from '../settings';
import { inDeletionOrder } from './deletion-order';
import { isOwnedBy } from './ownership';
import { settle } from './settle';
import { pod, replicaSet, replicationController, running } from './specimens.test-support';
import { Bench, THREE_NODES } from './sync.test-support';
import { syncReplicaSet } from './sync-replica-set';

const LABELS = { labels: { app: 'web' } };
const OWNED = { ...LABELS, ownerReferences: [{ kind: 'ReplicaSet', name: 'web', controller: true }] };

function look(bench: Bench, set: Parameters<typeof syncReplicaSet>[0]): void {
  for (let turn = 0; bench.act(syncReplicaSet(set, bench.cluster, bench.at)); turn += 1) if (turn > 10) throw new Error('never still');
}

describe.each([
  ['a ReplicaSet', replicaSet('web', 3)],
  ['a ReplicationController', replicationController('web', 3)],
])('%s', (_, set) => {
  test('makes the Pods that are missing, with the names that they have at rest', () => {
    const bench = new Bench([set]);
    const { writes } = syncReplicaSet(set, bench.cluster, { now: bench.now, serial: 0 });
    const atRest = settle([...THREE_NODES, set], BARE).cluster.pods.map(({ metadata }) => metadata.name);
    expect(writes.map(({ metadata }) => metadata.name).toSorted()).toEqual(atRest);
    expect(writes[0]?.metadata).toMatchObject({ creationTimestamp: '2026-01-05T09:00:00Z', labels: { app: 'web' } });
  });

  test('makes another for one that was deleted, under another name', () => {
    const bench = new Bench([set]);
    look(bench, set);
    const before = bench.podNames;
    bench.remove({ kind: 'Pod', namespace: 'default', name: before[1] ?? '' });
    look(bench, set);
    expect(bench.podNames).toHaveLength(3);
    expect(bench.podNames).not.toContain(before[1]);
    bench.terminate(bench.podNames[0] ?? '');
    look(bench, set);
    expect(bench.podNames).toHaveLength(4);
  });

  test('takes in Pods that it selects and nobody has, and makes only the rest', () => {
    const bench = new Bench([set, pod('stray', { metadata: LABELS }), pod('other', { metadata: { labels: { app: 'db' } } })]);
    look(bench, set);
    expect(bench.podNames).toHaveLength(4);
    expect(isOwnedBy(bench.pod('stray'), set)).toBe(true);
    expect(bench.pod('other').metadata.ownerReferences).toEqual([]);
  });

  test('lets go a Pod whose labels no longer match, and makes another in its place', () => {
    const bench = new Bench([set]);
    look(bench, set);
    const [name = ''] = bench.podNames;
    const quarantined = bench.pod(name);
    bench.write({ ...quarantined, metadata: { ...quarantined.metadata, labels: { app: 'quarantine' } } });
    look(bench, set);
    expect(bench.podNames).toHaveLength(4);
    expect(bench.pod(name).metadata.ownerReferences).toEqual([]);
  });

  test('makes up for Pods that ended, and leaves them where they are', () => {
    const bench = new Bench([set]);
    look(bench, set);
    bench.report(bench.podNames[0] ?? '', { phase: 'Failed', reason: 'Evicted' });
    look(bench, set);
    expect(bench.podNames).toHaveLength(4);
  });

  test('deletes what is too many, and nothing once it is being deleted itself', () => {
    const bench = new Bench([set]);
    look(bench, set);
    const smaller = { ...set, spec: { ...set.spec, replicas: 1 } } as typeof set;
    look(bench, smaller);
    expect(bench.podNames).toHaveLength(1);
    const dying = { ...set, metadata: { ...set.metadata, deletionTimestamp: '2026-01-05T09:00:00Z' } } as typeof set;
    look(bench, dying);
    expect(bench.podNames).toHaveLength(1);
  });
});

test('a Pod that another controller has is nobody else’s', () => {
  const taken = pod('taken', { metadata: { ...LABELS, ownerReferences: [{ kind: 'ReplicaSet', name: 'other', controller: true }] } });
  const bench = new Bench([taken]);
  look(bench, replicaSet('web', 1));
  expect(bench.podNames).toHaveLength(2);
  expect(bench.pod('taken').metadata.ownerReferences[0]?.name).toBe('other');
});

describe('on the way down', () => {
  const restarted = (restartCount: number): ContainerStatus => ({
    name: 'main',
    state: { kind: 'running', startedAt: null },
    last: null,
    ready: true,
    started: true,
    restartCount,
  });
  const NINE = '2026-01-05T09:00:00Z';
  const one = (name: string, node: string | null, status: Partial<PodStatus> = {}, metadata: Partial<ObjectMeta> = {}) =>
    pod(name, {
      metadata: { ...OWNED, creationTimestamp: NINE, ...metadata },
      spec: { nodeName: node },
      status: running('10.1.1.9', { readySince: NINE, ...status }),
    });

  test('go, in this order, Pods', () => {
    const cost = { annotations: { 'controller.kubernetes.io/pod-deletion-cost': '-5' } };
    const pods = [
      one('eldest', 'node-3', {}, { creationTimestamp: '2026-01-05T08:00:00Z' }),
      one('younger', 'node-3', {}, { creationTimestamp: NINE }),
      one('restarted-once', 'node-3', { containers: [restarted(1)] }),
      one('restarted-twice', 'node-3', { containers: [restarted(2)] }),
      one('ready-since-later', 'node-3', { readySince: '2026-01-05T09:30:00Z' }),
      one('crowded-1', 'node-2', {}),
      one('cheap', 'node-3', {}, cost),
      one('not-ready', 'node-3', { ready: false, readySince: null }),
      one('unknown', 'node-3', { phase: 'Unknown', ready: false }),
      one('pending', 'node-3', { phase: 'Pending', ready: false }),
      one('unassigned', null, { phase: 'Pending', ready: false }),
    ];
    // A version beside this one crowds node-2: ten Pods there, against nine on node-3.
    const others = Array.from({ length: 9 }, (_, index) => one(`of-another-version-${index}`, 'node-2'));
    expect(inDeletionOrder(pods, [...pods, ...others]).map(({ metadata }) => metadata.name)).toEqual([
      'unassigned',
      'pending',
      'unknown',
      'not-ready',
      'cheap',
      'crowded-1',
      'ready-since-later',
      'restarted-twice',
      'restarted-once',
      'younger',
      'eldest',
    ]);
  });

  test('Pods of one node go before one that is alone on its node', () => {
    const bench = new Bench([one('alone', 'node-1'), one('pair-a', 'node-2'), one('pair-b', 'node-2')]);
    const { deletes } = syncReplicaSet(replicaSet('web', 2), bench.cluster, bench.at);
    expect(deletes.map(({ name }) => name)).toEqual(['pair-a']);
  });
});
