// The Pods of a Job: known by its name, and in an Indexed Job by their number.

import type { Job } from '../kube/job';
import type { Pod } from '../kube/pod';
import { type Birth, freeName } from './birth';
import { controllerOf, isOwnedBy } from './ownership';
import { podFrom } from './template';

export const JOB_NAME_LABEL = 'batch.kubernetes.io/job-name';
const OLD_JOB_NAME_LABEL = 'job-name';
export const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index';

export function jobPod(job: Job, { number, index }: { readonly number: number; readonly index: number | null }, birth: Birth): Pod {
  const { name, namespace } = job.metadata;
  const { template, completionMode } = job.spec;
  const labels = { [JOB_NAME_LABEL]: name, [OLD_JOB_NAME_LABEL]: name };
  if (completionMode === 'NonIndexed' || index === null)
    return podFrom(job, template, { name: freeName(name, [namespace, name, number], birth), labels }, birth);
  const numbered = { [COMPLETION_INDEX]: String(index) };
  const hostname = `${name}-${index}`;
  const podName = freeName(hostname, [namespace, hostname, number], birth);
  return podFrom(job, template, { name: podName, labels: { ...labels, ...numbered }, annotations: numbered, spec: { hostname } }, birth);
}

/** Its own Pods, and in a paste those that only say by a label whose they are. */
export function isOfJob(pod: Pod, job: Job): boolean {
  if (controllerOf(pod) !== null) return isOwnedBy(pod, job);
  const { namespace, labels } = pod.metadata;
  return namespace === job.metadata.namespace && (labels[JOB_NAME_LABEL] ?? labels[OLD_JOB_NAME_LABEL]) === job.metadata.name;
}

export function indexOf({ metadata }: Pod): number | null {
  const text = metadata.annotations[COMPLETION_INDEX] ?? metadata.labels[COMPLETION_INDEX];
  return text === undefined ? null : Number(text);
}

/** Whether a condition says that the Job is over. */
export function isFinished({ status }: Job): boolean {
  return status.conditions.some(({ type, status: state }) => (type === 'Complete' || type === 'Failed') && state === 'True');
}
