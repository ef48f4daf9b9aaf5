// Workloads as typed objects, with the defaults of pkg/apis/apps/v1/defaults.go and pkg/apis/batch/v1/defaults.go.

import type { CronJob } from './cron-job';
import type { DaemonSet } from './daemon-set';
import { decodeMeta } from './decode-meta';
import { decodeTemplate } from './decode-pod';
import { decodeSelector } from './decode-selector';
import { isPresent, labels, list, map, type Raw, text, truth, whole, word } from './fields';
import type { Job, JobSpec } from './job';
import type { ControllerRevision, StatefulSet } from './stateful-set';
import type { Amount, Condition, Deployment, ReplicaSet, ReplicationController } from './workload';

export function decodeDeployment(raw: Raw): Deployment {
  const [spec, status] = [map(raw.spec), map(raw.status)];
  return {
    kind: 'Deployment',
    metadata: decodeMeta(raw, true),
    spec: {
      replicas: whole(spec.replicas) ?? 1,
      selector: decodeSelector(map(spec.selector)),
      template: decodeTemplate(spec.template),
      strategy: decodeStrategy(map(spec.strategy)),
      paused: truth(spec.paused, false),
      minReadySeconds: whole(spec.minReadySeconds) ?? 0,
      revisionHistoryLimit: whole(spec.revisionHistoryLimit) ?? 10,
      progressDeadlineSeconds: whole(spec.progressDeadlineSeconds) ?? 600,
    },
    status: {
      replicas: whole(status.replicas) ?? 0,
      updatedReplicas: whole(status.updatedReplicas) ?? 0,
      readyReplicas: whole(status.readyReplicas) ?? 0,
      availableReplicas: whole(status.availableReplicas) ?? 0,
      conditions: conditions(raw),
    },
  };
}

export function decodeReplicaSet(raw: Raw): ReplicaSet {
  const spec = map(raw.spec);
  return {
    kind: 'ReplicaSet',
    metadata: decodeMeta(raw, true),
    spec: {
      replicas: whole(spec.replicas) ?? 1,
      selector: decodeSelector(map(spec.selector)),
      template: decodeTemplate(spec.template),
      minReadySeconds: whole(spec.minReadySeconds) ?? 0,
    },
  };
}

/** The template's labels stand in for a selector that nobody wrote. */
export function decodeReplicationController(raw: Raw): ReplicationController {
  const spec = map(raw.spec);
  const template = decodeTemplate(spec.template);
  return {
    kind: 'ReplicationController',
    metadata: decodeMeta(raw, true),
    spec: {
      replicas: whole(spec.replicas) ?? 1,
      selector: isPresent(spec.selector) ? labels(spec.selector) : template.metadata.labels,
      template,
      minReadySeconds: whole(spec.minReadySeconds) ?? 0,
    },
  };
}

export function decodeStatefulSet(raw: Raw): StatefulSet {
  const spec = map(raw.spec);
  const strategy = map(spec.updateStrategy);
  const rolling = map(strategy.rollingUpdate);
  return {
    kind: 'StatefulSet',
    metadata: decodeMeta(raw, true),
    spec: {
      replicas: whole(spec.replicas) ?? 1,
      selector: decodeSelector(map(spec.selector)),
      template: decodeTemplate(spec.template),
      serviceName: text(spec.serviceName) ?? '',
      podManagementPolicy: word(spec.podManagementPolicy, ['OrderedReady', 'Parallel'], 'OrderedReady'),
      updateStrategy:
        strategy.type === 'OnDelete'
          ? { type: 'OnDelete' }
          : { type: 'RollingUpdate', partition: whole(rolling.partition) ?? 0, maxUnavailable: amountOf(rolling.maxUnavailable, 1) },
      firstOrdinal: whole(map(spec.ordinals).start) ?? 0,
      minReadySeconds: whole(spec.minReadySeconds) ?? 0,
      revisionHistoryLimit: whole(spec.revisionHistoryLimit) ?? 10,
    },
    status: { currentRevision: text(map(raw.status).currentRevision) },
  };
}

export function decodeControllerRevision(raw: Raw): ControllerRevision {
  return {
    kind: 'ControllerRevision',
    metadata: decodeMeta(raw, true),
    revision: whole(raw.revision) ?? 1,
    template: decodeTemplate(map(map(raw.data).spec).template),
  };
}

export function decodeDaemonSet(raw: Raw): DaemonSet {
  const spec = map(raw.spec);
  const strategy = map(spec.updateStrategy);
  const rolling = map(strategy.rollingUpdate);
  return {
    kind: 'DaemonSet',
    metadata: decodeMeta(raw, true),
    spec: {
      selector: decodeSelector(map(spec.selector)),
      template: decodeTemplate(spec.template),
      updateStrategy:
        strategy.type === 'OnDelete'
          ? { type: 'OnDelete' }
          : { type: 'RollingUpdate', maxSurge: amountOf(rolling.maxSurge, 0), maxUnavailable: amountOf(rolling.maxUnavailable, 1) },
      minReadySeconds: whole(spec.minReadySeconds) ?? 0,
      revisionHistoryLimit: whole(spec.revisionHistoryLimit) ?? 10,
    },
  };
}

