// Which of its addresses a kernel puts on a packet: for its own packets, for MASQUERADE, and for ICMP errors
// (inet_select_addr, net/ipv4/devinet.c).

import { contains } from '../net/cidr';
import { family, type Ip } from '../net/ip';
import type { Device } from './device';
import type { Kernel } from './kernel';
import type { Route } from './route';
import { lookUpRoute } from './route-lookup';

/** The source for packets to `destination` that leave by `device` (null: by the route's own); null where the kernel has no address of that family. */
export function sourceAddress(kernel: Kernel, destination: Ip, device: string | null): Ip | null {
  const route = lookUpRoute(kernel.routes, destination)?.route ?? null;
  if (route?.nextHop.kind === 'local') return destination;
  if (route !== null && route.source !== null && (device === null || deviceOf(route) === device)) return route.source;
  const out = device ?? (route === null ? null : deviceOf(route));
  const gateway = route?.nextHop.kind === 'gateway' ? route.nextHop.ip : destination;
  return addressOn(kernel, out, gateway) ?? anyAddress(kernel, destination);
}

export function deviceOf(route: Route): string | null {
  return 'device' in route.nextHop ? route.nextHop.device : null;
}

/** The device's address on the same link as `near`, else its first one. */
function addressOn(kernel: Kernel, name: string | null, near: Ip): Ip | null {
  const addresses = ofFamily(kernel.devices.find((device) => device.name === name)?.addresses ?? [], near);
  return (addresses.find((address) => contains(address.prefix, near)) ?? addresses[0])?.ip ?? null;
}

/** A device without an address of its own (Calico's) lends one from another device of the namespace, loopback excepted. */
function anyAddress(kernel: Kernel, near: Ip): Ip | null {
  for (const device of kernel.devices) {
    if (device.attachment.kind === 'loopback') continue;
    const [first] = ofFamily(device.addresses, near);
    if (first !== undefined) return first.ip;
  }
  return null;
}

function ofFamily(addresses: Device['addresses'], like: Ip): Device['addresses'] {
  return addresses.filter((address) => family(address.ip) === family(like));
}
