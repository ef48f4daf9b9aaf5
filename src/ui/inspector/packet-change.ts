// The packet before a stop and after it, value by value. Before is the packet of the step before, where that one is in the same
// conversation and direction: a packet that was only now made has no before.

import type { Packet, Payload } from '../../engine/net/packet';
import { formatSocket } from '../../engine/net/packet';
import type { Step } from '../../engine/trace/step';

export type FieldName = 'source' | 'destination' | 'payload' | 'ttl' | 'mark' | 'tracking';

export interface FieldChange {
  readonly field: FieldName;
  /** null where the packet is new, or where the value is what it was. */
  readonly before: string | null;
  readonly after: string;
}

/** Every field of the current packet; empty where none is in flight. */
export function packetChanges(steps: readonly Step[], index: number): readonly FieldChange[] {
  const after = fieldsOf(steps[index]);
  const before = fieldsOf(previousOf(steps, index));
  if (after === null) return [];
  return FIELDS.filter((field) => after[field] !== '' || (before !== null && before[field] !== '')).map((field) => ({
    field,
    before: before === null || before[field] === after[field] ? null : before[field] || '-',
    after: after[field] || '-',
  }));
}

const FIELDS: readonly FieldName[] = ['source', 'destination', 'payload', 'ttl', 'mark', 'tracking'];

function previousOf(steps: readonly Step[], index: number): Step | undefined {
  const [here, before] = [steps[index], steps[index - 1]];
  const same =
    before !== undefined &&
    here !== undefined &&
    before.at.exchange === here.at.exchange &&
    before.at.direction === here.at.direction &&
    here.kind !== 'sent';
  return same ? before : undefined;
}

function fieldsOf(step: Step | undefined): Readonly<Record<FieldName, string>> | null {
  if (step === undefined || step.skb === null) return null;
  const { packet, mark, state } = step.skb;
  return {
    source: address(packet, 'source'),
    destination: address(packet, 'destination'),
    payload: carried(packet.protocol, packet.payload),
    ttl: String(packet.ttl),
    mark: mark === 0 ? '' : `0x${mark.toString(16)}`,
    tracking: state ?? '',
  };
}

/** ICMP has no ports. */
function address(packet: Packet, half: 'source' | 'destination'): string {
  return packet.protocol === 'ICMP' || packet.protocol === 'IPIP' ? packet[half].ip : formatSocket(packet[half]);
}

function carried(protocol: string, payload: Payload): string {
  switch (payload.kind) {
    case 'segment':
      return `${protocol} ${payload.flags}`;
    case 'datagram':
      return protocol;
    case 'dns':
      return `${protocol} DNS ${payload.message.question.type} ${payload.message.question.name}${payload.message.kind === 'response' ? ` ${payload.message.rcode}` : ''}`;
    case 'echo':
      return `ICMP echo ${payload.type}`;
    case 'icmp-error':
      return `ICMP ${payload.error}`;
    case 'tunnel':
      return `${payload.encapsulation.kind === 'vxlan' ? `VXLAN ${payload.encapsulation.vni}` : 'IPIP'}: ${carried(payload.inner.protocol, payload.inner.payload)} ${address(payload.inner, 'source')} > ${address(payload.inner, 'destination')}`;
    default:
      return payload satisfies never;
  }
}
