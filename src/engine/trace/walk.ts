// Carries one packet from the program that sends it to whatever end it finds, through every kernel on its way.
// Only kernels, wires and sockets are known here: no Service, no Pod, no manifest.
//
//   send -> [route, OUTPUT, POSTROUTING] -> device ~~> device -> [PREROUTING, route, FORWARD, POSTROUTING] -> device ~~> ... -> [INPUT] -> socket
//
// A tunnel device wraps the packet and begins at `send` again, with the outer one; the other end unwraps it behind INPUT and begins at PREROUTING.

import type { Effect } from '../linux/effect';
import { hasNetfilter } from '../linux/hook';
import type { Kernel } from '../linux/kernel';
import { deviceOf, type Gateway, gatewayOf, type Route } from '../linux/route';
import { isLocalAddress, lookUpRoute, type RouteChoice } from '../linux/route-lookup';
import type { Skb } from '../linux/skb';
import type { Socket } from '../linux/socket';
import { family } from '../net/ip';
import { innermost, type Packet, reversed, sameFlow } from '../net/packet';
import { unreachable } from '../net/unreachable';
import { enterBridge } from './bridge';
import type { Journey } from './journey';
import { type Departure, type Fate, type Home, type Inside, type Leg, placeIn } from './leg';
import { deviceNamed, type FrameWay, neighbour } from './neighbour';
import { drop, ended, type Next, nobodyAnswers, putOnWire } from './next';
import { passThrough } from './pass-hook';
import { decapsulate, encapsulate } from './tunnel';

/** More than any TTL allows: a packet that gets so far shows a mistake of ours. */
const MAX_HOPS = 300;

/** Sends the packet and follows it to its end. `home` is the client that waits for it, where it is an answer. */
export function carry(journey: Journey, departure: Departure, home: Home | null = null, effects: readonly Effect[] = []): Fate {
  const leg: Leg = { journey, at: departure.at, by: departure.by, home };
  let next = depart(leg, departure, effects);
  for (let hops = 0; next.kind !== 'end'; hops += 1) {
    if (hops > MAX_HOPS) throw new Error(`a packet to ${departure.packet.destination.ip} never ends`);
    next = onwards(leg, next);
  }
  // Who waits for an answer knows nothing of the wrapping in which it was lost.
  return next.fate.kind === 'dropped' ? { ...next.fate, packet: innermost(next.fate.packet) } : next.fate;
}

function onwards(leg: Leg, next: Exclude<Next, { kind: 'end' }>): Next {
  switch (next.kind) {
    case 'wire':
      return arrive(leg, next.way, next.skb);
    case 'wrapped':
      return sendWrapped(leg, next.inside);
    case 'enters':
      return enter(leg, next.inside);
    case 'entered':
      return routeEntered(leg, next.inside);
    default:
      return unreachable(next);
  }
}

// The sender's kernel: the route is looked up first, since it chooses the source address and the device.

function depart(leg: Leg, { at, by, packet }: Departure, effects: readonly Effect[]): Next {
  const { netns } = at;
  const kernel = leg.journey.kernel(netns);
  const skb: Skb = { packet, mark: 0, state: null, connection: null, direction: 'original', input: null, output: null };
  const choice = chosenRoute(leg.journey, kernel, packet);
  if (hasNetfilter(kernel, skb)) {
    leg.journey.add(at, { kind: 'sent', by, skb, route: null, passedOver: [] }, effects);
    return sendFromHooks(leg, { netns, skb }, choice);
  }
  const out = { ...skb, output: choice === null ? null : deviceOf(choice.route) };
  leg.journey.add(at, { kind: 'sent', by, skb: out, route: choice?.route ?? null, passedOver: choice?.passedOver ?? [] }, effects);
  const blocked = refuseOwn(leg, { netns, skb: out }, choice);
  return blocked ?? transmit(leg, { netns, skb: out }, choice);
}

/** The route for the packet. Of several gateways of equal cost one is drawn, each as likely as the others, and stays that of the flow, for
 *  the kernel looks at a hash of it (fib_select_path, fib_multipath_hash). */
function chosenRoute(journey: Journey, kernel: Kernel, packet: Packet): RouteChoice | null {
  const choice = lookUpRoute(kernel.routes, packet.destination.ip);
  if (choice?.route.nextHop.kind !== 'multipath') return choice;
  const { nextHop } = choice.route;
  const taken = takenBefore(journey, kernel.netns, packet) ?? drawnGateway(journey, nextHop.gateways);
  return { ...choice, route: { ...choice.route, nextHop: { ...nextHop, taken } } };
}

