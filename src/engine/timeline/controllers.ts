// The workload controllers at work: each looks at its objects one after the other, and carries out what its sync decides.

import type { Cluster } from '../controlplane/cluster';
import { objectNamed } from '../controlplane/store';
import { type Moment, NOTHING, type Sync } from '../controlplane/sync';
import { syncCronJob } from '../controlplane/sync-cron-job';
import { syncDaemonSet } from '../controlplane/sync-daemon-set';
import { syncDeployment } from '../controlplane/sync-deployment';
import { syncJob } from '../controlplane/sync-job';
import { syncReplicaSet } from '../controlplane/sync-replica-set';
import { syncStatefulSet } from '../controlplane/sync-stateful-set';
import { type ApiObject, refOf } from '../kube/meta';
import type { ObjectRef } from '../kube/ref';
import { deleteObject } from './deletion';
import { type PartName, part, workloadOf } from './happening';
import type { LifeDraft } from './life-draft';

export function syncWorkloads(draft: LifeDraft, name: PartName): void {
  for (const ref of subjects(draft.cluster, name)) {
    // What one sync wrote the next one sees.
    const object = objectNamed(draft.cluster, ref);
    if (object === null) continue;
    const at: Moment = { now: draft.current.epoch + draft.now, serial: draft.current.serial };
    draft.observe(ref);
    carryOut(draft, object, syncOf(object, draft.cluster, at), name);
  }
}

function subjects(
  { deployments, replicaSets, replicationControllers, statefulSets, daemonSets, jobs, cronJobs }: Cluster,
  name: PartName,
): readonly ObjectRef[] {
  const all = [...deployments, ...replicaSets, ...replicationControllers, ...statefulSets, ...daemonSets, ...jobs, ...cronJobs];
  return all.filter(({ kind }) => kind === workloadOf(name)).map(refOf);
}

function syncOf(object: ApiObject, cluster: Cluster, at: Moment): Sync {
  switch (object.kind) {
    case 'Deployment':
      return syncDeployment(object, cluster, at);
    case 'ReplicaSet':
    case 'ReplicationController':
      return syncReplicaSet(object, cluster, at);
    case 'StatefulSet':
      return syncStatefulSet(object, cluster, at);
    case 'DaemonSet':
      return syncDaemonSet(object, cluster, at);
    case 'Job':
      return syncJob(object, cluster, at);
    case 'CronJob':
      return syncCronJob(object, cluster, at);
    default:
      return NOTHING;
  }
}

function carryOut(draft: LifeDraft, subject: ApiObject, { writes, deletes, again }: Sync, name: PartName): void {
  const cause = draft.lastCause;
  for (const object of writes) {
    draft.because(cause);
    tellWrite(draft, subject, object);
    draft.put(object);
  }
  for (const ref of deletes) {
    draft.because(cause);
    deleteObject(draft, ref, { gracePeriodSeconds: null, cascade: true });
  }
  draft.because(cause);
  if (again !== null) draft.wake(part(name), Math.max(1, again));
}

/** New objects and new sizes are worth a line; a status alone is not. */
function tellWrite(draft: LifeDraft, subject: ApiObject, object: ApiObject): void {
  const ref = refOf(object);
  const before = objectNamed(draft.cluster, ref);
  if (before === null) draft.tell(ref, { code: 'created' });
  if (object.kind !== 'ReplicaSet') return;
  const from = before?.kind === 'ReplicaSet' ? before.spec.replicas : 0;
  if (from !== object.spec.replicas) draft.tell(refOf(subject), { code: 'scaled', target: ref, from, to: object.spec.replicas });
}
