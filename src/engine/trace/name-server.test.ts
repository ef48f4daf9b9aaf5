import { expect, test } from 'vitest';
import { bucketsOf } from '../net/buckets';
import type { RecordType } from '../net/dns';
import { NO_PROVENANCE } from '../net/provenance';
import type { NameServer, Zone, ZoneName, ZoneRecord } from '../net/zone';
import { answer } from './name-server';

type Row = readonly [string, RecordType, string];

const record = ([name, type, data]: Row): ZoneRecord => ({ name, type, data, ttl: 30, provenance: NO_PROVENANCE });

function zone(origin: string, rows: readonly Row[], more: Partial<Zone> = {}): Zone {
  const names: Record<string, ZoneName> = {};
  for (const row of rows) names[row[0]] = { records: [...(names[row[0]]?.records ?? []), record(row)], existsFor: null };
  return { origin, ttl: 30, names: bucketsOf(Object.entries(names)), echoes: [], fallthrough: false, ...more };
}

function ask(server: NameServer, name: string, type: RecordType): { rcode: string; answers: readonly Row[] } {
  const { rcode, answers } = answer(server, { name, type });
  return { rcode, answers: answers.map((found) => [found.name, found.type, found.data]) };
}

const WEB: readonly Row[] = [
  ['web.shop.svc.cluster.local.', 'A', '10.96.10.1'],
  ['_http._tcp.web.shop.svc.cluster.local.', 'SRV', '0 100 80 web.shop.svc.cluster.local.'],
  ['shop.svc.cluster.local.', 'TXT', 'a container'],
];

const OUTSIDE: readonly Row[] = [
  ['www.example.com.', 'A', '192.0.2.80'],
  ['shop.example.com.', 'CNAME', 'www.example.com.'],
  ['lost.example.com.', 'CNAME', 'nowhere.example.org.'],
  ['a.example.com.', 'CNAME', 'b.example.com.'],
  ['b.example.com.', 'CNAME', 'a.example.com.'],
];

const SERVER: NameServer = { zones: [zone('cluster.local.', WEB)], outside: OUTSIDE.map(record), cache: null, since: 0 };

test('names compare without regard to case, and the answer repeats the spelling of the question', () => {
  expect(ask(SERVER, 'WeB.shop.svc.CLUSTER.local.', 'A')).toEqual({
    rcode: 'NOERROR',
    answers: [['WeB.shop.svc.CLUSTER.local.', 'A', '10.96.10.1']],
  });
});

test('an SRV target takes the spelling of the zone from the question', () => {
  const name = '_HTTP._tcp.web.shop.svc.Cluster.Local.';
  expect(ask(SERVER, name, 'SRV').answers).toEqual([[name, 'SRV', '0 100 80 web.shop.svc.Cluster.Local.']]);
});

test('a missing underscore is forgiven', () => {
  for (const start of ['http._tcp', '_http.tcp', 'http.tcp'])
    expect(ask(SERVER, `${start}.web.shop.svc.cluster.local.`, 'SRV').answers).toHaveLength(1);
});

test('a name that exists without such a record is empty, one that does not exist is NXDOMAIN', () => {
  expect(ask(SERVER, 'web.shop.svc.cluster.local.', 'AAAA')).toEqual({ rcode: 'NOERROR', answers: [] });
  expect(ask(SERVER, 'db.shop.svc.cluster.local.', 'A')).toEqual({ rcode: 'NXDOMAIN', answers: [] });
});

test('a name may exist for some question types only', () => {
  const names = {
    'dns-version.cluster.local.': { records: [record(['dns-version.cluster.local.', 'TXT', '1.1.0'])], existsFor: ['TXT'] as const },
  };
  const server: NameServer = {
    zones: [zone('cluster.local.', [], { names: bucketsOf(Object.entries(names)) })],
    outside: [],
    cache: null,
    since: 0,
  };
  expect(ask(server, 'dns-version.cluster.local.', 'TXT').rcode).toBe('NOERROR');
  expect(ask(server, 'dns-version.cluster.local.', 'A').rcode).toBe('NXDOMAIN');
});

test('names outside of every zone are asked outside, where CNAMEs are followed', () => {
  expect(ask(SERVER, 'shop.example.com.', 'A').answers).toEqual([
    ['shop.example.com.', 'CNAME', 'www.example.com.'],
    ['www.example.com.', 'A', '192.0.2.80'],
  ]);
  expect(ask(SERVER, 'example.com.', 'A')).toEqual({ rcode: 'NOERROR', answers: [] });
  expect(ask(SERVER, 'mycluster.local.', 'A').rcode).toBe('NXDOMAIN');
  expect(ask(SERVER, 'lost.example.com.', 'A')).toEqual({
    rcode: 'NXDOMAIN',
    answers: [['lost.example.com.', 'CNAME', 'nowhere.example.org.']],
  });
  expect(ask(SERVER, 'a.example.com.', 'A')).toEqual({ rcode: 'SERVFAIL', answers: [] });
});

