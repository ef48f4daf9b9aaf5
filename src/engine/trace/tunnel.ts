// The two ends of a tunnel: the packet is put whole into another one, which the kernel sends as its own, and taken out again at the far end.

import type { Device } from '../linux/device';
import type { Route } from '../linux/route';
import type { Skb } from '../linux/skb';
import { unwrapper, wrap } from '../linux/tunnel';
import type { Ip } from '../net/ip';
import { unreachable } from '../net/unreachable';
import { type Inside, type Leg, placeIn } from './leg';
import { drop, ended, type Next, nobodyAnswers } from './next';

/** The device by which the packet leaves, and how the route chose it. */
export interface IntoTunnel {
  readonly device: Device;
  readonly gateway: Ip;
  readonly route: Route;
}

/** The mark stays with the packet, the connection does not (iptunnel_xmit, skb_scrub_packet). */
export function encapsulate(leg: Leg, inside: Inside, { device, gateway, route }: IntoTunnel): Next {
  const { netns, skb } = inside;
  if (device.attachment.kind !== 'tunnel') throw new Error(`${device.name} is no tunnel`);
  const wrapping = wrap(leg.journey.kernel(netns), device.attachment.tunnel, { packet: skb.packet, gateway });
  switch (wrapping.kind) {
    case 'no-neighbour':
      return ended(nobodyAnswers(leg, inside, route));
    case 'no-forwarding-entry':
      return ended(drop(leg, inside, 'no-forwarding-entry', route));
    case 'no-address':
      return ended(drop(leg, inside, 'tunnel-unreachable', route));
    case 'wrapped': {
      const { packet, neighbour: entry, forwarding } = wrapping;
      const outer: Skb = { packet, mark: skb.mark, state: null, connection: null, direction: 'original', input: null, output: null };
      leg.journey.add(placeIn(leg, netns), {
        kind: 'encapsulated',
        device: device.name,
        mtu: device.mtu,
        neighbour: entry,
        forwarding,
        skb: outer,
      });
      return { kind: 'wrapped', inside: { netns, skb: outer } };
    }
    default:
      return unreachable(wrapping);
  }
}

/** Behind INPUT: the inner packet comes in by the tunnel's device as if by a wire. */
export function decapsulate(leg: Leg, inside: Inside): Next {
  const { netns, skb } = inside;
  const { payload } = skb.packet;
  const found = unwrapper(leg.journey.kernel(netns), skb.packet);
  if (payload.kind !== 'tunnel' || found === null || !found.addressed) return ended(drop(leg, inside, 'no-such-tunnel'));
  const { name, mtu } = found.device;
  const inner: Skb = {
    packet: payload.inner,
    mark: skb.mark,
    state: null,
    connection: null,
    direction: 'original',
    input: name,
    output: null,
  };
  leg.journey.add(placeIn(leg, netns), { kind: 'decapsulated', device: name, mtu, skb: inner });
  return { kind: 'enters', inside: { netns, skb: inner } };
}
