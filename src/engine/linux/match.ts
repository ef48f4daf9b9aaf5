// Whether one condition of a rule holds for a packet inside a kernel. Chance is not asked here: see `chain-walk.ts`.

import { contains } from '../net/cidr';
import type { Ip } from '../net/ip';
import { sameSocket } from '../net/packet';
import { unreachable } from '../net/unreachable';
import type { Chance } from './chance';
import { type IpSet, memberFor } from './ipset';
import type { Kernel, KernelState } from './kernel';
import { isAmong, type Match } from './netfilter';
import { isLocalAddress } from './route-lookup';
import type { Skb } from './skb';

/** What the rules may look at beside the packet. */
export interface Surroundings {
  readonly kernel: Kernel;
  readonly state: KernelState;
  /** Seconds. */
  readonly now: number;
  readonly chance: Chance;
}

/** Conditions whose answer the packet and the kernel determine, and nothing else. */
export type CertainMatch = Exclude<Match, { kind: 'statistic' | 'recent-set' }>;

/** A packet under a condition. */
export interface Asked {
  /** With the mark as the rules before have left it. */
  readonly skb: Skb;
  /** The sets that the rule may name. */
  readonly sets: Readonly<Record<string, IpSet>>;
  readonly around: Surroundings;
}

/** What the condition names is so; whether that is wanted (`negated`) is for the caller to say. */
export function holds(match: CertainMatch, { skb, sets, around }: Asked): boolean {
  const { packet, input, output, state, connection, mark } = skb;
  switch (match.kind) {
    case 'source':
      return contains(match.prefix, packet.source.ip);
    case 'destination':
      return contains(match.prefix, packet.destination.ip);
    case 'source-among':
      return match.prefixes.some((prefix) => contains(prefix, packet.source.ip));
    case 'destination-among':
      return match.prefixes.some((prefix) => contains(prefix, packet.destination.ip));
    case 'input':
      return isDevice(match.device, input);
    case 'output':
      return isDevice(match.device, output);
    case 'protocol':
      return packet.protocol === match.protocol;
    case 'source-port':
      return packet.source.port === match.port;
    case 'destination-port':
      return packet.destination.port === match.port;
    case 'destination-ports':
      return isAmong(match.ports, packet.destination.port);
    case 'source-type':
      return isLocal(packet.source.ip, match.limit, { output, around });
    case 'destination-type':
      return isLocal(packet.destination.ip, match.limit, { output, around });
    case 'mark':
      return (mark & match.mask) >>> 0 === match.value;
    case 'connection-state':
      return match.states.some((asked) => (asked === 'DNAT' ? connection?.destinationTranslated === true : asked === state));
    case 'recent-check': {
      const seen = around.state.recent[match.list]?.[packet.source.ip];
      return seen !== undefined && around.now - seen <= match.seconds;
    }
    case 'set': {
      const set = sets[match.set];
      return set !== undefined && memberFor(set, packet, match.directions) !== null;
    }
    case 'bridge-port':
      return around.kernel.devices.some(({ name, attachment }) => name === input && attachment.kind === 'bridge');
    case 'virtual-server':
      return (
        connection?.virtual === true &&
        skb.direction === 'original' &&
        connection.protocol === match.protocol &&
        sameSocket(connection.original.destination, match.address)
      );
    default:
      return unreachable(match);
  }
}

/** Whether the address is the namespace's own, or with a limit the out device's own. */
function isLocal(
  address: Ip,
  limit: 'output-device' | undefined,
  { output, around: { kernel } }: { readonly output: string | null; readonly around: Surroundings },
): boolean {
  if (limit === undefined) return isLocalAddress(kernel, address);
  return kernel.devices.some((device) => device.name === output && device.addresses.some(({ ip }) => ip === address));
}

function isDevice(pattern: string, device: string | null): boolean {
  if (device === null) return false;
  return pattern.endsWith('+') || pattern.endsWith('*') ? device.startsWith(pattern.slice(0, -1)) : device === pattern;
}