function takenBefore({ steps }: Journey, netns: string, packet: Packet): Gateway | null {
  const before = steps.findLast(
    (step) => step.kind === 'route-chosen' && step.at.netns === netns && step.skb !== null && sameFlow(step.skb.packet, packet),
  );
  return before?.kind === 'route-chosen' && before.route.nextHop.kind === 'multipath' ? before.route.nextHop.taken : null;
}

function drawnGateway({ chance }: Journey, gateways: readonly Gateway[]): Gateway | null {
  return gateways.find((_, index) => chance.decide(gateways.length - index).hit) ?? null;
}

/** OUTPUT may rewrite the destination; then the route is looked up once more (ip_route_me_harder). */
function sendFromHooks(leg: Leg, { netns, skb }: Inside, choice: RouteChoice | null): Next {
  const blocked = refuseOwn(leg, { netns, skb }, choice);
  if (blocked !== null || choice === null) return blocked ?? ended(noRoute(leg, { netns, skb }));
  const first = chooseRoute(leg, { netns, skb }, choice);
  const out = passThrough(leg, 'OUTPUT', { netns, skb: first });
  if ('fate' in out) return ended(out.fate);
  if (out.skb.packet.destination.ip === skb.packet.destination.ip) return leave(leg, { netns, skb: out.skb }, choice);
  const again = chosenRoute(leg.journey, leg.journey.kernel(netns), out.skb.packet);
  const stopped = refuseOwn(leg, { netns, skb: out.skb }, again);
  if (stopped !== null || again === null) return stopped ?? ended(noRoute(leg, { netns, skb: out.skb }));
  return leave(leg, { netns, skb: chooseRoute(leg, { netns, skb: out.skb }, again) }, again);
}

/** A program whose own kernel knows no way is told at once (ENETUNREACH; EINVAL for a blackhole): no packet leaves. */
function refuseOwn(leg: Leg, inside: Inside, choice: RouteChoice | null): Next | null {
  if (choice === null) return ended(noRoute(leg, inside));
  const { kind } = choice.route.nextHop;
  return kind === 'blackhole' || kind === 'unreachable' ? ended(noRoute(leg, inside, choice.route)) : null;
}

function noRoute(leg: Leg, { netns, skb }: Inside, route: Route | null = null): Fate {
  const refusal = { reason: 'unreachable-route', with: 'net-unreachable' } as const;
  leg.journey.add(placeIn(leg, netns), { kind: 'rejected', ...refusal, skb, hook: null, reads: [], rulesRead: 0, route });
  return { kind: 'rejected', netns, packet: skb.packet, ...refusal, local: true };
}

function chooseRoute(leg: Leg, { netns, skb }: Inside, choice: RouteChoice): Skb {
  const routed = { ...skb, output: deviceOf(choice.route) };
  leg.journey.add(placeIn(leg, netns), { kind: 'route-chosen', skb: routed, route: choice.route, passedOver: choice.passedOver });
  return routed;
}

/** The last hook, then the wire. */
function leave(leg: Leg, { netns, skb }: Inside, choice: RouteChoice): Next {
  const posted = passThrough(leg, 'POSTROUTING', { netns, skb });
  return 'fate' in posted ? ended(posted.fate) : transmit(leg, { netns, skb: posted.skb }, choice);
}

function transmit(leg: Leg, { netns, skb }: Inside, choice: RouteChoice | null): Next {
  if (choice === null) return ended(noRoute(leg, { netns, skb }));
  const { nextHop } = choice.route;
  const loopback = { netns, device: 'lo' };
  if (nextHop.kind === 'local') return { kind: 'wire', way: { to: loopback, owner: loopback }, skb };
  const near = gatewayOf(choice.route)?.ip ?? skb.packet.destination.ip;
  const device = deviceNamed(leg.journey.kernel(netns), skb.output);
  if (device?.attachment.kind === 'tunnel') return encapsulate(leg, { netns, skb }, { device, gateway: near, route: choice.route });
  const way = device === undefined ? null : neighbour(leg.journey.world, { netns, device }, near);
  if (way === null) return ended(nobodyAnswers(leg, { netns, skb }, choice.route));
  return putOnWire(leg, { netns, skb }, way);
}

// A kernel on the way, or the last one.

