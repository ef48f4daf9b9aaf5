// A Job: Pods that run to their end, until enough of them succeeded. Left out: podFailurePolicy, successPolicy and managedBy.

import type { ObjectMeta } from './meta';
import type { Condition, LabelSelector, PodTemplate } from './workload';

export interface JobSpec {
  readonly parallelism: number;
  /** null: the Job is done when one Pod succeeded and all have ended (a work queue). */
  readonly completions: number | null;
  readonly completionMode: 'NonIndexed' | 'Indexed';
  readonly backoffLimit: number;
  readonly activeDeadlineSeconds: number | null;
  readonly ttlSecondsAfterFinished: number | null;
  readonly suspend: boolean;
  /** The API server makes one where nobody wrote it; null until then. */
  readonly selector: LabelSelector | null;
  readonly template: PodTemplate;
}

export interface JobStatus {
  /** RFC 3339. */
  readonly startTime: string | null;
  readonly completionTime: string | null;
  readonly succeeded: number;
  readonly failed: number;
  /** Of an Indexed Job. */
  readonly completedIndexes: readonly number[];
  /** Names of ended Pods that are in these numbers: in life the controller takes their finalizer batch.kubernetes.io/job-tracking off.
   *  null where nobody counted here yet: then the numbers of a paste speak of the Pods that came with it. */
  readonly counted: readonly string[] | null;
  readonly conditions: readonly Condition[];
}

export interface Job {
  readonly kind: 'Job';
  readonly metadata: ObjectMeta;
  readonly spec: JobSpec;
  readonly status: JobStatus;
}
