// The kernels at an instant: compiled from what is stored, as far as each watcher has read it, then changed by what is true on machines and
// stands in no object: programs that are not up yet, that are ill or gone, machines that are off, cables that are cut.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { isUndeclaredPort, sidecarsUp } from '../controlplane/listening';
import { compile } from '../dataplane/compile';
import type { Pod } from '../kube/pod';
import type { Device } from '../linux/device';
import type { Kernel, World } from '../linux/kernel';
import type { Socket } from '../linux/socket';
import { type ContainerLife, programIn } from './container-life';
import type { Fault } from './fault';
import type { Life, Seen } from './life';
import type { PodLife } from './pod-life';
import { type Answering, answersAt } from './program';

/** The world of a life, at the second that its clock shows. */
export function worldAt(life: Life): World {
  const programmed = programmedWorld(life);
  const kernels = Object.entries(programmed.kernels).map(([netns, kernel]) => [netns, withPrograms(life, kernel)] as const);
  const nameServers = withStarts(life, programmed.nameServers);
  const world = { ...programmed, now: Math.floor(life.now / 1000), kernels: Object.fromEntries(kernels), nameServers };
  const broken = life.faults.reduce((all, fault) => withFault(all, fault, life.cluster), world);
  const booting = Object.entries(life.machines).flatMap(([node, machine]) => (machine.booting ? [node] : []));
  return booting.reduce((all, node) => withFault(all, { kind: 'node-lost', node }, life.cluster), broken);
}

/** A name server that was started on the axis remembers nothing of what was before. */
function withStarts(life: Life, servers: World['nameServers']): World['nameServers'] {
  const started = Object.entries(servers).flatMap(([owner, server]) => {
    const since = Math.max(0, ...(life.pods[owner]?.containers ?? []).map(({ state }) => (state.kind === 'running' ? state.since : 0)));
    return since > 0 ? [[owner, { ...server, since: since / 1000 }] as const] : [];
  });
  return started.length === 0 ? servers : { ...servers, ...Object.fromEntries(started) };
}

// Compiling is the dear part. Most of what is stored in a life is of no account to kernels (who is ready, how containers fare), so the world
// that was compiled last stays as long as nothing else has changed. The nodes stand for the cluster: they change least.
const compiled = new WeakMap<Cluster['nodes'], Compiled>();

interface Compiled {
  readonly cluster: Cluster;
  readonly by: readonly Seen[];
  readonly world: World;
}

/** As its kernels are programmed, with every program up and nothing broken. */
export function programmedWorld({ cluster, machines, named }: Life): World {
  const by = [named, ...Object.values(machines).map(({ programmed }) => programmed)];
  const known = compiled.get(cluster.nodes);
  if (
    known !== undefined &&
    known.by.length === by.length &&
    known.by.every((seen, index) => sameSeen(seen, by[index])) &&
    isSame(known.cluster, cluster)
  )
    return known.world;
  const world = compile(cluster, { proxy: (node) => machines[node]?.programmed ?? cluster, names: named });
  compiled.set(cluster.nodes, { cluster, by, world });
  return world;
}

function sameSeen(a: Seen, b: Seen | undefined): boolean {
  return a.services === b?.services && a.endpointSlices === b.endpointSlices;
}

/** Whether kernels would be programmed alike: all lists the same, but for those of controllers, and Pods alike in what the network sees. */
function isSame(a: Cluster, b: Cluster): boolean {
  if (a === b) return true;
  return (
    READ.every((list) => a[list] === b[list]) &&
    a.pods.length === b.pods.length &&
    a.pods.every((pod, index) => isSamePod(pod, b.pods[index]))
  );
}

/** What compilers read beside Pods, and beside the Services and slices that somebody has seen. */
const READ = [
  'settings',
  'clusterCIDR',
  'serviceCIDR',
  'second',
  'nodes',
  'namespaces',
  'services',
  'endpointSlices',
  'configMaps',
  'networkPolicies',
  'ingresses',
  'ingressClasses',
  'gateways',
  'httpRoutes',
  'referenceGrants',
  'others',
] as const satisfies readonly (keyof Cluster)[];

function isSamePod(a: RunningPod, b: RunningPod | undefined): boolean {
  if (a === b) return true;
  if (b === undefined || a.spec !== b.spec || a.metadata !== b.metadata || a.status.phase !== b.status.phase) return false;
  if (sidecarsUp(a).length !== sidecarsUp(b).length) return false;
  return a.status.podIPs.length === b.status.podIPs.length && a.status.podIPs.every((ip, index) => ip === b.status.podIPs[index]);
}

/** Sockets are open where the program behind them listens; what it answers is its own affair. */
function withPrograms(life: Life, kernel: Kernel): Kernel {
  if (kernel.sockets.length === 0) return kernel;
  const sockets = kernel.sockets.flatMap((socket) => socketAt(life, socket) ?? []);
  return sockets.length === kernel.sockets.length && sockets.every((socket, index) => socket === kernel.sockets[index])
    ? kernel
    : { ...kernel, sockets };
}

