// A Pod on its node, as the kubelet's pod worker drives it: sandbox and address, init containers one after the other, the ordinary ones
// together, restarts with back-off, probes, and the end. One turn does all that is due; the next instant at which something is comes with it.
// Sources: pkg/kubelet/kuberuntime (computePodActions, doBackOff), pkg/kubelet/prober. Left out: postStart, ephemeral containers,
// resources in place, the readiness probe's parallel workers: an answer counts at the instant of the question.

import type { ProbeRole } from '../controlplane/readiness';
import type { Container, Pod, Probe } from '../kube/pod';
import {
  type ContainerLife,
  containerOf,
  type Doom,
  ended,
  isReady,
  isRunning,
  isStarted,
  probeOf,
  programIn,
  started,
} from './container-life';
import { RETRY, START } from './delays';
import type { Fact, ProbeAnswer } from './happening';
import { counted, ticked, turnOf } from './probe-life';
import { type Program, shutdown } from './program';

export interface PodLife {
  /** `namespace/name`. */
  readonly key: string;
  readonly node: string;
  /** When the kubelet learnt of it. */
  readonly since: number;
  /** When its sandbox stands, or stood. */
  readonly sandbox: number;
  readonly containers: readonly ContainerLife[];
  /** When the kubelet began to end it; null: not asked to. */
  readonly ending: number | null;
  /** A status that was pasted: it stays as it is told until something happens to the Pod. */
  readonly pinned: boolean;
}

/** What a turn needs of the world around the Pod. */
export interface Around {
  readonly pod: Pod;
  readonly now: number;
  /** Images that the node has. */
  readonly images: readonly string[];
  /** Asks a probe's question, as a packet from the node. */
  readonly probe: (container: Container, probe: Probe) => ProbeAnswer;
}

export interface Turned {
  readonly life: PodLife;
  readonly facts: readonly Fact[];
  readonly images: readonly string[];
  /** When its next turn is due; null where only a change of the Pod makes one. */
  readonly due: number | null;
}

/** How long a container stays in its last state before the kubelet says that it backs off. */
const BACK_OFF_SAID = 1000;

/** Everything that is due by now, in the order in which it happened. */
export function turn(life: PodLife, around: Around): Turned {
  const draft: Draft = { containers: [...life.containers], facts: [], images: [...around.images] };
  if (around.now >= life.sandbox) {
    for (const index of draft.containers.keys()) passTime(draft, index, around);
    if (life.ending === null) startWhatMayStart(draft, around);
    for (const index of draft.containers.keys()) runProbes(draft, index, { ...around, ending: life.ending !== null });
  }
  const turned = { ...life, containers: draft.containers };
  return { life: turned, facts: draft.facts, images: draft.images, due: nextDue(turned, around) };
}

/** The same Pod, told to end: every container hears it, and is killed when the grace is over. */
export function told(life: PodLife, { pod, now, graceSeconds }: { pod: Pod; now: number; graceSeconds: number }): PodLife {
  const containers = life.containers.map((each) => doomed(each, { pod, now, graceSeconds }));
  return { ...life, ending: now, pinned: false, containers: containers.map((each) => (isRunning(each) ? each : neverAgain(each))) };
}

/** Whether all its containers have ended for good. */
export function isOver({ containers, ending }: PodLife): boolean {
  return ending !== null && containers.every(({ state }) => state.kind !== 'running');
}

interface Draft {
  readonly containers: ContainerLife[];
  readonly facts: Fact[];
  readonly images: string[];
}

function neverAgain(life: ContainerLife): ContainerLife {
  return life.state.kind === 'ended'
    ? { ...life, state: { ...life.state, again: null } }
    : { ...life, state: { ...life.state, ...STOPPED } };
}

const STOPPED = { until: null } as const;

function doomed(life: ContainerLife, { pod, now, graceSeconds }: { pod: Pod; now: number; graceSeconds: number }): ContainerLife {
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
  const before = hook === null ? 0 : hook.kind === 'sleep' ? hook.seconds * 1000 : sleepIn(hook) * 1000;
  const term = Math.min(deadline, now + before);
  const willing = term + shutdown(program);
  return willing <= deadline ? { term, death: willing, exitCode: 0 } : { term, death: deadline, exitCode: 137 };
}

/** `sleep 10` as a command, the way it was written before the hook `sleep` existed. */
function sleepIn(hook: Exclude<Container['preStop'], null>): number {
  const words = hook.kind === 'exec' ? hook.command.join(' ') : '';
  return Number(/(?:^|\s|\/)sleep\s+(\d+)/.exec(words)?.[1] ?? 0);
}

// What time alone does to a container.

