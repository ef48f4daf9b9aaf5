// The probes of a Pod's containers, each at its tick: asked as a packet from the node, counted, and told where the answer changes something.

import type { ProbeRole } from '../controlplane/readiness';
import type { Pod, Probe } from '../kube/pod';
import { type ContainerLife, containerOf, isRunning, isStarted, probeOf } from './container-life';
import type { ProbeAnswer } from './happening';
import { doomed } from './pod-ending';
import type { Around, PodDraft } from './pod-turn';
import { counted, ticked, turnOf } from './probe-life';

export function runProbes(draft: PodDraft, index: number, around: Around & { readonly ending: boolean }): void {
  const { pod, now } = around;
  const container = containerOf(pod, draft.containers[index]?.name ?? '');
  for (const role of ['startup', 'liveness', 'readiness'] as const) {
    const life = draft.containers[index];
    const probe = container === null ? null : probeOf(container, role);
    const worker = life?.probes.find((each) => each.role === role);
    if (life === undefined || container === null || probe === null || worker === undefined || worker.next > now) continue;
    const age = life.state.kind === 'running' ? now - life.state.since : 0;
    const due = turnOf(worker, probe, {
      known: (isRunning(life) && life.starting === null) || life.last !== null,
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

function answered(draft: PodDraft, life: ContainerLife, { role, probe, now, fails, answer, pod }: Answered): ContainerLife {
  const worker = life.probes.find((each) => each.role === role);
  if (worker === undefined) return life;
  const success = answer !== null && isSuccess(answer);
  // The worker throws an error's result away (worker.go, doProbe).
  const isCounted = answer === null ? fails : answer.kind !== 'errored';
  const next = isCounted ? counted(worker, probe, success) : worker;
  const probed = { ...life, probes: life.probes.map((each) => (each.role === role ? ticked(next, probe, now) : each)) };
  if (answer === null) return probed;
  const run = isCounted ? (next.run?.count ?? probe.failureThreshold) : (next.run?.count ?? 0);
  if (!success) draft.facts.push({ code: 'probe-failed', container: life.name, role, answer, run, threshold: probe.failureThreshold });
  else if (worker.result !== 'success') draft.facts.push({ code: 'probe-succeeded', container: life.name, role, answer });
  return next.onHold && !worker.onHold ? ailing(draft, probed, { role, pod, now }) : probed;
}

/** A liveness or startup probe failed for good: the container is killed, and by the Pod's restartPolicy comes back. */
function ailing(draft: PodDraft, life: ContainerLife, { role, pod, now }: { role: ProbeRole; pod: Pod; now: number }): ContainerLife {
  const graceSeconds = pod.spec.terminationGracePeriodSeconds;
  draft.facts.push({ code: 'container-told-to-end', container: life.name, graceSeconds, why: role });
  return doomed(life, { pod, now, graceSeconds });
}

export function isSuccess(answer: ProbeAnswer): boolean {
  if (answer.kind === 'status') return answer.status >= 200 && answer.status < 400;
  return answer.kind === 'open' || answer.kind === 'ran';
}