function arrive(leg: Leg, { to, owner }: FrameWay, sent: Skb): Next {
  const { netns, device } = to;
  const kernel = leg.journey.kernel(netns);
  const entered = deviceNamed(kernel, device);
  const attachment = entered?.attachment;
  const bridge = attachment?.kind === 'bridge-port' ? deviceNamed(kernel, attachment.bridge) : undefined;
  const skb: Skb = device === 'lo' ? { ...sent, input: device, output: null } : received(sent, bridge?.name ?? device);
  if (hasNetfilter(kernel, skb)) leg.journey.add(placeIn(leg, netns), { kind: 'device-entered', device, mtu: entered?.mtu ?? 0, skb });
  const inside = { netns, skb };
  return bridge === undefined ? enter(leg, inside) : enterBridge(leg, inside, { bridge, port: device, owner });
}

/** Into the kernel's own hands, by whatever device. */
function enter(leg: Leg, { netns, skb }: Inside): Next {
  const pre = passThrough(leg, 'PREROUTING', { netns, skb });
  return 'fate' in pre ? ended(pre.fate) : routeEntered(leg, { netns, skb: pre.skb });
}

function routeEntered(leg: Leg, inside: Inside): Next {
  const { netns, skb } = inside;
  const kernel = leg.journey.kernel(netns);
  if (isMartian(kernel, skb)) return ended(drop(leg, inside, 'martian-source'));
  const choice = chosenRoute(leg.journey, kernel, skb.packet);
  return choice?.route.nextHop.kind === 'local' ? takeIn(leg, inside, choice) : forward(leg, inside, choice);
}

/** The outer packet is one of the kernel's own. */
function sendWrapped(leg: Leg, inside: Inside): Next {
  const { netns, skb } = inside;
  const choice = chosenRoute(leg.journey, leg.journey.kernel(netns), skb.packet);
  const kind = choice?.route.nextHop.kind ?? null;
  if (choice === null || kind === 'blackhole' || kind === 'unreachable')
    return ended(drop(leg, inside, 'tunnel-unreachable', choice?.route ?? null));
  return sendFromHooks(leg, inside, choice);
}

/** A packet from outside that bears one of the kernel's own addresses. IPv6 does not look (fib_validate_source has no sister there). */
function isMartian(kernel: Kernel, { input, packet: { source } }: Skb): boolean {
  return input !== 'lo' && family(source.ip) === 4 && isLocalAddress(kernel, source.ip);
}

/** Only the packet comes over the wire: mark and connection stay behind. */
function received({ packet }: Skb, device: string): Skb {
  return { packet, mark: 0, state: null, connection: null, direction: 'original', input: device, output: null };
}

function forward(leg: Leg, { netns, skb }: Inside, choice: RouteChoice | null): Next {
  const kernel = leg.journey.kernel(netns);
  if (!kernel.sysctls.forwarding) return ended(drop(leg, { netns, skb }, 'not-forwarding'));
  if (choice === null) return ended(refuseForwarded(leg, { netns, skb }, null));
  const { route } = choice;
  if (route.nextHop.kind === 'blackhole')
    return ended(drop(leg, { netns, skb }, route.destination.length === 0 ? 'no-such-host' : 'blackhole', route));
  if (route.nextHop.kind === 'unreachable') return ended(refuseForwarded(leg, { netns, skb }, route));
  if (skb.packet.ttl <= 1) return ended(expire(leg, { netns, skb }, route));
  const aged = { ...skb, packet: { ...skb.packet, ttl: skb.packet.ttl - 1 } };
  const routed = chooseRoute(leg, { netns, skb: aged }, choice);
  const passed = passThrough(leg, 'FORWARD', { netns, skb: routed });
  return 'fate' in passed ? ended(passed.fate) : leave(leg, { netns, skb: passed.skb }, choice);
}

/** Without any route the answer is net-unreachable; an `unreachable` route says host-unreachable (ip_error, net/ipv4/route.c). */
function refuseForwarded(leg: Leg, { netns, skb }: Inside, route: Route | null): Fate {
  const refusal = { reason: 'unreachable-route', with: route === null ? 'net-unreachable' : 'host-unreachable' } as const;
  leg.journey.add(placeIn(leg, netns), { kind: 'rejected', ...refusal, skb, hook: null, reads: [], rulesRead: 0, route });
  return { kind: 'rejected', netns, packet: skb.packet, ...refusal, local: false };
}

