// Runs a DNS case of the conformance files: questions put straight to CoreDNS, and names that a Pod's resolver looks up.
// What comes out is never derived from what is expected; what a request does not state is not compared.

import type { Cluster, ClusterSettings, RunningPod } from '../controlplane/cluster';
import { compileNameServer } from '../dataplane/coredns';
import { slicesOf } from '../dataplane/coredns-endpoints';
import { resolvConf } from '../dataplane/resolv-conf';
import { compareText } from '../kube/ref';
import { absoluteName, type DnsRecord, type Rcode, type RecordType } from '../net/dns';
import { NO_PROVENANCE } from '../net/provenance';
import type { Libc, NameServer, ResolvConf, ZoneRecord } from '../net/zone';
import { answer } from '../trace/name-server';
import { answerOutside } from '../trace/outside-name-server';
import type { AddressFamily, Query, QueryResponse, Resolution } from '../trace/query';
import { resolveWith } from '../trace/resolver';
import { CASE_SETTINGS, caseCluster } from './case-cluster';

/** Owner, type, rdata. */
export type Row = readonly [string, string, string];

export interface DnsExpectation {
  readonly rcode?: string;
  readonly answers?: readonly Row[];
}

export interface DnsRequest {
  /** `pod/NAMESPACE/NAME`; null: the question goes straight to CoreDNS. */
  readonly from: string | null;
  readonly query: string;
  readonly type: RecordType;
  readonly family?: AddressFamily;
  readonly expect: DnsExpectation;
  /** What else is compared. The value null asks for it without saying what it should be. */
  readonly lookups?: readonly string[] | null;
  readonly server?: string | null;
  readonly resolv?: ResolvConf | null;
  readonly musl?: { readonly lookups: readonly string[]; readonly rcode: string } | null;
}

export interface DnsCase {
  readonly id: string;
  readonly manifest: string;
  readonly requests: readonly DnsRequest[];
  /** What resolvers outside know; null: they cannot be reached. */
  readonly upstream?: readonly (readonly [string, RecordType, string])[] | null;
  readonly nodeResolv?: ResolvConf;
  readonly dns?: { readonly zone: string; readonly pods: 'insecure' | 'verified' | 'disabled' };
}

export interface DnsActual {
  readonly rcode: string;
  readonly answers: readonly Row[];
  readonly lookups?: readonly string[];
  readonly server?: string | null;
  readonly resolv?: ResolvConf;
  readonly musl?: { readonly lookups: readonly string[]; readonly rcode: string };
}

export interface JudgedDnsRequest {
  readonly expect: DnsExpectation;
  readonly actual: DnsActual;
  /** null where the case expects nothing. */
  readonly ok: boolean | null;
}

/** Carries the questions of one query to a server and brings back one response for each type. */
export type Ask = (query: Query, from: RunningPod) => readonly QueryResponse[];

/** Runs every request of the case. `transport` says how a Pod's questions travel; without one they are answered on the spot. */
export function judgeDns(dns: DnsCase, transport: (cluster: Cluster, server: NameServer) => Ask = onTheSpot): readonly JudgedDnsRequest[] {
  const { cluster } = caseCluster(dns.manifest, settingsOf(dns));
  const server = compileNameServer(cluster);
  const ask = transport(cluster, server);
  return dns.requests.map((request) => {
    const actual = request.from === null ? straight(server, request) : fromPod(cluster, request, ask);
    return { expect: request.expect, actual, ok: Object.keys(request.expect).length === 0 ? null : holds(request, actual) };
  });
}

function settingsOf({ dns, nodeResolv, upstream }: DnsCase): ClusterSettings {
  return {
    ...CASE_SETTINGS,
    dns: { ...CASE_SETTINGS.dns, ...dns },
    nodeResolv: nodeResolv ?? CASE_SETTINGS.nodeResolv,
    upstream:
      upstream === null
        ? null
        : (upstream ?? []).map(([name, type, data]): ZoneRecord => ({ name, type, data, ttl: 30, provenance: NO_PROVENANCE })),
  };
}

function straight(server: NameServer, { query, type }: DnsRequest): DnsActual {
  const { rcode, answers } = answer(server, { name: absoluteName(query), type });
  return { rcode, answers: rows(answers) };
}

