// Named sets of addresses and ports that rules ask for in one look-up: ipsets for iptables, sets of a table for nftables.
// Members are kept as `ipset save` prints them (ip_set_hash_gen.h, ip_set_bitmap_port.c).

import { type Cidr, contains, formatCidr, hostPrefix, parseCidr } from '../net/cidr';
import { type Family, parseIp } from '../net/ip';
import type { Packet } from '../net/packet';
import { NO_PROVENANCE, type Provenance } from '../net/provenance';

export type IpSetType = 'hash:ip' | 'hash:net' | 'hash:ip,port' | 'hash:ip,port,ip' | 'hash:ip,port,net' | 'bitmap:port';

/** Which end of the packet a part of the key is taken from. A port is that of its own end. */
export type SetDirection = 'src' | 'dst';

export interface IpSetMember {
  /** `10.96.0.1`, `10.1.0.0/16`, `10.96.0.1,tcp:443`, `10.1.1.5,tcp:80,10.1.1.5`, `30080`. */
  readonly text: string;
  readonly provenance: Provenance;
}

export interface IpSet {
  readonly type: IpSetType;
  readonly family: Family;
  readonly members: readonly IpSetMember[];
}

/** The member that holds the packet; null where none does. */
export function memberFor(set: IpSet, packet: Packet, directions: readonly SetDirection[]): IpSetMember | null {
  // What stands in the place of a port in ICMP is none (ip_set_get_ip_port).
  if (set.type === 'bitmap:port' && packet.protocol === 'ICMP') return null;
  const parts = set.type === 'bitmap:port' ? ['number'] : set.type.replace('hash:', '').split(',');
  const wanted = parts.map((part, index) => partOf(packet, part, directions[index] ?? 'dst'));
  const index = indexOf(set);
  const exact = index.byText.get(wanted.join(','));
  if (exact !== undefined || index.ranges.length === 0) return exact ?? null;
  const address = parseIp(wanted.at(-1) ?? '');
  const before = wanted.slice(0, -1).join(',');
  return index.ranges.find((range) => address !== null && range.before === before && contains(range.prefix, address))?.member ?? null;
}

function partOf({ protocol, source, destination }: Packet, part: string, direction: SetDirection): string {
  const end = direction === 'src' ? source : destination;
  if (part === 'number') return String(end.port);
  return part === 'port' ? `${protocol.toLowerCase()}:${end.port}` : end.ip;
}

interface SetIndex {
  readonly byText: ReadonlyMap<string, IpSetMember>;
  /** Members that end in a prefix, with what stands before it. */
  readonly ranges: readonly { readonly before: string; readonly prefix: Cidr; readonly member: IpSetMember }[];
}

// A set never changes once it is programmed: its index lives as long as it does.
const indices = new WeakMap<IpSet, SetIndex>();

function indexOf(set: IpSet): SetIndex {
  const known = indices.get(set);
  if (known !== undefined) return known;
  const index: SetIndex = {
    byText: new Map(set.members.map((member) => [member.text, member])),
    ranges: set.members.flatMap((member) => rangeOf(set, member)),
  };
  indices.set(set, index);
  return index;
}

function rangeOf(set: IpSet, member: IpSetMember): SetIndex['ranges'] {
  if (!set.type.endsWith('net')) return [];
  const parts = member.text.split(',');
  const last = parts.at(-1) ?? '';
  const address = parseIp(last);
  const prefix = address === null ? parseCidr(last) : hostPrefix(address);
  return prefix === null ? [] : [{ before: parts.slice(0, -1).join(','), prefix, member }];
}

/** The set as `ipset restore` loads it. A set refuses the same member twice. */
export function formatIpSet(name: string, { type, family, members }: IpSet): readonly string[] {
  const kind = type === 'bitmap:port' ? 'bitmap:port range 0-65535' : `${type} family ${family === 6 ? 'inet6' : 'inet'}`;
  return [`create ${name} ${kind}`, ...[...new Set(members.map(({ text }) => text))].map((text) => `add ${name} ${text}`)];
}

/** A set of prefixes. */
export function netSet(family: Family, prefixes: readonly Cidr[], provenance: Provenance = NO_PROVENANCE): IpSet {
  return { type: 'hash:net', family, members: prefixes.map((prefix) => ({ text: formatCidr(prefix), provenance })) };
}
