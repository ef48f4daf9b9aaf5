// Turns a host name into an address, as the client's libc does: every question is a packet through the same kernels as the request itself.

import { stateOf } from '../linux/effect';
import type { Socket } from '../linux/socket';
import { sourceAddress } from '../linux/source-address';
import type { DnsMessage, DnsQuestion, DnsRecord, Rcode, RecordType } from '../net/dns';
import { family, type Ip, parseIp } from '../net/ip';
import type { Payload, SocketAddress } from '../net/packet';
import type { HostsEntry, ResolvConf } from '../net/zone';
import { preferred } from './address-order';
import type { Speech } from './connection';
import { DEFAULT_TTL, exchange } from './exchange';
import type { Journey } from './journey';
import { nextLocalPort } from './local-port';
import { keepsFor, keyOfQuestion, remembered } from './name-cache';
import { answer } from './name-server';
import type { Query, QueryResponse, Resolution } from './query';
import type { Request } from './request';
import { candidates, resolveWith } from './resolver';
import type { Place } from './step';

/** What the name came to, and how many exchanges it took. */
export type Found =
  | { readonly kind: 'found'; readonly ip: Ip; readonly exchanges: number }
  | { readonly kind: 'unresolved'; readonly rcode: Rcode; readonly exchanges: number };

const DNS_PORT = 53;

/** The address of the request's host: itself where it is an address. */
export function lookUpHost(journey: Journey, request: Request): Found {
  const literal = parseIp(request.host);
  if (literal !== null) return { kind: 'found', ip: literal, exchanges: 0 };
  const entry = inHosts(journey, request);
  if (entry !== null) {
    const at: Place = { exchange: 0, purpose: 'dns', direction: 'original', netns: request.netns };
    journey.add(at, { kind: 'name-in-hosts', skb: null, name: request.host, entry });
    return { kind: 'found', ip: entry.ip, exchanges: 1 };
  }
  const resolv = journey.world.resolvConfs[request.owner] ?? { nameservers: [], search: [], options: [] };
  return askAll(journey, request, resolv);
}

/** The line of /etc/hosts that names the host: `hosts: files dns` of nsswitch.conf. Of several addresses the best one is tried. */
function inHosts(journey: Journey, { host, owner, netns }: Request): HostsEntry | null {
  const name = host.replace(/\.$/, '').toLowerCase();
  const entries = (journey.world.hosts[owner] ?? []).filter(({ names }) => names.some((known) => known.toLowerCase() === name));
  const usable = familyOf(journey, netns) === 'inet' ? entries.filter(({ ip }) => family(ip) === 4) : entries;
  const [best] = preferred(
    usable.map(({ ip }) => ip),
    (address) => sourceAddress(journey.kernel(netns), address, null),
  );
  return usable.find(({ ip }) => ip === best) ?? null;
}

function askAll(journey: Journey, request: Request, resolv: ResolvConf): Found {
  const here: Place = { exchange: 0, purpose: 'dns', direction: 'original', netns: request.netns };
  const libc = journey.world.libcs[request.owner] ?? 'glibc';
  journey.add(here, {
    kind: 'search-planned',
    skb: null,
    name: request.host,
    resolv,
    libc,
    candidates: candidates(request.host, resolv, libc),
  });
  const search = resolveWith({ libc, name: request.host, resolv, family: familyOf(journey, request.netns) });
  let exchanges = 0;
  let turn = search.next([]);
  while (turn.done !== true) {
    const query = turn.value;
    const responses: QueryResponse[] = [];
    for (const type of query.types) {
      responses.push(ask(journey, request, { at: { ...here, exchange: exchanges }, query, type }));
      exchanges += 1;
    }
    turn = search.next(responses);
  }
  return settle(journey, { ...here, exchange: Math.max(0, exchanges - 1) }, { name: request.host, resolution: turn.value, exchanges });
}

/** A program on a host without an IPv6 address asks for A records alone (AI_ADDRCONFIG, the default of getaddrinfo). */
function familyOf(journey: Journey, netns: string): 'inet' | 'unspec' {
  const addresses = journey
    .kernel(netns)
    .devices.filter((device) => device.attachment.kind !== 'loopback')
    .flatMap((device) => device.addresses);
  return addresses.some(({ ip }) => family(ip) === 6) ? 'unspec' : 'inet';
}

