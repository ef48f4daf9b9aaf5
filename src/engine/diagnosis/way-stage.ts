// Does the packet arrive, and its answer return? Where it ends, the world as it runs is held against the world that the objects ask for:
// a Pod, a machine, a cable or a route that should be there and is not. What that does not explain is told as the trace tells it.

import type { RunningPod } from '../controlplane/cluster';
import { concludedFact } from '../explain/end-fact';
import { placeNamed } from '../explain/names';
import { refOf } from '../kube/meta';
import type { ObjectRef } from '../kube/ref';
import { formatRoute } from '../linux/ip-route';
import type { Kernel, World } from '../linux/kernel';
import { netnsOfNode, netnsOfPod } from '../names';
import { type Ip, parseIp } from '../net/ip';
import type { Outcome, Step, StepOf } from '../trace/step';
import type { EndpointBehind } from './behind';
import { type Call, type Ended, finalDestination } from './call';
import type { About, Cause, Command } from './diagnosis';
import { type Given, labelOf, podAt, podNamed } from './given';
import { socketText } from './output';
import { cause, kubectl, type Look, onNode, type Stage } from './stage';

/** Whom a call may reach. `service`: as sentences name it; null where an address was called. */
export interface Reached {
  readonly service: string | null;
  readonly endpoints: readonly EndpointBehind[];
}

export function wayStage(given: Given, call: Call, { about, reached }: { about: About; reached: Reached }): Stage {
  return { code: 'way', about, look: () => travelled(given, call, reached) };
}

function travelled(given: Given, call: Call, reached: Reached): Look {
  const to = finalDestination(call);
  const from = nameOf(given, call.netns);
  return {
    fact: { code: 'way', from, to: socketText(to.ip, to.port) },
    command: commandFor(given, call),
    output: routeLines(call),
    complaint: call.end === null ? null : stopped(given, { call, end: call.end, reached }),
  };
}

function nameOf(given: Given, netns: string): string {
  return labelOf(given, placeNamed(given.names, netns));
}

/** Where it ended; the first node on the way where it did not. */
function commandFor(given: Given, call: Call): Command | null {
  const { ip } = finalDestination(call);
  const netns = call.end?.at.netns ?? call.steps.find(({ at }) => at.netns.startsWith('node/'))?.at.netns ?? call.netns;
  const { kind, name, namespace } = placeNamed(given.names, netns);
  if (kind === 'node') return onNode(name, `ip route get ${call.end?.skb?.packet.destination.ip ?? ip}`);
  return kind === 'pod' ? kubectl(`exec -n ${namespace} ${name} -- ip route get ${ip}`) : null;
}

function routeLines({ end, steps }: Call): readonly string[] {
  const netns = end?.at.netns ?? steps.find(({ at }) => at.netns.startsWith('node/'))?.at.netns;
  const chosen = steps.findLast(
    (step): step is StepOf<'route-chosen'> => step.kind === 'route-chosen' && step.at.netns === netns && step.at.direction === 'original',
  );
  const route = (end === null ? null : end.route) ?? chosen?.route ?? null;
  return route === null ? [] : [formatRoute(route)];
}

// Why it ended

interface Stopped {
  readonly call: Call;
  readonly end: Ended;
  readonly reached: Reached;
}

function stopped(given: Given, at: Stopped): Cause {
  return silent(given, at) ?? withoutNetwork(given, at) ?? gone(given, at) ?? broken(given, at) ?? nobodys(given, at) ?? untold(given, at);
}

/** The packet arrived, and the program took it: it is not the network that says nothing. */
function silent(given: Given, { end }: Stopped): Cause | null {
  if (end.kind !== 'dropped' || end.reason !== 'application-silent') return null;
  const pod = podOfNetns(given, end.at.netns);
  return cause({ code: 'program-silent', by: nameOf(given, end.at.netns) }, pod === null ? null : { object: refOf(pod) });
}

