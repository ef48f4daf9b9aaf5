import { expect, test } from 'vitest';
import { ip } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';
import { seededChance } from './chance';
import { type Connection, track } from './conntrack';
import { walkTable } from './iptables.test-support';
import type { Kernel } from './kernel';
import type { Match, Table } from './netfilter';
import type { Skb } from './skb';

const guard: Match = { kind: 'connection-state', negated: true, states: ['RELATED', 'ESTABLISHED', 'DNAT'] };
const filter: Table = {
  name: 'filter',
  owned: {},
  chains: {
    INPUT: {
      name: 'INPUT',
      policy: 'ACCEPT',
      rules: [{ matches: [guard], target: { kind: 'drop' }, comment: '', provenance: NO_PROVENANCE }],
    },
  },
};
const kernel: Kernel = {
  netns: 'node/node-1',
  devices: [],
  routes: [],
  iptables: { filter },
  ip6tables: {},
  nftables: [],
  ipvs: [],
  sets: {},
  sockets: [],
  sysctls: { forwarding: true, routeLocalnet: true, bridgeNetfilter: false },
};

function verdict(change: (fresh: Connection) => Connection): string {
  const packet = {
    protocol: 'TCP',
    source: { ip: ip('192.168.1.20'), port: 40000 },
    destination: { ip: ip('127.0.0.1'), port: 10249 },
    ttl: 64,
    payload: { kind: 'segment', flags: 'SYN' },
  } as const;
  const { state, connection, direction } = track([], packet, 0);
  if (connection === null) throw new Error('a first segment begins a connection');
  const skb: Skb = { packet, mark: 0, state, connection: change(connection), direction, input: 'eth0', output: null };
  const around = { kernel, state: { connections: [], recent: {}, virtual: {}, lastPort: 0, names: {} }, now: 0, chance: seededChance(1) };
  return walkTable(filter, 'INPUT', skb, around).verdict.kind;
}

test('a guard of loopback throws away what a stranger begins, and lets in what a rule sent there', () => {
  expect(verdict((fresh) => fresh)).toBe('drop');
  expect(verdict((fresh) => ({ ...fresh, destinationTranslated: true }))).toBe('accept');
});