test('resolvers that cannot be reached make outside names fail', () => {
  expect(ask({ ...SERVER, outside: null }, 'www.example.com.', 'A').rcode).toBe('SERVFAIL');
  expect(ask({ ...SERVER, outside: null }, 'web.shop.svc.cluster.local.', 'A').rcode).toBe('NOERROR');
});

test('a zone with fallthrough passes on what it lacks, and the longest zone is asked', () => {
  const reverse = zone('in-addr.arpa.', [['1.0.96.10.in-addr.arpa.', 'PTR', 'kubernetes.default.svc.cluster.local.']], {
    fallthrough: true,
  });
  const server: NameServer = {
    zones: [zone('arpa.', []), reverse],
    outside: [record(['80.2.0.192.in-addr.arpa.', 'PTR', 'www.example.com.'])],
    cache: null,
    since: 0,
  };
  expect(ask(server, '80.2.0.192.in-addr.arpa.', 'PTR').answers).toHaveLength(1);
  expect(ask(server, '81.2.0.192.in-addr.arpa.', 'PTR').rcode).toBe('NXDOMAIN');
});

test('a name that spells an address is echoed below the suffixes that do so', () => {
  const server: NameServer = {
    zones: [zone('cluster.local.', [], { echoes: ['shop.pod.cluster.local.'] })],
    outside: [],
    cache: null,
    since: 0,
  };
  expect(ask(server, '10-1-1-5.shop.pod.cluster.local.', 'A').answers).toEqual([['10-1-1-5.shop.pod.cluster.local.', 'A', '10.1.1.5']]);
  expect(ask(server, 'fd00-10--5.shop.pod.cluster.local.', 'AAAA').answers).toEqual([
    ['fd00-10--5.shop.pod.cluster.local.', 'AAAA', 'fd00:10::5'],
  ]);
  expect(ask(server, '10-1-1-5.shop.pod.cluster.local.', 'AAAA')).toEqual({ rcode: 'NOERROR', answers: [] });
  expect(ask(server, '999-1-1-5.shop.pod.cluster.local.', 'A').rcode).toBe('NXDOMAIN');
  expect(ask(server, 'web-0.shop.pod.cluster.local.', 'A').rcode).toBe('NXDOMAIN');
});

const alias = (name: string, target: string): Row => [`${name}.cluster.local.`, 'CNAME', target];

test('a CNAME to a name of the zone is given only with what it leads to', () => {
  const server: NameServer = {
    ...SERVER,
    zones: [zone('cluster.local.', [...WEB, alias('to', 'web.shop.svc.cluster.local.'), alias('lost', 'nope.cluster.local.')])],
  };
  expect(ask(server, 'to.cluster.local.', 'A').answers.map(([name]) => name)).toEqual(['to.cluster.local.', 'web.shop.svc.cluster.local.']);
  expect(ask(server, 'to.cluster.local.', 'AAAA')).toEqual({ rcode: 'NOERROR', answers: [] });
  expect(ask(server, 'lost.cluster.local.', 'A')).toEqual({ rcode: 'NOERROR', answers: [] });
  expect(ask(server, 'lost.cluster.local.', 'CNAME').answers).toHaveLength(1);
  expect(ask(server, 'lost.cluster.local.', 'SRV')).toEqual({ rcode: 'NOERROR', answers: [] });
});

test('a CNAME that leads outside is given even where nobody answers there', () => {
  const server: NameServer = { zones: [zone('cluster.local.', [alias('ext', 'www.example.com.')])], outside: null, cache: null, since: 0 };
  expect(ask(server, 'ext.cluster.local.', 'A')).toEqual({
    rcode: 'NOERROR',
    answers: [['ext.cluster.local.', 'CNAME', 'www.example.com.']],
  });
});

test('CNAMEs that lead in a circle come to nothing', () => {
  const server: NameServer = {
    zones: [
      zone('cluster.local.', [
        alias('me', 'me.cluster.local.'),
        alias('ping', 'pong.cluster.local.'),
        alias('pong', 'ping.cluster.local.'),
      ]),
    ],
    outside: [],
    cache: null,
    since: 0,
  };
  for (const name of ['me', 'ping']) expect(ask(server, `${name}.cluster.local.`, 'A')).toEqual({ rcode: 'NOERROR', answers: [] });
});

test('a chain of eleven CNAMEs is followed, one of twelve is not', () => {
  const chain = (links: number): NameServer => {
    const rows = Array.from({ length: links }, (_, index) => alias(`c${index}`, `c${index + 1}.cluster.local.`));
    return {
      zones: [zone('cluster.local.', [...rows, [`c${links}.cluster.local.`, 'A', '10.0.0.1']])],
      outside: [],
      cache: null,
      since: 0,
    };
  };
  expect(ask(chain(11), 'c0.cluster.local.', 'A').answers).toHaveLength(12);
  expect(ask(chain(12), 'c0.cluster.local.', 'A').answers).toEqual([]);
});
