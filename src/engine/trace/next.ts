// Where a packet goes next, and the ways on and out that walk, bridge and tunnel share.

import type { Device } from '../linux/device';
import { hasNetfilter } from '../linux/hook';
import type { Kernel } from '../linux/kernel';
import type { Route } from '../linux/route';
import type { Skb } from '../linux/skb';
import { type Fate, type Inside, type Leg, placeIn } from './leg';
import { deviceNamed, type FrameWay } from './neighbour';
import type { DropReason } from './step';

/** What becomes of the packet at the end of a stretch of its way. */
export type Next =
  | { readonly kind: 'wire'; readonly way: FrameWay; readonly skb: Skb }
  /** A tunnel device has made a packet that this kernel sends. */
  | { readonly kind: 'wrapped'; readonly inside: Inside }
  /** A kernel takes the packet in, with PREROUTING before it: off a wire, or out of a tunnel. */
  | { readonly kind: 'enters'; readonly inside: Inside }
  /** The same behind PREROUTING, which a bridge has asked already. */
  | { readonly kind: 'entered'; readonly inside: Inside }
  | { readonly kind: 'end'; readonly fate: Fate };

export function ended(fate: Fate): Next {
  return { kind: 'end', fate };
}

/** Out by the device; where that is a bridge, by the port behind which the frame's owner lives. */
export function putOnWire(leg: Leg, { netns, skb }: Inside, way: FrameWay): Next {
  const kernel = leg.journey.kernel(netns);
  const { name: device, mtu } = portTo(kernel, way) ?? deviceNamed(kernel, skb.output) ?? { name: '', mtu: 0 };
  if (hasNetfilter(kernel, skb)) leg.journey.add(placeIn(leg, netns), { kind: 'device-left', device, mtu, to: way.to.netns, skb });
  return { kind: 'wire', way, skb };
}

/** The port of a bridge of this kernel at whose other end the frame comes out; undefined where it leaves by no bridge. */
export function portTo(kernel: Kernel, { to }: FrameWay): Device | undefined {
  return kernel.devices.find(
    ({ attachment }) => attachment.kind === 'bridge-port' && attachment.peer.netns === to.netns && attachment.peer.device === to.device,
  );
}

/** Of a wrapped packet its own node is told, which sent it, and nobody else. */
export function nobodyAnswers(leg: Leg, { netns, skb }: Inside, route: Route): Fate {
  if (skb.packet.payload.kind === 'tunnel') return drop(leg, { netns, skb }, 'tunnel-unreachable', route);
  const refusal = { reason: 'no-neighbour', with: 'host-unreachable' } as const;
  leg.journey.add(placeIn(leg, netns), { kind: 'rejected', ...refusal, skb, hook: null, reads: [], rulesRead: 0, route });
  return { kind: 'rejected', netns, packet: skb.packet, ...refusal, local: netns === leg.at.netns };
}

export function drop(leg: Leg, { netns, skb }: Inside, reason: DropReason, route: Route | null = null): Fate {
  leg.journey.add(placeIn(leg, netns), { kind: 'dropped', reason, skb, hook: null, reads: [], rulesRead: 0, route });
  return { kind: 'dropped', netns, packet: skb.packet, reason };
}
