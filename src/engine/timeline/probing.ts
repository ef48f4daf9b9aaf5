// A probe as it happens: a packet from the node to the Pod's own address, through the kernels of this instant.

import type { RunningPod } from '../controlplane/cluster';
import { speaksPlainHttp } from '../controlplane/listening';
import type { Container, Pod, Probe } from '../kube/pod';
import { httpRequest } from '../net/http';
import type { Ip } from '../net/ip';
import type { Request } from '../trace/request';
import type { Outcome } from '../trace/step';
import { walkOnce } from '../trace/trace';
import { programIn } from './container-life';
import type { Asked, ProbeAnswer } from './happening';
import type { Life } from './life';
import { keyOf } from './life-draft';
import { answersAt } from './program';
import { ill, worldAt } from './world';

export function askProbe(life: Life, pod: RunningPod): (container: Container, probe: Probe) => ProbeAnswer {
  return (container, probe) => {
    const { action, timeoutSeconds } = probe;
    const slow = latencyOf(life, pod, container) >= timeoutSeconds * 1000;
    if (action.kind === 'exec') return slow ? { kind: 'timed-out' } : commandAnswer(life, pod, container);
    const port = portNumber(action.port, container);
    if (port === null) return { kind: 'errored', port: String(action.port) };
    const [ip] = pod.status.podIPs;
    if (ip === undefined) throw new Error(`${keyOf(pod)} is probed before it has an address`);
    const asked = askedOf(probe, ip, port);
    const { outcome } = walkOnce(worldAt(life), requestTo({ ip, port, action }, pod));
    const answer = answerOf(outcome, asked);
    if (answer.kind === 'status' && asksTls(action) && speaksPlainHttp(container, port)) return { kind: 'plain', asked };
    return slow && answer.kind !== 'refused' ? { kind: 'timeout', asked } : answer;
  };
}

function asksTls(action: Action): boolean {
  return action.kind === 'http' && action.scheme === 'HTTPS';
}

type Action = Exclude<Probe['action'], { readonly kind: 'exec' }>;

/** In the way in which Go's net/http writes it. */
function askedOf({ action, timeoutSeconds }: Probe, ip: Ip, port: number): Asked {
  const address = `${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
  if (action.kind !== 'http') return action.kind === 'grpc' ? { kind: 'grpc', address, timeoutSeconds } : { kind: 'tcp', address };
  const path = action.path.startsWith('/') ? action.path : `/${action.path}`;
  return { kind: 'http', address, url: `${action.scheme.toLowerCase()}://${address}${path}` };
}

function requestTo({ ip, port, action }: { ip: Ip; port: number; action: Action }, { spec }: Pod): Request {
  const http =
    action.kind !== 'http'
      ? null
      : httpRequest({ scheme: asksTls(action) ? 'https' : 'http', method: 'GET', host: ip, target: action.path, headers: {} });
  return { netns: `node/${spec.nodeName}`, owner: spec.nodeName ?? '', host: ip, port, protocol: 'TCP', http, source: null };
}

function answerOf(outcome: Outcome, asked: Asked): ProbeAnswer {
  switch (outcome.kind) {
    case 'delivered':
      return outcome.status === null ? { kind: 'open' } : { kind: 'status', status: outcome.status };
    case 'rejected':
      return { kind: 'refused', asked };
    case 'dropped':
    case 'unresolved':
      return { kind: 'timeout', asked };
  }
}

/** A command in the container succeeds as long as the program is well. */
function commandAnswer(life: Life, pod: RunningPod, container: Container): ProbeAnswer {
  const made = ill(life, keyOf(pod));
  const own = life.pods[keyOf(pod)]?.containers.find(({ name }) => name === container.name);
  const program = own === undefined ? null : programIn(pod, own);
  const age = own?.state.kind === 'running' ? life.now - own.state.since : 0;
  const answers = made ?? (program === null ? 200 : answersAt(program, age));
  if (answers === 'hang') return { kind: 'timed-out' };
  return typeof answers === 'number' && answers < 400 ? { kind: 'ran' } : { kind: 'failed' };
}

function latencyOf(life: Life, pod: RunningPod, container: Container): number {
  const own = life.pods[keyOf(pod)]?.containers.find(({ name }) => name === container.name);
  return own === undefined ? 0 : (programIn(pod, own)?.latency ?? 0);
}

/** A name is looked for in the probed container only, and may be a number (ResolveContainerPort). */
function portNumber(port: number | string, { ports }: Container): number | null {
  if (typeof port === 'number') return port;
  return ports.find(({ name }) => name === port)?.containerPort ?? (/^\d+$/.test(port) ? Number(port) : null);
}