function socketAt(life: Life, socket: Socket): Socket | null {
  const podLife = life.pods[socket.owner];
  if (podLife === undefined) return isDark(life, socket.owner) ? null : socket;
  if (socket.application.kind === 'dns' && life.faults.some((fault) => fault.kind === 'dns-stopped' && fault.node === podLife.node))
    return null;
  const made = ill(life, socket.owner);
  if (podLife.pinned) return made === null ? socket : answering(socket, made, 0);
  const pod = podsByKey(life.cluster.pods).get(socket.owner);
  const container = pod === undefined ? null : containerBehind(podLife, pod, socket.port);
  if (pod === undefined || container === null || !isListening(life, pod, container)) return null;
  const program = programIn(pod, container);
  const age = container.state.kind === 'running' ? life.now - container.state.since : 0;
  const answers = made ?? (program === null ? 200 : answersAt(program, age));
  return answering(socket, answers, program?.errors ?? 0);
}

/** A Pod of which the kubelet does not know yet. */
function isDark({ cluster }: Life, owner: string): boolean {
  return podsByKey(cluster.pods).has(owner);
}

const indices = new WeakMap<Cluster['pods'], ReadonlyMap<string, RunningPod>>();

function podsByKey(pods: Cluster['pods']): ReadonlyMap<string, RunningPod> {
  const known = indices.get(pods) ?? new Map(pods.map((pod) => [`${pod.metadata.namespace}/${pod.metadata.name}`, pod]));
  indices.set(pods, known);
  return known;
}

/** Who of the Pod's containers has the port: the one that declares it, or has it undeclared, else the first that is no init container. */
export function containerBehind({ containers }: PodLife, { spec }: Pod, port: number | null): ContainerLife | null {
  const all = [...spec.initContainers, ...spec.containers];
  const declares =
    all.find(({ ports }) => ports.some(({ containerPort }) => containerPort === port)) ?? all.find((each) => isUndeclaredPort(each, port));
  const lasting = containers.filter(({ role }) => role !== 'init');
  return lasting.find(({ name }) => name === declares?.name) ?? lasting.find(({ role }) => role === 'ordinary') ?? null;
}

/** Whether its program is up, and was not told to end (or goes on all the same). */
export function isListening(life: Life, pod: Pod, container: ContainerLife): boolean {
  const program = programIn(pod, container);
  if (container.state.kind !== 'running' || program === null || !container.listened) return false;
  const isEnding = container.doom !== null && container.doom.term <= life.now && program.drains === null && !program.deaf;
  return !isEnding;
}

function answering(socket: Socket, answers: Answering, errors: number): Socket | null {
  if (answers === 'down') return null;
  if (socket.application.kind !== 'http') return socket;
  if (answers === 200 && errors === 0) return socket;
  const failing = errors === 0 ? {} : { failing: Math.round(errors * 1000) };
  return {
    ...socket,
    application: { ...socket.application, ...(answers === 'hang' ? { silent: true } : { status: answers }), ...failing },
  };
}

/** What a fault makes the Pod's programs answer; null where none speaks of it. */
export function ill({ faults }: Life, key: string): Answering | null {
  return faults.flatMap((fault) => (fault.kind === 'ill' && fault.pod === key ? [fault.answers] : []))[0] ?? null;
}

function withFault(world: World, fault: Fault, { pods }: Cluster): World {
  switch (fault.kind) {
    case 'node-lost':
      return withoutMachine(world, `node/${fault.node}`, podsOn(pods, fault.node));
    case 'link-cut':
      return { ...world, cuts: [...world.cuts, [`node/${fault.nodes[0]}`, `node/${fault.nodes[1]}`]] };
    case 'dns-stopped':
    case 'crash':
    case 'ill':
    case 'proxy-stopped':
      return world;
  }
}

function podsOn(pods: Cluster['pods'], node: string): readonly string[] {
  return pods.flatMap(({ spec, metadata }) =>
    spec.nodeName === node && !spec.hostNetwork ? [`pod/${metadata.namespace}/${metadata.name}`] : [],
  );
}

/** Its cables are dead, nothing listens on it, and no program in its Pods runs. */
function withoutMachine(world: World, netns: string, pods: readonly string[]): World {
  const kernel = world.kernels[netns];
  if (kernel === undefined) return world;
  const devices = kernel.devices.map(
    (device): Device => (device.attachment.kind === 'segment' ? { ...device, attachment: { kind: 'dummy' } } : device),
  );
  const segments = Object.entries(world.segments).map(([name, neighbours]) => [
    name,
    Object.fromEntries(Object.entries(neighbours).filter(([, end]) => end.netns !== netns)),
  ]);
  return {
    ...world,
    kernels: { ...world.kernels, [netns]: { ...kernel, devices, sockets: [] } },
    segments: Object.fromEntries(segments),
    dark: [...world.dark, netns, ...pods],
  };
}
