// What a Job knows of its Pods: how many ended well or badly, and whether it is over (job_controller.go, trackJobStatusAndRemoveFinalizers,
// enactJobFinished). A Pod is counted once, and stays counted when it is deleted.

import type { Job, JobStatus } from '../kube/job';
import type { Pod } from '../kube/pod';
import { formatTimestamp } from '../kube/timestamp';
import type { Condition } from '../kube/workload';
import { indexOf, isFinished } from './job-pods';
import { isOwnedBy } from './ownership';

/** With every Pod counted that ended since. */
export function countedStatus(job: Job, pods: readonly Pod[]): JobStatus {
  const own = pods.filter((pod) => isOwnedBy(pod, job));
  const { status, spec } = job;
  const before = status.counted ?? [];
  const fresh = own.filter((pod) => !before.includes(pod.metadata.name));
  const pasted = status.counted === null;
  const [good, bad] = [fresh.filter(hasSucceeded), fresh.filter(hasFailed)];
  const done = spec.completionMode === 'Indexed' ? good.flatMap((pod) => indexOf(pod) ?? []) : [];
  const completedIndexes = [...new Set([...status.completedIndexes, ...done])].sort((a, b) => a - b);
  const succeeded = pasted ? Math.max(status.succeeded, good.length) : status.succeeded + good.length;
  return {
    ...status,
    succeeded: spec.completionMode === 'Indexed' ? completedIndexes.length : succeeded,
    failed: pasted ? Math.max(status.failed, bad.length) : status.failed + bad.length,
    completedIndexes,
    counted: own.filter((pod) => hasSucceeded(pod) || hasFailed(pod) || before.includes(pod.metadata.name)).map(nameOf),
  };
}

function nameOf({ metadata }: Pod): string {
  return metadata.name;
}

function hasSucceeded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded';
}

/** A Pod that is deleted before its end failed (isPodFailed). */
export function hasFailed({ status, metadata }: Pod): boolean {
  return status?.phase === 'Failed' || (metadata.deletionTimestamp !== null && status?.phase !== 'Succeeded');
}

/** Without a number of completions one success is enough, once all Pods have ended. */
export function isComplete({ spec, status }: Job, active: number): boolean {
  if (spec.completions === null) return status.succeeded > 0 && active === 0;
  return status.succeeded >= spec.completions;
}

/** The condition Suspended, once the Job was suspended (job_controller.go, ensureJobConditionStatus). */
export function suspension({ spec, status }: Job, now: number): readonly Condition[] {
  const current = status.conditions.find(({ type }) => type === 'Suspended');
  if (spec.suspend ? current?.status === 'True' : current?.status !== 'True') return status.conditions;
  const time = formatTimestamp(now);
  const word = spec.suspend
    ? ({ status: 'True', reason: 'JobSuspended', message: 'Job suspended' } as const)
    : ({ status: 'False', reason: 'JobResumed', message: 'Job resumed' } as const);
  const rest = status.conditions.filter((one) => one !== current);
  return [...rest, { type: 'Suspended', ...word, lastUpdateTime: time, lastTransitionTime: time }];
}

export interface Ending {
  readonly type: 'Complete' | 'Failed';
  readonly reason: string;
  readonly message: string;
}

export const COMPLETE: Ending = { type: 'Complete', reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' };

/** The Job with its last word. `now` is null where no clock is at hand. */
export function ended(job: Job, { type, reason, message }: Ending, now: number | null): Job {
  if (isFinished(job)) return job;
  const time = now === null ? null : formatTimestamp(now);
  // Both come one after the other, with the same reason.
  const first = type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
  const conditions = [first, type].map((each): Condition => {
    return { type: each, status: 'True', reason, message, lastUpdateTime: time, lastTransitionTime: time };
  });
  const completionTime = type === 'Complete' ? time : null;
  return { ...job, status: { ...job.status, completionTime, conditions: [...job.status.conditions, ...conditions] } };
}
