// The router's address is ours to choose, and a host that somebody names may have that very address: then the router takes another one,
// and everybody who sent packets through it follows.

import type { Attachment, Device } from '../linux/device';
import type { Kernel, World } from '../linux/kernel';
import type { Route } from '../linux/route';
import type { Ip } from '../net/ip';
import { linkRoute, localRoute } from './network';

/** The world in which the router has `to` in place of its address. */
export function giveWay(world: World, router: Kernel, to: Ip): World {
  const from = router.devices.find(({ name }) => name === 'eth0')?.addresses[0]?.ip;
  if (from === undefined) return world;
  const netns = `router/${to}`;
  const moved = (kernel: Kernel): Kernel =>
    kernel === router ? renumbered(router, { netns, from, to }) : followed(kernel, { router, netns, from, to });
  return {
    ...world,
    kernels: Object.fromEntries(
      Object.values(world.kernels)
        .map(moved)
        .map((kernel) => [kernel.netns, kernel]),
    ),
    segments: Object.fromEntries(
      Object.entries(world.segments).map(([name, neighbours]) => {
        const others = Object.entries(neighbours).filter(([ip]) => ip !== from);
        return [name, Object.fromEntries([...others, [to, { netns, device: 'eth0' }]])];
      }),
    ),
  };
}

function renumbered(router: Kernel, { netns, from, to }: { netns: string; from: Ip; to: Ip }): Kernel {
  return {
    ...router,
    netns,
    devices: router.devices.map(
      (device): Device => ({
        ...device,
        addresses: device.addresses.map((address) => (address.ip === from ? { ...address, ip: to } : address)),
      }),
    ),
    routes: router.routes.map((known): Route => {
      if (known.nextHop.kind === 'local' && known.destination.network === from) return localRoute(to, 'eth0');
      return known.source === from ? linkRoute(known.destination, 'eth0', to) : known;
    }),
  };
}

/** The others' default routes, and cables that end at the router. */
function followed(kernel: Kernel, { router, netns, from, to }: { router: Kernel; netns: string; from: Ip; to: Ip }): Kernel {
  const plugged = (attachment: Attachment): Attachment =>
    attachment.kind === 'veth' && attachment.peer.netns === router.netns
      ? { ...attachment, peer: { ...attachment.peer, netns } }
      : attachment;
  return {
    ...kernel,
    devices: kernel.devices.map((device) => ({ ...device, attachment: plugged(device.attachment) })),
    routes: kernel.routes.map((known) =>
      known.nextHop.kind === 'gateway' && known.nextHop.ip === from ? { ...known, nextHop: { ...known.nextHop, ip: to } } : known,
    ),
  };
}
