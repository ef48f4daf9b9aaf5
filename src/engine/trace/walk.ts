// Carries one packet from the program that sends it to whatever end it finds, through every kernel on its way.
// Only kernels, wires and sockets are known here: no Service, no Pod, no manifest.
//
//   send -> [route, OUTPUT, POSTROUTING] -> device ~~> device -> [PREROUTING, route, FORWARD, POSTROUTING] -> device ~~> ... -> [INPUT] -> socket

import type { Device, DeviceRef } from '../linux/device';
import type { Effect } from '../linux/effect';
import { hasNetfilter } from '../linux/hook';
import type { Route } from '../linux/route';
import { isLocalAddress, lookUpRoute, type RouteChoice } from '../linux/route-lookup';
import type { Skb } from '../linux/skb';
import type { Socket } from '../linux/socket';
import { deviceOf } from '../linux/source-address';
import type { Ip } from '../net/ip';
import { reversed, sameFlow } from '../net/packet';
import type { Journey } from './journey';
import { type Departure, type Fate, type Home, type Inside, type Leg, placeIn } from './leg';
import { passThrough } from './pass-hook';
import type { DropReason } from './step';

type Next = { readonly kind: 'wire'; readonly to: DeviceRef; readonly skb: Skb } | { readonly kind: 'end'; readonly fate: Fate };

/** More than any TTL allows: a packet that gets so far shows a mistake of ours. */
const MAX_HOPS = 300;

/** Sends the packet and follows it to its end. `home` is the client that waits for it, where it is an answer. */
export function carry(journey: Journey, departure: Departure, home: Home | null = null, effects: readonly Effect[] = []): Fate {
  const leg: Leg = { journey, at: departure.at, by: departure.by, home };
  let next = depart(leg, departure, effects);
  for (let hops = 0; next.kind === 'wire'; hops += 1) {
    if (hops > MAX_HOPS) throw new Error(`a packet to ${departure.packet.destination.ip} never ends`);
    next = arrive(leg, next.to, next.skb);
  }
  return next.fate;
}

function ended(fate: Fate): Next {
  return { kind: 'end', fate };
}

// The sender's kernel: the route is looked up first, since it chooses the source address and the device.

function depart(leg: Leg, { at, by, packet }: Departure, effects: readonly Effect[]): Next {
  const { netns } = at;
  const kernel = leg.journey.kernel(netns);
  const skb: Skb = { packet, mark: 0, state: null, connection: null, direction: 'original', input: null, output: null };
  const choice = lookUpRoute(kernel.routes, packet.destination.ip);
  if (hasNetfilter(kernel, skb)) {
    leg.journey.add(at, { kind: 'sent', by, skb, route: null, passedOver: [] }, effects);
    return sendFromHooks(leg, { netns, skb }, choice);
  }
  const out = { ...skb, output: choice === null ? null : deviceOf(choice.route) };
  leg.journey.add(at, { kind: 'sent', by, skb: out, route: choice?.route ?? null, passedOver: choice?.passedOver ?? [] }, effects);
  const blocked = refuseOwn(leg, { netns, skb: out }, choice);
  return blocked ?? transmit(leg, { netns, skb: out }, choice);
}

/** OUTPUT may rewrite the destination; then the route is looked up once more (ip_route_me_harder). */
function sendFromHooks(leg: Leg, { netns, skb }: Inside, choice: RouteChoice | null): Next {
  const blocked = refuseOwn(leg, { netns, skb }, choice);
  if (blocked !== null || choice === null) return blocked ?? ended(noRoute(leg, { netns, skb }));
  const first = chooseRoute(leg, { netns, skb }, choice);
  const out = passThrough(leg, 'OUTPUT', { netns, skb: first });
  if ('fate' in out) return ended(out.fate);
  if (out.skb.packet.destination.ip === skb.packet.destination.ip) return leave(leg, { netns, skb: out.skb }, choice);
  const again = lookUpRoute(leg.journey.kernel(netns).routes, out.skb.packet.destination.ip);
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
  if (nextHop.kind === 'local') return { kind: 'wire', to: { netns, device: 'lo' }, skb };
  const near = nextHop.kind === 'gateway' ? nextHop.ip : skb.packet.destination.ip;
  const device = leg.journey.kernel(netns).devices.find((candidate) => candidate.name === skb.output);
  const to = device === undefined ? null : neighbour(leg.journey, device, near);
  if (to === null) return ended(nobodyAnswers(leg, { netns, skb }, choice.route));
  if (hasNetfilter(leg.journey.kernel(netns), skb))
    leg.journey.add(placeIn(leg, netns), { kind: 'device-left', device: skb.output ?? '', to: to.netns, skb });
  return { kind: 'wire', to, skb };
}