function ask(journey: Journey, request: Request, asked: { at: Place; query: Query; type: RecordType }): QueryResponse {
  const server = parseIp(asked.query.server);
  const kernel = journey.kernel(request.netns);
  const source = server === null ? null : sourceAddress(kernel, server, null);
  if (server === null || source === null) return { kind: 'silent' };
  const port = nextLocalPort(journey.world, request.netns, journey.chance);
  const to: SocketAddress = { ip: server, port: DNS_PORT };
  const message: DnsMessage = { kind: 'query', question: { name: asked.query.name, type: asked.type } };
  const settled = exchange(journey, {
    at: asked.at,
    by: request.owner,
    packet: { protocol: 'UDP', source: { ip: source, port }, destination: to, ttl: DEFAULT_TTL, payload: { kind: 'dns', message } },
    answer: (socket, at) => respond(journey, { socket, at, message }),
    effects: [{ kind: 'port-taken', netns: request.netns, port }],
  });
  if (settled.kind === 'dropped') return { kind: 'silent' };
  if (settled.kind === 'rejected' || settled.reply.payload.kind !== 'dns') return { kind: 'refused' };
  const reply = settled.reply.payload.message;
  return reply.kind === 'response' ? { kind: 'answered', rcode: reply.rcode, answers: reply.answers } : { kind: 'silent' };
}

/** A question that is the whole of a request: what it says, and what it is answered. */
export function spokenQuestion(journey: Journey, question: DnsQuestion): Speech {
  const message: DnsMessage = { kind: 'query', question };
  return { payload: { kind: 'dns', message }, answer: (socket, at) => respond(journey, { socket, at, message }) };
}

/** The program at the other end: a name server looks into its zones; any other program does not speak DNS. */
function respond(journey: Journey, asked: { socket: Socket | null; at: Place; message: DnsMessage }): Payload {
  const { socket, at } = asked;
  const { question } = asked.message;
  const server = socket?.application.kind === 'dns' ? journey.world.nameServers[socket.application.nameServer] : undefined;
  if (server === undefined) return { kind: 'datagram' };
  const key = keyOfQuestion(question);
  const before = stateOf(journey.world, at.netns).names[key];
  const known = remembered(server, before, journey.world.now);
  const { rcode, answers } = known ?? answer(server, question);
  const keeps = known === null ? keepsFor(server, question, { rcode, answers }) : null;
  const shuffled = shuffle(journey, answers);
  const age = known === null || before === undefined ? null : journey.world.now - before.at;
  journey.add(
    at,
    { kind: 'name-answered', skb: null, name: question.name, type: question.type, rcode, records: shuffled, age },
    keeps === null ? [] : [{ kind: 'answer-kept', netns: at.netns, question: key, answer: { rcode, answers, keeps } }],
  );
  return { kind: 'dns', message: { kind: 'response', question, rcode, answers: shuffled } };
}

/** CoreDNS' plugin `loadbalance` deals the addresses of one answer anew each time; CNAMEs stay in front. */
function shuffle<Of extends DnsRecord>(journey: Journey, answers: readonly Of[]): readonly Of[] {
  const isAddress = (record: Of): boolean => record.type === 'A' || record.type === 'AAAA';
  const rest = answers.filter((record) => !isAddress(record));
  const addresses = answers.filter(isAddress);
  for (let last = addresses.length - 1; last > 0; last -= 1) {
    const other = journey.chance.between(0, last);
    const [a, b] = [addresses[last], addresses[other]];
    if (a === undefined || b === undefined) continue;
    addresses[last] = b;
    addresses[other] = a;
  }
  return [...rest, ...addresses];
}

function settle(journey: Journey, at: Place, found: { name: string; resolution: Resolution; exchanges: number }): Found {
  const { resolution, exchanges, name } = found;
  const { rcode, lookups } = resolution;
  const [ip = null] = preferred(resolution.addresses, (address) => sourceAddress(journey.kernel(at.netns), address, null));
  journey.add({ ...at, direction: 'reply' }, { kind: 'name-settled', skb: null, name, rcode, ip, lookups });
  return ip === null ? { kind: 'unresolved', rcode, exchanges } : { kind: 'found', ip, exchanges };
}
