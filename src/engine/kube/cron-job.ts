// A CronJob: makes a Job whenever its time comes.

import type { JobSpec } from './job';
import type { Labels, ObjectMeta } from './meta';

export interface CronJob {
  readonly kind: 'CronJob';
  readonly metadata: ObjectMeta;
  readonly spec: {
    /** `30 4 * * 1`: minute, hour, day of the month, month, day of the week; or `@hourly`. */
    readonly schedule: string;
    readonly timeZone: string | null;
    readonly suspend: boolean;
    readonly concurrencyPolicy: 'Allow' | 'Forbid' | 'Replace';
    readonly startingDeadlineSeconds: number | null;
    readonly successfulJobsHistoryLimit: number;
    readonly failedJobsHistoryLimit: number;
    readonly jobTemplate: { readonly metadata: { readonly labels: Labels; readonly annotations: Labels }; readonly spec: JobSpec };
  };
  readonly status: {
    /** RFC 3339: for which time a Job was made last, and when one succeeded. */
    readonly lastScheduleTime: string | null;
    readonly lastSuccessfulTime: string | null;
    /** The names of its Jobs that have not ended. */
    readonly active: readonly string[];
  };
}
