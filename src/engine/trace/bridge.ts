// A bridge in the way: a switch inside the kernel. With bridge-nf-call-iptables its frames pass the rules as routed packets do, and NAT with them
// (net/bridge/br_netfilter_hooks.c); without, they pass beside.

import type { Device, DeviceRef } from '../linux/device';
import { deviceOf } from '../linux/route';
import { lookUpRoute } from '../linux/route-lookup';
import { type Inside, type Leg, placeIn } from './leg';
import { neighbour } from './neighbour';
import { drop, ended, type Next, nobodyAnswers, portTo, putOnWire } from './next';
import { passThrough } from './pass-hook';

/** A frame at the port of a bridge. */
export interface AtBridge {
  readonly bridge: Device;
  readonly port: string;
  /** Whose MAC address the frame is for. */
  readonly owner: DeviceRef;
}

/** The frame goes up into the kernel, or on by another port. */
export function enterBridge(leg: Leg, inside: Inside, at: AtBridge): Next {
  const { netns, skb } = inside;
  const isOurs = at.owner.netns === netns;
  if (!leg.journey.kernel(netns).sysctls.bridgeNetfilter) return isOurs ? { kind: 'enters', inside } : switchFrame(leg, inside, at);
  const pre = passThrough(leg, 'PREROUTING', inside);
  if ('fate' in pre) return ended(pre.fate);
  const entered = { netns, skb: pre.skb };
  if (pre.skb.packet.destination.ip !== skb.packet.destination.ip) return enterReaddressed(leg, entered, at);
  return isOurs ? { kind: 'entered', inside: entered } : switchFrame(leg, entered, at);
}

/** What PREROUTING gave a new destination stays a frame where that lies on the same bridge, else it is routed (br_nf_pre_routing_finish). */
function enterReaddressed(leg: Leg, inside: Inside, at: AtBridge): Next {
  const { netns, skb } = inside;
  const choice = lookUpRoute(leg.journey.kernel(netns).routes, skb.packet.destination.ip);
  if (choice?.route.nextHop.kind !== 'link' || deviceOf(choice.route) !== at.bridge.name) return { kind: 'entered', inside };
  const way = neighbour(leg.journey.world, { netns, device: at.bridge }, skb.packet.destination.ip);
  if (way === null) return ended(nobodyAnswers(leg, inside, choice.route));
  return switchFrame(leg, inside, { ...at, owner: way.owner });
}

function switchFrame(leg: Leg, { netns, skb }: Inside, { bridge, port, owner }: AtBridge): Next {
  const kernel = leg.journey.kernel(netns);
  const way = { to: owner, owner };
  const out = portTo(kernel, way)?.name ?? '';
  const switched = { netns, skb: { ...skb, output: bridge.name } };
  if (out === port && bridge.attachment.kind === 'bridge' && !bridge.attachment.hairpin) return ended(drop(leg, switched, 'no-hairpin'));
  leg.journey.add(placeIn(leg, netns), { kind: 'bridged', bridge: bridge.name, port: out, to: owner.netns, skb: switched.skb });
  if (!kernel.sysctls.bridgeNetfilter) return putOnWire(leg, switched, way);
  const passed = passThrough(leg, 'FORWARD', switched);
  if ('fate' in passed) return ended(passed.fate);
  const posted = passThrough(leg, 'POSTROUTING', { netns, skb: passed.skb });
  return 'fate' in posted ? ended(posted.fate) : putOnWire(leg, { netns, skb: posted.skb }, way);
}
