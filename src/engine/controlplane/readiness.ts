// The kubelet, settled: starts the containers of a Pod that found a node and an address, and probes them. A probe that opens a
// connection succeeds where a program listens on its port; a command in the container is taken to succeed.
// A Pod is ready when every probe of every container succeeds: one whose startup probe fails never starts, and one whose
// liveness probe fails spends its life in restarts. Left out: HTTP paths, the time that all this takes.

import type { FieldPath } from '../kube/field-path';
import type { Node } from '../kube/node';
import type { Container, Pod, PodStatus, Probe } from '../kube/pod';
import type { RunningPod } from './cluster';
import { courseOf } from './command-line';
import { LISTEN_ANNOTATION, type Listening } from './listening';
import { clashing } from './port-clash';
import { openings, shutGates } from './readiness-gates';

export type ProbeRole = 'readiness' | 'liveness' | 'startup';

/** A probe that finds nobody at its port. */
export interface FailingProbe {
  readonly role: ProbeRole;
  readonly container: string;
  /** As written: a number, or a name that may exist in no container. */
  readonly port: number | string;
  /** The field that holds the port. */
  readonly path: FieldPath;
}

const ROLES: readonly { readonly role: ProbeRole; readonly field: 'readinessProbe' | 'livenessProbe' | 'startupProbe' }[] = [
  { role: 'startup', field: 'startupProbe' },
  { role: 'liveness', field: 'livenessProbe' },
  { role: 'readiness', field: 'readinessProbe' },
];

/** The status that the kubelet would report for a Pod with these listening programs. */
export function started(pod: RunningPod, programs: readonly Listening[], nodes: readonly Node[]): PodStatus {
  if (pod.status.reported) return pod.status;
  const node = nodes.find((each) => each.metadata.name === pod.spec.nodeName);
  if (node !== undefined && pod.status.phase === 'Succeeded') return pod.status;
  if (node === undefined || pod.status.podIPs.length === 0) return { ...pod.status, phase: 'Pending', ready: false };
  const ended = endOf(pod);
  if (ended !== null) return { ...pod.status, phase: ended, ready: false };
  const gates = openings(pod).map(({ type }) => type);
  const isProbedWell = failingProbes(pod, programs).length === 0;
  // The node controller sets Ready to False on all Pods of a node that does not answer.
  const containers = clashing(pod);
  const isWell = isProbedWell && shutGates(pod).length === 0 && containers.every((each) => each.ready);
  return { ...pod.status, phase: 'Running', containers, gates, ready: node.status.ready && isWell };
}

/** How long the Pods of a cluster at rest have been there, in milliseconds. */
export const REST = 300_000;

/** How a Pod has ended that nobody starts again: every command line of its containers says so. Null for one that runs. */
function endOf({ spec, metadata }: Pod): 'Succeeded' | 'Failed' | null {
  if (spec.restartPolicy !== 'Never' || LISTEN_ANNOTATION in metadata.annotations) return null;
  const courses = spec.containers.map(courseOf);
  const codes = courses.flatMap((course) => (course.kind === 'ends' && course.after <= REST ? [course.code] : []));
  if (codes.length < courses.length) return null;
  return codes.every((code) => code === 0) ? 'Succeeded' : 'Failed';
}

/** The probes of the Pod that open a connection to a port where nobody listens. */
export function failingProbes(pod: Pod, programs: readonly Listening[]): readonly FailingProbe[] {
  const ordinary = pod.spec.containers.map((container, index) => ({ container, path: ['spec', 'containers', index] }));
  const sidecars = pod.spec.initContainers
    .map((container, index) => ({ container, path: ['spec', 'initContainers', index] }))
    .filter(({ container }) => container.restartPolicy === 'Always');
  return [...ordinary, ...sidecars].flatMap(({ container, path }) => failing(container, path, programs));
}

function failing(container: Container, path: FieldPath, programs: readonly Listening[]): readonly FailingProbe[] {
  return ROLES.flatMap(({ role, field }) => {
    const action = container[field]?.action;
    if (action === undefined || action.kind === 'exec' || isAnswered(action.port, container, programs)) return [];
    return [{ role, container: container.name, port: action.port, path: [...path, field, FIELD_OF_ACTION[action.kind], 'port'] }];
  });
}

const FIELD_OF_ACTION: Readonly<Record<Exclude<Probe['action']['kind'], 'exec'>, string>> = {
  http: 'httpGet',
  tcp: 'tcpSocket',
  grpc: 'grpc',
};

/** A name is looked for in the probed container only (resolveContainerPort of the kubelet). */
function isAnswered(port: number | string, container: Container, programs: readonly Listening[]): boolean {
  const number = typeof port === 'number' ? port : container.ports.find((each) => each.name === port)?.containerPort;
  return programs.some((program) => program.port === number && program.protocol === 'TCP');
}