/** The Pod that the packet was for has no network any more, though the API server still lists it. */
function gone(given: Given, { call, reached }: Stopped): Cause | null {
  const { ip } = finalDestination(call);
  const listed = reached.endpoints.find(({ address }) => address.ip === ip);
  const pod = listed?.pod ?? podAt(given, ip);
  if (pod === null) return null;
  const netns = netnsOfPod(pod);
  if (given.world.kernels[netns] !== undefined || given.wanted().kernels[netns] === undefined) return null;
  return cause({ code: 'pod-gone', pod: labelOf(given, pod.metadata), address: ip }, { object: refOf(pod) });
}

/** What should be there and is not, in the places on the way and behind where it ended. */
function broken(given: Given, { call, end }: Stopped): Cause | null {
  const wanted = given.wanted();
  const pods = [podAt(given, finalDestination(call).ip), podOfNetns(given, call.netns)].filter((pod) => pod !== null);
  const wrapped = end.skb?.packet.destination.ip;
  const tunnelled = given.cluster.nodes.flatMap(({ status, metadata }) =>
    status.internalIPs.some((ip) => ip === wrapped) ? [metadata.name] : [],
  );
  const nodes = [...new Set([...tunnelled, ...nodesOnTheWay(call.steps), ...pods.flatMap(({ spec }) => spec.nodeName ?? [])])];
  const cut = given.world.cuts.find((pair) => pair.every((netns) => nodes.some((node) => netns === netnsOfNode(node))));
  if (cut !== undefined) return cutBetween(given, cut, end);
  for (const node of nodes) {
    const netns = netnsOfNode(node);
    if (isCutOff(given.world, wanted, netns)) return unreachableNode(given, { node, call, nodes });
  }
  for (const pod of pods) if (isUnplugged(given.world, wanted, pod)) return unplugged(given, pod);
  const places = [end.at.netns, ...nodes.map(netnsOfNode), ...pods.map(netnsOfPod)];
  for (const netns of places) {
    const lost = lostRoutes(given.world.kernels[netns], wanted.kernels[netns]);
    if (lost.length > 0) return outdated(given, netns, lost);
  }
  return null;
}

function cutBetween(given: Given, [one, other]: readonly [string, string], end: Ended): Cause {
  const [from, to] = (end.at.netns === other ? [other, one] : [one, other]).map((netns) => nameOf(given, netns));
  return cause({ code: 'link-cut', from: from ?? '', to: to ?? '' }, { object: { kind: 'Node', namespace: null, name: to ?? '' } });
}

function nodesOnTheWay(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ at }) => (at.netns.startsWith('node/') ? [at.netns.slice('node/'.length)] : []));
}

function podOfNetns(given: Given, netns: string): RunningPod | null {
  const { kind, namespace, name } = placeNamed(given.names, netns);
  return kind === 'pod' ? podNamed(given, namespace, name) : null;
}

/** The machine is gone, has lost a card, or nobody finds it on the link. */
function isCutOff(world: World, wanted: World, netns: string): boolean {
  const [has, should] = [world.kernels[netns], wanted.kernels[netns]];
  if (should === undefined) return false;
  if (has === undefined) return true;
  return should.devices.some(({ name, attachment, addresses }) => {
    if (attachment.kind !== 'segment') return false;
    const own = has.devices.find((device) => device.name === name);
    if (own === undefined || own.attachment.kind !== 'segment') return true;
    return addresses.some(
      ({ ip }) => wanted.segments[attachment.segment]?.[ip] !== undefined && neighbourOf(world, own.attachment, ip) === undefined,
    );
  });
}

function neighbourOf({ segments }: World, attachment: Kernel['devices'][number]['attachment'], ip: Ip): unknown {
  return attachment.kind === 'segment' ? segments[attachment.segment]?.[ip] : undefined;
}

function unreachableNode(given: Given, { node, call, nodes }: { node: string; call: Call; nodes: readonly string[] }): Cause {
  const object: ObjectRef = { kind: 'Node', namespace: null, name: node };
  const from = nodes.find((other) => other !== node) ?? nameOf(given, call.netns);
  return cause({ code: 'node-unreachable', node, from }, { object });
}

