import { describe, expect, test } from 'vitest';
import { cidr, hostPrefix } from '../net/cidr';
import { ip } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';
import type { Chance } from './chance';
import { netSet } from './ipset';
import { walkTable } from './iptables.test-support';
import type { Kernel } from './kernel';
import type { Surroundings } from './match';
import type { Chain, Match, Rule, Table, Target } from './netfilter';
import type { Skb } from './skb';

const kernel: Kernel = {
  netns: 'node/a',
  devices: [],
  routes: [
    {
      destination: hostPrefix(ip('192.168.1.10')),
      nextHop: { kind: 'local', device: 'eth0' },
      metric: 0,
      protocol: 'kernel',
      scope: 'host',
      source: null,
      provenance: NO_PROVENANCE,
    },
  ],
  iptables: {},
  ip6tables: {},
  nftables: [],
  ipvs: [],
  sets: { pools: netSet(4, [cidr('10.1.0.0/16')]) },
  sockets: [],
  sysctls: { forwarding: true, routeLocalnet: true, bridgeNetfilter: false },
};

const skb: Skb = {
  packet: {
    protocol: 'TCP',
    source: { ip: ip('10.1.1.5'), port: 41874 },
    destination: { ip: ip('10.152.183.25'), port: 80 },
    ttl: 64,
    payload: { kind: 'segment', flags: 'SYN' },
  },
  mark: 0,
  state: 'NEW',
  connection: null,
  direction: 'original',
  input: 'cali123456',
  output: null,
};

const chance = (...falls: readonly boolean[]): Chance => {
  let next = 0;
  return {
    decide: () => {
      const hit = falls[next] ?? false;
      next += 1;
      return { hit, draw: hit ? 0.1 : 0.9 };
    },
    turn: () => 0,
    between: (from) => from,
    seed: () => 1,
  };
};

const around = (over: Partial<Surroundings> = {}): Surroundings => ({
  kernel,
  state: { connections: [], recent: {}, virtual: {}, lastPort: 0, names: {} },
  now: 100,
  chance: chance(),
  ...over,
});

const rule = (target: Target, ...matches: readonly Match[]): Rule => ({ matches, target, comment: '', provenance: NO_PROVENANCE });

function table(chains: Readonly<Record<string, readonly Rule[]>>, policy: Chain['policy'] = 'ACCEPT'): Table {
  const built = Object.entries(chains).map(([name, rules]) => [name, { name, rules, policy: name === 'FORWARD' ? policy : null }] as const);
  return { name: 'filter', chains: Object.fromEntries(built), owned: {} };
}

const walk = (chains: Readonly<Record<string, readonly Rule[]>>, over: Partial<Surroundings> = {}, policy: Chain['policy'] = 'ACCEPT') =>
  walkTable(table(chains, policy), 'FORWARD', skb, around(over));

const toService: Match = { negated: false, kind: 'destination', prefix: hostPrefix(ip('10.152.183.25')) };
const fromElsewhere: Match = { negated: true, kind: 'source', prefix: cidr('10.1.0.0/16') };

describe('a chain', () => {
  test('takes the first rule whose conditions all hold', () => {
    const verdict = walk({
      FORWARD: [rule({ kind: 'drop' }, toService, fromElsewhere), rule({ kind: 'accept' }, toService), rule({ kind: 'drop' })],
    });
    expect(verdict.verdict).toEqual({ kind: 'accept' });
    expect(verdict.rulesRead).toBe(2);
  });

  test('names the first condition that failed', () => {
    const { reads } = walk({ FORWARD: [rule({ kind: 'drop' }, toService, fromElsewhere)] });
    expect(reads[0]?.result).toEqual({ kind: 'passed-over', failed: fromElsewhere, draw: null });
  });

  test('falls back on its policy', () => {
    expect(walk({ FORWARD: [] }, {}, 'DROP').verdict).toEqual({ kind: 'drop', by: 'policy' });
    expect(walk({}).verdict).toEqual({ kind: 'accept' });
  });

  test('comes back from a jump to the rule behind it, and not from a goto', () => {
    const chains = { A: [rule({ kind: 'return' }), rule({ kind: 'drop' })] };
    expect(
      walk({ ...chains, FORWARD: [rule({ kind: 'jump', chain: 'A' }), rule({ kind: 'reject', with: 'port-unreachable' })] }).verdict,
    ).toEqual({
      kind: 'reject',
      with: 'port-unreachable',
    });
    expect(walk({ ...chains, FORWARD: [rule({ kind: 'goto', chain: 'A' }), rule({ kind: 'drop' })] }).verdict).toEqual({ kind: 'accept' });
  });

  test('keeps a mark that a chain set before it returned', () => {
    const marked: Match = { negated: false, kind: 'mark', value: 0x4000, mask: 0x4000 };
    const mark = rule({ kind: 'mark', value: 0x4000, mask: 0x4000 });
    const verdict = walk({ MARK: [mark], FORWARD: [rule({ kind: 'jump', chain: 'MARK' }), rule({ kind: 'drop' }, marked)] });
    expect(verdict).toMatchObject({ verdict: { kind: 'drop' }, mark: 0x4000 });
  });

  test('flips a mark with xor', () => {
    const twice = rule({ kind: 'mark', value: 0x4000, mask: 0 });
    expect(walk({ FORWARD: [twice] }).mark).toBe(0x4000);
    expect(walk({ FORWARD: [twice, twice] }).mark).toBe(0);
  });

  test('draws for each random rule in turn and lists those it never came to', () => {
    const statistic = (oneIn: number): Match => ({ negated: false, kind: 'statistic', oneIn });
    const rules = [rule({ kind: 'drop' }, statistic(3)), rule({ kind: 'accept' }, statistic(2)), rule({ kind: 'drop' })];
    const { reads, verdict } = walk({ FORWARD: rules }, { chance: chance(false, true) });
    expect(verdict.kind).toBe('accept');
    expect(reads.map((read) => read.result.kind)).toEqual(['passed-over', 'matched', 'unread']);
    expect(reads[1]?.result).toMatchObject({ draw: 0.1 });
  });

  test('knows its own addresses, its sets and its lists', () => {
    const own: Match = { negated: true, kind: 'destination-type', type: 'LOCAL' };
    const pooled: Match = { negated: false, kind: 'set', set: 'pools', directions: ['src'] };
    const recent: Match = { negated: false, kind: 'recent-check', list: 'SEP', seconds: 60 };
    const all = { FORWARD: [rule({ kind: 'drop' }, own, pooled, recent)] };
    const seen = (at: number) => ({
      state: { connections: [], recent: { SEP: { [ip('10.1.1.5')]: at } }, virtual: {}, lastPort: 0, names: {} },
    });
    expect(walk(all, seen(50)).verdict.kind).toBe('drop');
    expect(walk(all, seen(39)).verdict.kind).toBe('accept');
    expect(walk(all).verdict.kind).toBe('accept');
  });

  test('that calls itself is our mistake', () => {
    expect(() => walk({ A: [rule({ kind: 'jump', chain: 'A' })], FORWARD: [rule({ kind: 'jump', chain: 'A' })] })).toThrow('circle');
    expect(() => walk({ FORWARD: [rule({ kind: 'jump', chain: 'GONE' })] })).toThrow('GONE');
  });
});
