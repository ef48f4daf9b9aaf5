// A proxy at work: it has taken the client's connection, reads the request, chooses whom to ask, and asks over a connection of its own, from
// its own namespace. What it hears goes back to the client; where nobody is there to be asked, or nobody answers, it says so itself.
// Source: nginx' proxy_pass with proxy_next_upstream "error timeout", whose round robin begins anywhere (each worker has its own): a draw here.

import type { HttpAction, HttpProxy, Upstream } from '../linux/http-proxy';
import type { Skb } from '../linux/skb';
import type { Socket } from '../linux/socket';
import type { HttpRequest } from '../net/http';
import { type Packet, reversed, type SocketAddress, sameSocket } from '../net/packet';
import { unreachable } from '../net/unreachable';
import { openConnection } from './connection';
import type { Settled } from './exchange';
import { type HttpRouted, isSentToHttps, routeHttp } from './http-route';
import type { Journey } from './journey';
import type { HttpDecision, Outcome, Place, ProxyAnswer } from './step';

/** A request on an open connection. */
export interface Asked {
  /** The client's end of the connection. */
  readonly at: Place;
  readonly http: HttpRequest;
  /** The connection as the program at the other end got it. */
  readonly settled: Extract<Settled, { kind: 'answered' }>;
}

/** A proxy that asks itself stops here. */
const MAX_PROXIES = 8;

/** The program behind the connection answers: an application, or a proxy that asks others first. */
export function answerHttp(journey: Journey, asked: Asked, depth = 0): Outcome {
  const { socket } = asked.settled;
  return socket?.application.kind === 'proxy' ? proxied(journey, { ...asked, socket, depth }) : applied(journey, asked);
}

function applied(journey: Journey, { at, settled: { delivered, socket, netns } }: Asked): Outcome {
  if (socket?.application.kind === 'http' && socket.application.silent === true) return silence(journey, { at, netns, delivered });
  const status = drawnStatus(journey, socket);
  journey.add({ ...at, direction: 'reply' }, { kind: 'application-answered', owner: socket?.owner ?? '', status, skb: null });
  const seenSource = reversed(delivered).destination;
  return { kind: 'delivered', backend: delivered.destination, owner: socket?.owner ?? netns, masqueraded: null, seenSource, status };
}

/** The kernel took the connection; the program behind it never says a word. */
function silence(journey: Journey, { at, netns, delivered }: { at: Place; netns: string; delivered: Packet }): Outcome {
  const reason = 'application-silent';
  const skb: Skb = { packet: delivered, mark: 0, state: null, connection: null, direction: 'original', input: null, output: null };
  journey.add({ ...at, netns }, { kind: 'dropped', reason, skb, hook: null, reads: [], rulesRead: 0, route: null });
  return { kind: 'dropped', reason, netns, destination: delivered.destination, replyLost: false };
}

/** A program that fails now and then: chance says whether this is such a request. */
function drawnStatus({ chance }: Journey, socket: Socket | null): number | null {
  const failing = socket?.application.kind === 'http' ? (socket.application.failing ?? 0) : 0;
  return failing > 0 && chance.decide(1000, failing).hit ? 500 : statusOf(socket);
}

/** What a program says to every HTTP request; null where it does not speak HTTP. */
export function statusOf(socket: Socket | null): number | null {
  return socket?.application.kind === 'http' ? socket.application.status : null;
}

interface AtProxy extends Asked {
  readonly socket: Socket;
  readonly depth: number;
}

interface Reading {
  readonly proxy: HttpProxy;
  readonly routed: HttpRouted;
}

function proxied(journey: Journey, call: AtProxy): Outcome {
  const { application } = call.socket;
  const proxy = application.kind === 'proxy' ? journey.world.proxies[application.proxy] : undefined;
  if (application.kind !== 'proxy' || proxy === undefined) throw new Error(`${call.socket.owner} is no proxy`);
  const routed = routeHttp(proxy, call.http);
  const reading: Reading = { proxy, routed };
  const own = ownAnswer(call.http, reading, application.tls);
  if (own !== null) return answerAlone(journey, call, { reading, decision: own });
  const upstream = drawUpstream(journey, routed.location?.action);
  if (upstream === null) return answerAlone(journey, call, { reading, decision: alone(500, 'no-upstream') });
  if (upstream.otherwise !== null) {
    const { status, lack } = upstream.otherwise;
    return answerAlone(journey, call, { reading, decision: { ...alone(status, lack), upstream } });
  }
  return askUpstream(journey, call, { reading, upstream });
}

type Alone = Extract<HttpDecision, { kind: 'answered' }>;

function alone(status: number, why: ProxyAnswer): Alone {
  return { kind: 'answered', status, why, upstream: null };
}

/** What the proxy says without asking anybody; null where it has somebody to ask. */
function ownAnswer(http: HttpRequest, { proxy, routed }: Reading, tls: boolean): Alone | null {
  if (tls !== (http.scheme === 'https')) return alone(400, 'wrong-scheme');
  const { server, location } = routed;
  if (server === null) return alone(404, 'no-server');
  if (isSentToHttps(proxy, location, http)) return alone(308, 'to-https');
  if (location === null) return alone(404, 'no-location');
  if (location.action.kind === 'forward') return null;
  return alone(location.action.status, location === server.otherwise ? 'no-location' : 'fixed');
}

function answerAlone(journey: Journey, call: AtProxy, { reading, decision }: { reading: Reading; decision: Alone }): Outcome {
  note(journey, call, { reading, decision, attempt: 1 });
  const { status, why } = decision;
  tellClient(journey, call, { reading, status, why });
  return {
    kind: 'rejected',
    reason: 'http-status',
    status,
    why,
    netns: call.settled.netns,
    destination: call.settled.delivered.destination,
  };
}

