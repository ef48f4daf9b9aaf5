// A Pod on its node, as the kubelet's pod worker drives it: sandbox and address, init containers one after the other, the ordinary ones
// together, postStart, restarts with back-off. One turn does all that is due; the next instant at which something is comes with it.
// Sources: pkg/kubelet/kuberuntime (computePodActions, startContainer, doBackOff). Left out: ephemeral containers, resources in place, and
// that the kubelet works at several containers of a Pod at a time: a probe's answer counts at the instant of the question.

import { wantSamePort } from '../controlplane/port-clash';
import { openings } from '../controlplane/readiness-gates';
import type { Container, Pod } from '../kube/pod';
import { imageFound, pullTime } from './container-image';
import { type ContainerLife, containerOf, ended, isReady, isStarted, programIn, started } from './container-life';
import { isRedefined, replaced } from './definition';
import { RETRY, START } from './delays';
import type { Fact } from './happening';
import { doomed, endSidecars, isWorkOver, lengthOf } from './pod-ending';
import { isSuccess, runProbes } from './pod-probes';
import type { Around, PodDraft } from './pod-turn';
import type { Program } from './program';

export interface PodLife {
  /** `namespace/name`. */
  readonly key: string;
  /** Of the object: another one of the same name has a life of its own. */
  readonly uid: string | null;
  readonly node: string;
  /** When the kubelet learnt of it. */
  readonly since: number;
  /** When its sandbox stands, or stood. */
  readonly sandbox: number;
  readonly containers: readonly ContainerLife[];
  /** When the kubelet began to end it, and when the grace is over; null: not asked to. */
  readonly ending: { readonly since: number; readonly deadline: number } | null;
  /** A status that was pasted: it stays as it is told until something happens to the Pod. */
  readonly pinned: boolean;
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
  const draft: PodDraft = { containers: [...life.containers], facts: [], images: [...around.images] };
  if (around.now >= life.sandbox) {
    for (const index of draft.containers.keys()) passTime(draft, index, around);
    if (life.ending === null) startWhatMayStart(draft, around);
    endSidecars(draft, around, life.ending);
    for (const index of draft.containers.keys()) runProbes(draft, index, { ...around, ending: life.ending !== null });
  }
  const turned = { ...life, containers: draft.containers };
  return { life: turned, facts: draft.facts, images: draft.images, due: nextDue(turned, around) };
}

// What time alone does to a container.

