import { describe, expect, test } from 'vitest';
import type { World } from '../linux/kernel';
import type { Match, Rule, Target } from '../linux/netfilter';
import { cidr, hostPrefix } from '../net/cidr';
import { ip } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';
import { hops } from './hops';
import { checkTrace } from './laws';
import type { Request } from './request';
import { natAtPrerouting, route, type SmallNode, smallWorld, TRACKING } from './small-world.test-support';
import type { Step, Trace } from './step';
import { trace } from './trace';

const pods = [
  { name: 'a', ip: '10.1.1.5' },
  { name: 'b', ip: '10.1.1.10', listen: [8080] },
  { name: 'c', ip: '10.1.1.11', listen: [8080] },
];

const node = (over: Partial<SmallNode> = {}): World => smallWorld({ ip: '192.168.1.10', pods, ...over });

function send(world: World, host: string, port: number, over: Partial<Request> = {}): Trace {
  const request: Request = { netns: 'pod/a', owner: 'a', host, port, protocol: 'TCP', http: null, source: null, ...over };
  const made = trace(world, request);
  checkTrace({ before: world, request, trace: made.trace, after: made.world });
  return made.trace;
}

const rule = (target: Target, ...matches: readonly Match[]): Rule => ({ matches, target, comment: '', provenance: NO_PROVENANCE });
const to = (address: string): Match => ({ negated: false, kind: 'destination', prefix: hostPrefix(ip(address)) });
const dnat = (address: string, ...matches: readonly Match[]): Rule =>
  rule({ kind: 'dnat', to: { ip: ip(address), port: 8080 } }, to('10.152.183.25'), ...matches);
const oneIn = (n: number): Match => ({ negated: false, kind: 'statistic', oneIn: n });
const stops = (steps: readonly Step[]): readonly string[] => steps.map((step) => (step.kind === 'hook-passed' ? step.hook : step.kind));

describe('a packet between two Pods of a node', () => {
  test('passes the hooks of the node and comes back', () => {
    const made = send(node(), '10.1.1.10', 8080);
    expect(made.outcome).toMatchObject({ kind: 'delivered', backend: { ip: '10.1.1.10', port: 8080 }, masqueraded: false });
    const way = ['device-entered', 'PREROUTING', 'route-chosen', 'FORWARD', 'POSTROUTING', 'device-left'];
    expect(stops(made.steps)).toEqual(['sent', ...way, 'delivered', 'sent', ...way, 'received', 'concluded']);
    expect(hops(made.steps).map(({ at }) => `${at.direction} ${at.netns}`)).toEqual([
      'original pod/a',
      'original node/n',
      'original pod/b',
      'reply pod/b',
      'reply node/n',
      'reply pod/a',
    ]);
  });

  test('loses one of its lives at the node', () => {
    const delivered = send(node(), '10.1.1.10', 8080).steps.find((step) => step.kind === 'delivered');
    expect(delivered?.skb?.packet.ttl).toBe(63);
  });

  test('is refused where nobody listens', () => {
    const made = send(node(), '10.1.1.10', 9999);
    expect(made.outcome).toMatchObject({ kind: 'rejected', reason: 'no-socket', netns: 'pod/b' });
    expect(made.steps.at(-2)).toMatchObject({ kind: 'received', skb: { packet: { payload: { flags: 'RST' } } } });
  });

  test('is lost in a blackhole', () => {
    const made = send(node({ routes: (routes) => [...routes, route(cidr('10.1.1.0/24'), { kind: 'blackhole' })] }), '10.1.1.99', 80);
    expect(made.outcome).toMatchObject({ kind: 'dropped', reason: 'blackhole', replyLost: false });
  });

  test('is told that a host on the link does not answer', () => {
    expect(send(node(), '192.168.1.77', 80).outcome).toMatchObject({ kind: 'rejected', reason: 'no-neighbour', netns: 'node/n' });
  });

  test('echoes', () => {
    const ping = { protocol: 'ICMP' } as const;
    expect(send(node(), '10.1.1.10', 0, ping).outcome).toMatchObject({ kind: 'delivered', owner: 'pod/b' });
  });
});

