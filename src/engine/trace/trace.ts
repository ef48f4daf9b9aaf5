// One request from beginning to end: find the address, open the connection, hear the answer. The world that it leaves behind comes with it.

import type { World } from '../linux/kernel';
import type { Socket } from '../linux/socket';
import { sourceAddress } from '../linux/source-address';
import type { Ip } from '../net/ip';
import { type Packet, type Payload, type Protocol, reversed } from '../net/packet';
import { unreachable } from '../net/unreachable';
import { possibleBackends } from './branches';
import { DEFAULT_TTL, exchange, type Settled } from './exchange';
import { Journey } from './journey';
import { nextLocalPort } from './local-port';
import { lookUpHost } from './look-up';
import type { Request } from './request';
import type { Outcome, Place, Trace } from './step';

/** Sends the request into the world. The same world and request give the same trace. */
export function trace(world: World, request: Request): { readonly trace: Trace; readonly world: World } {
  const { steps, outcome, target, ...taken } = walkOnce(world, request);
  const backends = target === null ? [] : possibleBackends(target.before, (branch) => connect(branch, request, target));
  return { trace: { steps, outcome, backends }, world: taken.world };
}

/** One way through the world, without a look at the ways not taken. */
export interface SingleWalk extends Pick<Trace, 'steps' | 'outcome'> {
  readonly world: World;
  /** Where the connection went, and the world in which it was opened; null where the name did not resolve. */
  readonly target: (Target & { readonly before: World }) | null;
}

interface Target {
  readonly at: Place;
  readonly ip: Ip;
}

export function walkOnce(world: World, request: Request): SingleWalk {
  const journey = new Journey(world);
  const found = lookUpHost(journey, request);
  const at: Place = { exchange: found.exchanges, purpose: 'request', direction: 'original', netns: request.netns };
  if (found.kind === 'unresolved') {
    const outcome: Outcome = { kind: 'unresolved', name: request.host, rcode: found.rcode };
    conclude(journey, { ...at, exchange: Math.max(0, found.exchanges - 1), purpose: 'dns' }, { request, outcome });
    return { steps: journey.steps, outcome, world: journey.world, target: null };
  }
  const target = { at, ip: found.ip, before: journey.world };
  const outcome = connect(journey, request, target);
  conclude(journey, at, { request, outcome });
  return { steps: journey.steps, outcome, world: journey.world, target };
}

function conclude(journey: Journey, at: Place, { request, outcome }: { request: Request; outcome: Outcome }): void {
  journey.add({ ...at, direction: 'reply' }, { kind: 'concluded', by: request.owner, outcome, skb: null });
}

/** Opens the connection to the address, and says what came of it. */
function connect(journey: Journey, request: Request, target: Target): Outcome {
  const { at, ip } = target;
  const kernel = journey.kernel(request.netns);
  const source = request.source ?? sourceAddress(kernel, ip, null) ?? ip;
  const port = nextLocalPort(journey.world, request.netns, journey.chance);
  const packet: Packet = {
    protocol: request.protocol,
    source: { ip: source, port },
    destination: { ip, port: request.protocol === 'ICMP' ? port : request.port },
    ttl: DEFAULT_TTL,
    payload: opening(request.protocol),
  };
  const settled = exchange(journey, {
    at,
    by: request.owner,
    packet,
    answer: (socket, _at, got) => reply(socket, got),
    effects: [{ kind: 'port-taken', netns: request.netns, port }],
  });
  if (settled.kind === 'answered' && request.path !== null) answerRequest(journey, at, settled);
  return outcomeOf(settled, packet, request);
}

function opening(protocol: Protocol): Payload {
  if (protocol === 'ICMP') return { kind: 'echo', type: 'request' };
  return protocol === 'TCP' ? { kind: 'segment', flags: 'SYN' } : { kind: 'datagram' };
}

function reply(_socket: Socket | null, { payload }: Packet): Payload {
  switch (payload.kind) {
    case 'segment':
      return { kind: 'segment', flags: 'SYN-ACK' };
    case 'echo':
      return { kind: 'echo', type: 'reply' };
    case 'datagram':
    case 'dns':
    case 'icmp-error':
    case 'tunnel':
      return { kind: 'datagram' };
    default:
      return unreachable(payload);
  }
}

/** The connection stands: what the program sends and hears now takes the way that conntrack remembers, so it is told as one step. */
function answerRequest(journey: Journey, at: Place, { socket }: Extract<Settled, { kind: 'answered' }>): void {
  journey.add(
    { ...at, direction: 'reply' },
    { kind: 'application-answered', owner: socket?.owner ?? '', status: statusOf(socket), skb: null },
  );
}

function statusOf(socket: Socket | null): number | null {
  return socket?.application.kind === 'http' ? socket.application.status : null;
}

function outcomeOf(settled: Settled, sent: Packet, request: Request): Outcome {
  switch (settled.kind) {
    case 'rejected':
      return { kind: 'rejected', reason: settled.reason, netns: settled.netns, destination: settled.destination };
    case 'dropped':
      return {
        kind: 'dropped',
        reason: settled.reason,
        netns: settled.netns,
        destination: settled.destination,
        replyLost: settled.delivered !== null,
      };
    case 'answered': {
      const { delivered, socket, netns } = settled;
      return {
        kind: 'delivered',
        // An echo has no port: what stands in its place is the identifier of this one ping.
        backend: sent.protocol === 'ICMP' ? { ...delivered.destination, port: 0 } : delivered.destination,
        owner: socket?.owner ?? netns,
        masqueraded: delivered.source.ip !== sent.source.ip,
        seenSource: reversed(delivered).destination,
        status: request.path === null ? null : statusOf(socket),
      };
    }
    default:
      return unreachable(settled);
  }
}
