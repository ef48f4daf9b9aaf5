// One request from beginning to end: find the address, open the connection, hear the answer. The world that it leaves behind comes with it.

import type { World } from '../linux/kernel';
import { sourceAddress } from '../linux/source-address';
import { type Ip, parseIp } from '../net/ip';
import { type Packet, reversed } from '../net/packet';
import { unreachable } from '../net/unreachable';
import { preferred } from './address-order';
import { possibleBackends, type Way, waysByEnd } from './branches';
import { openConnection } from './connection';
import type { Settled } from './exchange';
import { Journey } from './journey';
import { lookUpHost, spokenQuestion } from './look-up';
import type { Request } from './request';
import { answerHttp } from './serve-http';
import type { Outcome, Place, Step, Trace } from './step';

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

/** One way through the world, and every way that the connection could have gone instead. */
export interface Explored {
  readonly walk: SingleWalk;
  /** None where the name did not resolve. */
  readonly ways: readonly Way[];
}

/** Walks once, and then every way that chance leaves open behind the look-up of the name. */
export function explore(world: World, request: Request): Explored {
  const walk = walkOnce(world, request);
  const { target } = walk;
  if (target === null) return { walk, ways: [] };
  const addresses = equallyGood(walk.steps, target, request);
  const ways = addresses.flatMap((ip) =>
    waysByEnd(target.before, (branch) => connect(branch, request, { ...target, ip })).map((way) => ({
      ...way,
      probability: way.probability / addresses.length,
    })),
  );
  return { walk, ways };
}

/** The addresses that the name server dealt and that the client would as soon have taken. */
function equallyGood(steps: readonly Step[], { ip, before }: Target & { readonly before: World }, { netns }: Request): readonly Ip[] {
  const answers = steps.flatMap((step) => (step.kind === 'name-answered' ? [step.records.flatMap(({ data }) => parseIp(data) ?? [])] : []));
  const dealt = [...new Set(answers.filter((addresses) => addresses.includes(ip)).flat())];
  const kernel = before.kernels[netns];
  if (kernel === undefined || dealt.length < 2) return [ip];
  const source = (destination: Ip): Ip | null => sourceAddress(kernel, destination, null);
  return dealt.filter((one) => preferred([one, ...dealt.filter((other) => other !== one)], source)[0] === one).sort(compareIps);
}

function compareIps(a: Ip, b: Ip): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function conclude(journey: Journey, at: Place, { request, outcome }: { request: Request; outcome: Outcome }): void {
  journey.add({ ...at, direction: 'reply' }, { kind: 'concluded', by: request.owner, outcome, skb: null });
}

/** Opens the connection to the address, and says what came of it. */
function connect(journey: Journey, request: Request, { at, ip }: Target): Outcome {
  const { owner, port, protocol, source, http, ttl, question = null } = request;
  const speech = question === null ? null : spokenQuestion(journey, question);
  const { sent, settled } = openConnection(journey, { at, by: owner, ip, port, protocol, source, ttl, speech });
  if (settled.kind !== 'answered' || http === null) return outcomeOf(settled, sent);
  // The connection stands: what the program sends and hears now takes the way that conntrack remembers, so it is told as one step.
  const outcome = answerHttp(journey, { at, http, settled });
  const isDirect = settled.socket?.application.kind !== 'proxy';
  return outcome.kind === 'delivered' && isDirect ? { ...outcome, masqueraded: settled.delivered.source.ip !== sent.source.ip } : outcome;
}

function outcomeOf(settled: Settled, sent: Packet): Outcome {
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
        status: null,
      };
    }
    default:
      return unreachable(settled);
  }
}
