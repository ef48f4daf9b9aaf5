// A Job runs Pods to their end: so many at a time, so many in all, and not for ever.

import { describe, expect, test } from 'vitest';
import type { Job } from '../kube/job';
import type { PodStatus } from '../kube/pod';
import { formatTimestamp } from '../kube/timestamp';
import { hasEnded } from './ownership';
import { job as specimen } from './specimens.test-support';
import { Bench } from './sync.test-support';
import { syncJob } from './sync-job';

class Runs extends Bench {
  again: number | null = null;

  get job(): Job {
    const found = this.cluster.jobs[0];
    if (found === undefined) throw new Error('no Job');
    return found;
  }

  look(): boolean {
    const sync = syncJob(this.job, this.cluster, this.at);
    this.again = sync.again;
    return this.act(sync);
  }

  still(): void {
    for (let turn = 0; this.look(); turn += 1) if (turn > 50) throw new Error('never still');
  }

  get active(): readonly string[] {
    return this.cluster.pods.filter((pod) => !hasEnded(pod)).map(({ metadata }) => metadata.name);
  }

  /** The first Pod that runs ends so. */
  end(phase: 'Succeeded' | 'Failed', name = this.active[0] ?? ''): void {
    const finishedAt = formatTimestamp(this.now);
    const exitCode = phase === 'Succeeded' ? 0 : 1;
    const state = { kind: 'terminated', exitCode, reason: phase, startedAt: null, finishedAt } as const;
    const containers: PodStatus['containers'] = [{ name: 'main', state, last: null, ready: false, started: false, restartCount: 0 }];
    this.report(name, { phase, ready: false, containers });
    this.still();
  }

  get conditions(): readonly string[] {
    return this.job.status.conditions.map(({ type, status, reason }) => `${type}=${status} ${reason}`);
  }
}

function runs(said: Partial<Job['spec']> = {}): Runs {
  const bench = new Runs([specimen('pi', said)]);
  bench.still();
  return bench;
}

