// One look of the StatefulSet controller (defaultStatefulSetControl.updateStatefulSet): Pods are made in order of their numbers and deleted
// from the highest, each waiting for the one before; a new template reaches them from the highest number down.

import { refOf } from '../kube/meta';
import type { Pod } from '../kube/pod';
import { compareText } from '../kube/ref';
import { type ControllerRevision, REVISION_LABEL, type StatefulSet } from '../kube/stateful-set';
import { formatTimestamp } from '../kube/timestamp';
import { isAvailable, nextAvailable } from './availability';
import { birthAt } from './birth';
import type { Cluster, RunningPod } from './cluster';
import { controllerOf, hasEnded, isOwnedBy, withController, withoutController } from './ownership';
import { obsoleteRevisions, ownRevisions, presentRevision } from './revisions';
import { resolved } from './rolling';
import { matchesSelector } from './selector';
import { ordinalOf, ordinalsOf, statefulPod } from './stateful-pods';
import { type Moment, NOTHING, type Sync } from './sync';

export function syncStatefulSet(set: StatefulSet, cluster: Cluster, at: Moment): Sync {
  if (set.metadata.deletionTimestamp !== null) return NOTHING;
  const { own, adopted, released } = claimed(set, cluster.pods);
  const revisions = ownRevisions(set, cluster.controllerRevisions);
  const update = presentRevision(set, revisions, formatTimestamp(at.now));
  const current = revisions.find(({ metadata }) => metadata.name === set.status.currentRevision) ?? update;
  const view: View = { set, own, update, current, now: at.now };
  const step = nextStep(view, cluster, at);
  const next = withCurrent(set, isUpdated(view) ? update : current);
  const kept = adopted.filter((pod) => !step.deletes.includes(pod));
  const history = obsoleteRevisions(set, { revisions, live: [update, current], pods: own });
  return {
    writes: [...(revisions.includes(update) ? [] : [update]), ...kept, ...released, ...step.makes, ...(next === set ? [] : [next])],
    deletes: [...step.deletes, ...history].map(refOf),
    again: nextAvailable(own, set.spec.minReadySeconds, at.now),
  };
}

interface View {
  readonly set: StatefulSet;
  readonly own: readonly RunningPod[];
  /** The revision of the template, and the one from which an update goes there. */
  readonly update: ControllerRevision;
  readonly current: ControllerRevision;
  readonly now: number;
}

interface Step {
  readonly makes: readonly Pod[];
  readonly deletes: readonly Pod[];
}

const NONE: Step = { makes: [], deletes: [] };

/** Selected Pods with a name of this StatefulSet. Others are none of its business, whatever their labels. */
function claimed(set: StatefulSet, pods: readonly RunningPod[]) {
  const around = pods.filter(({ metadata }) => metadata.namespace === set.metadata.namespace && ordinalOf(set, metadata.name) !== null);
  const matching = around.filter(({ metadata }) => matchesSelector(set.spec.selector, metadata.labels));
  const orphans = matching.filter((pod) => controllerOf(pod) === null && pod.metadata.deletionTimestamp === null);
  const adopted = orphans.map((pod) => withController<Pod & RunningPod>(pod, set));
  const released = around.filter((pod) => isOwnedBy(pod, set) && !matching.includes(pod)).map((pod) => withoutController<Pod>(pod));
  const own = [...matching.filter((pod) => isOwnedBy(pod, set)), ...adopted];
  const number = (pod: Pod): number => ordinalOf(set, pod.metadata.name) ?? 0;
  return { own: own.sort((a, b) => number(a) - number(b) || compareText(a.metadata.name, b.metadata.name)), adopted, released };
}

function nextStep(view: View, cluster: Cluster, at: Moment): Step {
  const { set } = view;
  const filled = fill(view, cluster, at);
  if (filled !== null) return filled;
  const shrunk = shrink(view);
  if (shrunk !== null) return shrunk;
  return set.spec.updateStrategy.type === 'OnDelete' ? NONE : roll(view, set.spec.updateStrategy);
}