function passTime(draft: PodDraft, index: number, around: Around): void {
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

function runOn(draft: PodDraft, life: Running, { program, around }: { program: Program; around: Around }): ContainerLife {
  const { pod, now } = around;
  const { since } = life.state;
  const listens = !life.listened && life.role !== 'init' && now >= since + program.startup;
  const isTaken = listens && isPortTaken(draft, life, pod);
  if (listens && !isTaken) draft.facts.push({ code: 'program-listens', container: life.name });
  const heard = afterPostStart(draft, listens && !isTaken ? { ...life, listened: true } : life, around);
  const own = program.exit === null ? null : { at: since + program.exit.after, exitCode: program.exit.code };
  const doom = heard.doom === null ? null : { at: heard.doom.death, exitCode: heard.doom.exitCode };
  // The program that finds its port taken ends of itself.
  const bind = isTaken ? { at: since + program.startup, exitCode: 1 } : null;
  const end = [own, doom, bind].filter((each) => each !== null && each.at <= now).sort((a, b) => (a?.at ?? 0) - (b?.at ?? 0))[0];
  if (end === undefined || end === null) return heard;
  draft.facts.push({ code: 'container-exited', container: life.name, exitCode: end.exitCode });
  const over = { now: Math.max(since, end.at), exitCode: end.exitCode };
  const isWanted = pod.metadata.deletionTimestamp === null && (life.role !== 'sidecar' || !isWorkOver(draft.containers));
  if (isWanted && isRedefined(heard, pod))
    return replaced(ended(heard, { ...over, restarts: true }), containerOf(pod, life.name)?.image ?? life.image);
  return ended(heard, { ...over, restarts: isWanted && restarts(pod, life, end.exitCode) });
}

/** Another container of the Pod listens on a port that this one's program wants. */
function isPortTaken(draft: PodDraft, { name }: ContainerLife, pod: Pod): boolean {
  const own = containerOf(pod, name);
  return draft.containers.some((each) => {
    const other = each.name === name || each.state.kind !== 'running' || !each.listened ? null : containerOf(pod, each.name);
    return own !== null && other !== null && wantSamePort(pod, own, other);
  });
}

/** The hook postStart has ended: only now does the kubelet count the container as running, or kills it (startContainer). */
function afterPostStart(draft: PodDraft, life: ContainerLife, { pod, now }: Around): ContainerLife {
  const { starting } = life;
  if (starting === null || now < starting.until) return life;
  const begun = { ...life, starting: null };
  if (!starting.fails) {
    draft.facts.push({ code: 'post-start-done', container: life.name });
    return begun;
  }
  draft.facts.push({ code: 'post-start-failed', container: life.name });
  return doomed(begun, { pod, now, graceSeconds: pod.spec.terminationGracePeriodSeconds });
}

/** Sidecars always come back, init containers until they succeed (unless the Pod says Never), ordinary ones by restartPolicy. */
export function restarts({ spec }: Pod, { role }: ContainerLife, exitCode: number): boolean {
  if (role === 'sidecar') return true;
  if (role === 'init') return exitCode !== 0 && spec.restartPolicy !== 'Never';
  return spec.restartPolicy === 'Always' || (spec.restartPolicy === 'OnFailure' && exitCode !== 0);
}

function waitOn(draft: PodDraft, life: Ended, around: Around): ContainerLife {
  const { now } = around;
  const { again, end, backedOff } = life.state;
  if (again === null) return life;
  if (now >= again) return startAgain(draft, { ...life, restarts: life.restarts + 1 }, around);
  if (backedOff || now < end.at + BACK_OFF_SAID) return life;
  const seconds = Math.round((again - end.at) / 1000);
  draft.facts.push({ code: 'backing-off', container: life.name, seconds, restarts: life.restarts });
  return { ...life, state: { ...life.state, backedOff: true } };
}

/** A container that comes back is a new one: its image is looked for again. */
function startAgain(draft: PodDraft, life: ContainerLife, around: Around): ContainerLife {
  const [container, program] = [containerOf(around.pod, life.name), programIn(around.pod, life)];
  const isGone = container !== null && program !== null && !hasImage(draft, container, program);
  return isGone ? withoutImage(draft, life, { container, now: around.now }) : create(draft, life, around);
}

/** With its variables it is created; without them the kubelet tries again (generateContainerOptions). */
function create(draft: PodDraft, life: ContainerLife, around: Around): ContainerLife {
  const container = containerOf(around.pod, life.name);
  const why = container === null ? null : around.missing(container);
  if (why === null) return start(draft, life, around);
  draft.facts.push({ code: 'config-missing', container: life.name, why });
  return { ...life, state: { kind: 'waiting', reason: 'CreateContainerConfigError', until: around.now + RETRY * 2 } };
}

function start(draft: PodDraft, life: ContainerLife, around: Around): ContainerLife {
  draft.facts.push({ code: 'container-started', container: life.name, restarts: life.restarts });
  return { ...started(life, around.now), starting: postStartOf(life, around) };
}

/** What the kubelet runs in the container just after its start: a request comes before the program can answer it, unless it is quick. */
function postStartOf({ name }: ContainerLife, { pod, now, probe }: Around): ContainerLife['starting'] {
  const container = containerOf(pod, name);
  const hook = container?.postStart ?? null;
  if (container === null || hook === null) return null;
  if (hook.kind !== 'http') return { until: now + lengthOf(hook), fails: hook.kind === 'exec' && endsBadly(hook.command) };
  const answer = probe(container, {
    action: { kind: 'http', scheme: 'HTTP', path: hook.path, port: hook.port },
    initialDelaySeconds: 0,
    periodSeconds: 1,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 1,
  });
  return { until: now, fails: !isSuccess(answer) };
}

/** Of all that a command may do, only its saying so tells that it fails: `false`, `… exit 1`. */
function endsBadly(command: readonly string[]): boolean {
  return /(?:^|[\s;&/])(?:false|exit\s+[1-9]\d*)\s*$/.test(command.join(' '));
}

/** Its image is there, or is not: then the kubelet tries again, later and later. */
function come(draft: PodDraft, life: ContainerLife, { program, around }: { program: Program; around: Around }): ContainerLife {
  const container = containerOf(around.pod, life.name);
  if (container === null) return life;
  if (hasImage(draft, container, program)) return create(draft, { ...life, backOff: 0 }, around);
  return withoutImage(draft, life, { container, now: around.now });
}

function withoutImage(draft: PodDraft, life: ContainerLife, { container, now }: { container: Container; now: number }): ContainerLife {
  const { image, imagePullPolicy } = container;
  if (imagePullPolicy === 'Never') {
    draft.facts.push({ code: 'image-missing', container: life.name, image });
    return { ...life, state: { kind: 'waiting', reason: 'ErrImageNeverPull', until: now + RETRY * 2 } };
  }
  const wait = Math.max(RETRY * 2, life.backOff);
  const isFirst = life.backOff === 0;
  draft.facts.push({ code: isFirst ? 'pull-failed' : 'pull-backed-off', container: life.name, image });
  const reason = isFirst ? 'ErrImagePull' : 'ImagePullBackOff';
  return { ...life, backOff: Math.min(300_000, wait * 2), state: { kind: 'waiting', reason, until: now + wait } };
}

/** Whether the container's image is on its node by now, and how it came there. */
function hasImage(draft: PodDraft, container: Container, program: Program): boolean {
  const found = imageFound(container, program.pull, draft.images);
  if (found === null) return false;
  draft.facts.push(found);
  if (!draft.images.includes(container.image)) draft.images.push(container.image);
  return true;
}

// Whose turn it is to start.

function startWhatMayStart(draft: PodDraft, around: Around): void {
  for (const [index, life] of draft.containers.entries()) {
    if (!mayBegin(draft.containers, index)) return;
    const { state } = life;
    if (state.kind === 'waiting' && state.until === null)
      draft.containers[index] = { ...life, state: { ...state, until: whenReady(draft, life, around) } };
    if (isHolding(life, around.pod)) return;
  }
}

/** The kubelet starts containers one after the other, and stays with one until its postStart has ended. */
function isHolding({ name, state, starting }: ContainerLife, pod: Pod): boolean {
  return starting !== null || (state.kind === 'waiting' && containerOf(pod, name)?.postStart != null);
}

/**
 * Whether the init container before it lets it begin. Only the last one that has begun is asked (computeInitContainerActions): a sidecar that
 * dies later on holds nobody up who began meanwhile.
 */
function mayBegin(containers: readonly ContainerLife[], index: number): boolean {
  const inits = containers.filter(({ role }) => role !== 'ordinary');
  const behind = containers.slice(Math.min(index, inits.length));
  if (behind.some(hasBegun)) return true;
  const before = inits.slice(0, index).at(-1);
  return before === undefined || isDone(before);
}

/** It was created once, or is about to be. */
function hasBegun({ state, restarts }: ContainerLife): boolean {
  return restarts > 0 || state.kind !== 'waiting' || state.until !== null;
}

/** An init container that succeeded, a sidecar that is started. */
function isDone(life: ContainerLife): boolean {
  return life.role === 'sidecar' ? isStarted(life) : life.state.kind === 'ended' && life.state.end.exitCode === 0;
}

function whenReady({ images }: PodDraft, life: ContainerLife, { pod, now }: Around): number {
  const [container, program] = [containerOf(pod, life.name), programIn(pod, life)];
  return now + START + (container === null || program === null ? 0 : pullTime(container, program.pull, images));
}

// When something is due next.

function nextDue(life: PodLife, { pod, now }: Around): number | null {
  const ending = life.ending !== null;
  const opened = openings(pod).map(({ after }) => life.sandbox + after);
  const instants =
    now < life.sandbox
      ? [life.sandbox]
      : [...life.containers.flatMap((each) => instantsOf(each, { pod, now, ending })), ...opened.filter((instant) => instant > now)];
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
  const begun = life.starting === null ? [] : [life.starting.until];
  const probes = life.probes.filter(({ role, onHold }) => !onHold && (!ending || role === 'readiness')).map(({ next }) => next);
  return [...listens, ...exit, ...doom, ...begun, ...probes];
}

/** Every container and sidecar is ready; whether the Pod is, its readiness gates have a say in as well. */
export function areContainersReady({ containers }: PodLife): boolean {
  const counted = containers.filter(({ role }) => role !== 'init');
  const done = containers.filter(({ role }) => role === 'init').every(({ state }) => state.kind === 'ended' && state.end.exitCode === 0);
  return done && counted.length > 0 && counted.every(isReady);
}

/** The gates that are open by now. */
export function gatesOf({ sandbox }: PodLife, pod: Pod, now: number): readonly string[] {
  return openings(pod)
    .filter(({ after }) => now >= sandbox + after)
    .map(({ type }) => type);
}
