// Row E5: Pods with a number are made in order, deleted in reverse order, and changed from the highest number down.

import { describe, expect, test } from 'vitest';
import { REVISION_LABEL, type StatefulSet } from '../kube/stateful-set';
import { container, pod, statefulSet } from './specimens.test-support';
import { Bench } from './sync.test-support';
import { syncStatefulSet } from './sync-stateful-set';

class Numbered extends Bench {
  get set(): StatefulSet {
    const found = this.cluster.statefulSets[0];
    if (found === undefined) throw new Error('no StatefulSet');
    return found;
  }

  change(spec: Partial<StatefulSet['spec']>): void {
    this.write({ ...this.set, spec: { ...this.set.spec, ...spec } });
  }

  image(image: string): void {
    const { template } = this.set.spec;
    this.change({ template: { ...template, spec: { ...template.spec, containers: [container({ image })] } } });
  }

  still(): void {
    for (let turn = 0; this.act(syncStatefulSet(this.set, this.cluster, this.at)); turn += 1) if (turn > 50) throw new Error('never still');
  }

  settle(): void {
    this.still();
    while (this.ready()) this.still();
  }

  /** `web-0 app:1` and so on, by number. */
  get versions(): readonly string[] {
    return this.cluster.pods.map(({ metadata, spec }) => `${metadata.name} ${spec.containers[0]?.image}`).toSorted();
  }
}

function bench(replicas: number, said: Partial<StatefulSet['spec']> = {}): Numbered {
  const { template } = statefulSet('web', 1).spec;
  const first = { ...template, spec: { ...template.spec, containers: [container({ image: 'app:1' })] } };
  return new Numbered([statefulSet('web', replicas, { template: first, ...said })]);
}

function settled(replicas: number, said: Partial<StatefulSet['spec']> = {}): Numbered {
  const made = bench(replicas, said);
  made.settle();
  return made;
}

const rolling = (partition: number) => ({ updateStrategy: { type: 'RollingUpdate', partition, maxUnavailable: 1 } }) as const;

describe('in order', () => {
  test('each Pod waits until the one before it is ready', () => {
    const made = bench(3);
    made.still();
    expect(made.podNames).toEqual(['web-0']);
    made.ready();
    made.still();
    expect(made.podNames).toEqual(['web-0', 'web-1']);
    made.settle();
    expect(made.podNames).toEqual(['web-0', 'web-1', 'web-2']);
    expect(made.pod('web-2')).toMatchObject({
      metadata: { labels: { app: 'web', 'statefulset.kubernetes.io/pod-name': 'web-2', 'apps.kubernetes.io/pod-index': '2' } },
      spec: { hostname: 'web-2', subdomain: 'web' },
    });
  });

  test('and with minReadySeconds until it was ready that long', () => {
    const made = bench(2, { minReadySeconds: 20 });
    made.still();
    made.ready();
    const sync = syncStatefulSet(made.set, made.cluster, made.at);
    expect([sync.writes, sync.again]).toEqual([[], 20_000]);
    made.now += 20_000;
    made.still();
    expect(made.podNames).toEqual(['web-0', 'web-1']);
  });

  test('a Pod that was deleted comes back under its own name once it is gone, and nothing else is done meanwhile', () => {
    const made = settled(3);
    made.terminate('web-1');
    made.change({ replicas: 5 });
    made.still();
    expect(made.podNames).toHaveLength(3);
    made.remove({ kind: 'Pod', namespace: 'default', name: 'web-1' });
    made.still();
    expect(made.podNames.toSorted()).toEqual(['web-0', 'web-1', 'web-2']);
    made.settle();
    expect(made.podNames).toHaveLength(5);
  });

  test('a Pod that ended is deleted and made again', () => {
    const made = settled(2);
    made.report('web-0', { phase: 'Failed', ready: false });
    made.still();
    expect(made.podNames.toSorted()).toEqual(['web-0', 'web-1']);
    expect(made.pod('web-0').status.phase).toBe('Pending');
  });

  test('on the way down the highest goes first, one at a time, and none while another is in trouble', () => {
    const made = settled(4);
    made.change({ replicas: 1 });
    made.act(syncStatefulSet(made.set, made.cluster, made.at));
    expect(made.podNames.toSorted()).toEqual(['web-0', 'web-1', 'web-2']);
    made.terminate('web-2');
    expect(syncStatefulSet(made.set, made.cluster, made.at).deletes).toEqual([]);
    made.remove({ kind: 'Pod', namespace: 'default', name: 'web-2' });
    made.report('web-0', { ready: false });
    expect(syncStatefulSet(made.set, made.cluster, made.at).deletes).toEqual([]);
    made.settle();
    expect(made.podNames).toEqual(['web-0']);
  });
});

