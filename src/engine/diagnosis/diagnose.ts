// The diagnosis of a request: found with what a person may look at, in the order in which one looks, without a glance at what was edited.
//
//   client runs? -> what does its program print? -> name -> Service, endpoints, Pods, ports -> rules, policies, way -> answer
//                                                        -> proxy's rule -> the Service behind it
//
// Chance is not left to the dice: every way that the rules leave open is walked, and the most likely one that fails is looked into.

import type { Built } from '../built';
import type { RunningPod } from '../controlplane/cluster';
import { dispatch, isIdle } from '../dispatch';
import { clientView } from '../explain/client-view';
import { refOf } from '../kube/meta';
import type { World } from '../linux/kernel';
import { netnsOfPod } from '../names';
import { parseIp } from '../net/ip';
import { askedTarget } from '../target';
import type { Outcome, Step } from '../trace/step';
import { explore, type SingleWalk } from '../trace/trace';
import type { RequestProblem, ScenarioRequest } from '../view';
import { addressStages } from './address-stages';
import { answerStages } from './answer-stages';
import { type Call, clientCall, type Ways, waysOf } from './call';
import { type Called, calledBy, serviceFound } from './called';
import type { Diagnosis } from './diagnosis';
import { type Given, givenFor, podNamed, senderName } from './given';
import { askNameServer, nameStages } from './name-stages';
import { nodeStages } from './node-stages';
import { podLine } from './output';
import { podFault } from './pod-fault';
import { proxyStages } from './proxy-stages';
import { behindService, serviceStages } from './service-stages';
import { beyond, cause, inOrder, kubectl, type Look, onNode, type Stage } from './stage';

export type Diagnosed =
  | { readonly kind: 'diagnosed'; readonly diagnosis: Diagnosis }
  | { readonly kind: 'refused'; readonly problem: RequestProblem };

/** Why the request fails in this world, or that it does not. */
export function diagnosed(built: Built, asked: ScenarioRequest, seed: number, world: World = built.world): Diagnosed {
  const ready = dispatch(built, world, asked);
  if ('problem' in ready)
    return ready.problem.code === 'source-not-running' ? idle(built, asked, world) : { kind: 'refused', problem: ready.problem };
  const seeded = { ...ready.world, seed: seed >>> 0 };
  const given = givenFor(built, seeded, ready.request);
  const { walk, ways: all } = explore(seeded, ready.request);
  const ways = waysOf(all);
  const lost = parseIp(ready.request.host) === null ? (askNameServer(given, walk)?.failing ?? 0) : 0;
  // A name server that answers every other time makes every other look-up fail, whatever this one came to.
  const failing = ways === null ? lost || 1 : 1 - (1 - ways.failing) * (1 - lost);
  const stages = [
    clientStage(given),
    { code: 'request-answered', about: 'client', look: () => symptom(given, asked, { walk, ways, failing }) } as const,
    ...nameStages(given, walk, failing > 0),
    ...(ways === null ? [] : requestStages(given, walk, ways)),
  ];
  return { kind: 'diagnosed', diagnosis: { ...inOrder(stages, failing > 0), failing } };
}

/** The client itself does not run: nothing can be sent. */
function idle(built: Built, { from }: ScenarioRequest, world: World): Diagnosed {
  const [, ...parts] = from.trim().split('/');
  const [namespace, name] = parts.length === 1 ? ['default', parts[0]] : parts;
  const owner = `${namespace}/${name}`;
  const request = { netns: `pod/${owner}`, owner, host: '', port: 0, protocol: 'TCP', http: null, source: null } as const;
  const given = givenFor(built, world, request);
  const stages = [
    clientStage(given),
    ...beyond('client', ['request-answered']),
    ...beyond('name', ['name-resolves']),
    ...beyond('service', ['service-exists', 'endpoints']),
  ];
  return { kind: 'diagnosed', diagnosis: { ...inOrder(stages, true), failing: 1 } };
}

function clientStage(given: Given): Stage {
  return { code: 'client-runs', about: 'client', look: () => clientLook(given) };
}