/** Makes the Pods that are missing, in order; null where nothing is missing and nobody has to be waited for. */
function fill(view: View, cluster: Cluster, at: Moment): Step | null {
  const { set } = view;
  const inOrder = set.spec.podManagementPolicy === 'OrderedReady';
  const birth = birthAt(cluster, at);
  const makes: Pod[] = [];
  const deletes: Pod[] = [];
  for (const ordinal of ordinalsOf(set)) {
    const pod = podAt(view, ordinal);
    if (pod === null) {
      if (!birth.taken.has(`${set.metadata.namespace}/${set.metadata.name}-${ordinal}`))
        makes.push(statefulPod(set, { ordinal, revision: revisionFor(view, ordinal) }, birth));
      if (inOrder) return { makes, deletes };
    } else if (hasEnded(pod)) {
      // It can only be made again when it is gone.
      if (pod.metadata.deletionTimestamp === null) deletes.push(pod);
      if (inOrder) return { makes, deletes };
    } else if (inOrder && !serves(view, pod)) return { makes, deletes };
  }
  return makes.length + deletes.length > 0 ? { makes, deletes } : null;
}

/** Deletes the Pods beyond the number that is wanted, the highest first; null where there are none. */
function shrink(view: View): Step | null {
  const { set } = view;
  const wanted = ordinalsOf(set);
  const surplus = view.own.filter(({ metadata }) => !wanted.includes(ordinalOf(set, metadata.name) ?? 0)).toReversed();
  const [last] = surplus;
  if (last === undefined) return null;
  const present = surplus.filter(({ metadata }) => metadata.deletionTimestamp === null);
  if (set.spec.podManagementPolicy === 'Parallel') return present.length === 0 ? null : { makes: [], deletes: present };
  if (last.metadata.deletionTimestamp !== null) return NONE;
  // While another one is in trouble nobody else is taken away.
  const firstSick = view.own.find((pod) => !isHealthy(pod));
  return isHealthy(last) || last === firstSick ? { makes: [], deletes: [last] } : NONE;
}

/** Deletes Pods of another template, from the highest number down to the partition, as long as the others serve. */
function roll(view: View, { partition, maxUnavailable }: Extract<StatefulSet['spec']['updateStrategy'], { type: 'RollingUpdate' }>): Step {
  const { set, update } = view;
  const most = Math.max(1, resolved(maxUnavailable, set.spec.replicas, Math.ceil));
  const deletes: Pod[] = [];
  let idle = 0;
  for (const ordinal of ordinalsOf(set).slice(partition).toReversed()) {
    const pod = podAt(view, ordinal);
    const isOld = pod !== null && pod.metadata.labels[REVISION_LABEL] !== update.metadata.name;
    if (pod !== null && isOld && pod.metadata.deletionTimestamp === null) deletes.push(pod);
    if (pod === null || isOld || !serves(view, pod)) idle += 1;
    if (idle >= most) break;
  }
  return { makes: [], deletes };
}

/** Below the partition Pods are made from the old template still. */
function revisionFor({ set, update, current }: View, ordinal: number): ControllerRevision {
  const strategy = set.spec.updateStrategy;
  return strategy.type === 'RollingUpdate' && ordinal < set.spec.firstOrdinal + strategy.partition ? current : update;
}

function podAt({ set, own }: View, ordinal: number): RunningPod | null {
  return own.find(({ metadata }) => ordinalOf(set, metadata.name) === ordinal) ?? null;
}

function isHealthy(pod: RunningPod): boolean {
  return pod.metadata.deletionTimestamp === null && pod.status.phase === 'Running' && pod.status.ready;
}

function serves({ set, now }: View, pod: RunningPod): boolean {
  return isHealthy(pod) && isAvailable(pod, set.spec.minReadySeconds, now);
}

/** The update is over when every Pod is of the new revision and serves (completeRollingUpdate). */
function isUpdated(view: View): boolean {
  const { set, own, update } = view;
  if (set.spec.updateStrategy.type !== 'RollingUpdate' || own.length !== ordinalsOf(set).length) return false;
  return own.every((pod) => pod.metadata.labels[REVISION_LABEL] === update.metadata.name && isHealthy(pod));
}

function withCurrent(set: StatefulSet, { metadata: { name } }: ControllerRevision): StatefulSet {
  return set.status.currentRevision === name ? set : { ...set, status: { ...set.status, currentRevision: name } };
}
