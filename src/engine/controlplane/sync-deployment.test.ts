// Rows E6 and E7: how a Deployment gets from one version to the next, by the number. The traces are those of the arithmetic in
// k8s.io/kubernetes/pkg/controller/deployment/rolling.go, with Pods that become available together.

import { describe, expect, test } from 'vitest';
import type { Amount, Condition, Deployment, ReplicaSet } from '../kube/workload';
import { revisionOf } from './replica-sets';
import { fenceposts } from './rolling';
import { container, deployment as plain } from './specimens.test-support';
import { Bench } from './sync.test-support';
import { syncDeployment } from './sync-deployment';
import { syncReplicaSet } from './sync-replica-set';

interface Said {
  readonly strategy?: Deployment['spec']['strategy'];
  readonly spec?: Partial<Deployment['spec']>;
  readonly image?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

function deployment(replicas: number, { strategy, spec, image = 'app:1', annotations = {} }: Said = {}): Deployment {
  const made = plain('web', replicas, { spec: { containers: [container({ image })] } });
  return {
    ...made,
    metadata: { ...made.metadata, annotations },
    spec: { ...made.spec, ...(strategy === undefined ? {} : { strategy }), ...spec },
  };
}

const rolling = (maxSurge: Amount, maxUnavailable: Amount) => ({ strategy: { type: 'RollingUpdate', maxSurge, maxUnavailable } }) as const;

class Rollout extends Bench {
  /** Sizes as they change, `|` where everything waits for Pods. */
  trace: string[] = [];
  again: number | null = null;
  /** The least and the most Pods that there were. */
  available: number[] = [];
  pods: number[] = [];

  get deployment(): Deployment {
    const found = this.cluster.deployments[0];
    if (found === undefined) throw new Error('no Deployment');
    return found;
  }

  change(change: (spec: Deployment['spec']) => Partial<Deployment['spec']>): void {
    this.write({ ...this.deployment, spec: { ...this.deployment.spec, ...change(this.deployment.spec) } });
  }

  image(image: string): void {
    this.change(({ template }) => ({ template: { ...template, spec: { ...template.spec, containers: [container({ image })] } } }));
  }

  /** One look of every controller; whether anything came of it. */
  look(): boolean {
    const before = this.sizes();
    const sync = syncDeployment(this.deployment, this.cluster, this.at);
    this.again = sync.again;
    const acted = this.act(sync);
    for (const [name, size] of this.sizes()) if (before.get(name) !== size) this.trace.push(`${this.label(name)} ${size}`);
    const sets = this.cluster.replicaSets.map((set) => this.act(syncReplicaSet(set, this.cluster, this.at)));
    this.pods.push(this.cluster.pods.length);
    this.available.push(this.cluster.pods.filter(({ status }) => status.ready).length);
    return acted || sets.includes(true);
  }

  /** Until nothing moves by itself. */
  still(): void {
    for (let turn = 0; this.look(); turn += 1) if (turn > 100) throw new Error(`never still: ${this.trace.join(', ')}`);
  }

  /** Until nothing moves, with Pods that become available whenever all waits for them. */
  settle(isMeant?: Parameters<Bench['ready']>[0]): string {
    this.still();
    while (this.ready(isMeant)) {
      this.trace.push('|');
      this.still();
    }
    return this.trace.join(', ').replaceAll(', |', ' |').replaceAll('|,', '|').replace(/ \|$/, '');
  }

  sizes(): ReadonlyMap<string, number> {
    return new Map(this.cluster.replicaSets.map(({ metadata, spec }) => [metadata.name, spec.replicas]));
  }

  setOf(image: string): ReplicaSet {
    const found = this.cluster.replicaSets.find(({ spec }) => spec.template.spec.containers[0]?.image === image);
    if (found === undefined) throw new Error(`no ReplicaSet of ${image}`);
    return found;
  }

  condition(type: string): Condition | undefined {
    return this.deployment.status.conditions.find((one) => one.type === type);
  }

