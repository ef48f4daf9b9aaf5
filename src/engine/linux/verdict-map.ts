// The look-up of nftables: one key made of parts of the packet, one verdict, whatever the size of the map.

import type { Packet } from '../net/packet';
import { unreachable } from '../net/unreachable';
import type { KeyPart, MapElement, VerdictMap } from './netfilter';

// A map never changes once it is programmed: its index lives as long as it does.
const indices = new WeakMap<VerdictMap, ReadonlyMap<string, MapElement>>();

/** The entry for the packet; null where the map lacks its key. */
export function elementFor(map: VerdictMap, packet: Packet): MapElement | null {
  const index = indices.get(map) ?? new Map(map.elements.map((element) => [element.key, element]));
  indices.set(map, index);
  return index.get(keyFor(map.key, packet)) ?? null;
}

/** `10.96.0.1 . tcp . 443`. */
function keyFor(parts: readonly KeyPart[], packet: Packet): string {
  return parts.map((part) => partOf(part, packet)).join(' . ');
}

function partOf(part: KeyPart, { protocol, destination }: Packet): string {
  switch (part) {
    case 'destination':
      return destination.ip;
    case 'protocol':
      return protocol.toLowerCase();
    case 'destination-port':
      return String(destination.port);
    default:
      return unreachable(part);
  }
}
