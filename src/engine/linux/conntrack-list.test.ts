import { expect, test } from 'vitest';
import { ip } from '../net/ip';
import type { Flow, Protocol } from '../net/packet';
import type { Connection } from './conntrack';
import { formatConnection } from './conntrack-list';

const flow = (protocol: Protocol, source: readonly [string, number], destination: readonly [string, number]): Flow => ({
  protocol,
  source: { ip: ip(source[0]), port: source[1] },
  destination: { ip: ip(destination[0]), port: destination[1] },
});

const connection = (protocol: Protocol, replied: boolean): Connection => ({
  id: 1,
  protocol,
  original: flow(protocol, ['10.1.1.5', 40000], ['10.152.183.25', 80]),
  reply: flow(protocol, ['10.1.1.10', 8080], ['10.1.1.5', 40000]),
  replied,
  destinationTranslated: true,
  sourceTranslated: false,
  virtual: false,
  since: 0,
});

test('a connection that stands shows both of its tuples', () => {
  expect(formatConnection(connection('TCP', true))).toBe(
    'tcp      6 86400 ESTABLISHED src=10.1.1.5 dst=10.152.183.25 sport=40000 dport=80 src=10.1.1.10 dst=10.1.1.5 sport=8080 dport=40000 [ASSURED]',
  );
});

test('one without an answer says so', () => {
  expect(formatConnection(connection('TCP', false))).toBe(
    'tcp      6 120 SYN_SENT src=10.1.1.5 dst=10.152.183.25 sport=40000 dport=80 [UNREPLIED] src=10.1.1.10 dst=10.1.1.5 sport=8080 dport=40000',
  );
  expect(formatConnection(connection('UDP', false))).toBe(
    'udp      17 30 src=10.1.1.5 dst=10.152.183.25 sport=40000 dport=80 [UNREPLIED] src=10.1.1.10 dst=10.1.1.5 sport=8080 dport=40000',
  );
});