/** Who answers ARP (NDP) for the address on the device's link: whoever has it, or a kernel that answers for others (proxy_arp). */
function neighbour(journey: Journey, device: Device, address: Ip): DeviceRef | null {
  const { attachment } = device;
  if (attachment.kind === 'segment') return journey.world.segments[attachment.segment]?.[address] ?? null;
  if (attachment.kind === 'loopback') return null;
  const kernel = journey.world.kernels[attachment.peer.netns];
  const peer = kernel?.devices.find((candidate) => candidate.name === attachment.peer.device);
  if (kernel === undefined || peer === undefined) return null;
  return peer.proxyArp || peer.addresses.some(({ ip }) => ip === address) || isLocalAddress(kernel, address) ? attachment.peer : null;
}

function nobodyAnswers(leg: Leg, { netns, skb }: Inside, route: Route): Fate {
  const refusal = { reason: 'no-neighbour', with: 'host-unreachable' } as const;
  leg.journey.add(placeIn(leg, netns), { kind: 'rejected', ...refusal, skb, hook: null, reads: [], rulesRead: 0, route });
  return { kind: 'rejected', netns, packet: skb.packet, ...refusal, local: netns === leg.at.netns };
}

// A kernel on the way, or the last one.

function arrive(leg: Leg, { netns, device }: DeviceRef, sent: Skb): Next {
  const { journey } = leg;
  const kernel = journey.kernel(netns);
  const skb: Skb = device === 'lo' ? { ...sent, input: device, output: null } : received(sent, device);
  if (hasNetfilter(kernel, skb)) journey.add(placeIn(leg, netns), { kind: 'device-entered', device, skb });
  const pre = passThrough(leg, 'PREROUTING', { netns, skb });
  if ('fate' in pre) return ended(pre.fate);
  const inside = { netns, skb: pre.skb };
  if (device !== 'lo' && isLocalAddress(kernel, pre.skb.packet.source.ip)) return ended(drop(leg, inside, 'martian-source'));
  const choice = lookUpRoute(kernel.routes, pre.skb.packet.destination.ip);
  return choice?.route.nextHop.kind === 'local' ? takeIn(leg, inside, choice) : forward(leg, inside, choice);
}

/** Only the packet comes over the wire: mark and connection stay behind. */
function received({ packet }: Skb, device: string): Skb {
  return { packet, mark: 0, state: null, connection: null, direction: 'original', input: device, output: null };
}

function drop(leg: Leg, { netns, skb }: Inside, reason: DropReason, route: Route | null = null): Fate {
  leg.journey.add(placeIn(leg, netns), { kind: 'dropped', reason, skb, hook: null, reads: [], rulesRead: 0, route });
  return { kind: 'dropped', netns, packet: skb.packet, reason };
}

function forward(leg: Leg, { netns, skb }: Inside, choice: RouteChoice | null): Next {
  const kernel = leg.journey.kernel(netns);
  if (!kernel.sysctls.forwarding) return ended(drop(leg, { netns, skb }, 'not-forwarding'));
  if (choice === null) return ended(refuseForwarded(leg, { netns, skb }, null));
  const { route } = choice;
  if (route.nextHop.kind === 'blackhole')
    return ended(drop(leg, { netns, skb }, route.destination.length === 0 ? 'no-such-host' : 'blackhole', route));
  if (route.nextHop.kind === 'unreachable') return ended(refuseForwarded(leg, { netns, skb }, route));
  if (skb.packet.ttl <= 1) return ended(drop(leg, { netns, skb }, 'ttl-expired', route));
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

/** The packet is for an address of this namespace: past INPUT, to whoever waits or listens. */
function takeIn(leg: Leg, { netns, skb }: Inside, choice: RouteChoice): Next {
  if (hasNetfilter(leg.journey.kernel(netns), skb))
    leg.journey.add(placeIn(leg, netns), { kind: 'route-chosen', skb, route: choice.route, passedOver: choice.passedOver });
  const passed = passThrough(leg, 'INPUT', { netns, skb });
  if ('fate' in passed) return ended(passed.fate);
  return ended(handOver(leg, { netns, skb: passed.skb }));
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