function passTime(draft: Draft, index: number, around: Around): void {
  const life = draft.containers[index];
  const program = life === undefined ? null : programIn(around.pod, life);
  if (life === undefined || program === null) return;
  const { state } = life;
  if (state.kind === 'running') draft.containers[index] = runOn(draft, { ...life, state }, { program, around });
  else if (state.kind === 'ended') draft.containers[index] = waitOn(draft, { ...life, state }, around);
  else if (state.until !== null && state.until <= around.now) draft.containers[index] = come(draft, life, { program, around });
}

type Running = ContainerLife & { readonly state: { readonly kind: 'running'; readonly since: number } };
type Ended = ContainerLife & { readonly state: Extract<ContainerLife['state'], { kind: 'ended' }> };

function runOn(draft: Draft, life: Running, { program, around }: { program: Program; around: Around }): ContainerLife {
  const { pod, now } = around;
  const { since } = life.state;
  const listens = !life.listened && life.role !== 'init' && now >= since + program.startup;
  if (listens) draft.facts.push({ code: 'program-listens', container: life.name });
  const heard = listens ? { ...life, listened: true } : life;
  const own = program.exit === null ? null : { at: since + program.exit.after, exitCode: program.exit.code };
  const doom = life.doom === null ? null : { at: life.doom.death, exitCode: life.doom.exitCode };
  const end = [own, doom].filter((each) => each !== null && each.at <= now).sort((a, b) => (a?.at ?? 0) - (b?.at ?? 0))[0];
  if (end === undefined || end === null) return heard;
  draft.facts.push({ code: 'container-exited', container: life.name, exitCode: end.exitCode });
  const again = pod.metadata.deletionTimestamp === null && restarts(pod, life, end.exitCode);
  return ended(heard, { now: Math.max(since, end.at), exitCode: end.exitCode, restarts: again });
}

/** Sidecars always come back, init containers until they succeed (unless the Pod says Never), ordinary ones by restartPolicy. */
function restarts({ spec }: Pod, { role }: ContainerLife, exitCode: number): boolean {
  if (role === 'sidecar') return true;
  if (role === 'init') return exitCode !== 0 && spec.restartPolicy !== 'Never';
  return spec.restartPolicy === 'Always' || (spec.restartPolicy === 'OnFailure' && exitCode !== 0);
}

function waitOn(draft: Draft, life: Ended, { now }: Around): ContainerLife {
  const { again, end, backedOff } = life.state;
  if (again === null) return life;
  if (now >= again) return start(draft, { ...life, restarts: life.restarts + 1 }, now);
  if (backedOff || now < end.at + BACK_OFF_SAID) return life;
  const seconds = Math.round((again - end.at) / 1000);
  draft.facts.push({ code: 'backing-off', container: life.name, seconds, restarts: life.restarts });
  return { ...life, state: { ...life.state, backedOff: true } };
}

function start(draft: Draft, life: ContainerLife, now: number): ContainerLife {
  draft.facts.push({ code: 'container-started', container: life.name, restarts: life.restarts });
  return started(life, now);
}

/** Its image is there, or is not: then the kubelet tries again, later and later. */
function come(draft: Draft, life: ContainerLife, { program, around }: { program: Program; around: Around }): ContainerLife {
  const { pod, now } = around;
  const image = containerOf(pod, life.name)?.image ?? '';
  if (program.pull !== 'error') {
    if (!draft.images.includes(image)) {
      draft.images.push(image);
      draft.facts.push({ code: 'image-pulled', container: life.name, image, took: program.pull });
    } else draft.facts.push({ code: 'image-present', container: life.name, image });
    return start(draft, { ...life, backOff: 0 }, now);
  }
  const wait = Math.max(RETRY * 2, life.backOff);
  const isFirst = life.backOff === 0;
  draft.facts.push({ code: isFirst ? 'pull-failed' : 'pull-backed-off', container: life.name, image });
  const reason = isFirst ? 'ErrImagePull' : 'ImagePullBackOff';
  return { ...life, backOff: Math.min(300_000, wait * 2), state: { kind: 'waiting', reason, until: now + wait } };
}

// Whose turn it is to start.

function startWhatMayStart(draft: Draft, around: Around): void {
  for (const [index, life] of draft.containers.entries()) {
    if (life.role === 'ordinary' && draft.containers.some((each) => each.role !== 'ordinary' && !isDone(each))) return;
    const { state } = life;
    if (state.kind === 'waiting' && state.until === null)
      draft.containers[index] = { ...life, state: { ...state, until: whenReady(draft, life, around) } };
    if (life.role !== 'ordinary' && !isDone(life)) return;
  }
}

/** An init container that succeeded, a sidecar that is started. */
function isDone(life: ContainerLife): boolean {
  if (life.role === 'sidecar') return isStarted(life) || (life.state.kind === 'ended' && life.restarts > 0);
  return life.state.kind === 'ended' && life.state.end.exitCode === 0;
}

function whenReady({ images }: Draft, life: ContainerLife, { pod, now }: Around): number {
  const pull = programIn(pod, life)?.pull ?? 0;
  const image = containerOf(pod, life.name)?.image ?? '';
  return now + START + (pull === 'error' || images.includes(image) ? 0 : pull);
}