  private label(name: string): string {
    const image = this.cluster.replicaSets.find(({ metadata }) => metadata.name === name)?.spec.template.spec.containers[0]?.image;
    return image === this.deployment.spec.template.spec.containers[0]?.image ? 'new' : 'old';
  }
}

/** A Deployment whose first version runs. */
function running(replicas: number, said: Said = {}): Rollout {
  const bench = new Rollout([deployment(replicas, said)]);
  bench.settle();
  bench.trace = [];
  bench.available = [];
  bench.pods = [];
  return bench;
}

describe('fenceposts', () => {
  test('of the default percentages', () => {
    const all = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12].map((replicas) => fenceposts(deployment(replicas)));
    expect(all.map(({ surge }) => surge)).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3]);
    expect(all.map(({ unavailable }) => unavailable)).toEqual([0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3]);
  });

  test('that come to nothing twice leave one Pod to be taken away', () => {
    expect(fenceposts(deployment(4, rolling('0%', '10%')))).toEqual({ surge: 0, unavailable: 1 });
  });

  test('that are numbers stay as they are, but nobody takes away more than there is', () => {
    expect(fenceposts(deployment(2, rolling(5, 5)))).toEqual({ surge: 5, unavailable: 2 });
    expect(fenceposts(deployment(10, rolling('15%', '15%')))).toEqual({ surge: 2, unavailable: 1 });
  });
});

