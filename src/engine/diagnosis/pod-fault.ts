// Why a Pod does not run, or is not ready: what `kubectl describe pod` tells, looked up in the order in which a Pod comes to life.

import type { RunningPod } from '../controlplane/cluster';
import { listeningOnceStarted } from '../controlplane/listening';
import { failingProbes } from '../controlplane/readiness';
import { schedule } from '../controlplane/schedule';
import { portText } from '../controlplane/service-advice';
import type { Refusal } from '../kube/advice';
import type { FieldPath } from '../kube/field-path';
import { refOf } from '../kube/meta';
import { mostSimilar } from '../kube/nearest';
import { formatRef, type ObjectRef } from '../kube/ref';
import type { Plain } from '../manifest/spell';
import type { PodFault, PodInPart } from './cause-fact';
import type { Cause, Remedy } from './diagnosis';
import { type Given, isWritten, labelOf } from './given';
import { refusedObject } from './refused';
import { cause } from './stage';

interface Found {
  readonly fault: PodFault;
  /** The field of the Pod that is at fault, and what would be right there. */
  readonly path: FieldPath;
  readonly right: Plain | null;
}

/** The reason; null where the Pod runs and is ready. */
export function podFault(given: Given, pod: RunningPod, part: Omit<PodInPart, 'pod'>): Cause | null {
  const found = faultOf(given, pod);
  if (found === null) return null;
  // A node may be missing because the API server refuses the object.
  const refused =
    found.fault.code === 'pod-node-missing' ? refusedObject(given, { kind: 'Node', namespace: null, name: found.fault.node }) : null;
  if (refused !== null) return refused;
  const place = given.origin(pod);
  const at = { object: place?.object ?? refOf(pod), path: [...(place?.prefix ?? []), ...found.path] };
  return cause({ ...found.fault, ...part, pod: labelOf(given, pod.metadata) }, { ...at, remedy: remedyAt(given, at, found.right) });
}

/** Only what somebody wrote can be written otherwise. */
export function remedyAt(given: Given, { object, path }: { object: ObjectRef; path: FieldPath }, value: Plain | null): Remedy | null {
  return value === null || !isWritten(given, formatRef(object)) ? null : { object, path, value };
}

function faultOf(given: Given, pod: RunningPod): Found | null {
  return unplaced(given, pod) ?? ended(pod) ?? waiting(pod) ?? unready(given, pod);
}

function unplaced(given: Given, pod: RunningPod): Found | null {
  const { cluster } = given;
  const { nodeName } = pod.spec;
  if (nodeName === null && pod.status.phase !== 'Pending') return null;
  if (nodeName === null) return { fault: { code: 'pod-unschedulable', refusals: refusals(given, pod) }, path: ['spec'], right: null };
  const node = cluster.nodes.find(({ metadata }) => metadata.name === nodeName);
  if (node === undefined) {
    const nearest = mostSimilar(
      nodeName,
      cluster.nodes.map(({ metadata }) => metadata.name),
    );
    return { fault: { code: 'pod-node-missing', node: nodeName, nearest }, path: ['spec', 'nodeName'], right: nearest };
  }
  if (pod.status.ready || node.status.ready) return null;
  return { fault: { code: 'pod-node-not-ready', node: nodeName }, path: ['spec', 'nodeName'], right: null };
}

/** The scheduler asked once more, for this Pod alone: the others stay where they are. */
function refusals({ cluster }: Given, pod: RunningPod): readonly Refusal[] {
  const others = cluster.pods.filter((other) => other !== pod && other.spec.nodeName !== null);
  return schedule([...others, { ...pod, status: null }], cluster.nodes).unplaced[0]?.refusals ?? [];
}

function ended({ metadata, status, spec }: RunningPod): Found | null {
  const { phase, reason } = status;
  if (phase === 'Succeeded' || phase === 'Failed') return { fault: { code: 'pod-ended', phase, reason }, path: ['status'], right: null };
  if (metadata.deletionTimestamp !== null) return { fault: { code: 'pod-terminating' }, path: ['metadata'], right: null };
  const isPlaced = status.podIPs.length === 0 && status.containers.length === 0;
  return isPlaced ? { fault: { code: 'pod-without-address', node: spec.nodeName ?? '' }, path: ['spec'], right: null } : null;
}

function waiting({ status }: RunningPod): Found | null {
  for (const { name, state, restartCount } of status.containers)
    if (state.kind === 'waiting' || (state.kind === 'terminated' && state.exitCode !== 0)) {
      const fault = { code: 'pod-container-waiting', container: name, reason: state.reason, restarts: restartCount } as const;
      return { fault, path: ['spec', 'containers'], right: null };
    }
  return null;
}

function unready({ cluster }: Given, pod: RunningPod): Found | null {
  if (pod.status.ready) return null;
  const programs = listeningOnceStarted(pod, cluster);
  const [probe] = failingProbes(pod, programs);
  if (probe === undefined) return { fault: { code: 'pod-not-ready' }, path: ['spec', 'containers'], right: null };
  const heard = programs.filter(({ protocol }) => protocol === 'TCP');
  const fault: PodFault = {
    code: 'pod-probe-fails',
    role: probe.role,
    container: probe.container,
    port: String(probe.port),
    listening: programs.map(portText),
  };
  const [only] = heard;
  return { fault, path: probe.path, right: heard.length === 1 && only !== undefined ? only.port : null };
}
