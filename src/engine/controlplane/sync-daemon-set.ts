// One look of the DaemonSet controller (pkg/controller/daemon: manage, rollingUpdate): a Pod for every node that lacks one, none where none
// belongs, and the Pods of an old template deleted node by node.

import type { DaemonSet } from '../kube/daemon-set';
import { refOf } from '../kube/meta';
import type { Node } from '../kube/node';
import type { Pod } from '../kube/pod';
import { compareText } from '../kube/ref';
import { type ControllerRevision, REVISION_LABEL } from '../kube/stateful-set';
import { formatTimestamp } from '../kube/timestamp';
import { isAvailable, nextAvailable } from './availability';
import { birthAt } from './birth';
import type { Cluster, RunningPod } from './cluster';
import { daemonPod, isWantedOn, mayStayOn, nodeMeant } from './daemon-pods';
import { controllerOf, hasEnded, isOwnedBy, withController, withoutController } from './ownership';
import { obsoleteRevisions, ownRevisions, presentRevision, revisionLabel } from './revisions';
import { resolved } from './rolling';
import { matchesSelector } from './selector';
import { type Moment, NOTHING, type Sync } from './sync';

export function syncDaemonSet(set: DaemonSet, cluster: Cluster, at: Moment): Sync {
  if (set.metadata.deletionTimestamp !== null) return NOTHING;
  const around = cluster.pods.filter(({ metadata }) => metadata.namespace === set.metadata.namespace);
  const matching = around.filter(({ metadata }) => matchesSelector(set.spec.selector, metadata.labels));
  const orphans = matching.filter((pod) => controllerOf(pod) === null && pod.metadata.deletionTimestamp === null && !hasEnded(pod));
  const adopted = orphans.map((pod) => withController<Pod & RunningPod>(pod, set));
  const released = around.filter((pod) => isOwnedBy(pod, set) && !matching.includes(pod)).map((pod) => withoutController<Pod>(pod));
  const own = [...matching.filter((pod) => isOwnedBy(pod, set)), ...adopted];
  const revisions = ownRevisions(set, cluster.controllerRevisions);
  const update = presentRevision(set, revisions, formatTimestamp(at.now));
  const view: View = { set, own, update, nodes: cluster.nodes, now: at.now };
  const managed = manage(view);
  // First every node has what it is to have; then the template is changed.
  const step = managed.nodes.length + managed.deletes.length > 0 ? managed : roll(view);
  const birth = birthAt(cluster, at);
  const made = step.nodes.map((node) => daemonPod(set, { node, revision: update }, birth));
  const history = obsoleteRevisions(set, { revisions, live: [update], pods: own });
  return {
    writes: [
      ...(revisions.includes(update) ? [] : [update]),
      ...adopted.filter((pod) => !step.deletes.includes(pod)),
      ...released,
      ...made,
    ],
    deletes: [...step.deletes, ...history].map(refOf),
    again: nextAvailable(own, set.spec.minReadySeconds, at.now),
  };
}

interface View {
  readonly set: DaemonSet;
  readonly own: readonly RunningPod[];
  readonly update: ControllerRevision;
  readonly nodes: readonly Node[];
  readonly now: number;
}

interface Step {
  /** Nodes that get a Pod. */
  readonly nodes: readonly string[];
  readonly deletes: readonly Pod[];
}

/** One Pod where one is wanted, none elsewhere; a Pod that ended gives way to another. */
function manage(view: View): Step {
  const { set, own, nodes } = view;
  const lost = own.filter((pod) => !nodes.some(({ metadata }) => metadata.name === nodeOf(pod)));
  const steps = nodes.map((node): Step => {
    const here = podsOn(view, node.metadata.name);
    if (here.length === 0) return { nodes: isWantedOn(set, node) ? [node.metadata.name] : [], deletes: [] };
    return { nodes: [], deletes: (mayStayOn(set, node) ? surplus(view, here) : here).filter(isPresent) };
  });
  return { nodes: steps.flatMap((step) => step.nodes), deletes: [...lost.filter(isPresent), ...steps.flatMap((step) => step.deletes)] };
}