/** The proxy has read the request: the stop at which the way of the request is decided. */
function note(
  journey: Journey,
  { at, settled, http, socket }: AtProxy,
  { reading: { proxy, routed }, decision, attempt }: { reading: Reading; decision: HttpDecision; attempt: number },
): void {
  const { server, ...rest } = routed;
  const found = server === null ? null : { host: server.host, provenance: server.provenance };
  journey.add(
    { ...at, netns: settled.netns, direction: 'original' },
    {
      kind: 'http-routed',
      owner: socket.owner,
      program: proxy.program,
      request: http,
      attempt,
      ...rest,
      server: found,
      decision,
      skb: null,
    },
  );
}

interface Said {
  readonly reading: Reading;
  readonly status: number;
  readonly why: ProxyAnswer | null;
}

function tellClient(journey: Journey, { at, socket }: AtProxy, { reading, status, why }: Said): void {
  const { program } = reading.proxy;
  journey.add({ ...at, direction: 'reply' }, { kind: 'proxy-answered', owner: socket.owner, program, status, why, skb: null });
}

/** One of the upstreams, by its share; null where all shares are 0. */
function drawUpstream(journey: Journey, action: HttpAction | undefined): Upstream | null {
  if (action?.kind !== 'forward') return null;
  let left = totalWeight(action);
  for (const upstream of action.upstreams) {
    if (upstream.weight === 0) continue;
    if (upstream.weight === left || journey.chance.decide(left, upstream.weight).hit) return upstream;
    left -= upstream.weight;
  }
  return null;
}

function totalWeight({ upstreams }: Extract<HttpAction, { kind: 'forward' }>): number {
  return upstreams.reduce((sum, { weight }) => sum + weight, 0);
}

function shareOf(upstream: Upstream, action: HttpAction | undefined): { readonly weight: number; readonly of: number } | null {
  if (action?.kind !== 'forward') return null;
  const of = totalWeight(action);
  return of === upstream.weight ? null : { weight: upstream.weight, of };
}

/** One address after the other, until one answers or enough were asked. */
function askUpstream(journey: Journey, call: AtProxy, { reading, upstream }: { reading: Reading; upstream: Upstream }): Outcome {
  const tried: SocketAddress[] = [];
  const share = shareOf(upstream, reading.routed.location?.action);
  for (let attempt = 1; ; attempt += 1) {
    const left = upstream.addresses.filter((address) => !tried.some((one) => sameSocket(one, address)));
    const address = drawAddress(journey, left);
    note(journey, call, { reading, decision: { kind: 'forwarded', upstream, share, address, among: left.length }, attempt });
    const answer = askAddress(journey, call, address);
    if ('outcome' in answer) {
      const { status } = answer;
      tellClient(journey, call, { reading, status, why: null });
      return answer.outcome;
    }
    tried.push(address);
    const isLast = attempt >= reading.proxy.tries || left.length === 1;
    if (!isLast && answer.why !== 'upstream-no-http') continue;
    const { status, why } = answer;
    tellClient(journey, call, { reading, status, why });
    return { kind: 'rejected', reason: 'http-status', status, why, netns: call.settled.netns, destination: address };
  }
}

function drawAddress(journey: Journey, addresses: readonly SocketAddress[]): SocketAddress {
  const [only] = addresses;
  const drawn = addresses.length === 1 ? only : addresses.find((_, index) => journey.chance.decide(addresses.length - index).hit);
  if (drawn === undefined) throw new Error('a proxy has nobody to ask');
  return drawn;
}

type Heard =
  | { readonly outcome: Outcome; readonly status: number }
  | { readonly status: number; readonly why: 'upstream-refused' | 'upstream-silent' | 'upstream-no-http' };

function askAddress(journey: Journey, call: AtProxy, { ip, port }: SocketAddress): Heard {
  const at: Place = { exchange: nextExchange(journey, call.at), purpose: 'upstream', direction: 'original', netns: call.settled.netns };
  const { settled } = openConnection(journey, { at, by: call.socket.owner, ip, port, protocol: 'TCP', source: null });
  switch (settled.kind) {
    case 'rejected':
      return { status: 502, why: 'upstream-refused' };
    case 'dropped':
      return { status: 504, why: 'upstream-silent' };
    case 'answered':
      return hear(journey, { ...call, at, settled });
    default:
      return unreachable(settled);
  }
}

/** The back end of a proxy gets plain HTTP, with the host as the client wrote it. */
function hear(journey: Journey, call: AtProxy): Heard {
  const kind = call.settled.socket?.application.kind;
  if (kind === 'dns') return { status: 502, why: 'upstream-no-http' };
  if (call.depth >= MAX_PROXIES) return { status: 504, why: 'upstream-silent' };
  const outcome = answerHttp(journey, { at: call.at, settled: call.settled, http: { ...call.http, scheme: 'http' } }, call.depth + 1);
  if (outcome.kind === 'delivered' && outcome.status !== null) return { outcome, status: outcome.status };
  if (outcome.kind === 'rejected' && outcome.reason === 'http-status') return { outcome, status: outcome.status };
  return outcome.kind === 'dropped' ? { status: 504, why: 'upstream-silent' } : { status: 502, why: 'upstream-no-http' };
}

/** Behind every conversation so far. */
function nextExchange({ steps }: Journey, { exchange }: Place): number {
  return 1 + steps.reduce((most, { at }) => Math.max(most, at.exchange), exchange);
}
