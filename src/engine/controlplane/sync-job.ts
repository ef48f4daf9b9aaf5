// One look of the Job controller (pkg/controller/job, syncJob), and of the one that clears up after it: it counts the Pods that ended, says
// when the Job is over, and makes as many Pods as are wanted at a time. A Pod that failed is made up for, later and later.
// Left out: podFailurePolicy, successPolicy, backoffLimitPerIndex.

import type { Job } from '../kube/job';
import { refOf } from '../kube/meta';
import type { Pod } from '../kube/pod';
import { formatTimestamp, parseTimestamp } from '../kube/timestamp';
import { soonest } from './availability';
import { birthAt } from './birth';
import type { Cluster } from './cluster';
import { indexOf, isFinished, isOfJob, jobPod } from './job-pods';
import { COMPLETE, countedStatus, type Ending, ended, hasFailed, isComplete, suspension } from './job-status';
import { controllerOf, isActive, isOwnedBy, withController } from './ownership';
import { type Moment, NOTHING, type Sync } from './sync';
import { MOST_REPLICAS } from './template';

export function syncJob(job: Job, cluster: Cluster, at: Moment): Sync {
  if (job.metadata.deletionTimestamp !== null) return NOTHING;
  if (isFinished(job)) return clearedUp(job, at.now);
  const orphans = cluster.pods.filter((pod) => controllerOf(pod) === null && isOfJob(pod, job));
  const adopted = orphans.map((pod) => withController<Pod>(pod, job));
  const own = [...cluster.pods.filter((pod) => isOwnedBy(pod, job)), ...adopted];
  const counted = started({ ...job, status: countedStatus(job, own) }, at.now);
  const active = own.filter(isActive);
  const ending = endingOf(counted, { own, active, now: at.now });
  if (ending !== null) return { ...written(job, over(counted, ending, { active, now: at.now }), adopted), deletes: active.map(refOf) };
  const lacking = wantedOf(counted, active) - active.length;
  const wait = lacking > 0 ? backOff(own, at.now) : 0;
  const made = wait > 0 ? [] : newPods(counted, { own, lacking, cluster, at });
  const surplus = lacking < 0 ? active.slice(lacking).map(refOf) : [];
  const sync = written(job, counted, [...adopted, ...made]);
  return { ...sync, deletes: surplus, again: soonest([wait > 0 ? wait : null, untilDeadline(counted, at.now)]) };
}

function written(before: Job, after: Job, pods: readonly Pod[]): Sync {
  const isNews = JSON.stringify(before.status) !== JSON.stringify(after.status);
  return { writes: [...pods, ...(isNews ? [after] : [])], deletes: [], again: null };
}

/** The TTL controller deletes a Job some time after its end, where it says so. */
function clearedUp(job: Job, now: number): Sync {
  const seconds = job.spec.ttlSecondsAfterFinished;
  const over = job.status.conditions.find(({ type }) => type === 'Complete' || type === 'Failed');
  const since = parseTimestamp(over?.lastTransitionTime ?? '');
  if (seconds === null || since === null) return NOTHING;
  const left = since + seconds * 1000 - now;
  return left <= 0 ? { ...NOTHING, deletes: [refOf(job)] } : { ...NOTHING, again: left };
}

function started(job: Job, now: number): Job {
  const conditions = suspension(job, now);
  const startTime = job.spec.suspend ? null : (job.status.startTime ?? formatTimestamp(now));
  return { ...job, status: { ...job.status, startTime, conditions } };
}

/** Pods that still run are ended, and those of a Job that failed have failed. */
function over(job: Job, ending: Ending, { active, now }: { readonly active: readonly Pod[]; readonly now: number }): Job {
  const failed = job.status.failed + (ending.type === 'Failed' ? active.length : 0);
  return ended({ ...job, status: { ...job.status, failed } }, ending, now);
}

interface Around {
  readonly own: readonly Pod[];
  readonly active: readonly Pod[];
  readonly now: number;
}

function endingOf(job: Job, { own, active, now }: Around): Ending | null {
  const { backoffLimit, template, suspend, completions, activeDeadlineSeconds } = job.spec;
  if (suspend) return null;
  // Containers that are restarted in their Pod count as well, once there are too many of them.
  const restarts = template.spec.restartPolicy === 'OnFailure' ? restartsOf(active) : 0;
  if (job.status.failed > backoffLimit || (restarts > 0 && restarts >= backoffLimit))
    return { type: 'Failed', reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' };
  const left = untilDeadline(job, now);
  if (activeDeadlineSeconds !== null && left !== null && left <= 0)
    return { type: 'Failed', reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' };
  const isEmpty = completions === 0 || (completions === null && own.length === 0 && job.spec.parallelism === 0);
  return isEmpty || isComplete(job, active.length) ? COMPLETE : null;
}

function restartsOf(pods: readonly Pod[]): number {
  return pods.flatMap(({ status }) => status?.containers ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
}

function untilDeadline({ spec, status }: Job, now: number): number | null {
  const since = parseTimestamp(status.startTime ?? '');
  return spec.activeDeadlineSeconds === null || since === null ? null : since + spec.activeDeadlineSeconds * 1000 - now;
}

/** How many Pods are to run at a time. A work queue that had a success takes in no more. */
function wantedOf({ spec, status }: Job, active: readonly Pod[]): number {
  if (spec.suspend) return 0;
  const most = Math.min(spec.parallelism, MOST_REPLICAS);
  if (spec.completions === null) return status.succeeded > 0 ? Math.min(active.length, most) : most;
  return Math.min(spec.completions - status.succeeded, most);
}

interface Making {
  readonly own: readonly Pod[];
  readonly lacking: number;
  readonly cluster: Cluster;
  readonly at: Moment;
}

function newPods(job: Job, { own, lacking, cluster, at }: Making): readonly Pod[] {
  const birth = birthAt(cluster, at);
  const count = Math.max(0, lacking);
  if (job.spec.completionMode === 'NonIndexed')
    return Array.from({ length: count }, (_, number) => jobPod(job, { number: own.length + number, index: null }, birth));
  const busy = new Set([...job.status.completedIndexes, ...own.filter(isActive).map(indexOf)]);
  const free = Array.from({ length: job.spec.completions ?? 0 }, (_, index) => index).filter((index) => !busy.has(index));
  return free.slice(0, count).map((index) => jobPod(job, { number: own.length, index }, birth));
}

const FIRST_DELAY = 10_000;
const LONGEST_DELAY = 600_000;

/** How long until the next Pod may be made: after each failure in a row twice as long (getRemainingTimePerPod). */
function backOff(own: readonly Pod[], now: number): number {
  const lastSuccess = Math.max(0, ...own.filter(({ status }) => status?.phase === 'Succeeded').map(endOf));
  const failures = own
    .filter(hasFailed)
    .map(endOf)
    .filter((time) => time > lastSuccess);
  if (failures.length === 0) return 0;
  const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (failures.length - 1));
  return Math.max(0, Math.max(...failures) + delay - now);
}

/** When the last container of the Pod ended, or the Pod was deleted. */
function endOf({ status, metadata }: Pod): number {
  const times = (status?.containers ?? []).map(({ state }) => (state.kind === 'terminated' ? state.finishedAt : null));
  const known = [...times, metadata.deletionTimestamp].map((time) => parseTimestamp(time ?? '') ?? 0);
  return Math.max(0, ...known);
}
