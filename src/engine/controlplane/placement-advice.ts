// Pods without a node: those that no node takes, those bound to a node that is not there, and those that were not even made.

import type { Finding } from '../kube/finding';
import { refOf } from '../kube/meta';
import { mostSimilar } from '../kube/nearest';
import type { Reviewed } from './reviewed';
import { MOST_REPLICAS } from './template';

export function adviseOnPlacement(reviewed: Reviewed): readonly Finding[] {
  return [...unschedulable(reviewed), ...lost(reviewed), ...unmade(reviewed), ...waiting(reviewed), ...elsewhere(reviewed)];
}

function unschedulable({ unplaced, origin }: Reviewed): readonly Finding[] {
  return unplaced.flatMap(({ pod, refusals }) => {
    const place = origin(pod);
    return place === null
      ? []
      : [
          {
            object: place.object,
            path: [...place.prefix, 'spec'],
            severity: 'warning',
            code: 'unschedulable',
            pod: pod.metadata.name,
            refusals,
          },
        ];
  });
}

function lost({ cluster, origin }: Reviewed): readonly Finding[] {
  const names = cluster.nodes.map(({ metadata }) => metadata.name);
  return cluster.pods.flatMap((pod) => {
    const place = origin(pod);
    const node = pod.spec.nodeName;
    if (place === null || node === null || names.includes(node)) return [];
    return [
      {
        object: place.object,
        path: [...place.prefix, 'spec', 'nodeName'],
        severity: 'warning',
        code: 'node-missing',
        node,
        nearest: mostSimilar(node, names),
      },
    ];
  });
}

function unmade({ text }: Reviewed): readonly Finding[] {
  const replicas = [...text.deployments, ...text.replicaSets, ...text.replicationControllers, ...text.statefulSets].map((workload) => ({
    workload,
    field: 'replicas',
    wanted: workload.spec.replicas,
  }));
  const completions = text.jobs.map((workload) => ({ workload, field: 'completions', wanted: workload.spec.completions ?? 0 }));
  return [...replicas, ...completions]
    .filter(({ wanted }) => wanted > MOST_REPLICAS)
    .map(({ workload, field, wanted }) => ({
      object: refOf(workload),
      path: ['spec', field],
      severity: 'hint',
      code: 'replicas-limited',
      wanted,
      made: MOST_REPLICAS,
    }));
}

function waiting({ text }: Reviewed): readonly Finding[] {
  return text.cronJobs.map((cronJob) => ({
    object: refOf(cronJob),
    path: ['spec', cronJob.spec.suspend ? 'suspend' : 'schedule'],
    severity: 'hint',
    code: 'cron-job-waits',
    schedule: cronJob.spec.schedule,
    suspended: cronJob.spec.suspend,
  }));
}

/** Names of Coordinated Universal Time in the time zone database. */
const UTC = [
  'UTC',
  'Etc/UTC',
  'Etc/UCT',
  'UCT',
  'Zulu',
  'Etc/Zulu',
  'Universal',
  'Etc/Universal',
  'GMT',
  'Etc/GMT',
  'Etc/Greenwich',
  'Greenwich',
];

function elsewhere({ text }: Reviewed): readonly Finding[] {
  return text.cronJobs.flatMap((cronJob): readonly Finding[] => {
    const { timeZone, schedule } = cronJob.spec;
    if (timeZone === null || UTC.includes(timeZone)) return [];
    return [{ object: refOf(cronJob), path: ['spec', 'timeZone'], severity: 'warning', code: 'time-zone-as-utc', timeZone, schedule }];
  });
}
