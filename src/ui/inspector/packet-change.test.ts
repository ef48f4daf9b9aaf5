import { expect, test } from 'vitest';
import type { Skb } from '../../engine/linux/skb';
import { ip } from '../../engine/net/ip';
import type { Step } from '../../engine/trace/step';
import { packetChanges } from './packet-change';

const client = { ip: ip('10.1.1.5'), port: 41874 };
const service = { ip: ip('10.152.183.25'), port: 80 };
const pod = { ip: ip('10.1.1.11'), port: 8080 };

function packetTo(destination: typeof service, over: Partial<Skb> = {}): Skb {
  const packet = { protocol: 'TCP', source: client, destination, ttl: 64, payload: { kind: 'segment', flags: 'SYN' } } as const;
  return { packet, mark: 0, state: null, connection: null, direction: 'original', input: null, output: null, ...over };
}

function step(kind: 'sent' | 'device-entered', skb: Skb | null, exchange = 1): Step {
  const shared = { at: { exchange, purpose: 'request', direction: 'original', netns: 'node-1' }, skb, effects: [] } as const;
  return kind === 'sent'
    ? { ...shared, kind, by: 'production/frontend', route: null, passedOver: [] }
    : { ...shared, kind, device: 'cali1', mtu: 1500 };
}

test('a rewritten destination has a value before and a value after', () => {
  const steps = [step('sent', packetTo(service)), step('device-entered', packetTo(pod, { state: 'NEW' }))];
  expect(packetChanges(steps, 1)).toEqual([
    { field: 'source', before: null, after: '10.1.1.5:41874' },
    { field: 'destination', before: '10.152.183.25:80', after: '10.1.1.11:8080' },
    { field: 'payload', before: null, after: 'TCP SYN' },
    { field: 'ttl', before: null, after: '64' },
    { field: 'tracking', before: '-', after: 'NEW' },
  ]);
});

test('a packet of another conversation is no before', () => {
  const steps = [step('device-entered', packetTo(service), 0), step('device-entered', packetTo(pod), 1)];
  expect(packetChanges(steps, 1).every((change) => change.before === null)).toBe(true);
});

test('where no packet is in flight there is nothing to compare', () => {
  expect(packetChanges([step('device-entered', null)], 0)).toEqual([]);
});
