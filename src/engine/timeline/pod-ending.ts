// The end of a Pod: who is told to end when, and what each container does with its time. Ordinary containers are told together; sidecars go
// on until these have ended, and end one after the other, the last one first (pkg/kubelet/kuberuntime, terminationOrdering).

import type { Container, LifecycleHook, Pod } from '../kube/pod';
import { type ContainerLife, containerOf, type Doom, isRunning, programIn } from './container-life';
import type { PodLife } from './pod-life';
import type { Around, PodDraft } from './pod-turn';
import { type Program, shutdown } from './program';

interface Order {
  readonly pod: Pod;
  readonly now: number;
  readonly graceSeconds: number;
}

/** The same Pod, told to end: each container in its turn, and all are killed when the grace is over. */
export function told(life: PodLife, { pod, now, graceSeconds }: Order): PodLife {
  const containers = life.containers.map((each) => (each.role === 'sidecar' ? each : doomed(each, { pod, now, graceSeconds })));
  const ending = { since: now, deadline: now + graceSeconds * 1000 };
  return { ...life, ending, pinned: false, containers: containers.map((each) => (isRunning(each) ? each : neverAgain(each))) };
}

/** Whether all its containers have ended for good. */
export function isOver({ containers, ending }: PodLife): boolean {
  return ending !== null && containers.every(({ state }) => state.kind !== 'running');
}

/** Whether its ordinary containers have done what they are there for, or have failed for good. */
export function isWorkOver(containers: readonly ContainerLife[]): boolean {
  const ordinary = containers.filter(({ role }) => role === 'ordinary');
  return ordinary.length > 0 && ordinary.every(({ state }) => state.kind === 'ended' && state.again === null);
}

/** Sidecars are killed so long after everybody else's time is up, at the earliest (minimumGracePeriodInSeconds). */
const LEAST_GRACE = 2;

/** Once nobody is left for whom it is there, the last sidecar that runs is told to end. */
export function endSidecars(draft: PodDraft, { pod, now }: Around, ending: PodLife['ending']): void {
  const isAlone = draft.containers.every(({ role, state }) => role !== 'ordinary' || state.kind !== 'running');
  if (ending === null ? !isWorkOver(draft.containers) : !isAlone) return;
  const index = draft.containers.findLastIndex((each) => each.role === 'sidecar' && isRunning(each));
  const last = draft.containers[index];
  if (last === undefined || last.doom !== null) return;
  const left = ending === null ? pod.spec.terminationGracePeriodSeconds : Math.ceil((ending.deadline - now) / 1000);
  const graceSeconds = Math.max(LEAST_GRACE, left);
  draft.facts.push({ code: 'container-told-to-end', container: last.name, graceSeconds, why: 'deletion' });
  draft.containers[index] = doomed(last, { pod, now, graceSeconds });
}

function neverAgain(life: ContainerLife): ContainerLife {
  return life.state.kind === 'ended'
    ? { ...life, state: { ...life.state, again: null } }
    : { ...life, state: { ...life.state, ...STOPPED } };
}

const STOPPED = { until: null } as const;

/** The container with the instants at which it is told to end, and at which it has. */
export function doomed(life: ContainerLife, { pod, now, graceSeconds }: Order): ContainerLife {
  const program = programIn(pod, life);
  const container = containerOf(pod, life.name);
  if (program === null || container === null || !isRunning(life)) return life;
  const doom = doomOf(program, container, { now, graceSeconds });
  return life.doom !== null && life.doom.death <= doom.death ? life : { ...life, doom };
}

/** preStop counts towards the grace period (kuberuntime_container.go, killContainer). SIGKILL leaves 137. */
function doomOf(program: Program, container: Container, { now, graceSeconds }: { now: number; graceSeconds: number }): Doom {
  const deadline = now + graceSeconds * 1000;
  const hook = container.preStop;
  const term = Math.min(deadline, now + (hook === null ? 0 : lengthOf(hook)));
  const willing = term + shutdown(program);
  return willing <= deadline ? { term, death: willing, exitCode: 0 } : { term, death: deadline, exitCode: 137 };
}

/** How long a hook takes, in milliseconds: `sleep 10` as a command is how it was written before the hook `sleep` existed. */
export function lengthOf(hook: LifecycleHook): number {
  if (hook.kind === 'sleep') return hook.seconds * 1000;
  const words = hook.kind === 'exec' ? hook.command.join(' ') : '';
  return Number(/(?:^|\s|\/)sleep\s+(\d+)/.exec(words)?.[1] ?? 0) * 1000;
}
