// The life of one container on its node: waiting, running, ended, and what the container runtime and the prober know of it.
// Pure transitions; `pod-life.ts` says when which container's turn is.

import type { ProbeRole } from '../controlplane/readiness';
import type { Container, ContainerStatus, Pod, Probe, Termination } from '../kube/pod';
import { formatTimestamp } from '../kube/timestamp';
import { BACK_OFF, BACK_OFF_FORGOTTEN, LONGEST_BACK_OFF } from './delays';
import { newProbe, type ProbeLife } from './probe-life';
import { type Program, programOf } from './program';

/** Which part a container plays in its Pod: init containers end, sidecars start before the ordinary ones and stay. */
export type Role = 'init' | 'sidecar' | 'ordinary';

/** Instants are milliseconds of the axis. */
export type State =
  /** `until`: when its program starts, or the next try to pull; null while others come first. */
  | { readonly kind: 'waiting'; readonly reason: string; readonly until: number | null }
  | { readonly kind: 'running'; readonly since: number }
  /** `again`: when it is started anew; null: never. `backedOff`: the kubelet has said that it waits with that. */
  | { readonly kind: 'ended'; readonly end: End; readonly again: number | null; readonly backedOff: boolean };

export interface End {
  readonly exitCode: number;
  readonly since: number;
  readonly at: number;
}

/** It was told to end. */
export interface Doom {
  /** SIGTERM: behind preStop. */
  readonly term: number;
  readonly death: number;
  readonly exitCode: number;
}

export interface ContainerLife {
  readonly name: string;
  readonly role: Role;
  /** With which it was started, or is to be. */
  readonly image: string;
  readonly state: State;
  readonly restarts: number;
  /** How long the next restart has to wait. */
  readonly backOff: number;
  readonly last: End | null;
  readonly doom: Doom | null;
  readonly listened: boolean;
  /** Its hook postStart still runs: until when, and whether in vain. The kubelet does not count it as running yet. */
  readonly starting: { readonly until: number; readonly fails: boolean } | null;
  readonly probes: readonly ProbeLife[];
}

/** The container of the spec that a life belongs to. */
export function containerOf({ spec }: Pod, name: string): Container | null {
  return [...spec.initContainers, ...spec.containers].find((each) => each.name === name) ?? null;
}

export function programIn(pod: Pod, life: ContainerLife): Program | null {
  const container = containerOf(pod, life.name);
  const ends = life.role === 'init' || (life.role === 'ordinary' && pod.metadata.ownerReferences.some(({ kind }) => kind === 'Job'));
  return container === null ? null : programOf(pod, container, ends);
}

const ROLES: readonly ProbeRole[] = ['startup', 'liveness', 'readiness'];

export function probeOf(container: Container, role: ProbeRole): Probe | null {
  if (role === 'startup') return container.startupProbe;
  return role === 'liveness' ? container.livenessProbe : container.readinessProbe;
}

/** Every container of a Pod as the kubelet finds it at first, in the order of their start. */
export function newContainers({ spec }: Pod, at: number): readonly ContainerLife[] {
  const inits = spec.initContainers.map((each) => newContainer(each, each.restartPolicy === 'Always' ? 'sidecar' : 'init', at));
  return [...inits, ...spec.containers.map((each) => newContainer(each, 'ordinary', at))];
}

function newContainer(container: Container, role: Role, at: number): ContainerLife {
  return {
    name: container.name,
    role,
    image: container.image,
    state: { kind: 'waiting', reason: role === 'ordinary' ? 'ContainerCreating' : 'PodInitializing', until: null },
    restarts: 0,
    backOff: 0,
    last: null,
    doom: null,
    listened: false,
    starting: null,
    probes: role === 'init' ? [] : ROLES.filter((each) => probeOf(container, each) !== null).map((each) => newProbe(each, at)),
  };
}

export function isRunning({ state }: ContainerLife): boolean {
  return state.kind === 'running';
}

/** Running, and past postStart and its startup probe. */
export function isStarted(life: ContainerLife): boolean {
  return isRunning(life) && life.starting === null && resultOf(life, 'startup') !== 'failure' && resultOf(life, 'startup') !== 'unknown';
}

export function isReady(life: ContainerLife): boolean {
  return isStarted(life) && resultOf(life, 'readiness') === 'success';
}

/** What is in effect; success where there is no such probe. */
function resultOf(life: ContainerLife, role: ProbeRole): ProbeLife['result'] {
  return life.probes.find((each) => each.role === role)?.result ?? 'success';
}

/** It runs from now on. Its probes know nothing of the one before; the kubelet, which has just written its status, asks for its readiness at once. */
export function started(life: ContainerLife, now: number): ContainerLife {
  const probes = life.probes.map(({ role, next }) => newProbe(role, role === 'readiness' ? now : next));
  return { ...life, state: { kind: 'running', since: now }, doom: null, listened: false, probes };
}

/** It has ended; whether it comes back is for the Pod to say. The first restart comes at once, later ones after a wait. */
export function ended(
  life: ContainerLife,
  { now, exitCode, restarts }: { now: number; exitCode: number; restarts: boolean },
): ContainerLife {
  if (life.state.kind !== 'running') return life;
  const end: End = { exitCode, since: life.state.since, at: now };
  const rested = now - life.state.since >= BACK_OFF_FORGOTTEN;
  const wait = rested ? 0 : life.backOff;
  return {
    ...life,
    state: { kind: 'ended', end, again: restarts ? now + wait : null, backedOff: false },
    backOff: Math.min(LONGEST_BACK_OFF, wait === 0 ? BACK_OFF : wait * 2),
    last: end,
    doom: null,
    starting: null,
  };
}

/** What the kubelet reports of it. */
export function statusOf(life: ContainerLife, epoch: number): ContainerStatus {
  const isLast = life.state.kind === 'ended' && !life.state.backedOff;
  return {
    name: life.name,
    state: reported(life, epoch),
    last: life.last === null || isLast ? null : termination(life.last, epoch),
    ready: life.role === 'init' ? life.state.kind === 'ended' && life.state.end.exitCode === 0 : isReady(life),
    started: isStarted(life),
    restartCount: life.restarts,
  };
}

function reported({ state, starting }: ContainerLife, epoch: number): ContainerStatus['state'] {
  if (starting !== null) return { kind: 'waiting', reason: 'ContainerCreating' };
  switch (state.kind) {
    case 'waiting':
      return { kind: 'waiting', reason: state.reason };
    case 'running':
      return { kind: 'running', startedAt: formatTimestamp(epoch + state.since) };
    case 'ended':
      return state.backedOff ? { kind: 'waiting', reason: 'CrashLoopBackOff' } : { kind: 'terminated', ...termination(state.end, epoch) };
  }
}

function termination({ exitCode, since, at }: End, epoch: number): Termination {
  return {
    exitCode,
    reason: exitCode === 0 ? 'Completed' : 'Error',
    startedAt: formatTimestamp(epoch + since),
    finishedAt: formatTimestamp(epoch + at),
  };
}