/** One end of the Pod's cable is missing. */
function isUnplugged(world: World, wanted: World, pod: RunningPod): boolean {
  const netns = netnsOfPod(pod);
  const should = wanted.kernels[netns];
  const has = world.kernels[netns];
  if (should === undefined || has === undefined || pod.spec.hostNetwork) return false;
  return should.devices.some((device) => {
    if (!('peer' in device.attachment)) return false;
    const { peer } = device.attachment;
    const other = world.kernels[peer.netns]?.devices.some(({ name }) => name === peer.device) ?? false;
    return !other || !has.devices.some(({ name }) => name === device.name);
  });
}

function unplugged(given: Given, pod: RunningPod): Cause {
  return cause({ code: 'pod-unplugged', pod: labelOf(given, pod.metadata), node: pod.spec.nodeName ?? '' }, { object: refOf(pod) });
}

function lostRoutes(has: Kernel | undefined, should: Kernel | undefined): readonly string[] {
  if (has === undefined || should === undefined) return [];
  const known = new Set(has.routes.map(formatRoute));
  return should.routes.map(formatRoute).filter((route) => !known.has(route));
}

function outdated(given: Given, netns: string, routes: readonly string[]): Cause {
  const { kind, name, namespace } = placeNamed(given.names, netns);
  const object = kind === 'node' ? { kind: 'Node', namespace: null, name } : kind === 'pod' ? { kind: 'Pod', namespace, name } : null;
  return cause({ code: 'routes-behind', place: nameOf(given, netns), routes }, object === null ? null : { object });
}

/** Nothing joins the nodes, and nothing was meant to. */
function withoutNetwork(given: Given, { call, reached }: Stopped): Cause | null {
  if (given.cluster.settings.network !== 'none') return null;
  // Without a network that hands them out, two Pods may have one address: the endpoint says which is meant.
  const { ip } = finalDestination(call);
  const pod = reached.endpoints.find(({ address }) => address.ip === ip)?.pod ?? podAt(given, ip);
  const from = podOfNetns(given, call.netns)?.spec.nodeName ?? null;
  const to = pod?.spec.nodeName ?? ip;
  return from === null || from === to ? null : cause({ code: 'no-pod-network', from, to });
}

/** An endpoint that somebody wrote by hand, or that outlived its Pod, and an address that nobody has. */
function nobodys(given: Given, { call, reached, end }: Stopped): Cause | null {
  const { ip } = finalDestination(call);
  const address = parseIp(ip);
  if (address === null || podAt(given, ip) !== null || isHeld(given.world, address) || end.at.direction === 'reply') return null;
  const listed = reached.endpoints.find((endpoint) => endpoint.address.ip === ip);
  if (listed === undefined || reached.service === null) return null;
  return cause({ code: 'endpoint-of-nobody', service: reached.service, address: ip }, { object: refOf(listed.slice), path: ['endpoints'] });
}

function isHeld({ kernels }: World, ip: Ip): boolean {
  return Object.values(kernels).some(({ devices }) => devices.some(({ addresses }) => addresses.some((own) => own.ip === ip)));
}

/** In the words of the trace. */
function untold(given: Given, { call, end }: Stopped): Cause {
  const outcome = outcomeOf(end);
  const concluded: StepOf<'concluded'> = {
    kind: 'concluded',
    by: call.by,
    outcome,
    at: { ...end.at, direction: 'reply', netns: call.netns },
    skb: null,
    effects: [],
  };
  const steps = [...call.steps.map((step): Step => ({ ...step, at: { ...step.at, purpose: 'request' } })), concluded];
  return cause({
    code: 'way-ends',
    end: concludedFact(concluded, { names: given.names, trace: { steps, outcome, backends: [] }, index: steps.length - 1 }),
  });
}

function outcomeOf(end: Ended): Outcome {
  if (end.skb === null) throw new Error('a packet ended without a packet');
  const { destination } = end.skb.packet;
  const { netns, direction } = end.at;
  if (end.kind === 'rejected') return { kind: 'rejected', reason: end.reason, netns, destination };
  return { kind: 'dropped', reason: end.reason, netns, destination, replyLost: direction === 'reply' };
}

/** Whom a call by its address may reach: nobody behind a Service. */
export const BY_ADDRESS: Reached = { service: null, endpoints: [] };