describe('a Job', () => {
  test('of three Pods, two at a time', () => {
    const bench = runs({ parallelism: 2, completions: 3 });
    expect(bench.active).toHaveLength(2);
    expect(bench.job.status.startTime).toBe('2026-01-05T09:00:00Z');
    bench.end('Succeeded');
    expect([bench.active.length, bench.job.status.succeeded]).toEqual([2, 1]);
    bench.end('Succeeded');
    expect(bench.active).toHaveLength(1);
    bench.now += 5000;
    bench.end('Succeeded');
    expect(bench.active).toEqual([]);
    expect(bench.podNames).toHaveLength(3);
    expect(bench.conditions).toEqual(['SuccessCriteriaMet=True CompletionsReached', 'Complete=True CompletionsReached']);
    expect(bench.job.status).toMatchObject({ succeeded: 3, failed: 0, completionTime: '2026-01-05T09:00:05Z' });
  });

  test('counts a Pod once, and still after it was deleted', () => {
    const bench = runs({ completions: 2 });
    const [name = ''] = bench.active;
    bench.end('Succeeded');
    bench.remove({ kind: 'Pod', namespace: 'default', name });
    bench.still();
    expect([bench.job.status.succeeded, bench.active.length]).toEqual([1, 1]);
    bench.end('Succeeded');
    expect(bench.conditions).toContain('Complete=True CompletionsReached');
  });

  test('makes up for a Pod that failed, after ten seconds, then twenty', () => {
    const bench = runs();
    bench.end('Failed');
    expect([bench.active, bench.again]).toEqual([[], 10_000]);
    bench.now += 10_000;
    bench.still();
    expect(bench.active).toHaveLength(1);
    bench.end('Failed');
    expect(bench.again).toBe(20_000);
    expect(bench.job.status.failed).toBe(2);
    bench.now += 20_000;
    bench.still();
    bench.end('Succeeded');
    expect(bench.conditions).toContain('Complete=True CompletionsReached');
  });

  test('gives up beyond its backoffLimit, and ends what still runs', () => {
    const bench = runs({ parallelism: 2, completions: 5, backoffLimit: 1 });
    bench.end('Failed');
    expect(bench.conditions).toEqual([]);
    bench.now += 10_000;
    bench.still();
    bench.end('Failed');
    expect(bench.conditions).toEqual(['FailureTarget=True BackoffLimitExceeded', 'Failed=True BackoffLimitExceeded']);
    expect([bench.active, bench.job.status.failed, bench.job.status.completionTime]).toEqual([[], 3, null]);
  });

  test('with OnFailure counts the restarts of its containers', () => {
    const { template } = specimen('pi').spec;
    const bench = runs({ backoffLimit: 3, template: { ...template, spec: { ...template.spec, restartPolicy: 'OnFailure' } } });
    const restarts = (restartCount: number): PodStatus['containers'] => [
      { name: 'main', state: { kind: 'waiting', reason: 'CrashLoopBackOff' }, last: null, ready: false, started: false, restartCount },
    ];
    bench.report(bench.active[0] ?? '', { containers: restarts(2) });
    bench.still();
    expect(bench.conditions).toEqual([]);
    bench.report(bench.active[0] ?? '', { containers: restarts(3) });
    bench.still();
    expect(bench.conditions).toContain('Failed=True BackoffLimitExceeded');
  });

  test('that takes longer than activeDeadlineSeconds fails', () => {
    const bench = runs({ activeDeadlineSeconds: 60 });
    expect(bench.again).toBe(60_000);
    bench.now += 60_000;
    bench.still();
    expect(bench.conditions).toContain('Failed=True DeadlineExceeded');
    expect(bench.active).toEqual([]);
  });

  test('is gone some time after its end, where it says so', () => {
    const bench = runs({ ttlSecondsAfterFinished: 100 });
    bench.end('Succeeded');
    expect(bench.again).toBe(100_000);
    bench.now += 100_000;
    bench.look();
    expect(bench.cluster.jobs).toEqual([]);
  });

  test('that is suspended ends its Pods, and starts anew when it is resumed', () => {
    const bench = runs({ parallelism: 2, completions: 2 });
    bench.write({ ...bench.job, spec: { ...bench.job.spec, suspend: true } });
    bench.still();
    expect([bench.active, bench.conditions, bench.job.status.startTime]).toEqual([[], ['Suspended=True JobSuspended'], null]);
    bench.now += 1000;
    bench.write({ ...bench.job, spec: { ...bench.job.spec, suspend: false } });
    bench.still();
    expect([bench.active.length, bench.conditions]).toEqual([2, ['Suspended=False JobResumed']]);
    expect(bench.job.status.startTime).toBe('2026-01-05T09:00:01Z');
  });

  test('without completions is a queue: after one success nobody joins, and it ends with the last', () => {
    const bench = runs({ parallelism: 2, completions: null });
    bench.end('Succeeded');
    expect([bench.active.length, bench.conditions]).toEqual([1, []]);
    bench.end('Succeeded');
    expect(bench.conditions).toContain('Complete=True CompletionsReached');
    expect(bench.podNames).toHaveLength(2);
  });

  test('with indexes runs each index until it succeeded once', () => {
    const bench = runs({ completionMode: 'Indexed', parallelism: 2, completions: 3 });
    const index = (name: string) => Number(name.split('-')[1]);
    expect(bench.active.map(index)).toEqual([0, 1]);
    expect(bench.pod(bench.active[1] ?? '')).toMatchObject({
      metadata: { annotations: { 'batch.kubernetes.io/job-completion-index': '1' } },
      spec: { hostname: 'pi-1' },
    });
    bench.end('Succeeded', bench.active[1]);
    expect(bench.active.map(index)).toEqual([0, 2]);
    bench.end('Failed');
    bench.now += 10_000;
    bench.still();
    expect(bench.active.map(index).toSorted()).toEqual([0, 2]);
    bench.end('Succeeded');
    bench.end('Succeeded');
    expect(bench.job.status).toMatchObject({ succeeded: 3, failed: 1, completedIndexes: [0, 1, 2] });
  });
});
