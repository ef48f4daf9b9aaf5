// What `rollout status` says of one moment of a workload, in the order of its tests (polymorphichelpers/rollout_status.go).

import type { StoredObject } from '../../engine/index';
import { at, listAt, numberAt, textAt } from '../fields';

export type RolloutStatus = { readonly kind: 'going' | 'done'; readonly text: string } | { readonly kind: 'failed'; readonly text: string };

const going = (text: string): RolloutStatus => ({ kind: 'going', text });
const done = (text: string): RolloutStatus => ({ kind: 'done', text });
const failing = (text: string): RolloutStatus => ({ kind: 'failed', text });

/** null for kinds whose rollout nobody can view. */
export function rolloutStatus(workload: StoredObject, revision: number): RolloutStatus | null {
  switch (workload.kind) {
    case 'Deployment':
      return deploymentStatus(workload, revision);
    case 'DaemonSet':
      return daemonSetStatus(workload);
    case 'StatefulSet':
      return statefulSetStatus(workload);
    default:
      return null;
  }
}

function deploymentStatus({ json, name }: StoredObject, revision: number): RolloutStatus {
  const running = Number(textAt(json, 'metadata', 'annotations', 'deployment.kubernetes.io/revision'));
  if (revision > 0 && running !== revision)
    return failing(`desired revision (${revision}) is different from the running revision (${running})`);
  if (!isObserved(json)) return going('Waiting for deployment spec update to be observed...');
  if (
    listAt(json, 'status', 'conditions').some(
      (one) => textAt(one, 'type') === 'Progressing' && textAt(one, 'reason') === 'ProgressDeadlineExceeded',
    )
  )
    return failing(`deployment "${name}" exceeded its progress deadline`);
  const wanted = at(json, 'spec', 'replicas') === undefined ? 1 : numberAt(json, 'spec', 'replicas');
  const [all, updated, available] = ['replicas', 'updatedReplicas', 'availableReplicas'].map((field) => numberAt(json, 'status', field));
  const waiting = `Waiting for deployment "${name}" rollout to finish: `;
  if ((updated ?? 0) < wanted) return going(`${waiting}${updated} out of ${wanted} new replicas have been updated...`);
  if ((all ?? 0) > (updated ?? 0)) return going(`${waiting}${(all ?? 0) - (updated ?? 0)} old replicas are pending termination...`);
  if ((available ?? 0) < (updated ?? 0)) return going(`${waiting}${available} of ${updated} updated replicas are available...`);
  return done(`deployment "${name}" successfully rolled out`);
}

function isObserved(json: StoredObject['json']): boolean {
  return numberAt(json, 'metadata', 'generation') <= numberAt(json, 'status', 'observedGeneration');
}

function daemonSetStatus({ json, name }: StoredObject): RolloutStatus {
  if ((textAt(json, 'spec', 'updateStrategy', 'type') || 'RollingUpdate') !== 'RollingUpdate')
    return failing('rollout status is only available for RollingUpdate strategy type');
  if (!isObserved(json)) return going('Waiting for daemon set spec update to be observed...');
  const desired = numberAt(json, 'status', 'desiredNumberScheduled');
  const [updated, available] = [numberAt(json, 'status', 'updatedNumberScheduled'), numberAt(json, 'status', 'numberAvailable')];
  const waiting = `Waiting for daemon set "${name}" rollout to finish: `;
  if (updated < desired) return going(`${waiting}${updated} out of ${desired} new pods have been updated...`);
  if (available < desired) return going(`${waiting}${available} of ${desired} updated pods are available...`);
  return done(`daemon set "${name}" successfully rolled out`);
}

function statefulSetStatus({ json }: StoredObject): RolloutStatus {
  if ((textAt(json, 'spec', 'updateStrategy', 'type') || 'RollingUpdate') !== 'RollingUpdate')
    return failing('rollout status is only available for RollingUpdate strategy type');
  if (!isObserved(json)) return going('Waiting for statefulset spec update to be observed...');
  const wanted = at(json, 'spec', 'replicas') === undefined ? 1 : numberAt(json, 'spec', 'replicas');
  const [ready, updated] = [numberAt(json, 'status', 'readyReplicas'), numberAt(json, 'status', 'updatedReplicas')];
  if (ready < wanted) return going(`Waiting for ${wanted - ready} pods to be ready...`);
  // The API server fills in a partition of 0 where none is written.
  const partition = numberAt(json, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
  if (updated < wanted - partition)
    return going(`Waiting for partitioned roll out to finish: ${updated} out of ${wanted - partition} new pods have been updated...`);
  return done(`partitioned roll out complete: ${updated} new pods have been updated...`);
}
