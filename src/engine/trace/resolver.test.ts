import { expect, test } from 'vitest';
import type { Rcode, RecordType } from '../net/dns';
import type { Libc, ResolvConf } from '../net/zone';
import type { AddressFamily, Query, QueryResponse, Resolution } from './query';
import { candidates, resolveWith } from './resolver';

const POD: ResolvConf = {
  nameservers: ['10.96.0.10'],
  search: ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
  options: ['ndots:5'],
};

/** A server's whole knowledge: addresses, `empty` for NODATA, a code, or no answer. What is not listed is NXDOMAIN. */
type Table = Readonly<Record<string, string | 'empty' | 'silent' | 'closed' | Rcode>>;

function respond(said: string | undefined, name: string, type: RecordType): QueryResponse {
  switch (said) {
    case 'silent':
      return { kind: 'silent' };
    case 'closed':
      return { kind: 'refused' };
    case 'SERVFAIL':
    case 'REFUSED':
      return { kind: 'answered', rcode: said, answers: [] };
    case 'empty':
      return { kind: 'answered', rcode: 'NOERROR', answers: [] };
    case undefined:
      return { kind: 'answered', rcode: 'NXDOMAIN', answers: [] };
    default:
      return {
        kind: 'answered',
        rcode: 'NOERROR',
        answers: type === (said.includes(':') ? 'AAAA' : 'A') ? [{ name, type, ttl: 30, data: said }] : [],
      };
  }
}

interface Run extends Resolution {
  readonly queries: readonly Query[];
}

function resolve(
  name: string,
  servers: Readonly<Record<string, Table>>,
  given: { libc?: Libc; resolv?: ResolvConf; family?: AddressFamily } = {},
): Run {
  const resolving = resolveWith({ libc: given.libc ?? 'glibc', name, resolv: given.resolv ?? POD, family: given.family ?? 'unspec' });
  const queries: Query[] = [];
  let turn = resolving.next([]);
  while (turn.done !== true) {
    const query = turn.value;
    queries.push(query);
    const table = servers[query.server] ?? {};
    turn = resolving.next(query.types.map((type) => respond(table[query.name] ?? table['*'], query.name, type)));
  }
  return { ...turn.value, queries };
}

const only = (table: Table) => ({ '10.96.0.10': table });

test('a name with fewer dots than ndots goes through the search list before it is asked as written', () => {
  expect(candidates('db.shop', POD)).toEqual([
    'db.shop.default.svc.cluster.local.',
    'db.shop.svc.cluster.local.',
    'db.shop.cluster.local.',
    'db.shop.',
  ]);
});

test('a name with enough dots is asked as written first, and musl then never searches', () => {
  expect(candidates('a.b.c.d.e.example', POD)).toHaveLength(4);
  expect(candidates('a.b.c.d.e.example', POD)[0]).toBe('a.b.c.d.e.example.');
  expect(candidates('a.b.c.d.e.example', POD, 'musl')).toEqual(['a.b.c.d.e.example.']);
});

test('a final dot leaves out the search list', () => {
  expect(candidates('db.', POD)).toEqual(['db.']);
});

test('ndots is 1 without an option and at most 15', () => {
  const search = ['corp.example'];
  expect(candidates('a.b', { nameservers: [], search, options: [] })[0]).toBe('a.b.');
  const many = `${'x.'.repeat(15)}x`;
  expect(candidates(many, { nameservers: [], search, options: ['ndots:99'] })[0]).toBe(`${many}.`);
});

test('a search domain that is the root stands for the name as written, which is asked once', () => {
  expect(candidates('db', { ...POD, search: ['.', 'cluster.local'] })).toEqual(['db.', 'db.cluster.local.']);
});

test('an address needs no question', () => {
  const run = resolve('10.1.1.5', {});
  expect(run.queries).toEqual([]);
  expect(run.addresses).toEqual(['10.1.1.5']);
});

test('A and AAAA are asked together, and either one ends the search', () => {
  const run = resolve('db', only({ 'db.default.svc.cluster.local.': '10.96.30.1' }));
  expect(run.queries).toEqual([{ name: 'db.default.svc.cluster.local.', types: ['A', 'AAAA'], server: '10.96.0.10', attempt: 1 }]);
  expect(run).toMatchObject({ rcode: 'NOERROR', addresses: ['10.96.30.1'], lookups: ['db.default.svc.cluster.local.'] });
});

test('glibc searches on after a name without addresses, musl stops there', () => {
  const table = only({ 'kube-system.svc.cluster.local.': 'empty' });
  expect(resolve('kube-system', table)).toMatchObject({ rcode: 'NOERROR', addresses: [], lookups: candidates('kube-system', POD) });
  expect(resolve('kube-system', table, { libc: 'musl' })).toMatchObject({
    rcode: 'NOERROR',
    lookups: ['kube-system.default.svc.cluster.local.', 'kube-system.svc.cluster.local.'],
  });
});

