// What the trace touches: namespaces, hooks, devices, Services. The plan unfolds these and keeps the rest quiet.

import type { ClusterView, PodView, ServiceView, Step } from '../engine/index';

/** D finds the address, A sends the request, R brings the answer back. */
export type Lane = 'D' | 'A' | 'R';

export interface Way {
  readonly steps: readonly Step[];
  readonly netns: ReadonlySet<string>;
  /** By node's namespace: hooks and devices at which the packet stops. */
  readonly hooks: ReadonlyMap<string, ReadonlySet<string>>;
  readonly devices: ReadonlyMap<string, ReadonlySet<string>>;
  /** The lines that call at each namespace. */
  readonly lanes: ReadonlyMap<string, ReadonlySet<string>>;
  /** Nodes whose own programs send or receive. */
  readonly hosts: ReadonlySet<string>;
  /** Where the client runs; null without a trace. */
  readonly client: string | null;
  readonly boards: readonly BoardPlace[];
  /** Pods behind the Service that the request is for, as `namespace/name`. */
  readonly behind: ReadonlySet<string>;
}

/** A Service that rules at a hook read for this packet. */
export interface BoardPlace {
  readonly service: ServiceView;
  readonly netns: string;
  readonly hook: string;
  readonly lane: Lane;
}

export function laneOf(step: Step): Lane {
  if (step.at.purpose === 'dns') return 'D';
  return step.at.direction === 'original' ? 'A' : 'R';
}

export function wayOf(view: ClusterView, steps: readonly Step[]): Way {
  const hooks = new Map<string, Set<string>>();
  const devices = new Map<string, Set<string>>();
  const lanes = new Map<string, Set<string>>();
  const hosts = new Set<string>();
  for (const [index, step] of steps.entries()) {
    const { netns } = step.at;
    add(lanes, netns, laneOf(step));
    if (!netns.startsWith('node/')) continue;
    const hook = hookOf(step);
    if (hook !== null) add(hooks, netns, hook);
    if (step.kind === 'device-entered' || step.kind === 'device-left') add(devices, netns, step.device);
    if (isProgram(step) && !answersItself(step, steps[index - 1])) hosts.add(netns);
  }
  const boards = boardsOf(view, steps);
  const asked = boards.filter((board) => board.lane === 'A').flatMap((board) => board.service.endpoints);
  return {
    steps,
    netns: new Set(steps.map((step) => step.at.netns)),
    hooks,
    devices,
    lanes,
    hosts,
    client: steps[0]?.at.netns ?? null,
    boards,
    behind: new Set(asked.flatMap((endpoint) => (endpoint.pod === null ? [] : [endpoint.pod]))),
  };
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key) ?? new Set();
  known.add(value);
  map.set(key, known);
}

/** The hook at which the step happens; null elsewhere. */
export function hookOf(step: Step): string | null {
  if (step.kind === 'hook-passed' || step.kind === 'dropped' || step.kind === 'rejected') return step.hook;
  return null;
}

/** Whether a program of the namespace, not its kernel's forwarding, takes part. */
export function isProgram(step: Step): boolean {
  switch (step.kind) {
    case 'sent':
    case 'delivered':
    case 'received':
    case 'name-answered':
    case 'name-settled':
    case 'name-in-hosts':
    case 'search-planned':
    case 'application-answered':
    case 'http-routed':
    case 'proxy-answered':
    case 'concluded':
      return true;
    case 'rejected':
      return step.reason === 'no-socket';
    default:
      return false;
  }
}

/** A kernel's own answer to what it refused: it begins where the refusal was, not in a program. */
export function answersItself(step: Step, before: Step | undefined): boolean {
  return step.kind === 'sent' && before?.kind === 'rejected' && before.at.netns === step.at.netns && before.reason !== 'no-socket';
}

/** A board stands where a rule rewrote the Service's address; without endpoints, at the first hook that the packet for it reached. */
function boardsOf(view: ClusterView, steps: readonly Step[]): readonly BoardPlace[] {
  const found: BoardPlace[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'hook-passed' || step.at.direction === 'reply') continue;
    const asked = destinationBefore(steps, index);
    const service = view.services.find((one) => asked !== null && addressesOf(one, asked));
    if (service === undefined) continue;
    const place = { service, netns: step.at.netns, hook: step.hook, lane: laneOf(step) };
    if (!found.some((one) => one.service === service && one.netns === place.netns)) found.push(place);
  }
  return found;
}

interface Asked {
  readonly ip: string;
  readonly port: number;
}

function destinationBefore(steps: readonly Step[], index: number): Asked | null {
  const step = steps[index];
  if (step?.kind !== 'hook-passed' || step.skb === null) return null;
  const rewritten = step.translations.find((one) => one.which === 'destination');
  return rewritten?.from ?? step.skb.packet.destination;
}

/** A cluster address, or a port that the Service opens on every node. */
function addressesOf(service: ServiceView, asked: Asked): boolean {
  if (service.clusterIPs.includes(asked.ip)) return true;
  return service.ports.some((port) => port.nodePort !== null && port.nodePort === asked.port);
}

/** The part of a Pod's name that its owner gives, and the rest. */
export function nameParts(pod: PodView): { readonly owner: string; readonly suffix: string } {
  const { owner, name } = pod;
  if (owner === null || !name.startsWith(`${owner}-`)) return { owner: name, suffix: '' };
  return { owner, suffix: name.slice(name.lastIndexOf('-')) };
}
