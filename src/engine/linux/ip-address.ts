// Devices as `ip addr` and `ip link` print them (iproute2: ipaddress.c), and as BusyBox' `ip` does, which leaves out states and groups.
// Hardware addresses are made from names where nothing else says them: locally administered ones, as the kernel draws for a veth.

import type { Family } from '../net/ip';
import { sha1 } from '../net/sha';
import type { Device } from './device';
import type { Kernel, World } from './kernel';

export interface DeviceListing {
  readonly family: Family | null;
  /** One device alone; null: all. */
  readonly device: string | null;
  readonly flavour: 'iproute2' | 'busybox';
  /** `ip link`: without addresses. */
  readonly linksOnly: boolean;
}

/** The lines of the listing; empty where the device does not exist. */
export function deviceLines(world: World, { netns, devices }: Kernel, listing: DeviceListing): readonly string[] {
  return devices.flatMap((device, index) => {
    if (listing.device !== null && device.name !== listing.device) return [];
    const addresses = device.name === 'lo' ? LOOPBACK : device.addresses.map(({ ip, prefix }) => ({ ip, length: prefix.length }));
    const shown = addresses.filter(({ ip }) => listing.family === null || (ip.includes(':') ? 6 : 4) === listing.family);
    if (listing.family !== null && !listing.linksOnly && shown.length === 0) return [];
    const head = [headLine(world, device, { index, flavour: listing.flavour }), linkLine(netns, device)];
    return [...head, ...(listing.linksOnly ? [] : shown.flatMap((address) => addressLines(device, address)))];
  });
}

const LOOPBACK = [
  { ip: '127.0.0.1', length: 8 },
  { ip: '::1', length: 128 },
];

function headLine(world: World, device: Device, { index, flavour }: { index: number; flavour: DeviceListing['flavour'] }): string {
  const { name, attachment, mtu } = device;
  const flags =
    attachment.kind === 'loopback'
      ? 'LOOPBACK,UP,LOWER_UP'
      : attachment.kind === 'dummy'
        ? 'BROADCAST,NOARP'
        : 'BROADCAST,MULTICAST,UP,LOWER_UP';
  const master = attachment.kind === 'bridge-port' ? ` master ${attachment.bridge}` : '';
  const head = `${index + 1}: ${name}${peerIndex(world, device)}: <${flags}> mtu ${mtu} qdisc ${attachment.kind === 'dummy' ? 'noop' : 'noqueue'}${master}`;
  return flavour === 'busybox' ? `${head} ` : `${head} state ${stateOf(device)} group default qlen 1000`;
}

function stateOf({ attachment }: Device): string {
  if (attachment.kind === 'dummy') return 'DOWN';
  return attachment.kind === 'loopback' || attachment.kind === 'tunnel' ? 'UNKNOWN' : 'UP';
}

/** `@if7`: the number of the other end in its own namespace. */
function peerIndex(world: World, { attachment }: Device): string {
  if (attachment.kind !== 'veth' && attachment.kind !== 'bridge-port') return '';
  const { netns, device } = attachment.peer;
  const index = world.kernels[netns]?.devices.findIndex(({ name }) => name === device) ?? -1;
  return index < 0 ? '' : `@if${index + 1}`;
}

function linkLine(netns: string, device: Device): string {
  if (device.attachment.kind === 'loopback') return '    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00';
  return `    link/ether ${hardwareAddress(netns, device)} brd ff:ff:ff:ff:ff:ff`;
}

/** Calico gives all its ends on the node the same one (felix, `ee:ee:ee:ee:ee:ee`); a tunnel's is in the tables of the others. */
export function hardwareAddress(netns: string, { name, attachment }: Device): string {
  if (attachment.kind === 'tunnel' && attachment.tunnel.kind === 'vxlan') return attachment.tunnel.mac;
  if (attachment.kind === 'veth' && name.startsWith('cali')) return 'ee:ee:ee:ee:ee:ee';
  const [first = 0, ...rest] = [...sha1(`${netns} ${name}`)].slice(0, 6);
  return [(first & 0xfc) | 0x02, ...rest].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

function addressLines({ name }: Device, { ip, length }: { ip: string; length: number }): readonly string[] {
  const isSix = ip.includes(':');
  const scope = name === 'lo' ? 'host' : isSix && /^fe[89ab]/i.test(ip) ? 'link' : 'global';
  const label = isSix ? '' : name;
  return [`    ${isSix ? 'inet6' : 'inet'} ${ip}/${length} scope ${scope} ${label}`, '       valid_lft forever preferred_lft forever'];
}