test('glibc asks a failing server again and searches on; musl repeats at once and gives up', () => {
  const table = only({ 'db.svc.cluster.local.': 'SERVFAIL' });
  const glibc = resolve('db', table);
  expect(glibc.queries.filter(({ name }) => name === 'db.svc.cluster.local.').map(({ attempt }) => attempt)).toEqual([1, 2]);
  expect(glibc).toMatchObject({ rcode: 'SERVFAIL', lookups: candidates('db', POD) });
  const musl = resolve('db', table, { libc: 'musl' });
  expect(musl).toMatchObject({ rcode: 'SERVFAIL', lookups: ['db.default.svc.cluster.local.', 'db.svc.cluster.local.'] });
  expect(musl.queries.filter(({ name }) => name === 'db.svc.cluster.local.')).toHaveLength(4);
});

test('after silence glibc skips the rest of the search list but still asks the name as written', () => {
  const run = resolve('db', only({ '*': 'silent' }));
  expect(run.lookups).toEqual(['db.default.svc.cluster.local.', 'db.']);
  expect(run.queries).toHaveLength(4);
  expect(run.rcode).toBe('SERVFAIL');
});

test('a server that refuses to answer is treated like silence', () => {
  expect(resolve('db', only({ '*': 'REFUSED' })).lookups).toEqual(['db.default.svc.cluster.local.', 'db.']);
});

test('with closed ports only, glibc ends the search at once', () => {
  expect(resolve('db', only({ '*': 'closed' }))).toMatchObject({ rcode: 'SERVFAIL', lookups: ['db.default.svc.cluster.local.'] });
});

const TWO: ResolvConf = { nameservers: ['10.96.0.10', '192.0.2.53'], search: [], options: [] };

test('the next server is asked after silence, a failure or a closed port, not after NXDOMAIN', () => {
  for (const fault of ['silent', 'SERVFAIL', 'closed'] as const) {
    const run = resolve('a.example', { '10.96.0.10': { '*': fault }, '192.0.2.53': { 'a.example.': '192.0.2.1' } }, { resolv: TWO });
    expect(run.queries.map(({ server }) => server)).toEqual(['10.96.0.10', '192.0.2.53']);
    expect(run.addresses).toEqual(['192.0.2.1']);
  }
  const refused = resolve('a.example', { '192.0.2.53': { 'a.example.': '192.0.2.1' } }, { resolv: TWO });
  expect(refused.queries.map(({ server }) => server)).toEqual(['10.96.0.10']);
  expect(refused.rcode).toBe('NXDOMAIN');
});

test('musl asks all servers at once', () => {
  const run = resolve('a.example', { '192.0.2.53': { 'a.example.': '192.0.2.1' } }, { resolv: TWO, libc: 'musl' });
  expect(run.queries.map(({ server }) => server)).toEqual(['10.96.0.10', '192.0.2.53']);
  expect(run.rcode).toBe('NXDOMAIN');
});

test('a pair of questions fails only where both fail', () => {
  const resolving = resolveWith({ libc: 'glibc', name: 'db.', resolv: POD, family: 'unspec' });
  resolving.next([]);
  const turn = resolving.next([
    { kind: 'answered', rcode: 'NOERROR', answers: [{ name: 'db.', type: 'A', ttl: 30, data: '10.0.0.1' }] },
    { kind: 'silent' },
  ]);
  expect(turn).toMatchObject({ done: true, value: { rcode: 'NOERROR', addresses: ['10.0.0.1'] } });
});

test('the answer to the name as written decides where it was asked first', () => {
  const run = resolve('a.b', only({ 'a.b.': 'empty', 'a.b.corp.example.': 'SERVFAIL' }), {
    resolv: { nameservers: ['10.96.0.10'], search: ['corp.example'], options: [] },
  });
  expect(run.rcode).toBe('NOERROR');
  expect(run.lookups).toEqual(['a.b.', 'a.b.corp.example.']);
});

test('without a nameserver the machine itself is asked, and a fourth one never', () => {
  expect(resolve('a.', {}, { resolv: { nameservers: [], search: [], options: [] } }).queries[0]?.server).toBe('127.0.0.1');
  const four = { '1.1.1.1': { '*': 'silent' }, '2.2.2.2': { '*': 'silent' }, '3.3.3.3': { '*': 'silent' } } as const;
  const run = resolve('a.', four, {
    resolv: { nameservers: ['1.1.1.1', '2.2.2.2', '3.3.3.3', '4.4.4.4'], search: [], options: ['attempts:1'] },
  });
  expect(run.queries.map(({ server }) => server)).toEqual(['1.1.1.1', '2.2.2.2', '3.3.3.3']);
});
