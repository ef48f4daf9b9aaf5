// Which of its addresses a kernel puts on a packet: for its own packets, for MASQUERADE, and for ICMP errors
// (inet_select_addr, net/ipv4/devinet.c; ipv6_dev_get_saddr, net/ipv6/addrconf.c, which follows RFC 6724).
// Left out: deprecated, temporary and tentative addresses.

import { type Cidr, cidr, contains } from '../net/cidr';
import { family, type Ip, ipBits } from '../net/ip';
import type { Device } from './device';
import type { Kernel } from './kernel';
import { deviceOf, gatewayOf } from './route';
import { lookUpRoute } from './route-lookup';

/** The source for packets to `destination` that leave by `device` (null: by the route's own); null where the kernel has no address of that family. */
export function sourceAddress(kernel: Kernel, destination: Ip, device: string | null): Ip | null {
  const route = lookUpRoute(kernel.routes, destination)?.route ?? null;
  if (route?.nextHop.kind === 'local') return destination;
  if (route !== null && route.source !== null && (device === null || deviceOf(route) === device)) return route.source;
  const out = device ?? (route === null ? null : deviceOf(route));
  if (family(destination) === 6) return bestAddress(kernel, destination, out);
  const gateway = (route === null ? null : gatewayOf(route)?.ip) ?? destination;
  return addressOn(kernel, out, gateway) ?? anyAddress(kernel, destination);
}

/** The device's address on the same link as `near`, else its first one. */
function addressOn(kernel: Kernel, name: string | null, near: Ip): Ip | null {
  const addresses = ofFamily(kernel.devices.find((device) => device.name === name)?.addresses ?? [], near);
  return (addresses.find((address) => contains(address.prefix, near)) ?? addresses[0])?.ip ?? null;
}

/** A device without an address of its own (Calico's) lends one from another device of the namespace, loopback and the dummy excepted, which is younger. */
function anyAddress(kernel: Kernel, near: Ip): Ip | null {
  for (const device of kernel.devices) {
    if (device.attachment.kind === 'loopback' || device.attachment.kind === 'dummy') continue;
    const [first] = ofFamily(device.addresses, near);
    if (first !== undefined) return first.ip;
  }
  return null;
}

/** IPv6 compares all addresses: the device that the packet leaves by first, then one of the same kind, then the longest common prefix. */
function bestAddress(kernel: Kernel, destination: Ip, out: string | null): Ip | null {
  let best: { readonly ip: Ip; readonly merits: readonly number[] } | null = null;
  for (const device of kernel.devices) {
    if (device.attachment.kind === 'loopback' || device.attachment.kind === 'dummy') continue;
    for (const { ip } of ofFamily(device.addresses, destination)) {
      const merits = [Number(device.name === out), Number(labelOf(ip) === labelOf(destination)), commonLength(ip, destination)];
      if (best === null || isBetter(merits, best.merits)) best = { ip, merits };
    }
  }
  return best?.ip ?? null;
}

function isBetter(merits: readonly number[], others: readonly number[]): boolean {
  const index = merits.findIndex((merit, at) => merit !== others[at]);
  return index >= 0 && (merits[index] ?? 0) > (others[index] ?? 0);
}

/** The kernel's own table (net/ipv6/addrlabel.c), as far as its entries are still in use. */
const LABELS: readonly { readonly prefix: Cidr; readonly label: number }[] = [
  { prefix: cidr('fc00::/7'), label: 5 },
  { prefix: cidr('2002::/16'), label: 2 },
  { prefix: cidr('2001::/32'), label: 6 },
];

function labelOf(ip: Ip): number {
  return LABELS.find(({ prefix }) => contains(prefix, ip))?.label ?? 1;
}

/** How many bits from the left are alike. */
function commonLength(a: Ip, b: Ip): number {
  const different = ipBits(a) ^ ipBits(b);
  return 128 - (different === 0n ? 0 : different.toString(2).length);
}

function ofFamily(addresses: Device['addresses'], like: Ip): Device['addresses'] {
  return addresses.filter((address) => family(address.ip) === family(like));
}