describe('in parallel', () => {
  test('all are made at once, and deleted at once', () => {
    const made = bench(3, { podManagementPolicy: 'Parallel' });
    made.still();
    expect(made.podNames).toHaveLength(3);
    made.change({ replicas: 1 });
    made.still();
    expect(made.podNames).toEqual(['web-0']);
  });
});

describe('a new template', () => {
  test('reaches the Pods from the highest number down, each waiting until the one above it is ready', () => {
    const made = settled(3);
    const [first] = made.cluster.controllerRevisions;
    made.image('app:2');
    made.still();
    expect(made.versions).toEqual(['web-0 app:1', 'web-1 app:1', 'web-2 app:2']);
    expect(made.set.status.currentRevision).toBe(first?.metadata.name);
    made.ready();
    made.still();
    expect(made.versions).toEqual(['web-0 app:1', 'web-1 app:2', 'web-2 app:2']);
    made.settle();
    expect(made.versions).toEqual(['web-0 app:2', 'web-1 app:2', 'web-2 app:2']);
    const second = made.cluster.controllerRevisions.find(({ revision }) => revision === 2);
    expect(made.set.status.currentRevision).toBe(second?.metadata.name);
    expect(made.pod('web-0').metadata.labels[REVISION_LABEL]).toBe(second?.metadata.name);
  });

  test('that never gets ready stops at the highest number', () => {
    const made = settled(3);
    made.image('broken');
    made.still();
    made.still();
    expect(made.versions).toEqual(['web-0 app:1', 'web-1 app:1', 'web-2 broken']);
  });

  test('stops at the partition, below which deleted Pods come back with the old one', () => {
    const made = settled(3, rolling(2));
    made.image('app:2');
    made.settle();
    expect(made.versions).toEqual(['web-0 app:1', 'web-1 app:1', 'web-2 app:2']);
    for (const name of ['web-1', 'web-2']) made.remove({ kind: 'Pod', namespace: 'default', name });
    made.settle();
    expect(made.versions).toEqual(['web-0 app:1', 'web-1 app:1', 'web-2 app:2']);
    made.change(rolling(0));
    made.settle();
    expect(made.versions).toEqual(['web-0 app:2', 'web-1 app:2', 'web-2 app:2']);
  });

  test('waits with OnDelete until somebody deletes the Pods', () => {
    const made = settled(2, { updateStrategy: { type: 'OnDelete' } });
    made.image('app:2');
    made.settle();
    expect(made.versions).toEqual(['web-0 app:1', 'web-1 app:1']);
    made.remove({ kind: 'Pod', namespace: 'default', name: 'web-0' });
    made.settle();
    expect(made.versions).toEqual(['web-0 app:2', 'web-1 app:1']);
  });

  test('that is an old one is not kept twice, but becomes the newest revision; history ends where its limit says', () => {
    const made = settled(1, { revisionHistoryLimit: 1 });
    made.image('app:2');
    made.settle();
    made.image('app:1');
    made.settle();
    expect(made.cluster.controllerRevisions.map(({ revision }) => revision).toSorted()).toEqual([2, 3]);
    for (const image of ['app:3', 'app:4']) {
      made.image(image);
      made.settle();
    }
    expect(made.cluster.controllerRevisions.map(({ revision }) => revision).toSorted()).toEqual([4, 5]);
  });
});

test('only Pods with a name of its own are taken in', () => {
  const made = bench(1);
  for (const name of ['web-0', 'web-x2v8q', 'web-00']) made.write(pod(name, { metadata: { labels: { app: 'web' } } }));
  made.still();
  expect(made.cluster.pods.map(({ metadata }) => metadata.ownerReferences.length)).toEqual([1, 0, 0]);
});