/** The sender is told (ip_forward, net/ipv4/ip_forward.c); where that is who answered, the client hears nothing. Of a wrapped packet the node is told. */
function expire(leg: Leg, { netns, skb }: Inside, route: Route): Fate {
  if (leg.home !== null || skb.packet.payload.kind === 'tunnel') return drop(leg, { netns, skb }, 'ttl-expired', route);
  const refusal = { reason: 'ttl-expired', with: 'time-exceeded' } as const;
  leg.journey.add(placeIn(leg, netns), { kind: 'rejected', ...refusal, skb, hook: null, reads: [], rulesRead: 0, route });
  return { kind: 'rejected', netns, packet: skb.packet, ...refusal, local: false };
}

/** The packet is for an address of this namespace: past INPUT, to whoever waits or listens. */
function takeIn(leg: Leg, { netns, skb }: Inside, choice: RouteChoice): Next {
  if (hasNetfilter(leg.journey.kernel(netns), skb))
    leg.journey.add(placeIn(leg, netns), { kind: 'route-chosen', skb, route: choice.route, passedOver: choice.passedOver });
  const passed = passThrough(leg, 'INPUT', { netns, skb });
  if ('fate' in passed) return ended(passed.fate);
  if (passed.redirected) return sendToRealServer(leg, { netns, skb: passed.skb });
  if (passed.skb.packet.payload.kind === 'tunnel') return decapsulate(leg, { netns, skb: passed.skb });
  return ended(handOver(leg, { netns, skb: passed.skb }));
}

/** IPVS sends the packet on as if it came from here: the route, OUTPUT, POSTROUTING (ip_vs_nat_xmit). Its time to live shrinks as on any router. */
function sendToRealServer(leg: Leg, { netns, skb }: Inside): Next {
  const choice = lookUpRoute(leg.journey.kernel(netns).routes, skb.packet.destination.ip);
  if (choice === null) return ended(refuseForwarded(leg, { netns, skb }, null));
  const local = choice.route.nextHop.kind === 'local';
  if (!local && skb.packet.ttl <= 1) return ended(expire(leg, { netns, skb }, choice.route));
  const aged = local ? skb : { ...skb, packet: { ...skb.packet, ttl: skb.packet.ttl - 1 } };
  const routed = chooseRoute(leg, { netns, skb: aged }, choice);
  const passed = passThrough(leg, 'OUTPUT', { netns, skb: routed });
  return 'fate' in passed ? ended(passed.fate) : leave(leg, { netns, skb: passed.skb }, choice);
}

function handOver(leg: Leg, inside: Inside): Fate {
  const { netns, skb } = inside;
  const { packet } = skb;
  if (isAwaited(leg, inside)) {
    leg.journey.add(placeIn(leg, netns), { kind: 'received', by: leg.home?.by ?? leg.by, skb });
    return { kind: 'received', packet };
  }
  if (leg.home !== null) return drop(leg, inside, 'not-ours');
  const socket = packet.payload.kind === 'echo' ? null : findSocket(leg.journey, inside);
  if (socket === undefined) return refusePort(leg, inside);
  leg.journey.add(placeIn(leg, netns), { kind: 'delivered', socket, skb });
  return { kind: 'delivered', netns, packet, socket };
}

/** Whether this is the answer that the client's socket knows: its own flow turned round, or an error that quotes it. */
function isAwaited({ home }: Leg, { netns, skb: { packet } }: Inside): boolean {
  if (home === null || home.netns !== netns) return false;
  return packet.payload.kind === 'icmp-error' ? sameFlow(packet.payload.about, home.sent) : sameFlow(packet, reversed(home.sent));
}

function findSocket(journey: Journey, { netns, skb: { packet } }: Inside): Socket | undefined {
  return journey
    .kernel(netns)
    .sockets.find(
      (socket) =>
        socket.protocol === packet.protocol &&
        (socket.port === null || socket.port === packet.destination.port) &&
        (socket.address === null || socket.address === packet.destination.ip),
    );
}

/** The address is right and nobody listens: TCP answers with RST, the others with an ICMP error (RFC 9293 3.10.7.1, RFC 1122 4.1.3.1). */
function refusePort(leg: Leg, { netns, skb }: Inside): Fate {
  const refusal = { reason: 'no-socket', with: skb.packet.protocol === 'TCP' ? 'tcp-reset' : 'port-unreachable' } as const;
  leg.journey.add(placeIn(leg, netns), { kind: 'rejected', ...refusal, skb, hook: null, reads: [], rulesRead: 0, route: null });
  return { kind: 'rejected', netns, packet: skb.packet, ...refusal, local: false };
}