export function decodeJob(raw: Raw): Job {
  const status = map(raw.status);
  return {
    kind: 'Job',
    metadata: decodeMeta(raw, true),
    spec: decodeJobSpec(map(raw.spec)),
    status: {
      startTime: text(status.startTime),
      completionTime: text(status.completionTime),
      succeeded: whole(status.succeeded) ?? 0,
      failed: whole(status.failed) ?? 0,
      completedIndexes: decodeIndexes(text(status.completedIndexes) ?? ''),
      counted: null,
      conditions: conditions(raw),
    },
  };
}

export function decodeCronJob(raw: Raw): CronJob {
  const spec = map(raw.spec);
  const template = map(spec.jobTemplate);
  const meta = map(template.metadata);
  const status = map(raw.status);
  return {
    kind: 'CronJob',
    metadata: decodeMeta(raw, true),
    spec: {
      schedule: text(spec.schedule) ?? '',
      timeZone: text(spec.timeZone),
      suspend: truth(spec.suspend, false),
      concurrencyPolicy: word(spec.concurrencyPolicy, ['Allow', 'Forbid', 'Replace'], 'Allow'),
      startingDeadlineSeconds: whole(spec.startingDeadlineSeconds),
      successfulJobsHistoryLimit: whole(spec.successfulJobsHistoryLimit) ?? 3,
      failedJobsHistoryLimit: whole(spec.failedJobsHistoryLimit) ?? 1,
      jobTemplate: {
        metadata: { labels: labels(meta.labels), annotations: labels(meta.annotations) },
        spec: decodeJobSpec(map(template.spec)),
      },
    },
    status: {
      lastScheduleTime: text(status.lastScheduleTime),
      lastSuccessfulTime: text(status.lastSuccessfulTime),
      active: list(status.active).flatMap((job) => text(map(job).name) ?? []),
    },
  };
}

/** Without `completions` and `parallelism` it is one Pod, once; `parallelism` alone makes a work queue (SetDefaults_Job). */
function decodeJobSpec(spec: Raw): JobSpec {
  const [parallelism, completions] = [whole(spec.parallelism), whole(spec.completions)];
  return {
    parallelism: parallelism ?? 1,
    completions: completions ?? (parallelism === null ? 1 : null),
    completionMode: word(spec.completionMode, ['NonIndexed', 'Indexed'], 'NonIndexed'),
    backoffLimit: whole(spec.backoffLimit) ?? 6,
    activeDeadlineSeconds: whole(spec.activeDeadlineSeconds),
    ttlSecondsAfterFinished: whole(spec.ttlSecondsAfterFinished),
    suspend: truth(spec.suspend, false),
    selector: isPresent(spec.selector) ? decodeSelector(map(spec.selector)) : null,
    template: decodeTemplate(spec.template),
  };
}

function decodeStrategy(strategy: Raw): Deployment['spec']['strategy'] {
  if (strategy.type === 'Recreate') return { type: 'Recreate' };
  const rolling = map(strategy.rollingUpdate);
  return { type: 'RollingUpdate', maxSurge: amountOf(rolling.maxSurge, '25%'), maxUnavailable: amountOf(rolling.maxUnavailable, '25%') };
}

/** A number, or a share such as 25%. */
export function amountOf(value: unknown, fallback: Amount): Amount {
  const percent = /^(\d+)%$/.exec(text(value) ?? '');
  return percent === null ? (whole(value) ?? fallback) : `${Number(percent[1])}%`;
}

/** `1,3-5`: 1, 3, 4, 5. */
function decodeIndexes(ranges: string): readonly number[] {
  return ranges.split(',').flatMap((range) => {
    const match = /^(\d+)(?:-(\d+))?$/.exec(range);
    if (match === null) return [];
    const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  });
}

function conditions(raw: Raw): readonly Condition[] {
  return list(map(raw.status).conditions).map((one) => {
    const { type, status, reason, message, lastUpdateTime, lastTransitionTime, lastProbeTime } = map(one);
    return {
      type: text(type) ?? '',
      status: word(status, ['True', 'False', 'Unknown'], 'Unknown'),
      reason: text(reason) ?? '',
      message: text(message) ?? '',
      // Jobs call it otherwise.
      lastUpdateTime: text(lastUpdateTime) ?? text(lastProbeTime),
      lastTransitionTime: text(lastTransitionTime),
    };
  });
}