function clientLook(given: Given): Look {
  const { sender } = given;
  const client = senderName(given);
  if (sender.kind === 'outside')
    return {
      fact: { code: 'client-runs', client, kind: 'node', node: client, address: sender.address },
      command: null,
      output: [],
      complaint: null,
    };
  if (sender.kind === 'node') {
    const { metadata, status } = sender.node;
    return {
      fact: { code: 'client-runs', client, kind: 'node', node: metadata.name, address: status.internalIPs[0] ?? '' },
      command: kubectl(`get node ${metadata.name} -o wide`),
      output: [`${metadata.name}   ${status.ready ? 'Ready' : 'NotReady'}   ${status.internalIPs[0] ?? ''}`],
      complaint: null,
    };
  }
  const { pod } = sender;
  const isPlaced = given.cluster.nodes.some(({ metadata }) => metadata.name === pod.spec.nodeName);
  const idle = !isPlaced || isIdle(pod);
  const isDark = given.world.dark.includes(netnsOfPod(pod));
  const idleness = idle ? (podFault(given, pod, { part: 'client', service: null }) ?? notReady(given)) : null;
  return {
    fact: { code: 'client-runs', client, kind: 'pod', node: pod.spec.nodeName ?? '', address: pod.status.podIPs[0] ?? '' },
    command: kubectl(`get pod -n ${pod.metadata.namespace} ${pod.metadata.name} -o wide`),
    output: [podLine(pod)],
    complaint: isDark ? silent(given, pod) : idleness,
  };
}

/** The machine below the Pod is off, whether the control plane has noticed yet or not. */
function silent(given: Given, pod: RunningPod): ReturnType<typeof cause> {
  const fact = {
    code: 'pod-node-not-ready',
    node: pod.spec.nodeName ?? '',
    pod: senderName(given),
    part: 'client',
    service: null,
  } as const;
  return cause(fact, { object: refOf(pod) });
}

function notReady(given: Given): ReturnType<typeof cause> {
  const pod = given.sender.kind === 'pod' ? podNamed(given, given.sender.pod.metadata.namespace, given.sender.pod.metadata.name) : null;
  return cause(
    { code: 'pod-not-ready', pod: senderName(given), part: 'client', service: null },
    pod === null ? null : { object: refOf(pod) },
  );
}

/** What the client's program prints. */
function symptom(
  given: Given,
  asked: ScenarioRequest,
  { walk, ways, failing }: { walk: SingleWalk; ways: Ways | null; failing: number },
): Look {
  const target = askedTarget(asked);
  const shown: { readonly steps: readonly Step[]; readonly outcome: Outcome } = ways?.shown ?? walk;
  const view = target === null ? null : clientView({ ...shown, backends: [] }, target);
  const typed = view?.command ?? (target === null || target.protocol !== 'TCP' ? null : `nc -zvw 5 ${target.host} ${target.port}`);
  return {
    fact: { code: 'request-answered', client: senderName(given), failing },
    command: typed === null ? null : typedAt(given, typed),
    output: view === null ? [] : view.output.split('\n'),
    complaint: 'symptom',
  };
}

function typedAt({ sender }: Given, text: string): Look['command'] {
  if (sender.kind === 'pod') return kubectl(`exec -n ${sender.pod.metadata.namespace} ${sender.pod.metadata.name} -- ${text}`);
  return onNode(sender.kind === 'node' ? sender.node.metadata.name : sender.address, text);
}

/** What stands behind the address that the request went to. */
function requestStages(given: Given, walk: SingleWalk, ways: Ways): readonly Stage[] {
  const { request } = given;
  const { target } = walk;
  if (target === null) return [];
  const first = ways.shown.steps.find((step) => step.kind === 'sent' && step.at.purpose === 'request');
  const asked = first?.skb?.packet.destination ?? { ip: target.ip, port: request.port };
  const call = clientCall(ways, {
    about: 'service',
    netns: request.netns,
    by: request.owner,
    asked: { ...asked, port: request.port },
    protocol: request.protocol,
  });
  const called = calledBy(given, call, serviceFound(given, walk.steps));
  return [...calledStages(given, call, called), ...proxyStages(given, ways), ...answerStages(given, ways)];
}

function calledStages(given: Given, call: Call, called: Called): readonly Stage[] {
  if (called.kind !== 'service') return addressStages(given, { call, called, about: 'service' });
  const behind = behindService(given, called, { about: 'service', call });
  return [...serviceStages(behind), ...nodeStages(behind, call)];
}