/** Ended Pods, and all of one template but the eldest; while a node surges it has a Pod of each. */
function surplus({ update, set }: View, here: readonly RunningPod[]): readonly RunningPod[] {
  const running = here.filter((pod) => !hasEnded(pod) && isPresent(pod)).sort(eldestFirst);
  const label = revisionLabel(set, update);
  const fresh = running.filter((pod) => pod.metadata.labels[REVISION_LABEL] === label);
  const older = running.filter((pod) => !fresh.includes(pod));
  const extra = surges(set) ? [...fresh.slice(1), ...older.slice(1)] : running.slice(1);
  return [...here.filter(hasEnded), ...extra];
}

function roll(view: View): Step {
  const strategy = view.set.spec.updateStrategy;
  if (strategy.type === 'OnDelete') return { nodes: [], deletes: [] };
  const wanted = view.nodes.filter((node) => isWantedOn(view.set, node)).map(({ metadata }) => metadata.name);
  const pairs = wanted.map((node) => pairOn(view, node));
  const share = (amount: typeof strategy.maxSurge): number => resolved(amount, wanted.length, Math.ceil);
  return surges(view.set) ? surge(view, pairs, share(strategy.maxSurge)) : replace(view, pairs, share(strategy.maxUnavailable));
}

interface Pair {
  readonly node: string;
  readonly fresh: RunningPod | null;
  readonly old: RunningPod | null;
}

/** An old Pod that serves nobody goes at once; of the others as many as may be missing. */
function replace(view: View, pairs: readonly Pair[], most: number): Step {
  const idle = pairs.filter(({ fresh, old }) => {
    const pod = fresh ?? old;
    return pod === null || !serves(view, pod);
  });
  const old = pairs.flatMap(({ fresh, old: pod }) => (fresh === null && pod !== null && isPresent(pod) ? [pod] : []));
  const free = old.filter((pod) => !serves(view, pod));
  const others = old.filter((pod) => serves(view, pod)).slice(0, Math.max(0, most - idle.length));
  return { nodes: [], deletes: [...free, ...others] };
}

/** A new Pod beside the old one, which goes when the new one serves. */
function surge(view: View, pairs: readonly Pair[], most: number): Step {
  const { set, nodes } = view;
  const relieved = pairs.filter(({ fresh, old }) => fresh !== null && old !== null && serves(view, fresh));
  const surging = pairs.filter(({ fresh, old }) => fresh !== null && old !== null && !serves(view, fresh));
  const waiting = pairs.filter(({ fresh, old }) => fresh === null && old !== null);
  const idle = waiting.filter(({ old }) => old !== null && !serves(view, old));
  const others = waiting.filter((pair) => !idle.includes(pair)).slice(0, Math.max(0, most - surging.length));
  const allowed = new Set(nodes.filter((node) => isWantedOn(set, node)).map(({ metadata }) => metadata.name));
  return {
    nodes: [...idle, ...others].map(({ node }) => node).filter((node) => allowed.has(node)),
    deletes: relieved.flatMap(({ old }) => (old !== null && isPresent(old) ? [old] : [])),
  };
}

function pairOn(view: View, node: string): Pair {
  const label = revisionLabel(view.set, view.update);
  const here = podsOn(view, node).filter((pod) => !hasEnded(pod));
  const fresh = here.find((pod) => pod.metadata.labels[REVISION_LABEL] === label && isPresent(pod)) ?? null;
  return { node, fresh, old: here.find((pod) => pod.metadata.labels[REVISION_LABEL] !== label) ?? null };
}

function surges({ spec: { updateStrategy } }: DaemonSet): boolean {
  return updateStrategy.type === 'RollingUpdate' && updateStrategy.maxSurge !== 0 && updateStrategy.maxSurge !== '0%';
}

function podsOn({ own }: View, node: string): readonly RunningPod[] {
  return own.filter((pod) => nodeOf(pod) === node);
}

function nodeOf(pod: Pod): string | null {
  return pod.spec.nodeName ?? nodeMeant(pod);
}

function isPresent({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp === null;
}

function serves({ set, now }: View, pod: RunningPod): boolean {
  return isPresent(pod) && isAvailable(pod, set.spec.minReadySeconds, now);
}

function eldestFirst(a: Pod, b: Pod): number {
  return (
    compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') || compareText(a.metadata.name, b.metadata.name)
  );
}