function fromPod(cluster: Cluster, request: DnsRequest, ask: Ask): DnsActual {
  const pod = podNamed(cluster, request.from ?? '');
  const resolv = resolvConf(pod, cluster);
  const run = (libc: Libc) => resolved(request, { libc, resolv }, (query) => ask(query, pod));
  const resolution = run('glibc');
  return {
    rcode: resolution.rcode,
    answers: rows(lastAnswers(resolution, request.type)),
    ...(request.lookups === undefined ? {} : { lookups: resolution.lookups }),
    ...(request.server === undefined ? {} : { server: resolution.last?.query.server ?? null }),
    ...(request.resolv === undefined ? {} : { resolv }),
    ...(request.musl === undefined ? {} : { musl: lookupsAndRcode(run('musl')) }),
  };
}

function podNamed(cluster: Cluster, from: string): RunningPod {
  const pod = cluster.pods.find(({ metadata }) => from === `pod/${metadata.namespace}/${metadata.name}`);
  if (pod === undefined) throw new Error(`the case asks from ${from}, which its manifest lacks`);
  return pod;
}

function resolved(
  request: DnsRequest,
  { libc, resolv }: { readonly libc: Libc; readonly resolv: ResolvConf },
  ask: (query: Query) => readonly QueryResponse[],
): Resolution {
  const resolving = resolveWith({ libc, name: request.query, resolv, family: request.family ?? 'unspec' });
  let turn = resolving.next([]);
  while (turn.done !== true) turn = resolving.next(ask(turn.value));
  return turn.value;
}

function lookupsAndRcode({ lookups, rcode }: Resolution): { readonly lookups: readonly string[]; readonly rcode: Rcode } {
  return { lookups, rcode };
}

/** The records of the type, in the last response to that type. */
function lastAnswers({ last }: Resolution, type: RecordType): readonly DnsRecord[] {
  const response = last?.responses[last.query.types.indexOf(type)];
  return response?.kind === 'answered' ? response.answers.filter((record) => record.type === type) : [];
}

/** Without packets: what reaches a Pod behind kube-dns is answered by CoreDNS; any address outside of the Services knows what the outside knows. */
function onTheSpot(cluster: Cluster, server: NameServer): Ask {
  const servers = readyAddresses(cluster, 'kube-system', 'kube-dns');
  return ({ name, types, server: address }) => {
    const service = cluster.services.find(({ spec }) => spec.clusterIPs !== 'None' && spec.clusterIPs.some((ip) => ip === address));
    const reached = service === undefined ? [address] : readyAddresses(cluster, service.metadata.namespace, service.metadata.name);
    return types.map((type): QueryResponse => {
      if (reached.some((to) => servers.includes(to))) return { kind: 'answered', ...answer(server, { name, type }) };
      if (service !== undefined) return { kind: 'refused' };
      return server.outside === null ? { kind: 'silent' } : { kind: 'answered', ...answerOutside(server.outside, { name, type }) };
    });
  };
}

function readyAddresses(cluster: Cluster, namespace: string | null, service: string): readonly string[] {
  const endpoints = slicesOf(cluster, namespace, service).flatMap((slice) => slice.endpoints);
  return endpoints.filter(({ conditions }) => conditions.ready).flatMap(({ addresses }) => addresses);
}

function rows(answers: readonly DnsRecord[]): readonly Row[] {
  return sorted(answers.map(({ name, type, data }): Row => [name, type, data]));
}

function sorted(found: readonly Row[]): readonly Row[] {
  return [...found].sort((a, b) => compareText(a[0], b[0]) || compareText(a[1], b[1]) || compareText(a[2], b[2]));
}

function holds(request: DnsRequest, actual: DnsActual): boolean {
  const { rcode, answers } = request.expect;
  if (rcode !== undefined && rcode !== actual.rcode) return false;
  if (answers !== undefined && !same(sorted(answers.map(caseless)), sorted(actual.answers.map(caseless)))) return false;
  if (!agrees(request.lookups, actual.lookups) || !agrees(request.server, actual.server)) return false;
  return agrees(withOptionSet(request.resolv), withOptionSet(actual.resolv)) && agrees(request.musl, actual.musl);
}

function caseless([owner, type, data]: Row): Row {
  return [owner.toLowerCase(), type, data];
}

/** The kubelet merges options through an unordered map. */
function withOptionSet(resolv: ResolvConf | null | undefined): unknown {
  if (resolv === undefined || resolv === null) return resolv;
  return [resolv.nameservers, resolv.search, [...resolv.options].sort(compareText)];
}

function agrees(expected: unknown, actual: unknown): boolean {
  return expected === undefined || expected === null || same(flat(expected), flat(actual));
}

/** Keys in one order, so that texts can be compared. */
function flat(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).sort(([a], [b]) => compareText(a, b));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
