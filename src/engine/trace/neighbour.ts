// Who answers ARP (NDP) for an address on the link behind a device: whoever has it, or a kernel that answers for others (proxy_arp).
// Behind a cable that is plugged into a bridge lie all the other cables of the bridge, and the bridge's own machine.

import type { Device, DeviceRef } from '../linux/device';
import type { Kernel, World } from '../linux/kernel';
import { isLocalAddress } from '../linux/route-lookup';
import type { Ip } from '../net/ip';
import { unreachable } from '../net/unreachable';

/** Where a frame goes: out at the far end of the cable, and to whose MAC address. The two differ where a bridge lies between. */
export interface FrameWay {
  readonly to: DeviceRef;
  readonly owner: DeviceRef;
}

/** The way of a frame for the address; null where nobody answers. */
export function neighbour(
  world: World,
  { netns, device }: { readonly netns: string; readonly device: Device },
  address: Ip,
): FrameWay | null {
  const { attachment } = device;
  switch (attachment.kind) {
    case 'loopback':
    case 'dummy':
    case 'tunnel':
      return null;
    case 'segment': {
      const found = world.segments[attachment.segment]?.[address] ?? null;
      return found === null || isCut(world, netns, found.netns) ? null : { to: found, owner: found };
    }
    case 'veth':
    case 'bridge-port': {
      const owner = farEnds(world, attachment.peer).find((end) => answers(world, end, address));
      return owner === undefined ? null : { to: attachment.peer, owner };
    }
    case 'bridge': {
      const owner = portsOf(world, { netns, device: device.name }).find((end) => answers(world, end, address));
      return owner === undefined ? null : { to: owner, owner };
    }
    default:
      return unreachable(attachment);
  }
}

function isCut({ cuts }: World, from: string, to: string): boolean {
  return cuts.some((pair) => from !== to && pair.includes(from) && pair.includes(to));
}

/** Whoever hears a broadcast at the far end of a cable: the device there, or all that its bridge joins. */
function farEnds(world: World, end: DeviceRef): readonly DeviceRef[] {
  const device = deviceNamed(world.kernels[end.netns], end.device);
  if (device?.attachment.kind !== 'bridge-port') return [end];
  const bridge = { netns: end.netns, device: device.attachment.bridge };
  return [bridge, ...portsOf(world, bridge)];
}

/** What is plugged into the ports of a bridge. */
function portsOf(world: World, bridge: DeviceRef): readonly DeviceRef[] {
  return (world.kernels[bridge.netns]?.devices ?? []).flatMap(({ attachment }) =>
    attachment.kind === 'bridge-port' && attachment.bridge === bridge.device ? [attachment.peer] : [],
  );
}

function answers({ kernels }: World, { netns, device }: DeviceRef, address: Ip): boolean {
  const kernel = kernels[netns];
  const found = deviceNamed(kernel, device);
  if (kernel === undefined || found === undefined) return false;
  return found.proxyArp || found.addresses.some(({ ip }) => ip === address) || isLocalAddress(kernel, address);
}

export function deviceNamed(kernel: Kernel | undefined, name: string | null): Device | undefined {
  return kernel?.devices.find((candidate) => candidate.name === name);
}
