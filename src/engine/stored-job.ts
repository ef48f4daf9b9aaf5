// Jobs and CronJobs as JSON.

import { isActive } from './controlplane/ownership';
import type { CronJob } from './kube/cron-job';
import type { Job, JobSpec } from './kube/job';
import type { JsonMap } from './objects';
import { selectorJson } from './stored-affinity';
import { filled, positive, present, some } from './stored-json';
import { templateJson } from './stored-pod-spec';
import { conditionJson, podsOf, readyIn, type Sighting } from './stored-workload';

export function jobParts(job: Job, { cluster }: Sighting): JsonMap {
  const { startTime, completionTime, succeeded, failed, completedIndexes, conditions } = job.status;
  const active = podsOf([job], cluster);
  const ending = cluster.pods.filter((pod) => !isActive(pod) && pod.status.phase === 'Running' && isOf(pod, job)).length;
  return {
    spec: jobSpecJson(job.spec),
    status: {
      active: positive(active.length),
      completedIndexes: completedIndexes.length === 0 ? null : rangesOf(completedIndexes),
      completionTime,
      conditions: some(conditions.map(conditionJson)),
      failed: positive(failed),
      ready: readyIn(active),
      startTime,
      succeeded: positive(succeeded),
      terminating: ending,
      uncountedTerminatedPods: {},
    },
  };
}

function isOf({ metadata }: { readonly metadata: Job['metadata'] }, job: Job): boolean {
  return (
    metadata.namespace === job.metadata.namespace &&
    metadata.ownerReferences.some(({ kind, name }) => kind === 'Job' && name === job.metadata.name)
  );
}

function jobSpecJson(spec: JobSpec): JsonMap {
  return {
    activeDeadlineSeconds: spec.activeDeadlineSeconds,
    backoffLimit: spec.backoffLimit,
    completionMode: spec.completionMode,
    completions: spec.completions,
    parallelism: spec.parallelism,
    ...(spec.selector === null ? {} : { selector: selectorJson(spec.selector) }),
    suspend: spec.suspend,
    template: templateJson(spec.template),
    ttlSecondsAfterFinished: spec.ttlSecondsAfterFinished,
  };
}

/** 1, 3, 4, 5 as `1,3-5`. */
function rangesOf(indexes: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const index of indexes) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}

export function cronJobParts({ spec, status, metadata: { namespace } }: CronJob): JsonMap {
  const { metadata } = spec.jobTemplate;
  return {
    spec: {
      concurrencyPolicy: spec.concurrencyPolicy,
      failedJobsHistoryLimit: spec.failedJobsHistoryLimit,
      jobTemplate: {
        metadata: present({ annotations: filled(metadata.annotations), labels: filled(metadata.labels) }),
        spec: present(jobSpecJson(spec.jobTemplate.spec)),
      },
      schedule: spec.schedule,
      startingDeadlineSeconds: spec.startingDeadlineSeconds,
      successfulJobsHistoryLimit: spec.successfulJobsHistoryLimit,
      suspend: spec.suspend,
      timeZone: spec.timeZone,
    },
    status: {
      active: some(status.active.map((name) => ({ apiVersion: 'batch/v1', kind: 'Job', name, namespace }))),
      lastScheduleTime: status.lastScheduleTime,
      lastSuccessfulTime: status.lastSuccessfulTime,
    },
  };
}