describe('a rolling update', () => {
  test.each([
    [4, {}, 'new 1, old 3, new 2 | old 1, new 4 | old 0'],
    [3, {}, 'new 1 | old 2, new 2 | old 1, new 3 | old 0'],
    [10, rolling(3, 2), 'new 3, old 8, new 5 | old 3, new 10 | old 0'],
    [2, rolling(0, 1), 'new 0, old 1, new 1 | old 0, new 2'],
    [1, {}, 'new 1 | old 0'],
    [2, {}, 'new 1 | old 1, new 2 | old 0'],
  ])('of %i Pods goes step by step', (replicas, said: Said, steps) => {
    const bench = running(replicas, said);
    bench.image('app:2');
    expect(bench.settle()).toBe(steps);
    expect(bench.deployment.status).toMatchObject({
      replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
    });
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('with the default percentages keeps %i Pods within the fence', (replicas) => {
    const bench = running(replicas);
    bench.image('app:2');
    bench.settle();
    const { surge, unavailable } = fenceposts(bench.deployment);
    expect(Math.max(...bench.pods)).toBe(replicas + surge);
    expect(Math.min(...bench.available)).toBe(replicas - unavailable);
    expect([bench.setOf('app:2').spec.replicas, bench.setOf('app:1').spec.replicas]).toEqual([replicas, 0]);
  });

  test.each([
    [4, 3],
    [3, 3],
    [10, 8],
  ])('of %i Pods to a version that never gets ready leaves %i old ones, and says so after its deadline', (replicas, left) => {
    const bench = running(replicas);
    bench.image('broken');
    bench.settle(() => false);
    expect(bench.cluster.pods.filter(({ status }) => status.ready)).toHaveLength(left);
    expect(bench.condition('Progressing')).toMatchObject({ status: 'True' });
    expect(bench.again).toBe(601_000);
    bench.now += 601_000;
    bench.still();
    expect(bench.condition('Progressing')).toMatchObject({ status: 'False', reason: 'ProgressDeadlineExceeded' });
    expect(bench.condition('Available')).toMatchObject({ status: 'True', reason: 'MinimumReplicasAvailable' });
    expect(bench.cluster.pods.filter(({ status }) => status.ready)).toHaveLength(left);
  });

  test('takes away first the old Pods that serve nobody', () => {
    const bench = running(4);
    const [sick] = bench.podNames;
    bench.report(sick ?? '', { ready: false, readySince: null });
    bench.image('app:2');
    bench.still();
    expect(bench.podNames).not.toContain(sick);
    expect(bench.cluster.pods.filter(({ status }) => status.ready)).toHaveLength(3);
  });

  test('that is overtaken by another ends both older versions, the eldest first', () => {
    const bench = running(4);
    bench.image('app:2');
    bench.still();
    bench.now += 60_000;
    bench.image('app:3');
    bench.settle();
    expect(['app:1', 'app:2', 'app:3'].map((image) => bench.setOf(image).spec.replicas)).toEqual([0, 0, 4]);
  });

  test('waits until a new Pod was ready for minReadySeconds', () => {
    const bench = running(1, { spec: { minReadySeconds: 30 } });
    expect(bench.deployment.status.availableReplicas).toBe(0);
    bench.now += 30_000;
    bench.still();
    bench.image('app:2');
    bench.still();
    bench.ready();
    bench.still();
    expect(bench.again).toBe(30_000);
    expect(bench.sizes().get(bench.setOf('app:1').metadata.name)).toBe(1);
    bench.now += 30_000;
    bench.still();
    expect(bench.sizes().get(bench.setOf('app:1').metadata.name)).toBe(0);
    expect(bench.again).toBeNull();
  });
});

test('Recreate starts the new version when the last old Pod is gone', () => {
  const bench = running(3, { strategy: { type: 'Recreate' } });
  const [slow] = bench.podNames;
  bench.terminate(slow ?? '');
  bench.image('app:2');
  bench.still();
  expect(bench.trace).toEqual(['old 0']);
  expect(bench.podNames).toEqual([slow]);
  bench.remove({ kind: 'Pod', namespace: 'default', name: slow ?? '' });
  expect(bench.settle()).toBe('old 0, new 3');
});

describe('revisions', () => {
  test('count up, and an old template takes the newest number again', () => {
    const bench = running(2, { annotations: { 'kubernetes.io/change-cause': 'first' } });
    bench.image('app:2');
    bench.settle();
    expect([revisionOf(bench.setOf('app:1')), revisionOf(bench.setOf('app:2')), revisionOf(bench.deployment)]).toEqual([1, 2, 2]);
    const before = bench.setOf('app:1').metadata.name;
    bench.write({
      ...bench.deployment,
      metadata: {
        ...bench.deployment.metadata,
        annotations: { ...bench.deployment.metadata.annotations, 'kubernetes.io/change-cause': 'back' },
      },
    });
    bench.image('app:1');
    bench.settle();
    expect([revisionOf(bench.setOf('app:1')), revisionOf(bench.setOf('app:2')), revisionOf(bench.deployment)]).toEqual([3, 2, 3]);
    expect(bench.setOf('app:1')).toMatchObject({ metadata: { name: before }, spec: { replicas: 2 } });
    expect(bench.setOf('app:1').metadata.annotations).toMatchObject({
      'kubernetes.io/change-cause': 'back',
      'deployment.kubernetes.io/revision-history': '1',
      'deployment.kubernetes.io/desired-replicas': '2',
      'deployment.kubernetes.io/max-replicas': '3',
    });
    expect(bench.setOf('app:2').metadata.annotations['kubernetes.io/change-cause']).toBe('first');
  });

  test('are kept as many as revisionHistoryLimit says', () => {
    const bench = running(1, { spec: { revisionHistoryLimit: 2 } });
    for (const number of [2, 3, 4, 5]) {
      bench.image(`app:${number}`);
      bench.settle();
    }
    expect(bench.cluster.replicaSets.map(revisionOf)).toEqual([3, 4, 5]);
  });

  test('come from annotations of the template too: that is how kubectl rollout restart works', () => {
    const bench = running(1);
    const restarted = { 'kubectl.kubernetes.io/restartedAt': '2026-01-05T10:00:00Z' };
    bench.change(({ template }) => ({ template: { ...template, metadata: { ...template.metadata, annotations: restarted } } }));
    bench.settle();
    expect(bench.cluster.replicaSets.map(({ spec }) => spec.replicas)).toEqual([0, 1]);
    expect(bench.cluster.pods[0]?.metadata.annotations).toEqual(restarted);
  });
});

describe('a paused Deployment', () => {
  test('does not roll, and goes on from there when it is resumed', () => {
    const bench = running(3);
    bench.change(() => ({ paused: true }));
    bench.image('app:2');
    expect(bench.settle()).toBe('');
    expect(bench.condition('Progressing')).toMatchObject({ status: 'Unknown', reason: 'DeploymentPaused' });
    bench.change(() => ({ paused: false }));
    expect(bench.settle()).toBe('new 1 | old 2, new 2 | old 1, new 3 | old 0');
    expect(bench.condition('Progressing')).toMatchObject({ status: 'True', reason: 'NewReplicaSetAvailable' });
  });

  test('is scaled all the same', () => {
    const bench = running(3);
    bench.change(() => ({ paused: true, replicas: 5 }));
    expect(bench.settle()).toBe('new 5');
  });

  test('amid a rollout shares a change of size between its versions', () => {
    const bench = running(10, rolling(3, 2));
    bench.image('app:2');
    bench.still();
    expect(bench.trace).toEqual(['new 3', 'old 8', 'new 5']);
    bench.change(() => ({ paused: true, replicas: 15 }));
    bench.still();
    // 13 Pods become 18: 8/13 and 5/13 of the five that are added.
    expect([bench.setOf('app:1').spec.replicas, bench.setOf('app:2').spec.replicas]).toEqual([11, 7]);
  });
});

describe('a Deployment that is scaled', () => {
  test('amid a rollout grows in proportion and then rolls on', () => {
    const bench = running(10, rolling(3, 2));
    bench.image('app:2');
    bench.still();
    bench.change(() => ({ replicas: 15 }));
    bench.settle();
    expect([bench.setOf('app:1').spec.replicas, bench.setOf('app:2').spec.replicas]).toEqual([0, 15]);
    expect(bench.deployment.status.availableReplicas).toBe(15);
  });

  test('to nothing has nothing, and comes back', () => {
    const bench = running(4);
    bench.change(() => ({ replicas: 0 }));
    expect(bench.settle()).toBe('new 0');
    expect(bench.podNames).toEqual([]);
    bench.change(() => ({ replicas: 2 }));
    bench.settle();
    expect(bench.podNames).toHaveLength(2);
  });
});

describe('conditions', () => {
  test('tell a first rollout from its creation to its end', () => {
    const bench = new Rollout([deployment(2)]);
    bench.look();
    expect(bench.condition('Progressing')).toMatchObject({ status: 'True', reason: 'NewReplicaSetCreated' });
    expect(bench.condition('Available')).toMatchObject({ status: 'False', reason: 'MinimumReplicasUnavailable' });
    bench.now += 1000;
    bench.still();
    expect(bench.condition('Progressing')).toMatchObject({ reason: 'ReplicaSetUpdated', lastTransitionTime: '2026-01-05T09:00:00Z' });
    bench.now += 4000;
    bench.settle();
    const name = bench.setOf('app:1').metadata.name;
    expect(bench.condition('Progressing')).toEqual({
      type: 'Progressing',
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: `ReplicaSet "${name}" has successfully progressed.`,
      lastUpdateTime: '2026-01-05T09:00:05Z',
      lastTransitionTime: '2026-01-05T09:00:00Z',
    });
  });

  test('stay complete while a Pod is replaced', () => {
    const bench = running(3);
    bench.remove({ kind: 'Pod', namespace: 'default', name: bench.podNames[0] ?? '' });
    bench.still();
    expect(bench.condition('Progressing')).toMatchObject({ reason: 'NewReplicaSetAvailable' });
    expect(bench.condition('Available')).toMatchObject({ status: 'False' });
    bench.settle();
    expect(bench.condition('Available')).toMatchObject({ status: 'True' });
  });
});

test('a Deployment that is being deleted makes nothing', () => {
  const made = deployment(2);
  const dying = { ...made, metadata: { ...made.metadata, deletionTimestamp: '2026-01-05T09:00:00Z' } };
  const bench = new Rollout([dying]);
  expect(syncDeployment(dying, bench.cluster, bench.at)).toEqual({ writes: [], deletes: [], again: null });
});

test('a ReplicaSet that bears its labels and has no owner is taken in; one whose labels changed is let go', () => {
  const bench = running(1);
  const own = bench.setOf('app:1');
  bench.write({ ...own, metadata: { ...own.metadata, ownerReferences: [] } });
  bench.still();
  expect(bench.setOf('app:1').metadata.ownerReferences).toEqual([{ kind: 'Deployment', name: 'web', controller: true }]);
  bench.write({ ...own, metadata: { ...own.metadata, labels: { app: 'other' } } });
  bench.look();
  expect(bench.cluster.replicaSets.find(({ metadata }) => metadata.name === own.metadata.name)?.metadata.ownerReferences).toEqual([]);
});
