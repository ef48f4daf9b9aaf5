import { describe, expect, test } from 'vitest';
import type { World } from '../linux/kernel';
import type { Socket } from '../linux/socket';
import { bucketsOf } from '../net/buckets';
import { httpRequest } from '../net/http';
import { NO_PROVENANCE } from '../net/provenance';
import type { NameServer, ZoneName, ZoneRecord } from '../net/zone';
import { checkTrace } from './laws';
import type { Request } from './request';
import { smallWorld } from './small-world.test-support';
import type { Trace } from './step';
import { trace } from './trace';

const address = (name: string, data: string): ZoneRecord => ({ name, type: 'A', ttl: 30, data, provenance: NO_PROVENANCE });

const names = ['svc.cluster.local.', 'shop.svc.cluster.local.'].map((name) => [name, { records: [], existsFor: null }] as const);

const nameServer: NameServer = {
  zones: [
    {
      origin: 'cluster.local.',
      ttl: 30,
      names: bucketsOf<ZoneName>([
        ...names,
        ['web.shop.svc.cluster.local.', { records: [address('web.shop.svc.cluster.local.', '10.1.1.10')], existsFor: null }],
        [
          'many.shop.svc.cluster.local.',
          { records: ['10.1.1.10', '10.1.1.11'].map((ip) => address('many.shop.svc.cluster.local.', ip)), existsFor: null },
        ],
      ]),
      echoes: [],
      fallthrough: false,
    },
  ],
  outside: [address('www.example.com.', '10.1.1.11')],
  cache: null,
  since: 0,
};

const dns: Socket = {
  protocol: 'UDP',
  address: null,
  port: 53,
  owner: 'dns',
  application: { kind: 'dns', nameServer: 'cluster' },
  provenance: NO_PROVENANCE,
};

function world(listening = true): World {
  const base = smallWorld({
    ip: '192.168.1.10',
    pods: [
      { name: 'a', ip: '10.1.1.5' },
      { name: 'dns', ip: '10.1.1.53' },
      { name: 'b', ip: '10.1.1.10', listen: [80] },
      { name: 'c', ip: '10.1.1.11', listen: [80] },
    ],
  });
  const server = base.kernels['pod/dns'];
  if (server === undefined) throw new Error('no server');
  return {
    ...base,
    kernels: { ...base.kernels, 'pod/dns': { ...server, sockets: listening ? [dns] : [] } },
    nameServers: { cluster: nameServer },
    proxies: {},
    hosts: {},
    libcs: {},
    cuts: [],
    dark: [],
    resolvConfs: {
      a: { nameservers: ['10.1.1.53'], search: ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'], options: ['ndots:5'] },
    },
  };
}

function ask(host: string, over: { world?: World; seed?: number } = {}): Trace {
  const before = { ...(over.world ?? world()), seed: over.seed ?? 1 };
  const http = httpRequest({ scheme: 'http', method: 'GET', host, target: '/', headers: {} });
  const request: Request = { netns: 'pod/a', owner: 'a', host, port: 80, protocol: 'TCP', http, source: null };
  const made = trace(before, request);
  checkTrace({ before, request, trace: made.trace, after: made.world });
  return made.trace;
}

const lookups = (made: Trace): unknown => made.steps.find((step) => step.kind === 'name-settled');

describe('a name', () => {
  test('is asked as a packet, and the address of the answer is where the request goes', () => {
    const made = ask('web');
    expect(lookups(made)).toMatchObject({ ip: '10.1.1.10', lookups: ['web.shop.svc.cluster.local.'] });
    expect(made.outcome).toMatchObject({ kind: 'delivered', backend: { ip: '10.1.1.10', port: 80 }, status: 200 });
    expect(new Set(made.steps.map(({ at }) => at.exchange))).toEqual(new Set([0, 1]));
  });

  test('costs a question for every name of the search list before the right one', () => {
    const made = ask('www.example.com');
    expect(lookups(made)).toMatchObject({
      lookups: [
        'www.example.com.shop.svc.cluster.local.',
        'www.example.com.svc.cluster.local.',
        'www.example.com.cluster.local.',
        'www.example.com.',
      ],
    });
    expect(made.steps.filter((step) => step.kind === 'name-answered').map((step) => step.rcode)).toEqual([
      'NXDOMAIN',
      'NXDOMAIN',
      'NXDOMAIN',
      'NOERROR',
    ]);
    expect(made.outcome).toMatchObject({ kind: 'delivered', backend: { ip: '10.1.1.11' } });
  });

  test('that nobody knows sends no request', () => {
    const made = ask('nobody');
    expect(made.outcome).toEqual({ kind: 'unresolved', name: 'nobody', rcode: 'NXDOMAIN' });
    expect(made.steps.every(({ at }) => at.purpose === 'dns')).toBe(true);
  });

  test('with several addresses is dealt anew for each seed', () => {
    const first = new Set([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => (lookups(ask('many', { seed })) as { ip: string }).ip));
    expect(first).toEqual(new Set(['10.1.1.10', '10.1.1.11']));
  });

  test('fails where nobody listens on port 53', () => {
    const made = ask('web', { world: world(false) });
    expect(made.outcome).toMatchObject({ kind: 'unresolved', rcode: 'SERVFAIL' });
    expect(made.steps.some((step) => step.kind === 'rejected' && step.reason === 'no-socket')).toBe(true);
  });
});