describe('a packet to a virtual address', () => {
  const world = node({ iptables: natAtPrerouting([dnat('10.1.1.10', oneIn(2)), dnat('10.1.1.11')]) });

  test('ends at one of the back ends and is answered by the virtual address', () => {
    const made = send(world, '10.152.183.25', 80);
    expect(made.outcome.kind).toBe('delivered');
    expect(made.backends.map(({ address, probability }) => [address.ip, probability])).toEqual([
      ['10.1.1.10', 1 / 2],
      ['10.1.1.11', 1 / 2],
    ]);
    const back = made.steps.find((step) => step.kind === 'hook-passed' && step.at.direction === 'reply' && step.translations.length > 0);
    expect(back).toMatchObject({
      hook: 'POSTROUTING',
      translations: [{ which: 'source', by: 'connection', to: { ip: '10.152.183.25', port: 80 } }],
      rulesRead: 0,
    });
  });

  test('goes with its connection: a second packet of the client is a new draw', () => {
    const first = trace(world, { netns: 'pod/a', owner: 'a', host: '10.152.183.25', port: 80, protocol: 'TCP', http: null, source: null });
    const second = trace(first.world, {
      netns: 'pod/a',
      owner: 'a',
      host: '10.152.183.25',
      port: 80,
      protocol: 'TCP',
      http: null,
      source: null,
    });
    const port = (made: Trace) => made.steps[0]?.skb?.packet.source.port;
    expect(port(second.trace)).toBe((port(first.trace) ?? 0) + 1);
    expect(second.world.states['node/n']?.connections.map(({ id, replied }) => [id, replied])).toEqual([
      [1, true],
      [2, true],
    ]);
  });

  test('leaves for nowhere without its rule', () => {
    expect(send(node({ iptables: TRACKING }), '10.152.183.25', 80).outcome).toMatchObject({
      kind: 'rejected',
      reason: 'unreachable-route',
    });
  });
});

describe('a Pod that reaches itself through a virtual address', () => {
  const self = [dnat('10.1.1.10')];
  const request = { netns: 'pod/b', owner: 'b' } as const;

  test('throws its own packet away: it bears its own source', () => {
    expect(send(node({ iptables: natAtPrerouting(self) }), '10.152.183.25', 80, request).outcome).toMatchObject({
      kind: 'dropped',
      reason: 'martian-source',
    });
  });

  test('hears itself behind a masquerade', () => {
    const made = send(node({ iptables: natAtPrerouting(self, [rule({ kind: 'masquerade' })]) }), '10.152.183.25', 80, request);
    expect(made.outcome).toMatchObject({ kind: 'delivered', masqueraded: true, seenSource: { ip: '192.168.1.10' } });
  });
});

describe('a node', () => {
  test('reaches its Pods with its own address, past OUTPUT', () => {
    const made = send(node(), '10.1.1.10', 8080, { netns: 'node/n', owner: 'n' });
    expect(made.outcome).toMatchObject({ kind: 'delivered', seenSource: { ip: '192.168.1.10' } });
    expect(stops(made.steps).slice(0, 5)).toEqual(['sent', 'route-chosen', 'OUTPUT', 'POSTROUTING', 'device-left']);
  });

  test('knows at once that there is no way', () => {
    const made = send(node(), '203.0.113.9', 80, { netns: 'node/n', owner: 'n' });
    expect(made.outcome).toMatchObject({ kind: 'rejected', reason: 'unreachable-route', netns: 'node/n' });
  });

  test('refuses by ICMP, and the client hears of it', () => {
    const reject = {
      name: 'FORWARD',
      policy: 'ACCEPT' as const,
      rules: [rule({ kind: 'reject', with: 'port-unreachable' }, to('10.1.1.10'))],
    };
    const made = send(node({ iptables: { filter: { name: 'filter', chains: { FORWARD: reject }, owned: {} } } }), '10.1.1.10', 8080);
    expect(made.outcome).toMatchObject({ kind: 'rejected', reason: 'rule', netns: 'node/n' });
    expect(made.steps.at(-2)).toMatchObject({ kind: 'received', skb: { packet: { protocol: 'ICMP', source: { ip: '192.168.1.10' } } } });
  });

  test('that drops says nothing', () => {
    const drop = { name: 'FORWARD', policy: 'DROP' as const, rules: [] };
    const made = send(node({ iptables: { filter: { name: 'filter', chains: { FORWARD: drop }, owned: {} } } }), '10.1.1.10', 8080);
    expect(made.outcome).toMatchObject({ kind: 'dropped', reason: 'policy' });
  });
});
