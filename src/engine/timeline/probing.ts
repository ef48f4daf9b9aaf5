// A probe as it happens: a packet from the node to the Pod's own address, through the kernels of this instant.

import type { RunningPod } from '../controlplane/cluster';
import type { Container, Pod, Probe } from '../kube/pod';
import { httpRequest } from '../net/http';
import type { Ip } from '../net/ip';
import type { Request } from '../trace/request';
import type { Outcome } from '../trace/step';
import { walkOnce } from '../trace/trace';
import { programIn } from './container-life';
import type { ProbeAnswer } from './happening';
import type { Life } from './life';
import { keyOf } from './life-draft';
import { answersAt } from './program';
import { ill, worldAt } from './world';

export function askProbe(life: Life, pod: RunningPod): (container: Container, probe: Probe) => ProbeAnswer {
  return (container, probe) => {
    const slow = latencyOf(life, pod, container) >= probe.timeoutSeconds * 1000;
    if (probe.action.kind === 'exec') return slow ? { kind: 'timeout' } : commandAnswer(life, pod, container);
    const port = portNumber(probe.action.port, container);
    const [ip] = pod.status.podIPs;
    if (port === null || ip === undefined) return { kind: 'refused' };
    const { outcome } = walkOnce(
      worldAt(life),
      requestTo({ ip, port, path: probe.action.kind === 'http' ? probe.action.path : null }, pod),
    );
    const answer = answerOf(outcome);
    return slow && answer.kind !== 'refused' ? { kind: 'timeout' } : answer;
  };
}

function requestTo({ ip, port, path }: { ip: Ip; port: number; path: string | null }, { spec }: Pod): Request {
  const http = path === null ? null : httpRequest({ scheme: 'http', method: 'GET', host: ip, target: path, headers: {} });
  return { netns: `node/${spec.nodeName}`, owner: spec.nodeName ?? '', host: ip, port, protocol: 'TCP', http, source: null };
}

function answerOf(outcome: Outcome): ProbeAnswer {
  switch (outcome.kind) {
    case 'delivered':
      return outcome.status === null ? { kind: 'open' } : { kind: 'status', status: outcome.status };
    case 'rejected':
      return { kind: 'refused' };
    case 'dropped':
    case 'unresolved':
      return { kind: 'timeout' };
  }
}

/** A command in the container succeeds as long as the program is well. */
function commandAnswer(life: Life, pod: RunningPod, container: Container): ProbeAnswer {
  const made = ill(life, keyOf(pod));
  const own = life.pods[keyOf(pod)]?.containers.find(({ name }) => name === container.name);
  const program = own === undefined ? null : programIn(pod, own);
  const age = own?.state.kind === 'running' ? life.now - own.state.since : 0;
  const answers = made ?? (program === null ? 200 : answersAt(program, age));
  if (answers === 'hang') return { kind: 'timeout' };
  return typeof answers === 'number' && answers < 400 ? { kind: 'ran' } : { kind: 'refused' };
}

function latencyOf(life: Life, pod: RunningPod, container: Container): number {
  const own = life.pods[keyOf(pod)]?.containers.find(({ name }) => name === container.name);
  return own === undefined ? 0 : (programIn(pod, own)?.latency ?? 0);
}

/** A name is looked for in the probed container only. */
function portNumber(port: number | string, { ports }: Container): number | null {
  return typeof port === 'number' ? port : (ports.find(({ name }) => name === port)?.containerPort ?? null);
}