// Probes.

function runProbes(draft: Draft, index: number, around: Around & { readonly ending: boolean }): void {
  const { pod, now } = around;
  const container = containerOf(pod, draft.containers[index]?.name ?? '');
  for (const role of ['startup', 'liveness', 'readiness'] as const) {
    const life = draft.containers[index];
    const probe = container === null ? null : probeOf(container, role);
    const worker = life?.probes.find((each) => each.role === role);
    if (life === undefined || container === null || probe === null || worker === undefined || worker.next > now) continue;
    const age = life.state.kind === 'running' ? now - life.state.since : 0;
    const due = turnOf(worker, probe, {
      known: isRunning(life) || life.last !== null,
      running: isRunning(life),
      started: isStarted(life),
      age,
    });
    // Whoever is being deleted is asked for its readiness alone.
    const asked = around.ending && role !== 'readiness' ? 'wait' : due;
    const answer = asked === 'ask' ? around.probe(container, probe) : null;
    draft.containers[index] = answered(draft, life, { role, probe, now, fails: asked === 'fail', answer, pod });
  }
}

interface Answered {
  readonly role: ProbeRole;
  readonly probe: Probe;
  readonly now: number;
  readonly fails: boolean;
  readonly answer: ProbeAnswer | null;
  readonly pod: Pod;
}

function answered(draft: Draft, life: ContainerLife, { role, probe, now, fails, answer, pod }: Answered): ContainerLife {
  const worker = life.probes.find((each) => each.role === role);
  if (worker === undefined) return life;
  const success = answer !== null && isSuccess(answer);
  const next = answer === null && !fails ? worker : counted(worker, probe, success);
  const probed = { ...life, probes: life.probes.map((each) => (each.role === role ? ticked(next, probe, now) : each)) };
  if (answer === null) return probed;
  const run = next.run?.count ?? probe.failureThreshold;
  if (!success) draft.facts.push({ code: 'probe-failed', container: life.name, role, answer, run, threshold: probe.failureThreshold });
  else if (worker.result !== 'success') draft.facts.push({ code: 'probe-succeeded', container: life.name, role, answer });
  return next.onHold && !worker.onHold ? ailing(draft, probed, { role, pod, now }) : probed;
}

/** A liveness or startup probe failed for good: the container is killed, and by the Pod's restartPolicy comes back. */
function ailing(draft: Draft, life: ContainerLife, { role, pod, now }: { role: ProbeRole; pod: Pod; now: number }): ContainerLife {
  const graceSeconds = pod.spec.terminationGracePeriodSeconds;
  draft.facts.push({ code: 'container-told-to-end', container: life.name, graceSeconds, why: role });
  return doomed(life, { pod, now, graceSeconds });
}

function isSuccess(answer: ProbeAnswer): boolean {
  if (answer.kind === 'status') return answer.status >= 200 && answer.status < 400;
  return answer.kind === 'open' || answer.kind === 'ran';
}

// When something is due next.

function nextDue(life: PodLife, { pod, now }: Around): number | null {
  const instants =
    now < life.sandbox ? [life.sandbox] : life.containers.flatMap((each) => instantsOf(each, { pod, now, ending: life.ending !== null }));
  return instants.length === 0 ? null : Math.min(...instants.map((instant) => Math.max(instant, now)));
}

function instantsOf(life: ContainerLife, { pod, now, ending }: { pod: Pod; now: number; ending: boolean }): readonly number[] {
  const { state } = life;
  const program = programIn(pod, life);
  if (state.kind === 'waiting') return state.until === null ? [] : [state.until];
  if (state.kind === 'ended') {
    if (state.again === null) return [];
    return state.backedOff || state.end.at + BACK_OFF_SAID > state.again ? [state.again] : [state.end.at + BACK_OFF_SAID, state.again];
  }
  const listens = life.listened || life.role === 'init' || program === null ? [] : [state.since + program.startup];
  const exit = program?.exit == null ? [] : [state.since + program.exit.after];
  const doom = life.doom === null ? [] : [life.doom.term, life.doom.death].filter((instant) => instant > now);
  const probes = life.probes.filter(({ role, onHold }) => !onHold && (!ending || role === 'readiness')).map(({ next }) => next);
  return [...listens, ...exit, ...doom, ...probes];
}

/** The condition Ready: every container and sidecar is (readiness gates are for others to open). */
export function isPodReady({ containers }: PodLife, { spec }: Pod): boolean {
  const counted = containers.filter(({ role }) => role !== 'init');
  const done = containers.filter(({ role }) => role === 'init').every(({ state }) => state.kind === 'ended' && state.end.exitCode === 0);
  return done && counted.length > 0 && counted.every(isReady) && spec.readinessGates.length === 0;
}
