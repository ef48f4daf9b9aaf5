// What there is to say of the programs at both ends of the request: they send, get, answer.

import { deviceOf, gatewayOf } from '../linux/route';
import type { Payload } from '../net/packet';
import { sameSocket } from '../net/packet';
import { unreachable } from '../net/unreachable';
import type { Step, StepOf } from '../trace/step';
import { type Address, type Around, addressOf, bareAddress, earlierInExchange, ownerLabel, type Spot, spotOf } from './around';

interface Sending {
  readonly by: string;
  readonly to: Address;
  readonly protocol: string;
  /** The way out of a namespace without hooks; null where the stops follow one by one. */
  readonly way: { readonly gateway: string | null; readonly device: string } | null;
}

interface Arriving {
  readonly by: string;
  readonly port: number;
  readonly protocol: string;
  readonly destination: Address;
  /** As the program sees it. */
  readonly source: Address;
  /** As the client sent it. */
  readonly client: Address;
}

interface Hearing {
  readonly by: string;
  /** Whom the answer seems to come from. */
  readonly from: Address;
  /** Who sent it. */
  readonly sender: Address;
}

export type ProgramFact =
  | (Sending & { readonly code: 'opens-connection' | 'sends-datagram' | 'sends-echo' })
  | (Sending & { readonly code: 'accepts-connection' | 'answers-datagram' | 'answers-echo' | 'resets-connection' })
  | (Sending & {
      readonly code: 'reports-closed-port' | 'reports-no-host' | 'reports-no-network' | 'reports-expiry';
      readonly about: Address;
    })
  | (Arriving & { readonly code: 'arrives-as-sent' | 'arrives-readdressed' | 'arrives-masqueraded' })
  | { readonly code: 'arrives-at-kernel'; readonly here: Spot; readonly source: Address }
  | (Hearing & { readonly code: 'hears-peer' | 'hears-in-disguise' | 'hears-reset' | 'hears-echo' | 'hears-ping-refused' })
  | (Hearing & { readonly code: 'hears-closed-port' | 'hears-no-host' | 'hears-no-network' | 'hears-expiry' })
  | { readonly code: 'answers-http'; readonly owner: string; readonly status: number; readonly client: string }
  | { readonly code: 'answers-without-http'; readonly owner: string; readonly client: string };

export function sentFact(step: StepOf<'sent'>, around: Around): ProgramFact {
  const { skb, route } = step;
  const packet = skb?.packet;
  const device = route === null ? null : deviceOf(route);
  const told: Sending = {
    by: ownerLabel(around, step.by),
    to: packet === undefined ? bareAddress(around, '') : addressOf(around, packet.destination, packet.protocol),
    protocol: packet?.protocol ?? '',
    way: route === null || device === null ? null : { gateway: gatewayOf(route)?.ip ?? null, device },
  };
  const answers = step.at.direction === 'reply';
  return packet === undefined ? { code: 'sends-datagram', ...told } : sending(packet.payload, { told, answers, around });
}

function sending(
  payload: Payload,
  { told, answers, around }: { readonly told: Sending; readonly answers: boolean; readonly around: Around },
): ProgramFact {
  switch (payload.kind) {
    case 'segment':
      return { code: payload.flags === 'RST' ? 'resets-connection' : answers ? 'accepts-connection' : 'opens-connection', ...told };
    case 'datagram':
    case 'dns':
      return { code: answers ? 'answers-datagram' : 'sends-datagram', ...told };
    case 'tunnel':
      return sending(payload.inner.payload, { told, answers, around });
    case 'echo':
      return { code: answers ? 'answers-echo' : 'sends-echo', ...told };
    case 'icmp-error':
      return { code: ERROR_SENT[payload.error], ...told, about: addressOf(around, payload.about.destination, payload.about.protocol) };
    default:
      return unreachable(payload);
  }
}

const ERROR_SENT = {
  'port-unreachable': 'reports-closed-port',
  'host-unreachable': 'reports-no-host',
  'net-unreachable': 'reports-no-network',
  'time-exceeded': 'reports-expiry',
} as const;

const ERROR_HEARD = {
  'port-unreachable': 'hears-closed-port',
  'host-unreachable': 'hears-no-host',
  'net-unreachable': 'hears-no-network',
  'time-exceeded': 'hears-expiry',
} as const;

export function deliveredFact(step: StepOf<'delivered'>, around: Around): ProgramFact {
  const { socket, skb, at } = step;
  const source = skb === null ? bareAddress(around, '') : addressOf(around, skb.packet.source, skb.packet.protocol);
  if (socket === null || skb === null) return { code: 'arrives-at-kernel', here: spotOf(around, at.netns), source };
  const { packet } = skb;
  const first = firstSent(around)?.skb?.packet ?? packet;
  const told: Arriving = {
    by: ownerLabel(around, socket.owner),
    port: packet.destination.port,
    protocol: packet.protocol,
    destination: addressOf(around, packet.destination, packet.protocol),
    source,
    client: addressOf(around, first.source, first.protocol),
  };
  if (first.source.ip !== packet.source.ip) return { code: 'arrives-masqueraded', ...told };
  return { code: sameSocket(first.destination, packet.destination) ? 'arrives-as-sent' : 'arrives-readdressed', ...told };
}

/** The client's packet as it left. */
function firstSent(around: Around): Step | null {
  return earlierInExchange(around).find((step) => step.kind === 'sent' && step.at.direction === 'original') ?? null;
}

export function receivedFact(step: StepOf<'received'>, around: Around): ProgramFact {
  const packet = step.skb?.packet;
  const sender = earlierInExchange(around).findLast((one) => one.kind === 'sent' && one.at.direction === 'reply')?.skb?.packet.source;
  const from = packet === undefined ? bareAddress(around, '') : addressOf(around, packet.source, packet.protocol);
  const told: Hearing = { by: ownerLabel(around, step.by), from, sender: sender === undefined ? from : addressOf(around, sender) };
  const payload = packet?.payload;
  if (payload?.kind === 'icmp-error') {
    const refusedPing = payload.about.protocol === 'ICMP' && payload.error === 'port-unreachable';
    return { code: refusedPing ? 'hears-ping-refused' : ERROR_HEARD[payload.error], ...told };
  }
  if (payload?.kind === 'segment' && payload.flags === 'RST') return { code: 'hears-reset', ...told };
  if (payload?.kind === 'echo') return { code: 'hears-echo', ...told };
  return { code: told.from.text === told.sender.text ? 'hears-peer' : 'hears-in-disguise', ...told };
}

export function answeredRequestFact(step: StepOf<'application-answered'>, around: Around): ProgramFact {
  const owner = ownerLabel(around, step.owner);
  const client = spotOf(around, step.at.netns).label;
  return step.status === null
    ? { code: 'answers-without-http', owner, client }
    : { code: 'answers-http', owner, client, status: step.status };
}
