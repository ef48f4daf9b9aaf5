// One look of the Deployment controller (syncDeployment): it finds or makes the ReplicaSet of its template, and takes one step of a rollout,
// or of a change of size. It never touches a Pod.

import { type ApiObject, refOf } from '../kube/meta';
import { formatTimestamp } from '../kube/timestamp';
import type { Deployment, ReplicaSet } from '../kube/workload';
import { nextAvailable, soonest } from './availability';
import type { Cluster } from './cluster';
import { deploymentStatus, isComplete, untilDeadline } from './deployment-status';
import { controllerOf, isActive, isOwnedBy, withController, withoutController } from './ownership';
import { annotated, newReplicaSet, nextRevision, ownReplicaSets, REVISION_ANNOTATION, revisionOf } from './replica-sets';
import { endOld, growPresent, isOldRunning, nextSize, shrinkOld } from './rolling-update';
import { allSets, type Rollout, rolloutOf, withSets } from './rollout';
import { isScaled, scaledSets } from './scaling';
import { matchesSelector } from './selector';
import { type Moment, NOTHING, type Sync } from './sync';

export function syncDeployment(deployment: Deployment, cluster: Cluster, at: Moment): Sync {
  if (deployment.metadata.deletionTimestamp !== null) return NOTHING;
  const { own, released } = claimed(deployment, cluster.replicaSets);
  const found = numbered(rolloutOf(deployment, own, cluster, at.now));
  const step = nextStep(found, at);
  const after = withSets(step.created === null ? found : { ...found, present: step.created }, step.changed);
  const status = deploymentStatus(after, step.created);
  const gone = isOver({ ...deployment, status }) ? beyondHistory(after) : [];
  const next = { ...revised(deployment, after.present), status };
  const before: readonly ApiObject[] = [...cluster.replicaSets, deployment];
  const writes = [...allSets(after).filter((set) => !gone.includes(set)), ...released, next].filter((object) => isNews(object, before));
  return { writes, deletes: gone.map(refOf), again: soonest([untilDeadline(next, at.now), untilAvailable(after, at.now)]) };
}

interface Step {
  readonly created: ReplicaSet | null;
  readonly changed: readonly ReplicaSet[];
}

const WAIT: Step = { created: null, changed: [] };

function nextStep(rollout: Rollout, at: Moment): Step {
  const { deployment } = rollout;
  if (deployment.spec.paused || isScaled(rollout)) return { created: null, changed: scaledSets(rollout) };
  return deployment.spec.strategy.type === 'Recreate' ? recreate(rollout, at) : roll(rollout, at);
}

function roll(rollout: Rollout, at: Moment): Step {
  if (rollout.present === null) return { created: made(rollout, at), changed: [] };
  const grown = growPresent(rollout);
  return { created: null, changed: grown.length > 0 ? grown : shrinkOld(rollout) };
}

function recreate(rollout: Rollout, at: Moment): Step {
  const ending = endOld(rollout);
  if (ending.length > 0) return { created: null, changed: ending };
  if (isOldRunning(rollout)) return WAIT;
  return rollout.present === null ? { created: made(rollout, at), changed: [] } : { created: null, changed: growPresent(rollout) };
}

function made(rollout: Rollout, at: Moment): ReplicaSet {
  const { deployment, old } = rollout;
  return newReplicaSet(deployment, {
    name: null,
    replicas: nextSize(rollout, 0),
    revision: nextRevision(old),
    created: formatTimestamp(at.now),
  });
}

/** Those that it has, those that it takes in, and those whose labels no longer match. */
function claimed(
  deployment: Deployment,
  all: readonly ReplicaSet[],
): { readonly own: readonly ReplicaSet[]; readonly released: readonly ReplicaSet[] } {
  const claims = ownReplicaSets(deployment, all);
  const matching = claims.filter(({ metadata }) => matchesSelector(deployment.spec.selector, metadata.labels));
  const own = matching.map((set) => (controllerOf(set) === null ? withController(set, deployment) : set));
  const released = claims.filter((set) => isOwnedBy(set, deployment) && !matching.includes(set)).map((set) => withoutController(set));
  return { own, released };
}

/** The ReplicaSet of the template bears the highest number, also where the template is an old one come back. */
function numbered(rollout: Rollout): Rollout {
  const { deployment, present, old } = rollout;
  if (present === null) return rollout;
  const revision = Math.max(revisionOf(present), nextRevision(old));
  const { minReadySeconds } = deployment.spec;
  const kept = annotated(deployment, present, revision);
  return { ...rollout, present: { ...kept, spec: { ...kept.spec, minReadySeconds } } };
}

function revised(deployment: Deployment, present: ReplicaSet | null): Deployment {
  if (present === null) return deployment;
  const annotations = { ...deployment.metadata.annotations, [REVISION_ANNOTATION]: String(revisionOf(present)) };
  return { ...deployment, metadata: { ...deployment.metadata, annotations } };
}

function isOver(deployment: Deployment): boolean {
  return deployment.spec.paused || isComplete(deployment, deployment.status);
}

/** Empty ReplicaSets beyond the history that is kept, the oldest revisions first (cleanupDeployment). */
function beyondHistory({ deployment, old, pods }: Rollout): readonly ReplicaSet[] {
  const surplus = old.length - deployment.spec.revisionHistoryLimit;
  if (surplus <= 0) return [];
  const oldest = [...old].sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, surplus);
  return oldest.filter((set) => set.spec.replicas === 0 && !pods.some((pod) => isActive(pod) && isOwnedBy(pod, set)));
}

function untilAvailable({ deployment, pods }: Rollout, now: number): number | null {
  return nextAvailable(pods.filter(isActive), deployment.spec.minReadySeconds, now);
}

function isNews(object: ApiObject, before: readonly ApiObject[]): boolean {
  const same = before.find(
    (each) =>
      each.kind === object.kind && each.metadata.name === object.metadata.name && each.metadata.namespace === object.metadata.namespace,
  );
  return same === undefined || (same !== object && JSON.stringify(same) !== JSON.stringify(object));
}
