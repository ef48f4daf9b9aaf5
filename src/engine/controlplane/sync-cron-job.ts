// One look of the CronJob controller (pkg/controller/cronjob, syncCronJob): it clears up Jobs beyond the history that is kept, and makes the
// Job of the last time that its schedule named, unless there is one, or the policy forbids it. Times are UTC, whatever spec.timeZone says.

import type { CronJob } from '../kube/cron-job';
import { lastTime, nextTime, parseSchedule, type Schedule } from '../kube/cron-schedule';
import type { Job } from '../kube/job';
import { refOf } from '../kube/meta';
import { compareText } from '../kube/ref';
import { formatTimestamp, parseTimestamp } from '../kube/timestamp';
import type { Cluster } from './cluster';
import { isFinished } from './job-pods';
import { isOwnedBy, ownerReference } from './ownership';
import { type Moment, NOTHING, type Sync } from './sync';

export const SCHEDULED_ANNOTATION = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

/** The controller looks so long behind the time (nextScheduleDelta). */
const LATE = 100;

export function syncCronJob(cronJob: CronJob, { jobs }: Cluster, { now }: Moment): Sync {
  const own = jobs.filter((job) => isOwnedBy(job, cronJob));
  const obsolete = beyondHistory(cronJob, own);
  const seen = withStatus(cronJob, own);
  const schedule = cronJob.spec.suspend || cronJob.metadata.deletionTimestamp !== null ? null : parseSchedule(cronJob.spec.schedule);
  if (schedule === null) return { ...NOTHING, writes: news(cronJob, seen), deletes: obsolete.map(refOf) };
  const since = parseTimestamp(seen.status.lastScheduleTime ?? seen.metadata.creationTimestamp ?? '') ?? now;
  const time = dueTime(seen, schedule, { since, now });
  const again = untilNext(schedule, { since, now });
  const running = own.filter((job) => !isFinished(job));
  const isForbidden = cronJob.spec.concurrencyPolicy === 'Forbid' && running.length > 0;
  if (time === null || isForbidden || jobs.some((job) => isOf(job, cronJob, time)))
    return { writes: news(cronJob, seen), deletes: obsolete.map(refOf), again };
  const replaced = cronJob.spec.concurrencyPolicy === 'Replace' ? running : [];
  const made = jobAt(cronJob, time);
  const active = [...seen.status.active.filter((name) => !replaced.some(({ metadata }) => metadata.name === name)), made.metadata.name];
  const after: CronJob = { ...seen, status: { ...seen.status, active, lastScheduleTime: formatTimestamp(time) } };
  return { writes: [made, after], deletes: [...obsolete, ...replaced].map(refOf), again };
}

function news(before: CronJob, after: CronJob): readonly CronJob[] {
  return JSON.stringify(before.status) === JSON.stringify(after.status) ? [] : [after];
}

/** Which Jobs run, and when one succeeded last. */
function withStatus(cronJob: CronJob, own: readonly Job[]): CronJob {
  const active = own.filter((job) => !isFinished(job)).map(({ metadata }) => metadata.name);
  const successes = [cronJob.status.lastSuccessfulTime, ...own.map(({ status }) => status.completionTime)];
  const lastSuccessfulTime = successes.reduce((last, time) => (time !== null && (last === null || time > last) ? time : last), null);
  return { ...cronJob, status: { ...cronJob.status, active, lastSuccessfulTime } };
}

interface Stretch {
  /** The time for which the last Job was made, else when the CronJob was. */
  readonly since: number;
  readonly now: number;
}

/** The last time in the stretch; null where there is none, or none that is not too late (mostRecentScheduleTime). */
function dueTime({ spec }: CronJob, schedule: Schedule, { since, now }: Stretch): number | null {
  const deadline = spec.startingDeadlineSeconds === null ? since : now - spec.startingDeadlineSeconds * 1000;
  return lastTime(schedule, { after: Math.max(since, deadline), until: now });
}

function untilNext(schedule: Schedule, { since, now }: Stretch): number | null {
  const next = nextTime(schedule, lastTime(schedule, { after: since, until: now }) ?? since);
  return next === null ? null : Math.max(0, next - now) + LATE;
}

function isOf({ metadata }: Job, cronJob: CronJob, time: number): boolean {
  return metadata.namespace === cronJob.metadata.namespace && metadata.name === nameAt(cronJob, time);
}

/** The time counted in minutes: one time has one Job. */
function nameAt({ metadata }: CronJob, time: number): string {
  return `${metadata.name}-${Math.floor(time / 60_000)}`;
}

function jobAt(cronJob: CronJob, time: number): Job {
  const { metadata, spec } = cronJob.spec.jobTemplate;
  return {
    kind: 'Job',
    metadata: {
      name: nameAt(cronJob, time),
      namespace: cronJob.metadata.namespace,
      labels: metadata.labels,
      annotations: { ...metadata.annotations, [SCHEDULED_ANNOTATION]: formatTimestamp(time) },
      uid: null,
      creationTimestamp: null,
      deletionTimestamp: null,
      generation: null,
      ownerReferences: [ownerReference(cronJob)],
    },
    spec,
    status: { startTime: null, completionTime: null, succeeded: 0, failed: 0, completedIndexes: [], counted: [], conditions: [] },
  };
}

/** Of the Jobs that ended well and of those that did not, the oldest ones beyond the history that is kept (cleanupFinishedJobs). */
function beyondHistory({ spec }: CronJob, own: readonly Job[]): readonly Job[] {
  const ended = (type: 'Complete' | 'Failed'): readonly Job[] =>
    own
      .filter(({ status }) => status.conditions.some((one) => one.type === type && one.status === 'True'))
      .sort((a, b) => compareText(a.status.startTime ?? '', b.status.startTime ?? '') || compareText(a.metadata.name, b.metadata.name));
  const oldest = (jobs: readonly Job[], kept: number): readonly Job[] => jobs.slice(0, Math.max(0, jobs.length - kept));
  return [...oldest(ended('Complete'), spec.successfulJobsHistoryLimit), ...oldest(ended('Failed'), spec.failedJobsHistoryLimit)];
}
