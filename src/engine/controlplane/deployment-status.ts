// What a Deployment says of itself: how many Pods of which version, and its conditions Available and Progressing
// (pkg/controller/deployment: sync.go calculateStatus, progress.go). A deadline that passed is a condition and undoes nothing.

import { formatTimestamp, parseTimestamp } from '../kube/timestamp';
import type { Condition, Deployment, DeploymentStatus, ReplicaSet } from '../kube/workload';
import { fenceposts } from './rolling';
import { activePods, allSets, availableOf, type Rollout } from './rollout';

export function deploymentStatus(rollout: Rollout, created: ReplicaSet | null): DeploymentStatus {
  const { deployment, present } = rollout;
  const pods = allSets(rollout).flatMap((set) => activePods(rollout, set));
  const numbers = {
    replicas: pods.length,
    updatedReplicas: present === null ? 0 : activePods(rollout, present).length,
    readyReplicas: pods.filter(({ status }) => status.ready).length,
    availableReplicas: allSets(rollout).reduce((sum, set) => sum + availableOf(rollout, set), 0),
  };
  const conditions = withCondition(deployment.status.conditions, availability(deployment, numbers.availableReplicas), rollout.now);
  const next = { ...numbers, conditions };
  if (deployment.spec.paused) return { ...next, conditions: paused(next.conditions, rollout.now) };
  if (deployment.spec.progressDeadlineSeconds >= NEVER)
    return { ...next, conditions: conditions.filter(({ type }) => type !== 'Progressing') };
  return { ...next, conditions: progressed(rollout, next, created) };
}

/** The greatest deadline stands for none (HasProgressDeadline). */
const NEVER = 2_147_483_647;

/** All Pods are of the new version and available, and no other is left (DeploymentComplete). */
export function isComplete({ spec: { replicas } }: Deployment, status: DeploymentStatus): boolean {
  return status.updatedReplicas === replicas && status.replicas === replicas && status.availableReplicas === replicas;
}

/** How long until the deadline, in milliseconds; null where none is running. */
export function untilDeadline({ spec, status }: Deployment, now: number): number | null {
  const current = status.conditions.find(({ type }) => type === 'Progressing');
  const since = current === undefined ? null : parseTimestamp(current.lastUpdateTime ?? '');
  if (current === undefined || since === null || spec.paused || current.reason === AVAILABLE || current.status === 'False') return null;
  // The queue looks a second late, so as not to look again at once.
  return Math.max(0, since + spec.progressDeadlineSeconds * 1000 - now) + 1000;
}

const AVAILABLE = 'NewReplicaSetAvailable';
const TIMED_OUT = 'ProgressDeadlineExceeded';

type Word = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

function availability(deployment: Deployment, available: number): Word {
  const enough = available >= deployment.spec.replicas - fenceposts(deployment).unavailable;
  return enough
    ? { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.' }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

function progressed(rollout: Rollout, next: DeploymentStatus, created: ReplicaSet | null): readonly Condition[] {
  const { deployment, present, now } = rollout;
  const current = next.conditions.find(({ type }) => type === 'Progressing');
  const say = (status: Condition['status'], reason: string, message: string): readonly Condition[] =>
    withCondition(next.conditions, { type: 'Progressing', status, reason, message }, now);
  const subject = present === null ? `Deployment "${deployment.metadata.name}"` : `ReplicaSet "${present.metadata.name}"`;
  if (created !== null) return say('True', 'NewReplicaSetCreated', `Created new replica set "${created.metadata.name}"`);
  if (current?.reason === 'DeploymentPaused') return say('Unknown', 'DeploymentResumed', 'Deployment is resumed');
  // A Deployment that was complete stays so, whatever becomes of its Pods.
  if (current?.reason === AVAILABLE && next.replicas === next.updatedReplicas) return next.conditions;
  if (isComplete(deployment, next)) return say('True', AVAILABLE, `${subject} has successfully progressed.`);
  if (now !== null && isProgress(deployment.status, next)) {
    const rest = next.conditions.filter((one) => one !== current || one.status !== 'True' || one.reason !== 'ReplicaSetUpdated');
    const renewed = withCondition(
      rest,
      { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message: `${subject} is progressing.` },
      now,
    );
    return keepTransition(renewed, current);
  }
  if (hasTimedOut(deployment, current, now)) return say('False', TIMED_OUT, `${subject} has timed out progressing.`);
  if (current === undefined && present !== null)
    return say('True', 'FoundNewReplicaSet', `Found new replica set "${present.metadata.name}"`);
  return next.conditions;
}

/** More Pods of the new version, fewer of the old ones, more ready or available (DeploymentProgressing). */
function isProgress(before: DeploymentStatus, after: DeploymentStatus): boolean {
  return (
    after.updatedReplicas > before.updatedReplicas ||
    after.replicas - after.updatedReplicas < before.replicas - before.updatedReplicas ||
    after.readyReplicas > before.readyReplicas ||
    after.availableReplicas > before.availableReplicas
  );
}

/** Without a clock all time has passed. Of a rollout that is complete, the next one's time has not begun to run (DeploymentTimedOut). */
function hasTimedOut({ spec }: Deployment, current: Condition | undefined, now: number | null): boolean {
  if (current?.reason === AVAILABLE) return false;
  if (now === null || current?.reason === TIMED_OUT) return true;
  const since = parseTimestamp(current?.lastUpdateTime ?? '');
  return since !== null && since + spec.progressDeadlineSeconds * 1000 < now;
}

function paused(conditions: readonly Condition[], now: number | null): readonly Condition[] {
  const current = conditions.find(({ type }) => type === 'Progressing');
  if (current?.reason === TIMED_OUT) return conditions;
  return withCondition(
    conditions,
    { type: 'Progressing', status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused' },
    now,
  );
}

/** One that says the same as before stays as it is; a time of transition changes with the status alone (SetDeploymentCondition). */
function withCondition(conditions: readonly Condition[], word: Word, now: number | null): readonly Condition[] {
  const current = conditions.find(({ type }) => type === word.type);
  if (current?.status === word.status && current.reason === word.reason) return conditions;
  const time = now === null ? null : formatTimestamp(now);
  const lastTransitionTime = current?.status === word.status ? current.lastTransitionTime : time;
  return [...conditions.filter((one) => one !== current), { ...word, lastUpdateTime: time, lastTransitionTime }];
}

function keepTransition(conditions: readonly Condition[], before: Condition | undefined): readonly Condition[] {
  if (before?.status !== 'True') return conditions;
  return conditions.map((one) => (one.type === 'Progressing' ? { ...one, lastTransitionTime: before.lastTransitionTime } : one));
}
